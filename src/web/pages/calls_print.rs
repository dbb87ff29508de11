//! `/steward/calls/print`: a page of the call list on paper, with room to note the answers.

use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use maud::{Markup, Render, html};

use super::calls::{has_phone, how_many, listed};
use crate::{
    keeping::{CALLS_PER_PAGE, Call, Calls, Guest},
    search::{door_of, wording},
    web::{
        asked::Pairs,
        cache::Cache,
        error::PageError,
        layout::{Head, Page, Shape},
        parts::call::call_lines,
        paths,
        work::Web,
    },
};

/// Answers with a page of the list to print.
pub async fn show(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let page = pairs.page();
    let calls = listed(&web, &guest, page).await?;
    if page > 1 && calls.calls.is_empty() {
        return Ok(Redirect::to(&paths::calls_print(1)).into_response());
    }
    let months = web.app.config.keeping.ask_after_months;
    let shown = CallsOnPaper { guest: &guest, calls: &calls, page, months, now: web.now() };
    Ok(web.show(&shown, Cache::Private))
}

struct CallsOnPaper<'a> {
    guest: &'a Guest,
    calls: &'a Calls,
    page: usize,
    months: i32,
    now: Timestamp,
}

impl Page for CallsOnPaper<'_> {
    fn head(&self) -> Head {
        let title = format!("To print: whom to ring, page {}", self.page);
        Head { shape: Shape::Paper, ..Head::for_guest(title, self.guest) }
    }
}

impl Render for CallsOnPaper<'_> {
    fn render(&self) -> Markup {
        let pages = self.calls.total.div_ceil(CALLS_PER_PAGE).max(1);
        let printed = wording::long_date(wording::date_of(self.now));
        let (to_ring, without): (Vec<&Call>, Vec<&Call>) =
            self.calls.calls.iter().partition(|call| has_phone(call));
        html! {
            p class="ha-no-print" {
                button type="button" class="govuk-button ha-needs-js" data-print { "Print this page" } " "
                a class="govuk-link" href=(paths::calls(self.page)) { "Back to the list" }
            }
            h1 class="govuk-heading-l" { "Whom to ring" }
            p { (how_many(self.calls, self.months)) }
            @for call in to_ring { (self.call(call, true)) }
            @if !without.is_empty() {
                h2 { "No phone number" }
                @for call in without { (self.call(call, false)) }
            }
            p class="ha-print__stamp" { "Printed " (printed) ", page " (self.page) " of " (pages) ". For stewards: do not leave it lying about." }
        }
    }
}

impl CallsOnPaper<'_> {
    fn call(&self, call: &Call, is_to_ring: bool) -> Markup {
        let record = &call.record;
        let door = door_of(record, None, self.now);
        html! {
            section class="ha-print__service" {
                @if is_to_ring { h2 { (record.service.name) } } @else { h3 { (record.service.name) } }
                p { (record.organisation.name) ". " (wording::door(&door)) "." }
                (call_lines(call, self.now))
                @if is_to_ring { p { "☐ Right as it is\u{2003}☐ Needs a change\u{2003}☐ No answer" } }
            }
        }
    }
}
