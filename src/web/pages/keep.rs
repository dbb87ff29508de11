//! `/manage/services/{id}`: a listing before somebody who has come in to look after it.

use super::{
    keep_page::{KeepPage, Standing, Typing},
    said::Said,
};
use crate::{
    domain::ServiceId,
    keeping::{Caretaker, Guest, Kept, confirm, find_kept, state_door, undo},
    store::{Reading, Version},
    web::{
        asked::{Named, Pairs},
        cache::Cache,
        error::PageError,
        parts::door_form::DoorTyped,
        paths,
        refused::Refused,
        typed::Typed,
        work::Web,
    },
};
use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};

/// Answers with the listing.
pub async fn show(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let id: ServiceId = named.id()?;
    let standing = web.work(move |app| app.store.standing_for(id)).await?;
    if standing != id {
        return Ok(Redirect::to(&paths::keep(standing)).into_response());
    }
    let (kept, by) = theirs(&web, &guest, id).await?;
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
        Err(why) => refused(&web, &guest, (&kept, &by), Typing::default(), why).await,
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
        Err(faults) => Err(Refused::Wrong(faults)),
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
        Err(why) => refused(&web, &guest, (&kept, &by), Typing::of_door(filled), why).await,
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
        Err(why) => refused(&web, &guest, (&kept, &by), Typing::default(), why).await,
    }
}

/// The listing, for somebody who looks after it. Where it was joined with another, it is changed
/// no more.
pub async fn theirs(
    web: &Web,
    guest: &Guest,
    id: ServiceId,
) -> Result<(Kept, Caretaker), PageError> {
    let guest = guest.clone();
    web.work(move |app| {
        let kept = find_kept(&app.store, &app.gazetteer, id)?;
        let by = guest.keeps(&kept)?;
        if kept.record.service.joined.is_some() {
            return Err(PageError::ChangedMeanwhile);
        }
        Ok((kept, by))
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

/// Back to the listing, which says what was done, where anything was.
pub fn back(id: ServiceId, done: &str) -> Response {
    let to = paths::keep(id);
    let to = if done.is_empty() { to } else { format!("{to}?done={done}") };
    Redirect::to(&to).into_response()
}

/// The page once more, with what was typed and what is wrong with it.
pub async fn refused(
    web: &Web,
    guest: &Guest,
    (kept, by): (&Kept, &Caretaker),
    typed: Typing,
    why: Refused,
) -> Result<Response, PageError> {
    let standing = Standing::find(web, kept, by).await?;
    let page = KeepPage::new(web, (kept, guest), &standing, why.clone().into()).with(typed);
    Ok(web.show_refused(&why, &page))
}
