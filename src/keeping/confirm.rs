//! "It is still right": one press, with which the doors that still count are said again too.

use jiff::{SignedDuration, Timestamp};

use crate::{
    config,
    domain::{Confirmation, Service, ServiceId, date_in_england, months_after},
    geo::Gazetteer,
    store::{Changes, Store, StoreError, Version},
};

use super::{
    door::{DoorStated, Said},
    error::KeepingError,
    listing::{Caretaker, Kept},
    secret::Secret,
    sign_in::{Visit, visit_link},
};

/// A second press within so long is the first one once more.
const SAME_PRESS: SignedDuration = SignedDuration::from_mins(2);

/// Confirms a listing as it was seen, in the words of [`super::seen`].
pub fn confirm(
    store: &Store,
    kept: &Kept,
    by: &Caretaker,
    seen: &str,
    keeping: &config::Keeping,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let Some(right) = StillRight::new(kept, by, seen, keeping, now)? else { return Ok(()) };
    store.change(&by.actor(), now, move |changes| right.save(changes))?;
    Ok(())
}

/// Confirms what a listing says, in the version that was looked at. The doors are left as they are:
/// whoever confirms so has not been shown them.
pub fn confirm_words(
    store: &Store,
    kept: &Kept,
    by: &Caretaker,
    keeping: &config::Keeping,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let service = confirmed(kept, by, keeping, now);
    let version = kept.version;
    store.change(&by.actor(), now, move |changes| changes.save_service_if(&service, version))?;
    Ok(())
}

/// A listing that somebody says is right.
fn confirmed(kept: &Kept, by: &Caretaker, keeping: &config::Keeping, now: Timestamp) -> Service {
    let mut service = kept.record.service.clone();
    service.upkeep.confirmed = Some(Confirmation { at: now, by: by.person.author(by.role) });
    let due = months_after(now, keeping.ask_after_months);
    service.upkeep.next_check = Some(date_in_england(due));
    service
}

/// Confirms the listing that a mailed link is about, and uses the link. The session that it
/// gives is for this listing only.
pub fn confirm_by_link(
    store: &Store,
    gazetteer: &Gazetteer,
    link: &Secret,
    seen: &str,
    keeping: &config::Keeping,
    now: Timestamp,
) -> Result<Secret, KeepingError> {
    let (kept, by) = good(store, gazetteer, link, now)?;
    let right = StillRight::new(&kept, &by, seen, keeping, now)?;
    by_link(store, link, &kept, &by, now, move |changes| match &right {
        Some(right) => right.save(changes),
        None => Ok(()),
    })
}

/// States the door of the listing that a mailed link is about, and uses the link likewise.
pub fn state_door_by_link(
    store: &Store,
    gazetteer: &Gazetteer,
    link: &Secret,
    door: &DoorStated,
    keeping: &config::Keeping,
    now: Timestamp,
) -> Result<Secret, KeepingError> {
    let (kept, by) = good(store, gazetteer, link, now)?;
    let said = Said::new(&kept, &by, door, keeping, now)?;
    by_link(store, link, &kept, &by, now, move |changes| said.save(changes))
}

/// Uses a mailed link only to come in, for whoever wants to change something else.
pub fn open_by_link(
    store: &Store,
    gazetteer: &Gazetteer,
    link: &Secret,
    now: Timestamp,
) -> Result<Secret, KeepingError> {
    let (kept, by) = good(store, gazetteer, link, now)?;
    by_link(store, link, &kept, &by, now, |_| Ok(()))
}

fn good(
    store: &Store,
    gazetteer: &Gazetteer,
    link: &Secret,
    now: Timestamp,
) -> Result<(Kept, Caretaker), KeepingError> {
    match visit_link(store, gazetteer, link, now)? {
        Visit::Good { kept, by } => Ok((*kept, by)),
        Visit::Over { .. } | Visit::Unknown => Err(KeepingError::LinkIsOver),
    }
}

/// Uses a link up and does what it was pressed for, as one change.
fn by_link(
    store: &Store,
    link: &Secret,
    kept: &Kept,
    by: &Caretaker,
    now: Timestamp,
    make: impl FnOnce(&mut Changes<'_>) -> Result<(), StoreError> + Send + 'static,
) -> Result<Secret, KeepingError> {
    let session = Secret::new()?;
    let (link, begun) = (link.hash(), session.hash());
    let (person, service): (_, ServiceId) = (by.person.id, kept.record.service.id);
    let used = store.change(&by.actor(), now, move |changes| {
        if !changes.use_link(&link)? {
            return Ok(false);
        }
        make(changes)?;
        changes.begin_session(&begun, person, Some(service))?;
        Ok(true)
    })?;
    if used.value { Ok(session) } else { Err(KeepingError::LinkIsOver) }
}

/// A confirmation that is ready to be saved.
struct StillRight {
    service: Service,
    version: Version,
    doors: Said,
}

impl StillRight {
    /// Nothing where the listing was confirmed a moment ago.
    fn new(
        kept: &Kept,
        by: &Caretaker,
        seen: &str,
        keeping: &config::Keeping,
        now: Timestamp,
    ) -> Result<Option<Self>, KeepingError> {
        let last = kept.record.service.upkeep.confirmed.as_ref();
        if last.is_some_and(|last| now.duration_since(last.at) < SAME_PRESS) {
            return Ok(None);
        }
        if !kept.is_as_seen(seen, now) {
            return Err(KeepingError::ChangedMeanwhile);
        }
        let author = by.person.author(by.role);
        let doors = Said::again(kept, &author, keeping, now);
        let service = confirmed(kept, by, keeping, now);
        Ok(Some(Self { service, version: kept.version, doors }))
    }

    fn save(&self, changes: &mut Changes<'_>) -> Result<(), StoreError> {
        changes.save_service_if(&self.service, self.version)?;
        self.doors.save(changes)
    }
}
