//! A service among the results: enough to judge it by, without opening it.

use jiff::Timestamp;
use maud::{Markup, html};

use super::{
    factors, facts, state,
    to_shortlist::{Picking, to_shortlist},
};
use crate::{
    search::{Found, wording},
    web::paths,
};

/// The results in their order, with a heading where those begin that answer less surely: confirmed
/// by nobody recently, or meeting only part of what was asked.
#[must_use]
pub fn result_list(results: &[Found], near: &str, picking: Picking<'_>, now: Timestamp) -> Markup {
    let split = results.iter().position(|found| !found.leads).unwrap_or(results.len());
    let (leading, others) = results.split_at(split);
    let is_all = others.first().is_some_and(|found| found.rank == 1);
    html! {
        @if !leading.is_empty() { (numbered(leading, near, picking, now)) }
        @if !others.is_empty() {
            section class="ha-tier" aria-labelledby="tier" {
                h2 class="ha-tier__title" id="tier" { @if is_all { "Listed, but less sure" } @else { "Also listed" } }
                p { (reservation(others)) }
            }
            (numbered(others, near, picking, now))
        }
    }
}

/// What is to be borne in mind about results that do not lead.
fn reservation(others: &[Found]) -> &'static str {
    let is_old = |found: &Found| !found.confirmed_recently;
    if others.iter().all(is_old) {
        "Nobody has confirmed these in the last 12 months. Ring before you send anybody."
    } else if others.iter().any(is_old) {
        "These match only part of what you asked for, or nobody has confirmed them in the last 12 months. Each says which. Ring before you send anybody."
    } else {
        "These match only part of what you asked for. Each says which."
    }
}

fn numbered(results: &[Found], near: &str, picking: Picking<'_>, now: Timestamp) -> Markup {
    let first = results.first().map_or(1, |found| found.rank);
    html! {
        ol class="ha-results" role="list" start=[(first > 1).then_some(first)] {
            @for found in results { (result_card(found, near, picking, now)) }
        }
    }
}

/// One card, of which the listing is for somebody near a place, where one was asked for.
#[must_use]
pub fn result_card(found: &Found, near: &str, picking: Picking<'_>, now: Timestamp) -> Markup {
    let service = &found.record.service;
    let today = wording::date_of(now);
    let at = format!("r{}", found.rank);
    html! {
        li class="ha-card" id=(at) tabindex="-1" {
            span class="ha-card__number ha-number" aria-hidden="true" { (found.rank) }
            div class="ha-card__titles" {
                h3 class="ha-card__name" {
                    a class="govuk-link" href=(paths::service_for(service.id, &service.name, near)) { (service.name) }
                }
                p class="ha-card__organisation" { (found.record.organisation.name) }
            }
            @if !service.summary.is_empty() { p class="ha-card__line" { (service.summary) } }
            @if let Some(alert) = &service.alert { p { strong { "Notice: " } (alert) } }
            @if let Some(reservation) = facts::reservation(found) { p { strong { (reservation) } } }
            ul class="ha-facts" role="list" {
                li { (facts::whereabouts(found)) }
                li {
                    strong { (facts::next(&found.record.service, found.next.as_ref().map(|(next, _)| next), today)) }
                    @if let Some(site) = found.next.as_ref().and_then(|(_, at)| facts::site_of_session(&found.record, *at)) { ", at " (site) }
                }
                li { (facts::cost(service, today)) }
                li { (facts::referral(&service.access_routes.routes)) }
            }
            p class="ha-card__state" { (state::state_line(&found.door, &service.upkeep, now)) }
            (factors::why(found))
            div class="ha-card__action" { (to_shortlist(service, picking, &at)) }
        }
    }
}
