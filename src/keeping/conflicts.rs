//! Where a feed says otherwise than those who look after a listing: shown field by field, and
//! decided by a steward. Until then what they said stands.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;

use crate::{
    domain::{FieldSource, Part, Person, Role, Route, Service, ServiceId},
    geo::Gazetteer,
    store::{Conflict, Reading, ServiceRecord, Store, StoreError, Version},
};

use super::{
    error::KeepingError,
    health::{Known, Survey},
    listing::find_kept,
    sections::Edited,
};

/// A listing with what a feed says otherwise of a part of it.
#[derive(Clone, Debug)]
pub struct Disputed {
    pub conflict: Conflict,
    pub part: Part,
    pub version: Version,
    /// As it stands, and as the feed has it.
    pub stands: Edited,
    pub stated: Edited,
    pub record: ServiceRecord,
}

/// What a steward decides of a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// What the feed says is taken, and is the feed's from then on.
    FeedIsRight,
    /// It stays, until the feed says something else.
    Stays,
}

/// The conflicts of somebody's part, the oldest first: a stretch of them, and how many there are.
pub fn conflicts(
    (survey, store, gazetteer): (&Survey, &Store, &Gazetteer),
    steward: &Person,
    (skip, limit): (usize, usize),
) -> Result<(Vec<Disputed>, usize), KeepingError> {
    let mut open = store.open_conflicts()?;
    open.retain(|conflict| part_of(&conflict.field).is_some());
    if open.is_empty() {
        return Ok((Vec::new(), 0));
    }
    let holds = |known: &Known, id: ServiceId| {
        known.listings.get(&id).is_some_and(|facts| {
            steward.scopes_as(Role::Steward).any(|scope| facts.is_in(scope, &known.numbers))
        })
    };
    survey
        .look(store, gazetteer, |known| open.retain(|known_of| holds(known, known_of.service)))?;
    let total = open.len();
    let some = open.into_iter().skip(skip).take(limit);
    let disputed = some.filter_map(|conflict| disputed(store, conflict).transpose());
    Ok((disputed.collect::<Result<_, _>>()?, total))
}

/// The part of a listing that a field is of. Which venues there are, and what holds at each, is not
/// for a feed to say over those who look after it, and where one is hidden nobody is to read it here;
/// the hours and the access of the service itself are.
fn part_of(field: &str) -> Option<Part> {
    match field {
        "sessions" => return Some(Part::Hours),
        "access" => return Some(Part::Access),
        _ => {}
    }
    let given = [Part::Sites, Part::Sensitivity, Part::Status];
    let parts = Part::ALL.iter().filter(|part| !given.contains(part));
    parts.copied().find(|part| part.fields() == [field])
}

/// Nothing where the listing says the same by now, or what the feed says cannot be read.
fn disputed(store: &Store, conflict: Conflict) -> Result<Option<Disputed>, StoreError> {
    let Some(part) = part_of(&conflict.field) else { return Ok(None) };
    let Some(record) = store.service_record(conflict.service)? else { return Ok(None) };
    let Some(stated) = with(&record.service, &conflict) else { return Ok(None) };
    if part.of(&stated) == part.of(&record.service) {
        return Ok(None);
    }
    let stated = ServiceRecord { service: stated, ..record.clone() };
    Ok(Some(Disputed {
        part,
        version: record.version,
        stands: Edited::of(&record),
        stated: Edited::of(&stated),
        conflict,
        record,
    }))
}

/// A listing with a field as a feed has it.
fn with(service: &Service, conflict: &Conflict) -> Option<Service> {
    let mut body = serde_json::to_value(service).ok()?;
    body.as_object_mut()?.insert(conflict.field.clone(), conflict.stated.clone());
    serde_json::from_value(body).ok()
}

/// Decides a conflict as it was shown: a listing in this version, and a feed that says this.
pub fn settle_conflict(
    store: &Store,
    gazetteer: &Gazetteer,
    steward: &Person,
    (service, source, field): (ServiceId, &str, &str),
    (settled, shown, stated): (Settled, Version, &str),
    now: Timestamp,
) -> Result<(), KeepingError> {
    let kept = find_kept(store, gazetteer, service)?;
    let by = kept.by_steward(steward)?;
    let open = store.open_conflicts()?.into_iter().find(|conflict| {
        (conflict.service, conflict.source.as_str(), conflict.field.as_str())
            == (service, source, field)
    });
    let stated: Option<Value> = serde_json::from_str(stated).ok();
    let conflict = open.filter(|conflict| stated.as_ref() == Some(&conflict.stated));
    let conflict = conflict.ok_or(KeepingError::ChangedMeanwhile)?;
    if settled == Settled::Stays {
        store.change(&by.actor(), now, move |changes| changes.leave_conflict(&conflict))?;
        return Ok(());
    }
    if kept.version != shown || part_of(field).is_none() {
        return Err(KeepingError::ChangedMeanwhile);
    }
    let mut after = with(&kept.record.service, &conflict).ok_or(KeepingError::ChangedMeanwhile)?;
    give_to_feed(&mut after, &conflict, now);
    after.upkeep.edited = Some(now);
    let actor = by.actor().because(&format!("as {source} has it"));
    store.change(&actor, now, move |changes| {
        changes.save_service_if(&after, shown)?;
        changes.end_conflict(&conflict)
    })?;
    Ok(())
}

/// A field is its feed's from now on.
fn give_to_feed(service: &mut Service, conflict: &Conflict, now: Timestamp) {
    let provenance = &mut service.provenance;
    let is_of = |path: &str| path.split('.').next() == Some(conflict.field.as_str());
    let others: BTreeMap<String, FieldSource> = std::mem::take(&mut provenance.fields)
        .into_iter()
        .filter(|(path, _)| !is_of(path))
        .collect();
    provenance.fields = others;
    let owns = provenance.record.as_ref().is_some_and(|record| record.source == conflict.source);
    if !owns {
        let source = conflict.source.clone();
        let said = FieldSource { source, route: Route::Feed, at: now, licence: None };
        provenance.fields.insert(conflict.field.clone(), said);
    }
}
