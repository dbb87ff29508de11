//! `/manage/services/{id}`: a listing before somebody who has come in to look after it.

use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use maud::{Markup, Render, html};

use super::said::Said;
use crate::{
    domain::ServiceId,
    keeping::{
        Caretaker, Guest, KeepingError, Kept, can_undo, confirm, find_kept, state_door, undo,
    },
    search::is_listed,
    store::Version,
    vocabulary::Vocabulary,
    web::{
        asked::{Named, Pairs},
        cache::Cache,
        error::PageError,
        layout::{Head, Page},
        parts::{
            care::Care,
            door_form::DoorTyped,
            form::{hidden, key_field},
            frame::back_link,
        },
        paths,
        typed::Typed,
        work::Web,
    },
};

/// Answers with the listing.
pub async fn show(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let (kept, by) = theirs(&web, &guest, named.id()?).await?;
    let asked = Said::of_address(pairs.first("done"));
    let now = web.now();
    let for_work = kept.clone();
    let may_undo = web.work(move |app| can_undo(&app.store, &for_work, &by)).await?;
    let said = asked.where_it_is_so(&kept, may_undo, now);
    let page = KeepPage::new(&web, &kept, &guest, said);
    Ok(web.show(&page, Cache::Private))
}

/// Confirms it as it was shown.
pub async fn confirm_it(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    let id: ServiceId = named.id()?;
    let (kept, by) = theirs(&web, &guest, id).await?;
    let (seen, now) = (typed.get("seen").to_owned(), web.now());
    let for_work = kept.clone();
    let done = web
        .attempt(move |app| {
            let keeping = &app.config.keeping;
            confirm(&app.store, &for_work, &by, &seen, keeping, now)
        })
        .await?;
    match done {
        Ok(()) if typed.get("from") == "list" => Ok(Redirect::to(paths::MANAGE).into_response()),
        Ok(()) => Ok(back(id, "confirmed")),
        Err(error) => refused(&web, &guest, &kept, &DoorTyped::default(), error),
    }
}

/// States its door.
pub async fn state_its_door(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    let id: ServiceId = named.id()?;
    let (kept, by) = theirs(&web, &guest, id).await?;
    let filled = DoorTyped::read(&typed);
    let done = match filled.stated() {
        Err(faults) => Err(KeepingError::Form(faults)),
        Ok(door) => {
            let (for_work, now) = (kept.clone(), web.now());
            web.attempt(move |app| {
                let keeping = &app.config.keeping;
                state_door(&app.store, &for_work, &by, &door, keeping, now)
            })
            .await?
        }
    };
    match done {
        Ok(()) => Ok(back(id, "door")),
        Err(error) => refused(&web, &guest, &kept, &filled, error),
    }
}

/// Takes back a change of its words.
pub async fn take_back(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    let id: ServiceId = named.id()?;
    let (kept, by) = theirs(&web, &guest, id).await?;
    let (for_work, shown, now) = (kept.clone(), version(&typed), web.now());
    let done = web.attempt(move |app| undo(&app.store, &for_work, &by, shown, now)).await?;
    match done {
        Ok(()) => Ok(back(id, "undone")),
        Err(error) => refused(&web, &guest, &kept, &DoorTyped::default(), error),
    }
}

/// The listing, for somebody who looks after it.
pub async fn theirs(
    web: &Web,
    guest: &Guest,
    id: ServiceId,
) -> Result<(Kept, Caretaker), PageError> {
    let guest = guest.clone();
    web.work(move |app| {
        let kept = find_kept(&app.store, &app.gazetteer, id)?;
        let by = guest.keeps(&kept)?;
        Ok::<_, KeepingError>((kept, by))
    })
    .await
}

/// The title of a page about a listing: without its name where that is shown with care, since
/// titles stand in histories and on shared screens.
pub fn title(what: &str, neutral: &str, kept: &Kept) -> String {
    if kept.record.needs_care() {
        return neutral.to_owned();
    }
    format!("{what} {}", kept.record.service.name)
}

