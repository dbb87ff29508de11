//! A listing with what decides who may look after it.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::{
    domain::{
        AreaPart, Belonging, Location, Person, PlaceCode, Role, Service, ServiceId, ServiceStatus,
        route_of,
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
    /// The person as a steward of the whole directory.
    pub fn of_everything(person: &Person) -> Result<Self, KeepingError> {
        if !person.stewards_everything() {
            return Err(KeepingError::NotTheirs);
        }
        Ok(Self { person: person.clone(), role: Role::Steward })
    }

    /// How their changes are logged: by their id, which leads to nobody outside.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::new(&format!("person:{}", self.person.id), route_of(self.role))
    }

    /// The same, with why where they said so.
    #[must_use]
    pub fn actor_because(&self, why: Option<&str>) -> Actor {
        why.map_or_else(|| self.actor(), |why| self.actor().because(why))
    }
}

impl Kept {
    /// The person as one who looks after this listing.
    pub fn by(&self, person: &Person) -> Result<Caretaker, KeepingError> {
        let role = person.keeps(&self.belonging).ok_or(KeepingError::NotTheirs)?;
        Ok(Caretaker { person: person.clone(), role })
    }

    /// The person as a steward of this listing, whatever else they are to it.
    pub fn by_steward(&self, person: &Person) -> Result<Caretaker, KeepingError> {
        let mut scopes = person.scopes_as(Role::Steward);
        if !scopes.any(|scope| scope.holds(&self.belonging)) {
            return Err(KeepingError::NotTheirs);
        }
        Ok(Caretaker { person: person.clone(), role: Role::Steward })
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
    pub fn is_listed(&self) -> bool {
        self.record.service.is_listed()
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
pub(super) fn places(record: &ServiceRecord, gazetteer: &Gazetteer) -> BTreeSet<PlaceCode> {
    let named = named(record, gazetteer);
    let mut places = holding(record.locations.iter(), gazetteer);
    places.extend(around(&named, gazetteer));
    places.extend(named);
    places
}

/// Every place that holds one of these sites.
pub(super) fn holding<'a>(
    sites: impl Iterator<Item = &'a Location>,
    gazetteer: &Gazetteer,
) -> BTreeSet<PlaceCode> {
    let points = sites.filter_map(|location| location.point);
    points.flat_map(|point| gazetteer.codes_at(point)).collect()
}

/// The places that a listing names as those that it serves.
pub(super) fn named(record: &ServiceRecord, gazetteer: &Gazetteer) -> BTreeSet<PlaceCode> {
    let parts = record.service.footprint.iter().flat_map(|footprint| &footprint.parts);
    let codes = |part: &AreaPart| match part {
        AreaPart::Place { code, .. } => vec![code.clone()],
        // Part of a postcode is nobody's place: it belongs where its middle is.
        AreaPart::Postcodes { prefix } => {
            let point = gazetteer.point_of_postcode(prefix);
            point.map(|(point, _)| gazetteer.codes_at(point)).unwrap_or_default()
        }
        AreaPart::Drawn { .. } | AreaPart::Named { .. } => Vec::new(),
    };
    parts.flat_map(codes).collect()
}

/// Every place that one of these lies in.
pub(super) fn around(named: &BTreeSet<PlaceCode>, gazetteer: &Gazetteer) -> BTreeSet<PlaceCode> {
    named.iter().flat_map(|code| gazetteer.parents(code)).map(|place| place.code).collect()
}

/// The listings that somebody looks after as a provider, by name: those that go on, those that are
/// being written and those that are out of view.
pub fn kept_by(store: &Store, person: &Person) -> Result<Vec<ServiceRecord>, StoreError> {
    let mut ids = Vec::new();
    for organisation in person.organisations() {
        let services = store.list_services_of(organisation)?;
        let kept = services
            .iter()
            .filter(|service| service.status != ServiceStatus::Defunct && service.joined.is_none());
        ids.extend(kept.map(|service| service.id));
    }
    store.services_by_ids(&ids)
}

/// When a listing is due to be confirmed: some months after it last was, or after it came.
#[must_use]
pub(super) fn due_at(service: &Service, months: i32) -> Timestamp {
    due_after(last_confirmed(service), came(service), months)
}

/// The same of one that was last confirmed and came at these moments.
#[must_use]
pub(super) fn due_after(
    confirmed: Option<Timestamp>,
    came: Option<Timestamp>,
    months: i32,
) -> Timestamp {
    // Of some nobody has ever said that they are right.
    let never = || came.unwrap_or(Timestamp::MIN);
    confirmed.map_or_else(never, |at| crate::domain::months_after(at, months))
}

/// When somebody last said that it is right.
pub(super) fn last_confirmed(service: &Service) -> Option<Timestamp> {
    service.upkeep.confirmed.as_ref().map(|confirmed| confirmed.at)
}

/// When it came into the directory.
pub(super) fn came(service: &Service) -> Option<Timestamp> {
    service.upkeep.imported.or(service.upkeep.created)
}
