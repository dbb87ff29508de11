//! Taking back the last change that went live without a steward.

use jiff::Timestamp;
use serde_json::Value;

use crate::{
    domain::{Part, Role, Service},
    store::{FieldChanges, Reading, Store, StoreError, Subject, Version},
};

use super::{
    error::KeepingError,
    listing::{Caretaker, Kept},
    propose::changed_parts,
};

/// What is written down beside the fields of a change.
const BESIDE: [&str; 2] = ["upkeep", "provenance"];
/// Why a change was made that took another back.
const TAKEN_BACK: &str = "taken back";

/// Whether the newest change of a listing is one's own, may be taken back, and is no taking back.
pub fn can_undo(store: &Store, kept: &Kept, by: &Caretaker) -> Result<bool, StoreError> {
    Ok(newest(store, kept, by)?.is_some())
}

/// What the newest change of a listing changed, where it may be taken back.
fn newest(store: &Store, kept: &Kept, by: &Caretaker) -> Result<Option<FieldChanges>, StoreError> {
    let newest = store.changes_of(&Subject::Service(kept.record.service.id), 1)?.pop();
    let own = newest.filter(|change| {
        change.actor.name == by.actor().name && change.actor.reason.as_deref() != Some(TAKEN_BACK)
    });
    let fields = own.map(|change| change.fields()).unwrap_or_default();
    let Some(before) = restored(&kept.record.service, &fields) else { return Ok(None) };
    let parts = changed_parts(&before, &kept.record.service);
    let is_known = |field: &String| {
        BESIDE.contains(&field.as_str())
            || Part::ALL.iter().any(|part| part.fields().contains(&field.as_str()))
    };
    let may = |part: &Part| by.role == Role::Steward || !part.waits_for_a_steward();
    // To be listed or not has its own ways back.
    let is_undoable = !parts.is_empty()
        && !parts.contains(&Part::Status)
        && parts.iter().all(may)
        && fields.keys().all(is_known);
    Ok(is_undoable.then_some(fields))
}

/// Takes back the newest change of a listing, as it was shown in this version: only one's own, and
/// only what went live without a steward.
pub fn undo(
    store: &Store,
    kept: &Kept,
    by: &Caretaker,
    shown: Version,
    now: Timestamp,
) -> Result<(), KeepingError> {
    if kept.version != shown {
        return Err(KeepingError::ChangedMeanwhile);
    }
    let fields = newest(store, kept, by)?;
    let before = fields.and_then(|fields| restored(&kept.record.service, &fields));
    let service = before.ok_or(KeepingError::ChangedMeanwhile)?;
    let (actor, version) = (by.actor().because(TAKEN_BACK), kept.version);
    store.change(&actor, now, move |changes| changes.save_service_if(&service, version))?;
    Ok(())
}

/// The listing with these fields as they were before.
fn restored(service: &Service, fields: &FieldChanges) -> Option<Service> {
    let mut body = serde_json::to_value(service).ok()?;
    let object = body.as_object_mut()?;
    for (field, (before, _)) in fields {
        if before == &Value::Null {
            object.remove(field);
        } else {
            object.insert(field.clone(), before.clone());
        }
    }
    serde_json::from_value(body).ok()
}
