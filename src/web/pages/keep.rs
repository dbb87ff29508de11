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
    domain::{Part, ServiceId, ServiceStatus},
    keeping::{
        Caretaker, Guest, KeepingError, Kept, Pending, can_undo, confirm, find_kept,
        may_list_again, state_door, undo,
    },
    search::is_listed,
    store::Version,
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
            kept_facts::kept_facts,
            pending::pending_changes,
            tasks::tasks,
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
    let standing = Standing::find(&web, &kept, &by).await?;
    let said = asked.where_it_is_so(&kept, web.now());
    let page = KeepPage::new(&web, (&kept, &guest), &standing, said);
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
    let (for_work, caretaker) = (kept.clone(), by.clone());
    let done = web
        .attempt(move |app| {
            let keeping = &app.config.keeping;
            confirm(&app.store, &for_work, &caretaker, &seen, keeping, now)
        })
        .await?;
    match done {
        Ok(()) if typed.get("from") == "list" => Ok(Redirect::to(paths::MANAGE).into_response()),
        Ok(()) => Ok(back(id, "confirmed")),
        Err(error) => refused(&web, &guest, (&kept, &by), Typing::default(), error).await,
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
            let (for_work, caretaker, now) = (kept.clone(), by.clone(), web.now());
            web.attempt(move |app| {
                let keeping = &app.config.keeping;
                state_door(&app.store, &for_work, &caretaker, &door, keeping, now)
            })
            .await?
        }
    };
    match done {
        Ok(()) => Ok(back(id, "door")),
        Err(error) => refused(&web, &guest, (&kept, &by), Typing::of_door(filled), error).await,
    }
}