/// The version that a form was made for; one that was not sent is none that there is.
pub fn version(typed: &Typed) -> Version {
    Version(typed.get("version").parse().unwrap_or(u64::MAX))
}

fn back(id: ServiceId, done: &str) -> Response {
    Redirect::to(&format!("{}?done={done}", paths::keep(id))).into_response()
}

/// The page once more, with what was typed and what is wrong with it.
fn refused(
    web: &Web,
    guest: &Guest,
    kept: &Kept,
    typed: &DoorTyped,
    error: KeepingError,
) -> Result<Response, PageError> {
    let (said, refused) = Said::of_error(error)?;
    let page = KeepPage { typed: typed.clone(), ..KeepPage::new(web, kept, guest, said) };
    Ok(web.show_as(&refused, &page))
}

struct KeepPage<'a> {
    kept: &'a Kept,
    guest: &'a Guest,
    vocabulary: &'static Vocabulary,
    said: Said,
    typed: DoorTyped,
    now: Timestamp,
}

impl<'a> KeepPage<'a> {
    fn new(web: &Web, kept: &'a Kept, guest: &'a Guest, said: Said) -> Self {
        let (vocabulary, now) = (web.app.vocabulary, web.now());
        Self { kept, guest, vocabulary, said, typed: DoorTyped::default(), now }
    }
}

impl Page for KeepPage<'_> {
    fn head(&self) -> Head {
        Head::for_guest(
            format!(
                "{}{}",
                self.said.before_title(),
                title("Look after", "Look after a listing", self.kept)
            ),
            self.guest,
        )
    }

    fn before(&self) -> Markup {
        html! {
            @if self.guest.only.is_none() { (back_link(paths::MANAGE, "Your listings")) }
        }
    }
}

impl Render for KeepPage<'_> {
    fn render(&self) -> Markup {
        let service = &self.kept.record.service;
        let care = Care {
            kept: self.kept,
            vocabulary: self.vocabulary,
            now: self.now,
            confirm: paths::keep_part(service.id, "confirm"),
            door: paths::keep_part(service.id, "door"),
            key: Some(&self.guest.form_key),
            typed: &self.typed,
            faults: self.said.faults(),
            is_confirmed: self.said == Said::Confirmed,
            change: self.change(),
        };
        html! {
            (self.said.shown())
            @if self.said == Said::Words { (self.take_back()) }
            span class="govuk-caption-l" { (self.kept.record.organisation.name) }
            h1 class="govuk-heading-l" { (service.name) }
            @if !is_listed(service) {
                p class="govuk-body" { strong { "This listing is not shown to anybody at the moment." } }
            }
            (care.shown())
            @if self.guest.only.is_some() { (self.leave()) }
        }
    }
}

impl KeepPage<'_> {
    fn change(&self) -> Markup {
        let service = &self.kept.record.service;
        html! {
            ul class="govuk-list" {
                li { a class="govuk-link" href=(paths::keep_part(service.id, "edit")) { "Its words, phone, e-mail and website" } }
                li { a class="govuk-link" href=(paths::keep_part(service.id, "history")) { "What was changed before" } }
                @if is_listed(service) {
                    li { a class="govuk-link" href=(paths::service(service.id, &service.name)) { "See it as everybody does" } }
                }
            }
        }
    }

    fn take_back(&self) -> Markup {
        html! {
            form method="post" action=(paths::keep_part(self.kept.record.service.id, "undo")) {
                (key_field(&self.guest.form_key))
                (hidden("version", &self.kept.version.0.to_string()))
                button class="govuk-button govuk-button--secondary" { "Undo: as it was before" }
            }
        }
    }

    /// Whoever came by a mail may be at a shared computer.
    fn leave(&self) -> Markup {
        html! {
            form method="post" action=(paths::SIGN_OUT) {
                (key_field(&self.guest.form_key))
                button class="govuk-button govuk-button--secondary" { "I am finished" }
            }
        }
    }
}
