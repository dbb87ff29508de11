//! `/confirm/{link}`: from a mail, one press. Opening the page changes nothing: mail scanners
//! follow links.

use axum::{
    Extension,
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, Render, html};

use super::{
    said::Said,
    sign_in::{Linked, SentPage, never_made, readable, with_session},
};
use crate::{
    domain::{PersonId, ServiceId},
    keeping::{
        Kept, Network, Secret, Section, Visit, ask_again, confirm_by_link, open_by_link,
        state_door_by_link, visit_link,
    },
    vocabulary::Vocabulary,
    web::{
        access,
        cache::Cache,
        error::PageError,
        layout::{Head, Page, Robots},
        parts::{care::Care, door_form::DoorTyped, form::hidden},
        paths,
        refused::Refused,
        typed::Typed,
        work::Web,
    },
};

/// Links asked for anew from one network in an hour.
const ASKED_AGAIN: u32 = 5;

/// Answers with the listing and its three buttons.
pub async fn show(
    State(web): State<Web>,
    Path(linked): Path<Linked>,
    Extension(network): Extension<Network>,
) -> Result<Response, PageError> {
    let link = readable(&web, &linked, network)?;
    match visited(&web, &link).await? {
        Visit::Good { kept, .. } => {
            let page = ConfirmPage::new(&web, &kept, &link, Said::Nothing, DoorTyped::default());
            Ok(web.show(&page, Cache::Private))
        }
        Visit::Over { .. } => Ok(over(&web, &link)),
        Visit::Unknown => Err(never_made(&web, network)),
    }
}

/// Takes the answer, uses the link up, and lets its holder go on with this listing.
pub async fn answer(
    State(web): State<Web>,
    Path(linked): Path<Linked>,
    Extension(network): Extension<Network>,
    headers: HeaderMap,
    typed: Typed,
) -> Result<Response, PageError> {
    let link = readable(&web, &linked, network)?;
    let (kept, by) = match visited(&web, &link).await? {
        Visit::Good { kept, by } => (kept, by),
        Visit::Over { .. } => return Ok(over(&web, &link)),
        Visit::Unknown => return Err(never_made(&web, network)),
    };
    let filled = DoorTyped::read(&typed);
    let done = match typed.get("do") {
        "door" => match filled.stated() {
            Ok(door) => did(&web, Did::Door(door), &link, &typed).await,
            Err(faults) => Ok(Err(Refused::Wrong(faults))),
        },
        "edit" => did(&web, Did::Edit, &link, &typed).await,
        "right" => did(&web, Did::Right, &link, &typed).await,
        _ => return Err(PageError::Unreadable),
    };
    match done {
        Ok(Ok(session)) => {
            let onward = onward(kept.record.service.id, typed.get("do"));
            let response = Redirect::to(&onward).into_response();
            Ok(entered(&web, &headers, &session, by.person.id, response).await?)
        }
        Ok(Err(refused)) => {
            let page = ConfirmPage::new(&web, &kept, &link, refused.clone().into(), filled);
            Ok(web.show_refused(&refused, &page))
        }
        Err(PageError::LinkIsOver) => Ok(over(&web, &link)),
        Err(error) => Err(error),
    }
}

/// Mails a new link in place of one that is over.
pub async fn again(
    State(web): State<Web>,
    Path(linked): Path<Linked>,
    Extension(network): Extension<Network>,
    _typed: Typed,
) -> Result<Response, PageError> {
    let link = readable(&web, &linked, network)?;
    let now = web.now();
    let hour = SignedDuration::from_hours(1);
    web.app.limits.count_from("again", network, ASKED_AGAIN, hour, now)?;
    web.app.limits.count("again", link.hash().as_bytes(), 2, hour, now)?;
    web.work(move |app| ask_again(&app.store, &app.gazetteer, &app.config.directory, &link, now))
        .await?;
    Ok(Redirect::to(paths::CONFIRM_SENT).into_response())
}

/// Answers that a new link is on its way.
pub async fn sent(State(web): State<Web>) -> Response {
    let demonstration = web.app.demonstration;
    web.show(&SentPage { title: "A new link is on its way", demonstration }, Cache::Private)
}

/// What was pressed.
enum Did {
    Right,
    Door(crate::keeping::DoorStated),
    Edit,
}