/// Takes back one's own last change.
pub async fn take_back(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    let id: ServiceId = named.id()?;
    let (kept, by) = theirs(&web, &guest, id).await?;
    let (for_work, caretaker) = (kept.clone(), by.clone());
    let (shown, now) = (version(&typed), web.now());
    let done = web.attempt(move |app| undo(&app.store, &for_work, &caretaker, shown, now)).await?;
    match done {
        Ok(()) => Ok(back(id, "undone")),
        Err(error) => refused(&web, &guest, (&kept, &by), Typing::default(), error).await,
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

/// Back to the listing, which says what was done.
pub fn back(id: ServiceId, done: &str) -> Response {
    Redirect::to(&format!("{}?done={done}", paths::keep(id))).into_response()
}

/// The page once more, with what was typed and what is wrong with it.
pub async fn refused(
    web: &Web,
    guest: &Guest,
    (kept, by): (&Kept, &Caretaker),
    typed: Typing,
    error: KeepingError,
) -> Result<Response, PageError> {
    let (said, refused) = Said::of_error(error)?;
    let standing = Standing::find(web, kept, by).await?;
    let page = KeepPage { typed, ..KeepPage::new(web, (kept, guest), &standing, said) };
    Ok(web.show_as(&refused, &page))
}

/// What was typed into the forms of the page, so that nothing of it is lost.
#[derive(Default)]
pub struct Typing {
    door: DoorTyped,
    /// To a steward's question.
    answer: String,
}

impl Typing {
    /// With what was answered to a steward.
    #[must_use]
    pub fn of_answer(answer: &str) -> Self {
        Self { answer: answer.to_owned(), ..Self::default() }
    }

    fn of_door(door: DoorTyped) -> Self {
        Self { door, ..Self::default() }
    }
}

/// What may be done with a listing besides saying that it is right.
struct Standing {
    pending: Pending,
    may_undo: bool,
    may_list_again: bool,
}

impl Standing {
    async fn find(web: &Web, kept: &Kept, by: &Caretaker) -> Result<Self, PageError> {
        let (kept, by) = (kept.clone(), by.clone());
        web.work(move |app| {
            Ok::<_, KeepingError>(Self {
                pending: Pending::of(&app.store, &kept, &by)?,
                may_undo: can_undo(&app.store, &kept, &by)?,
                may_list_again: may_list_again(&app.store, &kept, &by)?,
            })
        })
        .await
    }
}

struct KeepPage<'a> {
    kept: &'a Kept,
    guest: &'a Guest,
    web: &'a Web,
    standing: &'a Standing,
    said: Said,
    typed: Typing,
    now: Timestamp,
}

impl<'a> KeepPage<'a> {
    fn new(
        web: &'a Web,
        (kept, guest): (&'a Kept, &'a Guest),
        standing: &'a Standing,
        said: Said,
    ) -> Self {
        Self { kept, guest, web, standing, said, typed: Typing::default(), now: web.now() }
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
        html! {
            (self.said.shown())
            @if matches!(self.said, Said::Live | Said::Both) && self.standing.may_undo { (self.take_back()) }
            span class="govuk-caption-l" { (self.kept.record.organisation.name) }
            h1 class="govuk-heading-l" { (service.name) }
            (self.out_of_view())
            (pending_changes(
                self.web,
                (self.kept, &self.standing.pending),
                &self.guest.form_key,
                (&self.typed.answer, self.said.faults()),
            ))
            @if self.kept.is_going_on() {
                (self.care().shown())
            } @else {
                (kept_facts(&self.kept.record, self.web.app.vocabulary, self.now))
                h2 class="govuk-heading-m" { "Change it" }
                (self.change())
            }
            @if self.guest.only.is_some() { (self.leave()) }
        }
    }
}

impl KeepPage<'_> {
    fn care(&self) -> Care<'_> {
        let service = &self.kept.record.service;
        Care {
            kept: self.kept,
            vocabulary: self.web.app.vocabulary,
            now: self.now,
            confirm: paths::keep_part(service.id, "confirm"),
            door: paths::keep_part(service.id, "door"),
            key: Some(&self.guest.form_key),
            typed: &self.typed.door,
            faults: self.said.faults(),
            is_confirmed: self.said == Said::Confirmed,
            change: self.change(),
        }
    }

    /// Why nobody is shown the listing, and the way to change that.
    fn out_of_view(&self) -> Markup {
        let status = self.kept.record.service.status;
        let waits = self.standing.pending.waiting_parts().contains(&Part::Status);
        html! {
            @match status {
                ServiceStatus::Draft if waits => {}
                ServiceStatus::Draft => {
                    p class="govuk-body-l" { "Nobody sees this listing yet." }
                    (self.act("list", "govuk-button", "Send it, to be shown"))
                    (self.act("throw-away", "govuk-button govuk-button--secondary", "Throw it away"))
                }
                ServiceStatus::Inactive | ServiceStatus::Defunct => {
                    p class="govuk-body" { strong { "This listing is not shown to anybody at the moment." } }
                    @if self.standing.may_list_again { (self.act("list-again", "govuk-button", "Show it again")) }
                    @else { p class="govuk-body" { "A steward took it from view. Ask whoever runs this directory." } }
                }
                ServiceStatus::Active | ServiceStatus::TemporarilyClosed => {}
            }
        }
    }

    /// A button that does one thing.
    fn act(&self, what: &str, class: &str, label: &str) -> Markup {
        html! {
            form method="post" action=(paths::keep_part(self.kept.record.service.id, "do")) {
                (key_field(&self.guest.form_key))
                (hidden("version", &self.kept.version.0.to_string()))
                button class=(class) name="do" value=(what) data-module="govuk-button" data-prevent-double-click="true" { (label) }
            }
        }
    }

    fn change(&self) -> Markup {
        let service = &self.kept.record.service;
        let is_member = self.guest.only.is_none();
        html! {
            (tasks(self.kept, &self.standing.pending))
            ul class="govuk-list" {
                li { a class="govuk-link" href=(paths::keep_part(service.id, "preview")) { "See it as everybody would, with what is not live yet" } }
                li { a class="govuk-link" href=(paths::keep_part(service.id, "history")) { "What was changed before" } }
                @if is_listed(service) {
                    li { a class="govuk-link" href=(paths::service(service.id, &service.name)) { "See it as everybody does now" } }
                    li { a class="govuk-link" href=(paths::keep_part(service.id, "withdraw")) { "Take this listing down" } }
                }
            }
            @if is_member && service.status != ServiceStatus::Draft {
                (self.act("copy", "govuk-button govuk-button--secondary", "Copy it to begin another like it"))
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
