//! Coming in by a mailed link or by another's word, staying for a while, and going.

use jiff::{SignedDuration, Timestamp};

use crate::{
    config::Directory,
    domain::{Email, Person, PersonId, ServiceId},
    geo::Gazetteer,
    store::{Actor, Changes, Link, Reading, Store, StoreError},
};

use super::{
    error::KeepingError,
    letters,
    listing::{Caretaker, Kept, find_kept},
    secret::Secret,
};

/// Unused for so long, a session is over: computers are shared.
pub const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// After so long it is over anyway.
const LONGEST: SignedDuration = SignedDuration::from_hours(12);
/// How long a link to sign in is good: as long as they are counted, so that who uses up
/// somebody's links leaves them one that works.
pub const SIGN_IN_LASTS: SignedDuration = SignedDuration::from_mins(60);
/// How long a link about a listing is good.
pub const LINK_LASTS: SignedDuration = SignedDuration::from_hours(14 * 24);
/// The most links to sign in that one person is sent in an hour.
const MOST_AN_HOUR: u64 = 5;
/// A session is noted as used once in so long.
const NOTED_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// Somebody who has come in.
#[derive(Clone, Debug, PartialEq)]
pub struct Guest {
    pub person: Person,
    /// The one listing that they came for, where they came by a mail about it.
    pub only: Option<ServiceId>,
    /// What every form that they send has to carry.
    pub form_key: String,
}

impl Guest {
    /// The person as one who looks after a listing, in this session.
    pub fn keeps(&self, kept: &Kept) -> Result<Caretaker, KeepingError> {
        if self.only.is_some_and(|only| only != kept.record.service.id) {
            return Err(KeepingError::NotTheirs);
        }
        kept.by(&self.person)
    }
}

/// What following a mailed link about a listing comes to. Looking changes nothing.
#[derive(Debug)]
pub enum Visit {
    Good {
        kept: Box<Kept>,
        by: Caretaker,
    },
    /// It was good once; another can be asked for.
    Over {
        link: Link,
    },
    Unknown,
}

/// Mails a link to whoever has this address, if anybody has. The answer is the same either way,
/// so that nobody learns who is known here. `next` is where they wanted to go.
pub fn ask_to_sign_in(
    store: &Store,
    directory: &Directory,
    email: &Email,
    next: &str,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let person = store.find_person_by_email(email)?;
    let secret = Secret::new()?;
    let letter = person.as_ref().map(|person| letters::sign_in(directory, person, &secret, next));
    let (hash, email, ends) = (secret.hash(), email.clone(), now + SIGN_IN_LASTS);
    store.change(&the_door(), now, move |changes| {
        let (Some(person), Some(letter)) = (person, letter) else {
            return changes.post_nothing();
        };
        if changes.links_since(person.id, now - SIGN_IN_LASTS)? >= MOST_AN_HOUR {
            return changes.post_nothing();
        }
        changes.make_link(&hash, person.id, None, ends)?;
        changes.post_mail(&email, &letter, ends)
    })?;
    Ok(())
}

/// Uses a link to sign in. Gives the secret of the session that begins.
pub fn sign_in(store: &Store, link: &Secret, now: Timestamp) -> Result<Secret, KeepingError> {
    let hash = link.hash();
    let known = store.link(&hash)?.ok_or(KeepingError::LinkIsOver)?;
    if known.service.is_some() {
        return Err(KeepingError::LinkIsOver);
    }
    let session = begin(store, known.person, now, move |changes| changes.use_link(&hash))?;
    session.ok_or(KeepingError::LinkIsOver)
}

/// Signs in whoever has an address that somebody vouches for who is trusted to. Nothing is changed
/// where nobody here has it.
pub fn sign_in_as(
    store: &Store,
    email: &Email,
    now: Timestamp,
) -> Result<Option<Secret>, KeepingError> {
    let Some(person) = store.find_person_by_email(email)? else { return Ok(None) };
    begin(store, person.id, now, |_| Ok(true))
}

