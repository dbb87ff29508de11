//! `/shortlists/{key}/team`: one page that says who helps, what each does, whom to ring and when.
//! It is the person's own, on paper or as a file; nothing of it is kept here.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use maud::{Markup, Render, html};

use super::take::taken;
use crate::{
    app::App,
    search::wording,
    web::{
        asked::Pairs,
        cache::Cache,
        counted::Counts,
        download::file,
        error::PageError,
        handed::{Handed, HandedService},
        layout::{Head, Page, Robots, Shape},
        markup,
        parts::{facts, leave::leave_where, to_entry},
        paths::{self, Form},
        work::Web,
    },
};

/// Those on a team who are in no directory: their lines are left for a pen.
const BY_HAND: [&str; 4] = ["My GP practice", "My link worker", "Somebody I can ring", "Other"];

/// Answers with the page, or as a file with `as=file`.
pub async fn show(
    State(web): State<Web>,
    counts: Counts,
    handed: Handed,
    pairs: Pairs,
) -> Result<Response, PageError> {
    taken(&web, &handed, counts);
    let page = TeamPage { handed: &handed, app: &web.app, now: web.now() };
    if pairs.first("as") == "file" {
        let written = markup::stand_alone(TITLE, &page.sheet());
        return Ok(file("text/html; charset=utf-8", "my-team.html", written.into_bytes()));
    }
    Ok(web.show(&page, Cache::Private).into_response())
}

/// The most times that are said of a service.
const RULES: usize = 6;
const TITLE: &str = "Who is on my team";

struct TeamPage<'a> {
    handed: &'a Handed,
    app: &'a App,
    now: Timestamp,
}

impl Page for TeamPage<'_> {
    fn head(&self) -> Head {
        Head { robots: Robots::NoIndex, shape: Shape::Paper, ..Head::new(TITLE) }
    }

    fn before(&self) -> Markup {
        leave_where(self.handed.needs_care())
    }
}

impl Render for TeamPage<'_> {
    fn render(&self) -> Markup {
        let Some(held) = &self.handed.held else { return html! {} };
        let as_file = format!("{}?as=file", paths::shortlist_as(&held.key, Form::Team));
        html! {
            p class="ha-no-print" {
                button type="button" class="govuk-button ha-needs-js" data-print { "Print this page" } " "
                a class="govuk-link" href=(paths::shortlist(&held.key)) { "Back to the list" } " "
                a class="govuk-link" href=(as_file) { "Save it as a file" }
            }
            (self.sheet())
        }
    }
}

impl TeamPage<'_> {
    fn sheet(&self) -> Markup {
        let printed = wording::long_date(wording::date_of(self.now));
        html! {
            h1 class="govuk-heading-l" { (TITLE) }
            div class="ha-scroll" role="region" aria-label="Who is on my team" tabindex="0" { table class="govuk-table ha-team" {
                thead class="govuk-table__head" {
                    tr class="govuk-table__row" {
                        @for heading in ["Who", "What they do", "Ring", "When"] {
                            th scope="col" class="govuk-table__header" { (heading) }
                        }
                    }
                }
                tbody class="govuk-table__body" {
                    @for of in &self.handed.services { (self.row(of)) }
                    @for who in BY_HAND {
                        tr class="govuk-table__row ha-team__by-hand" {
                            th scope="row" class="govuk-table__header" { (who) }
                            @for _ in 0..3 { td class="govuk-table__cell" {} }
                        }
                    }
                }
            }
            }
            p class="ha-print__stamp" { "Printed " (printed) " from " (self.app.config.directory.name) ". This sheet is yours. Ring before you travel." }
        }
    }

    fn row(&self, of: &HandedService) -> Markup {
        let service = of.service();
        let contact = facts::phone(&of.record);
        // The sheet is kept for long, so it says on which days and not only when it is next.
        let mut rules = facts::times(&of.record);
        let left_out = rules.len().saturating_sub(RULES);
        rules.truncate(RULES);
        let is_several = rules.len() > 1 && service.venues.len() > 1;
        html! {
            tr class="govuk-table__row" {
                th scope="row" class="govuk-table__header" { (service.name) }
                td class="govuk-table__cell" {
                    (service.summary)
                    @if !of.note.is_empty() { br; strong { (of.note) } }
                }
                td class="govuk-table__cell" {
                    @match contact.and_then(|contact| contact.phone.as_deref()) {
                        Some(phone) => { strong { (phone) } }
                        None => { "Not stated" }
                    }
                    @if let Some(note) = contact.and_then(|contact| contact.phone_note.as_deref()) { br; (note) }
                }
                td class="govuk-table__cell" {
                    @if of.is_closed() || rules.is_empty() { (to_entry::when(of, wording::date_of(self.now))) }
                    @else { @for rule in &rules { (rule) br; } }
                    @if left_out > 0 { "And " (left_out) " more: ask when you ring." br; }
                    @if let Some(notice) = &service.alert { strong { "Notice: " (notice) } br; }
                    // Each time says where it is, and one address would be that of another.
                    @if !is_several { (to_entry::whereabouts(of, of.next.as_ref().and_then(|(_, venue)| *venue))) }
                }
            }
        }
    }
}
