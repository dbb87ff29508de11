//! `/steward/imports`: where records came from and when, and where a feed says otherwise than those
//! who look after a listing.

use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use maud::{Markup, Render, html};

use crate::{
    domain::{ServiceId, TrustOrder},
    keeping::{
        Disputed, Guest, KeepingError, Place, Settled, conflicts, place_feed, settle_conflict,
        trust_order,
    },
    search::wording,
    store::{Reading, Source, SubjectKind, Version},
    web::{
        asked::{ListPage, Pairs},
        cache::Cache,
        error::PageError,
        layout::{Head, Page},
        parts::{
            fact_list::fact,
            form::{done_banner, hidden, key_field},
            pagination::numbered_pages,
            part_words::InWords,
            steward_menu::steward_menu,
        },
        paths,
        typed::Typed,
        work::Web,
    },
};

/// How many conflicts stand on a page.
const PER_PAGE: usize = 25;

/// Answers with the sources, and a page of what they say otherwise.
pub async fn show(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let list_page = ListPage::of(&pairs, PER_PAGE);
    let person = guest.person.clone();
    let found = web.work(move |app| {
        let from = (&app.survey, &app.store, &*app.gazetteer);
        let (disputed, total) = conflicts(from, &person, list_page.stretch())?;
        Ok::<_, KeepingError>((app.store.sources()?, trust_order(&app.store)?, disputed, total))
    });
    let (sources, trust, disputed, total) = found.await?;
    if list_page.page > 1 && disputed.is_empty() {
        return Ok(Redirect::to(paths::IMPORTS).into_response());
    }
    let said = match pairs.first("done") {
        "taken" => Some(("Taken", "It stands as the feed has it, and is the feed’s from now on.")),
        "moved" => Some(("Moved", "It counts from the next import on.")),
        "left" => Some(("Left", "It stays, until the feed says something else.")),
        _ => None,
    };
    let shown = ImportsPage {
        web: &web,
        guest: &guest,
        sources: &in_order(&sources, &trust),
        trust: &trust,
        disputed: &disputed,
        total,
        said,
        list_page,
        now: web.now(),
    };
    Ok(web.show(&shown, Cache::Private))
}

/// Decides one.
pub async fn act(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    if let Some(place) = place(typed.get("do")) {
        return move_feed(&web, &guest, typed, place).await;
    }
    let service: ServiceId = typed.get("service").parse().map_err(|_| PageError::Unreadable)?;
    let (settled, done) = match typed.get("do") {
        "take" => (Settled::FeedIsRight, "taken"),
        "leave" => (Settled::Stays, "left"),
        _ => return Err(PageError::Unreadable),
    };
    let version = Version(typed.get("version").parse().map_err(|_| PageError::Unreadable)?);
    let (person, now) = (guest.person.clone(), web.now());
    let answered = web
        .attempt(move |app| {
            let which = (service, typed.get("source"), typed.get("field"));
            let decided = (settled, version, typed.raw("stated"));
            settle_conflict(&app.store, &app.gazetteer, &person, which, decided, now)
        })
        .await?;
    match answered {
        Ok(()) => Ok(Redirect::to(&format!("{}?done={done}", paths::IMPORTS)).into_response()),
        Err(refused) => Err(refused.error()),
    }
}

fn place(pressed: &str) -> Option<Place> {
    match pressed {
        "up" => Some(Place::Up),
        "out" => Some(Place::Out),
        _ => None,
    }
}

/// Moves a feed in the order in which they are believed.
async fn move_feed(
    web: &Web,
    guest: &Guest,
    typed: Typed,
    place: Place,
) -> Result<Response, PageError> {
    let (person, now) = (guest.person.clone(), web.now());
    let moved = web
        .attempt(move |app| {
            let shown = TrustOrder(typed.raw("order").lines().map(str::to_owned).collect());
            place_feed(&app.store, &person, (typed.get("source"), place), &shown, now)
        })
        .await?;
    moved.map_err(|refused| refused.error())?;
    Ok(Redirect::to(&format!("{}?done=moved#sources", paths::IMPORTS)).into_response())
}

struct ImportsPage<'a> {
    web: &'a Web,
    guest: &'a Guest,
    sources: &'a [&'a Source],
    trust: &'a TrustOrder,
    disputed: &'a [Disputed],
    total: usize,
    said: Option<(&'static str, &'static str)>,
    list_page: ListPage,
    now: Timestamp,
}

impl Page for ImportsPage<'_> {
    fn head(&self) -> Head {
        Head::for_guest(self.list_page.title("Feeds"), self.guest)
    }
}

