//! Shortlists: begun with a service, changed and deleted by whoever holds the key, gone in time.

use jiff::Timestamp;

use crate::{
    domain::{Service, ServiceId, Shortlist, ShortlistChange, ShortlistFull},
    keeping::{FormFault, KeepingError},
    store::{Actor, Changes, Reading, Store, StoreError, Subject},
    text::code::code_of,
};

use super::{key::ShortlistKey, nobody::of_nobody};

/// The longest title, and the longest note to the person, in characters.
pub const LONGEST_TITLE: usize = 80;
pub const LONGEST_NOTE: usize = 300;

/// How many bytes of its id a listing is known by on paper.
const BYTES_ON_PAPER: usize = 5;

/// The letters and digits by which a listing is reached from paper.
#[must_use]
pub fn short_code(service: ServiceId) -> String {
    code_of(service.0.as_bytes().get(..BYTES_ON_PAPER).unwrap_or_default())
}

/// Begins a shortlist with a listing that everybody is shown.
pub fn begin_shortlist(
    store: &Store,
    service: ServiceId,
    now: Timestamp,
) -> Result<ShortlistKey, KeepingError> {
    let key = ShortlistKey::new()?;
    let hash = key.hash();
    store.change(&visitor(), now, move |changes| {
        let mut list = Shortlist::begun(now);
        let done = list.change(ShortlistChange::Add(listed(changes, service)?));
        debug_assert!(done.is_ok(), "an empty list has room");
        changes.keep_shortlist(&hash, &list)
    })?;
    Ok(key)
}

/// Does something to a shortlist. Nothing where it is over.
pub fn change_shortlist(
    store: &Store,
    key: &ShortlistKey,
    change: &ShortlistChange,
    now: Timestamp,
) -> Result<Option<Shortlist>, KeepingError> {
    let change = sound(change)?;
    let hash = key.hash();
    let done = store.change(&visitor(), now, move |changes| {
        let Some(mut list) = changes.find_shortlist(&hash, now)? else { return Ok(None) };
        let change = match change {
            ShortlistChange::Add(service) => ShortlistChange::Add(listed(changes, service)?),
            change => change,
        };
        let done = list.change(change);
        if done.is_ok() {
            changes.keep_shortlist(&hash, &list)?;
        }
        Ok(Some((list, done)))
    })?;
    match done.value {
        Some((_, Err(ShortlistFull))) => Err(full().into()),
        Some((list, Ok(()))) => Ok(Some(list)),
        None => Ok(None),
    }
}

/// Deletes a shortlist for good.
pub fn delete_shortlist(
    store: &Store,
    key: &ShortlistKey,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let hash = key.hash();
    store.change(&visitor(), now, move |changes| changes.delete_shortlist(&hash))?;
    Ok(())
}

/// Deletes those that are over.
pub fn forget_old_shortlists(store: &Store, now: Timestamp) -> Result<(), StoreError> {
    store.change(&visitor(), now, move |changes| changes.delete_old_shortlists(now))?;
    Ok(())
}

/// The listing, or the one that stands for it, where everybody is shown it.
fn listed(changes: &Changes<'_>, service: ServiceId) -> Result<ServiceId, StoreError> {
    let standing = changes.standing_for(service)?;
    let listed = changes.find_service(standing)?.filter(Service::is_listed);
    let missing = || StoreError::NotFound(Subject::Service(service));
    Ok(listed.ok_or_else(missing)?.id)
}

/// The change, where its words are within bounds and name nobody.
fn sound(change: &ShortlistChange) -> Result<ShortlistChange, FormFault> {
    Ok(match change {
        ShortlistChange::Note(service, note) => ShortlistChange::Note(
            *service,
            of_nobody(format!("note-{service}"), note, LONGEST_NOTE, INSTEAD)?,
        ),
        ShortlistChange::Title(title) => {
            ShortlistChange::Title(of_nobody("title", title, LONGEST_TITLE, INSTEAD)?)
        }
        change => change.clone(),
    })
}

/// Where else to say what a list does not take.
const INSTEAD: &str =
    "Lists here name nobody and keep nobody’s details: write it on the paper by hand";

fn full() -> FormFault {
    let most = Shortlist::MOST;
    FormFault::new(
        "shortlist",
        format!("There are {most} services on this list already: take one out first"),
    )
}

fn visitor() -> Actor {
    Actor::new("visitor", crate::domain::Route::Owner)
}
