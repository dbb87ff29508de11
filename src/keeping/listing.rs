//! A listing with what decides who may look after it.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::{
    domain::{
        AreaPart, Belonging, Person, PlaceCode, Role, Service, ServiceId, ServiceStatus, route_of,
    },
    geo::Gazetteer,
    store::{Actor, Reading, ServiceRecord, Store, StoreError, Subject, Version},
};

use super::{door::standing, error::KeepingError};

/// A listing as somebody looks after it.
#[derive(Clone, Debug)]
pub struct Kept {
    pub record: ServiceRecord,
    /// What a change of it has to name.
    pub version: Version,
    pub belonging: Belonging,
}

/// Somebody in the role in which they look after a listing.
#[derive(Clone, Debug, PartialEq)]
pub struct Caretaker {
    pub person: Person,
    pub role: Role,
}

impl Caretaker {
    /// How their changes are logged: by their id, which leads to nobody outside.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::new(&format!("person:{}", self.person.id), route_of(self.role))
    }
}

impl Kept {
    /// The person as one who looks after this listing.
    pub fn by(&self, person: &Person) -> Result<Caretaker, KeepingError> {
        let role = person.keeps(&self.belonging).ok_or(KeepingError::NotTheirs)?;
        Ok(Caretaker { person: person.clone(), role })
    }

    /// Whether it is as [`seen`] says: the same version, and no door that was not shown.
    #[must_use]
    pub fn is_as_seen(&self, seen: &str, now: Timestamp) -> bool {
        let mut parts = seen.split('.');
        let version = parts.next().and_then(|version| version.parse().ok());
        let shown: Vec<&str> = parts.collect();
        version == Some(self.version.0)
            && standing(&self.record, now)
                .all(|said| shown.contains(&said.id.0.simple().to_string().as_str()))
    }

    /// Whether it is still listed, so that there is something to confirm.
    #[must_use]
    pub fn is_going_on(&self) -> bool {
        is_going_on(&self.record.service)
    }
}

/// What somebody has seen who looks at a listing now: its version, and the doors that count. It
/// goes into the form and comes back with it.
#[must_use]
pub fn seen(record: &ServiceRecord, now: Timestamp) -> String {
    let doors = standing(record, now).map(|said| said.id.0.simple().to_string());
    let doors: Vec<String> = doors.collect();
    format!("{}.{}", record.version.0, doors.join("."))
}

/// Whether a service is one that somebody may be sent to, now or soon.
pub(super) fn is_going_on(service: &Service) -> bool {
    matches!(service.status, ServiceStatus::Active | ServiceStatus::TemporarilyClosed)
}

/// A listing with its version and whom it belongs to.
pub fn find_kept(
    store: &Store,
    gazetteer: &Gazetteer,
    id: ServiceId,
) -> Result<Kept, KeepingError> {
    store.read(|snapshot| Ok(look(snapshot, gazetteer, id)))?
}

fn look(store: &impl Reading, gazetteer: &Gazetteer, id: ServiceId) -> Result<Kept, KeepingError> {
    let missing = || KeepingError::NotFound(Subject::Service(id));
    let version = store.versioned_service(id)?.ok_or_else(missing)?.version;
    let record = store.service_record(id)?.ok_or_else(missing)?;
    let partnerships = store.list_partnerships_of_service(id)?;
    let belonging = Belonging {
        organisation: Some(record.service.organisation),
        places: places(&record, gazetteer),
        partnerships: partnerships.iter().map(|partnership| partnership.id).collect(),
    };
    Ok(Kept { record, version, belonging })
}

/// Every place that holds a venue or that is served, with those around each.
fn places(record: &ServiceRecord, gazetteer: &Gazetteer) -> BTreeSet<PlaceCode> {
    let points = record.locations.iter().filter_map(|location| location.point);
    let mut places: BTreeSet<PlaceCode> =
        points.flat_map(|point| gazetteer.codes_at(point)).collect();
    let parts = record.service.footprint.iter().flat_map(|footprint| &footprint.parts);
    for part in parts {
        if let AreaPart::Place { code, .. } = part {
            places.insert(code.clone());
            places.extend(gazetteer.parents(code).into_iter().map(|place| place.code));
        }
    }
    places
}

/// The listings that somebody looks after as a provider, by name: those that go on, those that are
/// being written and those that are out of view.
pub fn kept_by(store: &Store, person: &Person) -> Result<Vec<ServiceRecord>, StoreError> {
    let mut ids = Vec::new();
    for organisation in person.organisations() {
        let services = store.list_services_of(organisation)?;
        let kept = services.iter().filter(|service| service.status != ServiceStatus::Defunct);
        ids.extend(kept.map(|service| service.id));
    }
    store.services_by_ids(&ids)
}

/// When a listing is due to be confirmed: some months after it last was, or after it came.
#[must_use]
pub(super) fn due_at(service: &Service, months: i32) -> Timestamp {
    let upkeep = &service.upkeep;
    let Some(confirmed) = &upkeep.confirmed else {
        // Nobody has ever said that it is right.
        return upkeep.imported.or(upkeep.created).unwrap_or(Timestamp::MIN);
    };
    crate::domain::months_after(confirmed.at, months)
}