async fn did(
    web: &Web,
    did: Did,
    link: &Secret,
    typed: &Typed,
) -> Result<Result<Secret, Refused>, PageError> {
    let (link, seen, now) = (link.clone(), typed.get("seen").to_owned(), web.now());
    web.attempt(move |app| {
        let (store, gazetteer, keeping) = (&app.store, &app.gazetteer, &app.config.keeping);
        match did {
            Did::Right => confirm_by_link(store, gazetteer, &link, &seen, keeping, now),
            Did::Door(door) => state_door_by_link(store, gazetteer, &link, &door, keeping, now),
            Did::Edit => open_by_link(store, gazetteer, &link, now),
        }
    })
    .await
}

async fn visited(web: &Web, link: &Secret) -> Result<Visit, PageError> {
    let (link, now) = (link.clone(), web.now());
    web.work(move |app| visit_link(&app.store, &app.gazetteer, &link, now)).await
}

fn onward(id: ServiceId, did: &str) -> String {
    match did {
        "edit" => paths::keep_section(id, Section::Words),
        "door" => format!("{}?done=door", paths::keep(id)),
        _ => format!("{}?done=confirmed", paths::keep(id)),
    }
}

/// Gives the session for this listing, unless the same person is signed in for all of theirs.
pub async fn entered(
    web: &Web,
    headers: &HeaderMap,
    session: &Secret,
    person: PersonId,
    response: Response,
) -> Result<Response, PageError> {
    let guest = access::guest(web, headers).await?;
    let stays = guest.is_some_and(|guest| guest.only.is_none() && guest.person.id == person);
    Ok(if stays { response } else { with_session(web, session, response) })
}

fn over(web: &Web, link: &Secret) -> Response {
    web.show_as(&PageError::LinkIsOver, &OverPage { link: link.reveal() })
}

struct ConfirmPage<'a> {
    kept: &'a Kept,
    link: &'a Secret,
    vocabulary: &'static Vocabulary,
    said: Said,
    typed: DoorTyped,
    now: Timestamp,
}

impl<'a> ConfirmPage<'a> {
    fn new(web: &Web, kept: &'a Kept, link: &'a Secret, said: Said, typed: DoorTyped) -> Self {
        Self { kept, link, vocabulary: web.app.vocabulary, said, typed, now: web.now() }
    }
}

impl Page for ConfirmPage<'_> {
    fn head(&self) -> Head {
        let title = format!("{}Is this still right?", self.said.before_title());
        Head { robots: Robots::NoIndex, ..Head::new(title) }
    }
}

impl Render for ConfirmPage<'_> {
    fn render(&self) -> Markup {
        let here = paths::confirm(self.link.reveal());
        let care = Care {
            kept: self.kept,
            vocabulary: self.vocabulary,
            now: self.now,
            confirm: here.clone(),
            door: here.clone(),
            key: None,
            typed: &self.typed,
            faults: self.said.faults(),
            is_confirmed: false,
            change: html! {
                form method="post" action=(here) {
                    (hidden("do", "edit"))
                    button class="govuk-button govuk-button--secondary" { "Change its words, phone, e-mail or website" }
                }
            },
        };
        html! {
            (self.said.shown())
            span class="govuk-caption-l" { "Is this still right?" }
            h1 class="govuk-heading-l" { (self.kept.record.service.name) }
            (care.shown())
        }
    }
}

/// A link that was good once.
struct OverPage<'a> {
    link: &'a str,
}

impl Page for OverPage<'_> {
    fn head(&self) -> Head {
        Head { robots: Robots::NoIndex, ..Head::new("This link no longer works") }
    }
}

impl Render for OverPage<'_> {
    fn render(&self) -> Markup {
        html! {
            h1 class="govuk-heading-l" { "This link no longer works" }
            p class="govuk-body" { "It was used already, or is older than two weeks, or a newer one was sent. If you pressed a button on its page before, what you said is saved." }
            form method="post" action=(paths::confirm_again(self.link)) {
                button class="govuk-button" data-module="govuk-button" data-prevent-double-click="true" { "Send me a new link" }
            }
            p class="govuk-body" { "It goes to the address that this one went to. Or " a class="govuk-link" href=(paths::SIGN_IN) { "sign in" } " to see all of your listings." }
        }
    }
}
