//! Taking a listing from view, and showing it again.

use jiff::Timestamp;

use crate::{
    domain::{Outcome, Part, PartValue, Role, Route, ServiceStatus},
    store::{Actor, Change, Reading, Store, Subject, Version},
};

use super::{
    error::KeepingError,
    listing::{Caretaker, Kept},
    propose::note_source,
    remark::remark,
};

/// Takes a listing from view, at once.
pub fn withdraw(
    store: &Store,
    kept: &Kept,
    by: &Caretaker,
    (shown, why): (Version, &str),
    now: Timestamp,
) -> Result<(), KeepingError> {
    if !kept.is_listed() {
        return Err(KeepingError::ChangedMeanwhile);
    }
    let why = remark("why", why, None)?;
    let actor = by.actor_because(why.as_deref());
    set_status(store, kept, (by, &actor), (ServiceStatus::Inactive, shown), now)
}

/// Shows a listing again that its provider took from view. What a steward hid, a steward shows.
pub fn list_again(
    store: &Store,
    kept: &Kept,
    by: &Caretaker,
    shown: Version,
    now: Timestamp,
) -> Result<(), KeepingError> {
    if !may_list_again(store, kept, by)? {
        return Err(KeepingError::NotTheirs);
    }
    let hidden = taken_down(store, kept)?;
    let was_closed = hidden.is_some_and(|change| {
        let before = change.fields().remove("status").map(|(before, _)| before);
        before == serde_json::to_value(ServiceStatus::TemporarilyClosed).ok()
    });
    let status = if was_closed { ServiceStatus::TemporarilyClosed } else { ServiceStatus::Active };
    set_status(store, kept, (by, &by.actor()), (status, shown), now)
}

/// Whether somebody may show a listing again that is out of view.
pub fn may_list_again(store: &Store, kept: &Kept, by: &Caretaker) -> Result<bool, KeepingError> {
    let service = &kept.record.service;
    if service.status != ServiceStatus::Inactive || service.joined.is_some() {
        return Ok(false);
    }
    if by.role == Role::Steward {
        return Ok(true);
    }
    let Some(down) = taken_down(store, kept)? else { return Ok(false) };
    // A steward may have hidden what its provider had taken down already.
    let reports = store.list_reports_of(kept.record.service.id)?;
    let closed = reports.iter().filter_map(|report| report.closed.as_ref());
    let is_hidden = closed
        .filter(|closing| closing.outcome == Outcome::Hidden)
        .any(|closing| closing.at >= down.at);
    Ok(down.actor.route == Route::Owner && !is_hidden)
}

/// The newest change of whether a listing is shown.
fn taken_down(store: &Store, kept: &Kept) -> Result<Option<Change>, KeepingError> {
    let subject = Subject::Service(kept.record.service.id);
    let changes = store.changes_of(&subject, 1000)?;
    Ok(changes.into_iter().find(|change| change.fields().contains_key("status")))
}

fn set_status(
    store: &Store,
    kept: &Kept,
    (by, actor): (&Caretaker, &Actor),
    (status, shown): (ServiceStatus, Version),
    now: Timestamp,
) -> Result<(), KeepingError> {
    if kept.version != shown {
        return Err(KeepingError::ChangedMeanwhile);
    }
    let mut service = kept.record.service.clone();
    PartValue::Status(status).put(&mut service);
    note_source(&mut service, Part::Status, by, now);
    service.upkeep.edited = Some(now);
    store.change(actor, now, move |changes| changes.save_service_if(&service, shown))?;
    Ok(())
}