impl Render for ImportsPage<'_> {
    fn render(&self) -> Markup {
        html! {
            @if let Some((title, text)) = self.said { (done_banner(title, text)) }
            (steward_menu(paths::IMPORTS))
            h1 class="govuk-heading-l" { "Feeds" }
            @if self.total > 0 {
                p class="govuk-body-l" { "In " (wording::counted(self.total, "place", "places")) " a feed says otherwise than whoever looks after the listing. What they said stands until you decide." }
                @for one in self.disputed { (self.disputed(one)) }
                (numbered_pages(self.list_page.page, self.list_page.pages(self.total), &paths::imports))
            } @else {
                p class="govuk-body" { "No feed says otherwise than those who look after the listings of your part of the directory." }
            }
            @if self.list_page.page == 1 { (self.sources()) }
        }
    }
}

impl ImportsPage<'_> {
    fn disputed(&self, one: &Disputed) -> Markup {
        let (service, conflict) = (&one.record.service, &one.conflict);
        let words = |edited| {
            let text = InWords::new(self.web, edited).of(&one.part.of(&edited.service));
            html! { span class="ha-words" { @if text.is_empty() { "Nothing" } @else { (text) } } }
        };
        let said = service.provenance.fields.get(&conflict.field);
        let whose = said.map_or_else(
            || "As it stands".to_owned(),
            |said| format!("As {} has it, {}", said.source, wording::ago(said.at, self.now)),
        );
        html! {
            h2 class="govuk-heading-s govuk-!-margin-bottom-1" {
                a class="govuk-link" href=(paths::keep(service.id)) { (service.name) } ": " (one.part.label())
            }
            dl class="ha-factlist" {
                (fact(&whose, &words(&one.stands)))
                (fact(&format!("As {} has it, {}", conflict.source, wording::ago(conflict.since, self.now)), &words(&one.stated)))
            }
            form method="post" action=(paths::IMPORTS) {
                (key_field(&self.guest.form_key))
                (hidden("service", &service.id.to_string()))
                (hidden("source", &conflict.source))
                (hidden("field", &conflict.field))
                (hidden("version", &one.version.0.to_string()))
                (hidden("stated", &conflict.stated.to_string()))
                div class="govuk-button-group" {
                    button class="govuk-button govuk-button--secondary" name="do" value="leave" { "Leave it as it stands" span class="govuk-visually-hidden" { ": " (service.name) ", " (one.part.label()) } }
                    button class="govuk-button govuk-button--secondary" name="do" value="take" { "Take what the feed says" span class="govuk-visually-hidden" { ": " (service.name) ", " (one.part.label()) } }
                }
            }
        }
    }

    fn sources(&self) -> Markup {
        html! {
            @if !self.sources.is_empty() {
                h2 class="govuk-heading-m" id="sources" { "Where records came from" }
                p class="govuk-body" { "Where two feeds say different things of one listing, the one that stands further up is believed. Of those without a place, what was there first stays. Whoever looks after a listing comes before every feed." }
                ol class="ha-ways" role="list" { @for (at, source) in self.sources.iter().enumerate() { li { (self.source(at, source)) } } }
            }
        }
    }

    fn source(&self, at: usize, source: &Source) -> Markup {
        let listings = source.records.get(&SubjectKind::Service).copied().unwrap_or_default();
        let listings = usize::try_from(listings).unwrap_or(usize::MAX);
        let last = source.last_import.map(|at| wording::ago(at, self.now));
        let is_placed = self.trust.0.contains(&source.name);
        let place = if is_placed { format!("{}. ", at + 1) } else { String::new() };
        html! {
            h3 class="ha-ways__title" { (place) (source.name) }
            p {
                (wording::counted(listings, "listing", "listings")) ". "
                @match last { Some(last) => { "Last import " (last) "." } None => { "Its import is not finished yet." } }
            }
            @if self.guest.person.stewards_everything() && self.sources.len() > 1 {
                form method="post" action=(paths::IMPORTS) class="ha-inline-form" {
                    (key_field(&self.guest.form_key))
                    (hidden("source", &source.name))
                    (hidden("order", &self.trust.0.join("\n")))
                    @if !is_placed { (press("up", "Give it the next place", &source.name)) }
                    @if is_placed && at > 0 { (press("up", "Believe it sooner", &source.name)) }
                    @if is_placed { (press("out", "Take its place away", &source.name)) }
                }
            }
        }
    }
}

fn press(what: &str, label: &str, source: &str) -> Markup {
    html! {
        button class="govuk-button govuk-button--secondary ha-button--small" name="do" value=(what) {
            (label) span class="govuk-visually-hidden" { ": " (source) }
        }
        " "
    }
}

/// The sources as they are believed: those with a place first.
fn in_order<'a>(sources: &'a [Source], trust: &TrustOrder) -> Vec<&'a Source> {
    let mut all: Vec<&Source> = sources.iter().collect();
    let place = |source: &Source| trust.0.iter().position(|known| *known == source.name);
    all.sort_by_key(|source| (place(source).unwrap_or(usize::MAX), source.name.clone()));
    all
}
