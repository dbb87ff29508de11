//! The foot of a record: who stated it, when it was confirmed, edited and imported, and whence.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::{
    domain::{Provenance, Route, Upkeep},
    search::wording,
};

/// The three dates, the next check, and the source.
#[must_use]
pub fn stamp(upkeep: &Upkeep, provenance: &Provenance) -> Markup {
    let date = |at: Option<Timestamp>| at.map(|at| wording::long_date(wording::date_of(at)));
    let confirmed = upkeep.confirmed.as_ref();
    let on = date(confirmed.map(|confirmed| confirmed.at));
    let source = provenance.record.as_ref();
    html! {
        p class="ha-stamp" {
            @match (&on, confirmed) {
                (Some(on), Some(confirmed)) => { "Confirmed on " (on) " by " (confirmed.by.name) ". " }
                _ => { "Never confirmed. " }
            }
            @if let Some(edited) = date(upkeep.edited) { "Edited on " (edited) ". " }
            @if let Some(imported) = date(upkeep.imported) { "Imported on " (imported) ". " }
            @match upkeep.next_check {
                Some(due) => { "Next check due by " (wording::long_date(due)) ". " }
                None => { "No next check is set. " }
            }
            @if let Some(source) = source {
                "Source: " (source.source) ", " (route(source.route)) ", " (wording::long_date(wording::date_of(source.at)))
                @if let Some(licence) = &source.licence { ", " (licence) } "."
            } @else { "Source not stated." }
        }
    }
}

fn route(route: Route) -> &'static str {
    match route {
        Route::Owner => "from the provider",
        Route::Steward => "from a steward",
        Route::Feed => "from a feed",
        Route::Regulator => "from a regulator",
        Route::Demonstration => "invented for the demonstration",
    }
}
