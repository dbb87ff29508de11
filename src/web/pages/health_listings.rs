//! `/steward/health/listings`: the listings behind a figure.

use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use maud::{Markup, Render, html};

use crate::{
    domain::PlaceCode,
    keeping::{Behind, Guest, Listings, listings_behind},
    search::{door_of, wording},
    sheets::MOST_ROWS,
    store::ServiceRecord,
    web::{
        asked::{ListPage, Pairs},
        cache::Cache,
        error::PageError,
        layout::{Head, Page},
        parts::{
            figures::{FigureWords, figure_of_address},
            frame::back_link,
            pagination::numbered_pages,
            state,
        },
        paths,
        work::Web,
    },
};

/// How many listings stand on a page.
const PER_PAGE: usize = 25;

/// Answers with a page of the listings behind a figure.
pub async fn show(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let words = figure_of_address(pairs.first("what")).ok_or(PageError::NotFound)?;
    let behind = behind_of(&pairs).ok_or(PageError::NotFound)?;
    let list_page = ListPage::of(&pairs, PER_PAGE);
    let found = found(&web, &guest, behind.clone(), list_page).await?;
    let shown = ListingsPage {
        guest: &guest,
        words,
        behind: &behind,
        found: &found,
        list_page,
        now: web.now(),
    };
    if list_page.page > 1 && found.records.is_empty() {
        return Ok(Redirect::to(&shown.link(1)).into_response());
    }
    Ok(web.show(&shown, Cache::Private))
}

/// Which listings an address asks for; nothing where it names no figure.
pub fn behind_of(pairs: &Pairs) -> Option<Behind> {
    let said = |key| Some(pairs.first(key)).filter(|value| !value.is_empty());
    Some(Behind {
        figure: figure_of_address(pairs.first("what"))?.figure,
        part: said("part").map(str::to_owned),
        place: said("place").map(PlaceCode::from),
    })
}

async fn found(
    web: &Web,
    guest: &Guest,
    behind: Behind,
    list_page: ListPage,
) -> Result<Listings, PageError> {
    let (person, now) = (guest.person.clone(), web.now());
    let stretch = list_page.stretch();
    web.work(move |app| {
        let from = (&app.survey, &app.store, &*app.gazetteer);
        listings_behind(from, &person, &behind, stretch, now)
    })
    .await
}

struct ListingsPage<'a> {
    guest: &'a Guest,
    words: &'static FigureWords,
    behind: &'a Behind,
    found: &'a Listings,
    list_page: ListPage,
    now: Timestamp,
}

impl Page for ListingsPage<'_> {
    fn head(&self) -> Head {
        let title = format!("{}: {}", self.words.label, self.found.place);
        Head::for_guest(self.list_page.title(&title), self.guest)
    }

    fn before(&self) -> Markup {
        back_link(paths::HEALTH, "How the listings stand")
    }
}

impl Render for ListingsPage<'_> {
    fn render(&self) -> Markup {
        let count = self.found.total;
        html! {
            span class="govuk-caption-l" { (self.found.place) }
            h1 class="govuk-heading-l" { (self.words.label) }
            p class="govuk-body" { (self.words.definition) }
            @if count == 0 {
                p class="govuk-body" { "There is none." }
            } @else {
                p class="govuk-body-l" { (wording::counted(count, "listing", "listings")) ", those first that nobody confirmed for longest." }
                ol class="ha-ways" role="list" start=(self.list_page.first()) { @for record in &self.found.records { li { (self.listing(record)) } } }
                (numbered_pages(self.list_page.page, self.list_page.pages(count), &|page| self.link(page)))
                (self.as_sheet())
            }
        }
    }
}

impl ListingsPage<'_> {
    fn link(&self, page: usize) -> String {
        let place = self.behind.place.as_ref().map(PlaceCode::as_str);
        paths::health_listings(self.words.key, self.behind.part.as_deref(), place, page)
    }

    /// The same listings in a spreadsheet, as many as fit.
    fn as_sheet(&self) -> Markup {
        let link = self.link(1);
        let of = link.split_once('?').map_or("", |(_, of)| of);
        let first = format!("The first {} of them", wording::thousands(MOST_ROWS));
        let which = if self.found.total > MOST_ROWS { &first } else { "These listings" };
        html! {
            p class="govuk-body" {
                (which) " in a spreadsheet, to change many at once: "
                a class="govuk-link" href=(paths::sheet_of("xlsx", of)) { "a workbook (.xlsx)" } " or "
                a class="govuk-link" href=(paths::sheet_of("csv", of)) { "CSV" } ". "
                a class="govuk-link" href=(paths::SHEETS) { "How that works" }
            }
        }
    }

    fn listing(&self, record: &ServiceRecord) -> Markup {
        let service = &record.service;
        let door = door_of(record, None, self.now);
        html! {
            h2 class="ha-ways__title" {
                a class="govuk-link" href=(paths::keep(service.id)) { (service.name) }
            }
            p { (record.organisation.name) }
            p class="ha-listing__state" { (state::state_line(&door, &service.upkeep, self.now)) }
        }
    }
}
