//! A service with everything that a card, a listing or the indexer needs of it.

use std::collections::{BTreeSet, HashMap};

use super::{Param, Row, Tx, Version, capacity, experience::experiences_of, from_row};
use crate::{
    domain::{
        Capacity, Experiences, Location, LocationId, Organisation, Sensitivity, Service,
        ServiceAtLocation, ServiceId,
    },
    store::{
        engine::{all, each_in},
        error::StoreError,
    },
};

/// A service with its organisation, locations and statements of capacity.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceRecord {
    pub service: Service,
    pub version: Version,
    pub organisation: Organisation,
    /// In the order of the service's venues, each once.
    pub locations: Vec<Location>,
    /// Newest first, without those that a later one about the same venue and people replaced.
    /// Whether one counts is for `Capacity::counts_at` to say.
    pub capacity: Vec<Capacity>,
    /// What link workers say of it of late.
    pub experiences: Experiences,
}

impl ServiceRecord {
    /// The location of a venue.
    #[must_use]
    pub fn location(&self, id: LocationId) -> Option<&Location> {
        self.locations.iter().find(|location| location.id == id)
    }

    /// Whether it has to be shown and changed with care: it is sensitive, or a site of it is
    /// confidential.
    #[must_use]
    pub fn needs_care(&self) -> bool {
        self.service.sensitivity == Sensitivity::Sensitive
            || self.locations.iter().any(|location| location.confidential)
    }

    /// Each venue with its location.
    pub fn venues(&self) -> impl Iterator<Item = (&ServiceAtLocation, &Location)> {
        let venues = self.service.venues.iter();
        venues.filter_map(|venue| Some((venue, self.location(venue.location)?)))
    }
}

struct Head {
    service: Service,
    version: Version,
    key: i64,
    organisation: i64,
}

const HEAD: &str = "SELECT n.id, n.body, n.version, n.key, n.organisation FROM service n";

/// The records of these services in the order asked for, each once; those that are not there are left out.
pub(in crate::store) fn by_ids(
    tx: &dyn Tx,
    ids: &[ServiceId],
) -> Result<Vec<ServiceRecord>, StoreError> {
    let different: BTreeSet<&ServiceId> = ids.iter().collect();
    let texts: Vec<String> = different.into_iter().map(ToString::to_string).collect();
    let params: Vec<Param<'_>> = texts.iter().map(Param::from).collect();
    let mut heads = Vec::with_capacity(ids.len());
    each_in(tx, &params, |list| format!("{HEAD} WHERE n.id IN ({list})"), &mut |row| {
        heads.push(head(row)?);
        Ok(())
    })?;
    let found = complete(tx, heads)?;
    let mut found: HashMap<_, _> =
        found.into_iter().map(|(_, record)| (record.service.id, record)).collect();
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// The next `limit` records after a key, in the order of keys, with their keys.
pub(in crate::store) fn stream_after(
    tx: &dyn Tx,
    key: i64,
    limit: usize,
) -> Result<Vec<(i64, ServiceRecord)>, StoreError> {
    let sql = format!("{HEAD} WHERE n.key > $1 ORDER BY n.key LIMIT $2");
    let heads = all(tx, &sql, &[key.into(), Param::count(limit)], head)?;
    complete(tx, heads)
}

fn head(row: &dyn Row) -> Result<Head, StoreError> {
    Ok(Head {
        service: from_row(row)?,
        version: Version(u64::try_from(row.integer(2)?).unwrap_or(0)),
        key: row.integer(3)?,
        organisation: row.integer(4)?,
    })
}

fn complete(tx: &dyn Tx, heads: Vec<Head>) -> Result<Vec<(i64, ServiceRecord)>, StoreError> {
    let services: Vec<Param<'_>> = heads.iter().map(|head| head.key.into()).collect();
    let organisations = organisations(tx, &heads)?;
    let mut locations = locations(tx, &services)?;
    let mut capacity = statements(tx, &services)?;
    let ids: Vec<String> = heads.iter().map(|head| head.service.id.to_string()).collect();
    let mut experiences = experiences_of(tx, &ids)?;
    let mut records = Vec::with_capacity(heads.len());
    for head in heads {
        let organisation = organisations.get(&head.organisation).ok_or(StoreError::Damaged)?;
        let record = ServiceRecord {
            experiences: experiences.remove(&head.service.id.to_string()).unwrap_or_default(),
            service: head.service,
            version: head.version,
            organisation: organisation.clone(),
            locations: locations.remove(&head.key).unwrap_or_default(),
            capacity: capacity.remove(&head.key).unwrap_or_default(),
        };
        records.push((head.key, record));
    }
    Ok(records)
}

fn organisations(tx: &dyn Tx, heads: &[Head]) -> Result<HashMap<i64, Organisation>, StoreError> {
    let mut keys: Vec<i64> = heads.iter().map(|head| head.organisation).collect();
    keys.sort_unstable();
    keys.dedup();
    let keys: Vec<Param<'_>> = keys.into_iter().map(Param::from).collect();
    let mut found = HashMap::new();
    let sql = |list: &str| {
        format!("SELECT o.id, o.body, o.key FROM organisation o WHERE o.key IN ({list})")
    };
    each_in(tx, &keys, sql, &mut |row| {
        found.insert(row.integer(2)?, from_row(row)?);
        Ok(())
    })?;
    Ok(found)
}

fn locations(
    tx: &dyn Tx,
    services: &[Param<'_>],
) -> Result<HashMap<i64, Vec<Location>>, StoreError> {
    let mut found: HashMap<i64, Vec<Location>> = HashMap::new();
    let sql = |list: &str| {
        format!(
            "SELECT l.id, l.body, v.service FROM service_at_location v \
             JOIN location l ON l.key = v.location \
             WHERE v.service IN ({list}) ORDER BY v.service, v.position"
        )
    };
    each_in(tx, services, sql, &mut |row| {
        let of_service = found.entry(row.integer(2)?).or_default();
        let location: Location = from_row(row)?;
        if of_service.iter().all(|known| known.id != location.id) {
            of_service.push(location);
        }
        Ok(())
    })?;
    Ok(found)
}

fn statements(
    tx: &dyn Tx,
    services: &[Param<'_>],
) -> Result<HashMap<i64, Vec<Capacity>>, StoreError> {
    let mut found: HashMap<i64, Vec<Capacity>> = HashMap::new();
    let sql = |list: &str| {
        format!(
            "SELECT c.id, c.body, c.service FROM capacity c \
             WHERE c.service IN ({list}) AND c.superseded = 0 \
             ORDER BY c.service, c.as_of DESC, c.key DESC"
        )
    };
    each_in(tx, services, sql, &mut |row| {
        found.entry(row.integer(2)?).or_default().push(capacity::from_row(row)?);
        Ok(())
    })?;
    Ok(found)
}
