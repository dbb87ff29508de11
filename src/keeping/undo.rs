//! Taking back the last change of words.

use jiff::Timestamp;
use serde_json::Value;

use crate::{
    domain::Service,
    store::{FieldChanges, Reading, Store, StoreError, Subject, Version},
};

use super::{
    error::KeepingError,
    listing::{Caretaker, Kept},
};

/// The fields that may be taken back, which are those that go live without a steward; and what is
/// written down beside them.
const WORDS: [&str; 5] = ["summary", "description", "alert", "website", "contacts"];
const BESIDE: [&str; 2] = ["upkeep", "provenance"];
/// Why a change was made that took another back.
const TAKEN_BACK: &str = "taken back";

/// Whether the newest change of a listing is one's own, of words, and no taking back.
pub fn can_undo(store: &Store, kept: &Kept, by: &Caretaker) -> Result<bool, StoreError> {
    Ok(newest_words(store, kept, by)?.is_some())
}

/// What the newest change of a listing changed, where it may be taken back.
fn newest_words(
    store: &Store,
    kept: &Kept,
    by: &Caretaker,
) -> Result<Option<FieldChanges>, StoreError> {
    let newest = store.changes_of(&Subject::Service(kept.record.service.id), 1)?.pop();
    let own = newest.filter(|change| {
        change.actor.name == by.actor().name && change.actor.reason.as_deref() != Some(TAKEN_BACK)
    });
    let fields = own.map(|change| change.fields()).unwrap_or_default();
    let is_word = |field: &String| WORDS.contains(&field.as_str());
    let is_beside = |field: &String| BESIDE.contains(&field.as_str());
    let is_words =
        fields.keys().any(is_word) && fields.keys().all(|field| is_word(field) || is_beside(field));
    Ok(is_words.then_some(fields))
}

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
    let fields = newest_words(store, kept, by)?;
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
