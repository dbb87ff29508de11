//! `/steward/links`: listings whose pages no longer answer.

use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use maud::{Markup, Render, html};

use crate::{
    domain::{LinkCheck, LinkOutcome},
    keeping::{DeadLinks, Guest, Section, dead_links},
    search::wording,
    store::ServiceRecord,
    web::{
        asked::{ListPage, Pairs},
        cache::Cache,
        error::PageError,
        layout::{Head, Page},
        parts::{pagination::numbered_pages, steward_menu::steward_menu},
        paths,
        work::Web,
    },
};

/// How many listings stand on a page.
const PER_PAGE: usize = 25;

/// Answers with a page of them.
pub async fn show(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let list_page = ListPage::of(&pairs, PER_PAGE);
    let person = guest.person.clone();
    let found = web.work(move |app| {
        let from = (&app.survey, &app.store, &*app.gazetteer);
        dead_links(from, &person, list_page.stretch())
    });
    let found = found.await?;
    if list_page.page > 1 && found.listings.is_empty() {
        return Ok(Redirect::to(paths::DEAD_LINKS).into_response());
    }
    let checks = web.app.config.links.check;
    let shown = LinksPage { guest: &guest, found: &found, checks, list_page, now: web.now() };
    Ok(web.show(&shown, Cache::Private))
}

struct LinksPage<'a> {
    guest: &'a Guest,
    found: &'a DeadLinks,
    /// Whether anything is asked at all.
    checks: bool,
    list_page: ListPage,
    now: Timestamp,
}

impl Page for LinksPage<'_> {
    fn head(&self) -> Head {
        Head::for_guest(self.list_page.title("Pages that fail"), self.guest)
    }
}

impl Render for LinksPage<'_> {
    fn render(&self) -> Markup {
        let total = self.found.total;
        html! {
            (steward_menu(paths::DEAD_LINKS))
            h1 class="govuk-heading-l" { "Pages that fail" }
            @if total > 0 {
                p class="govuk-body-l" { (wording::counted(total, "listing names a page that does not answer", "listings name a page that does not answer")) ", the longest failing first." }
                ol class="ha-ways" role="list" start=(self.list_page.first()) {
                    @for (record, check) in &self.found.listings { li { (self.listing(record, check)) } }
                }
                (numbered_pages(self.list_page.page, self.list_page.pages(total), &paths::dead_links))
            } @else if self.checks {
                p class="govuk-body" { "Every page that a listing of your part of the directory names has answered. Each is asked about once a month; one that fails is asked again every other day, and stands here after a week." }
            } @else {
                p class="govuk-body" { "Nobody asks the pages that listings name whether they are there. Whoever runs this directory can let the server do so: “check” under “links” in its configuration." }
            }
        }
    }
}

impl LinksPage<'_> {
    fn listing(&self, record: &ServiceRecord, check: &LinkCheck) -> Markup {
        let service = &record.service;
        let address = check.address.as_deref().unwrap_or_default();
        html! {
            h2 class="ha-ways__title" {
                a class="govuk-link" href=(paths::keep_section(service.id, Section::Words)) { (service.name) }
            }
            p { (record.organisation.name) }
            p class="ha-words" { (address) }
            p { (said_of(check)) ". Last asked " (wording::ago(check.at, self.now)) "." }
        }
    }
}

/// What is wrong with a page, and since when.
pub fn said_of(check: &LinkCheck) -> String {
    let since = check.failing_since.map(|since| wording::long_date(wording::date_of(since)));
    let since = since.map(|since| format!(", since {since}")).unwrap_or_default();
    format!("{}{since}", in_words(check.outcome))
}

fn in_words(outcome: LinkOutcome) -> &'static str {
    match outcome {
        LinkOutcome::Answers | LinkOutcome::Unknown => "Nobody knows whether it answers",
        LinkOutcome::NotFound => "The site is there, and this page of it is not",
        LinkOutcome::NoSite => "There is no site of this name any more",
        LinkOutcome::Fails => "The site says that it cannot answer",
        LinkOutcome::Silent => "The site does not answer",
        LinkOutcome::NoAddress => "It is not the address of a page",
    }
}