/// Begins a session, where `may` finds in the same transaction that one may begin. Gives its secret.
fn begin(
    store: &Store,
    person: PersonId,
    now: Timestamp,
    may: impl FnOnce(&mut Changes<'_>) -> Result<bool, StoreError> + Send + 'static,
) -> Result<Option<Secret>, KeepingError> {
    let session = Secret::new()?;
    let hash = session.hash();
    let begun = store.change(&the_door(), now, move |changes| {
        if !may(changes)? {
            return Ok(false);
        }
        changes.begin_session(&hash, person, None)?;
        Ok(true)
    })?;
    Ok(begun.value.then_some(session))
}

/// Who holds the secret of a session that still goes on.
pub fn identify(
    store: &Store,
    secret: &Secret,
    now: Timestamp,
) -> Result<Option<Guest>, KeepingError> {
    let hash = secret.hash();
    let Some(session) = store.session(&hash)? else { return Ok(None) };
    let unused = now.duration_since(session.seen);
    if unused > IDLE || now.duration_since(session.began) > LONGEST {
        return Ok(None);
    }
    let Some(person) = store.find_person(session.person)? else { return Ok(None) };
    if unused >= NOTED_EVERY {
        store.change(&the_door(), now, move |changes| changes.touch_session(&hash))?;
    }
    Ok(Some(Guest { person, only: session.only, form_key: secret.form_key() }))
}

/// Ends the session of this secret.
pub fn sign_out(store: &Store, secret: &Secret, now: Timestamp) -> Result<(), KeepingError> {
    let hash = secret.hash();
    store.change(&the_door(), now, move |changes| changes.end_session(&hash))?;
    Ok(())
}

/// Ends every session of somebody, and makes links that were mailed to them worthless.
pub fn sign_out_everywhere(
    store: &Store,
    person: PersonId,
    now: Timestamp,
) -> Result<(), KeepingError> {
    store.change(&the_door(), now, move |changes| changes.end_sessions_of(person))?;
    Ok(())
}

/// What a mailed link about a listing leads to.
pub fn visit_link(
    store: &Store,
    gazetteer: &Gazetteer,
    link: &Secret,
    now: Timestamp,
) -> Result<Visit, KeepingError> {
    let Some(known) = store.link(&link.hash())? else { return Ok(Visit::Unknown) };
    let Some(service) = known.service else { return Ok(Visit::Unknown) };
    if !known.is_good(now) {
        return Ok(Visit::Over { link: known });
    }
    let kept = find_kept(store, gazetteer, store.standing_for(service)?)?;
    let person = store.get_person(known.person)?;
    let by = kept.by(&person)?;
    Ok(Visit::Good { kept: Box::new(kept), by })
}

/// Mails a new link in place of one that is over, to the same person about the same listing.
pub fn ask_again(
    store: &Store,
    gazetteer: &Gazetteer,
    directory: &Directory,
    link: &Secret,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let known = store.link(&link.hash())?.ok_or(KeepingError::LinkIsOver)?;
    let Some(service) = known.service else { return Err(KeepingError::LinkIsOver) };
    let kept = find_kept(store, gazetteer, store.standing_for(service)?)?;
    let person = store.get_person(known.person)?;
    kept.by(&person)?;
    let secret = Secret::new()?;
    let letter = letters::look_again(directory, &person, &kept.record, &secret, now);
    let (hash, email, ends) = (secret.hash(), person.email.clone(), now + LINK_LASTS);
    store.change(&the_door(), now, move |changes| {
        changes.make_link(&hash, person.id, Some(service), ends)?;
        changes.post_mail(&email, &letter, ends)
    })?;
    Ok(())
}

/// Who makes changes that are nobody's: links, sessions, mail.
pub(super) fn the_door() -> Actor {
    Actor::new("hereabouts", crate::domain::Route::Steward)
}
