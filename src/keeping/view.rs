//! Taking a listing from view, and showing it again.

use jiff::Timestamp;

use crate::{
    domain::{Outcome, PartValue, Role, Route, ServiceStatus},
    store::{Actor, Change, Reading, Store, Subject, Version},
};

use super::{
    error::{FormFault, KeepingError},
    listing::{Caretaker, Kept},
};

/// Takes a listing from view, at once.
pub fn withdraw(
    store: &Store,
    kept: &Kept,
    by: &Caretaker,
    (shown, why): (Version, &str),
    now: Timestamp,
) -> Result<(), KeepingError> {
    if !kept.is_going_on() {
        return Err(KeepingError::ChangedMeanwhile);
    }
    let why: String = why.split_whitespace().collect::<Vec<_>>().join(" ");
    if why.chars().count() > super::LONGEST_WORDS {
        let long = format!("Use {} characters or fewer", super::LONGEST_WORDS);
        return Err(KeepingError::Form(vec![FormFault::new("why", long)]));
    }
    if let Some(what) = crate::domain::tells_of_a_patient(&why) {
        let how = format!("Take out what looks like {what}");
        return Err(KeepingError::Form(vec![FormFault::new("why", how)]));
    }
    let actor = if why.is_empty() { by.actor() } else { by.actor().because(&why) };
    set_status(store, kept, &actor, (ServiceStatus::Inactive, shown), now)
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
    set_status(store, kept, &by.actor(), (status, shown), now)
}

/// Whether somebody may show a listing again that is out of view.
pub fn may_list_again(store: &Store, kept: &Kept, by: &Caretaker) -> Result<bool, KeepingError> {
    if kept.record.service.status != ServiceStatus::Inactive {
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
    actor: &Actor,
    (status, shown): (ServiceStatus, Version),
    now: Timestamp,
) -> Result<(), KeepingError> {
    if kept.version != shown {
        return Err(KeepingError::ChangedMeanwhile);
    }
    let mut service = kept.record.service.clone();
    PartValue::Status(status).put(&mut service);
    service.upkeep.edited = Some(now);
    store.change(actor, now, move |changes| changes.save_service_if(&service, shown))?;
    Ok(())
}
