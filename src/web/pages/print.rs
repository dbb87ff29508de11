//! `/search/print`: the results on paper, for somebody to take along.

use axum::{extract::State, response::Response};
use jiff::Timestamp;
use maud::{Markup, Render, html};

use super::{
    answered::{self, Answered},
    place_not_found,
};
use crate::{
    config::Directory,
    search::{Found, wording},
    web::{
        asked::Asked,
        cache::Cache,
        error::PageError,
        handed::Holding,
        layout::{Head, Page, Robots, Shape},
        parts::facts,
        paths,
        work::Web,
    },
};

/// Answers a question on paper; `print=large` asks for large type.
pub async fn show(
    State(web): State<Web>,
    holding: Holding,
    asked: Asked,
) -> Result<Response, PageError> {
    let is_large = asked.pairs.first("print") == "large";
    let answered = Answered::of(&web, asked, holding).await?;
    if let Some(elsewhere) = answered.past_the_end(paths::search_print) {
        return Ok(elsewhere);
    }
    let page = PrintPage { answered: &answered, directory: &web.app.config.directory, is_large };
    Ok(web.show(&page, Cache::Private))
}

/// A list on A4.
pub struct PrintPage<'a> {
    pub answered: &'a Answered,
    pub directory: &'a Directory,
    pub is_large: bool,
}

impl Page for PrintPage<'_> {
    fn head(&self) -> Head {
        let findings = &self.answered.findings;
        let title = if findings.is_withheld() {
            place_not_found::title(findings)
        } else {
            answered::title(findings)
        };
        Head {
            robots: Robots::NoIndex,
            canonical: Some(paths::search_print(&answered::shareable(findings))),
            shape: Shape::Paper,
            ..Head::new(format!("To print: {title}"))
        }
    }
}

impl Render for PrintPage<'_> {
    fn render(&self) -> Markup {
        let findings = &self.answered.findings;
        let now = findings.asked_at;
        if findings.is_withheld() {
            return place_not_found::body(findings, self.directory);
        }
        html! {
            div class=[self.is_large.then_some("ha-print--large")] {
                p class="ha-no-print" {
                    button type="button" class="govuk-button ha-needs-js" data-print { "Print this page" } " "
                    a class="govuk-link" href=(paths::search(&findings.question)) { "Back to the results" }
                }
                h1 class="govuk-heading-l" { "Services: " (answered::heading(findings)) }
                @if findings.results.is_empty() { p { "No services found." } }
                @for found in &findings.results { (service(found, now)) }
                (stamp(findings.results.len(), findings.total, now, self.directory))
            }
        }
    }
}

fn service(found: &Found, now: Timestamp) -> Markup {
    let record = &found.record;
    let today = wording::date_of(now);
    html! {
        section class="ha-print__service" {
            h2 { (found.rank) ". " (record.service.name) }
            p { (record.organisation.name) }
            @if !record.service.summary.is_empty() { p { (record.service.summary) } }
            @if let Some(reservation) = facts::reservation(found) { p { strong { (reservation) } } }
            p { strong { (facts::next(&found.record.service, found.next.as_ref().map(|(next, _)| next), today)) } ". " (facts::cost(&record.service, today)) "." }
            p { (facts::venue(record, found.venue).map_or_else(|| facts::whereabouts(found), facts::site)) }
            (phone(found))
            p { "To start: " (facts::referral(&record.service.access_routes.routes)) "." }
            p { (wording::door(&found.door)) ". " (wording::freshness(&record.service.upkeep, now)) "." }
        }
    }
}

fn phone(found: &Found) -> Markup {
    let contact = facts::phone(&found.record);
    let number = contact.and_then(|contact| contact.phone.as_deref());
    let note = contact.and_then(|contact| contact.phone_note.as_deref());
    html! {
        @match number {
            Some(number) => {
                p class="ha-print__phone" { (number) }
                @if let Some(note) = note { p { (note) } }
            }
            None => { p { "Telephone not stated" } }
        }
    }
}

fn stamp(shown: usize, total: usize, now: Timestamp, directory: &Directory) -> Markup {
    html! {
        p class="ha-print__stamp" {
            "Printed " (wording::long_date(wording::date_of(now))) ". Ring before you travel."
            @if shown < total { " These are " (shown) " of " (wording::counted(total, "service", "services")) "." }
            @if !directory.help_phone.is_empty() {
                " " (if directory.help_name.is_empty() { "Help line" } else { &directory.help_name }) ": " (directory.help_phone) "."
            }
        }
    }
}
