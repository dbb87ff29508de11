//! Taking back the last change of words.

use jiff::Timestamp;
use serde_json::Value;

use crate::{
    domain::Service,
    store::{FieldChanges, Reading, Store, Subject, Version},
};

use super::{
    error::KeepingError,
    listing::{Caretaker, Kept},
};

/// The fields that may be taken back, which are those that go live without a steward, and what is
/// written down beside them.
const FIELDS: [&str; 7] =
    ["summary", "description", "alert", "website", "contacts", "upkeep", "provenance"];

/// Takes back the newest change of a listing, as it was shown in this version: only a change of
/// words, and only one's own.
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
    let newest = store.changes_of(&Subject::Service(kept.record.service.id), 1)?.pop();
    let own = newest.filter(|change| change.actor.name == by.actor().name);
    let fields = own.map(|change| change.fields()).unwrap_or_default();
    let is_words = fields.keys().all(|field| FIELDS.contains(&field.as_str()));
    let before = (!fields.is_empty() && is_words).then(|| restored(&kept.record.service, &fields));
    let service = before.flatten().ok_or(KeepingError::ChangedMeanwhile)?;
    let (actor, version) = (by.actor().because("taken back"), kept.version);
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
