//! Services, with the rows that lead from locations, places and partnerships to them.

use std::{collections::BTreeSet, str::FromStr};

use super::{Columns, Noun, Param, Row, Tx, Value, all, first, referred, select};
use crate::{
    domain::{AreaPart, Footprint, LocationId, OrganisationId, Service, ServiceId, ServiceStatus},
    store::{
        error::StoreError,
        log::Change,
        subject::{Subject, SubjectKind},
        text::unit_text,
        write::Changes,
    },
};

impl Noun for Service {
    const KIND: SubjectKind = SubjectKind::Service;
    const DERIVED: &'static [&'static str] =
        &["service_at_location", "service_place", "service_partnership"];
    const USED_BY: &'static [(SubjectKind, &'static str)] = &[(
        SubjectKind::Partnership,
        "SELECT COUNT(*) FROM partnership_service WHERE service = $1",
    )];

    fn subject(&self) -> Subject {
        Subject::Service(self.id)
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn columns(&self, tx: &dyn Tx) -> Result<Columns, StoreError> {
        check_footprint(&self.subject(), self.footprint.as_ref())?;
        let organisation =
            referred(tx, &self.subject(), &Subject::Organisation(self.organisation))?;
        check_venues(self, tx)?;
        Ok(vec![
            ("organisation", Value::Integer(organisation)),
            ("status", Value::Text(unit_text(&self.status))),
        ])
    }

    fn derive(&self, changes: &mut Changes<'_>, key: i64) -> Result<(), StoreError> {
        changes.forget_other_link(self.id, self.website.as_deref())?;
        for (position, venue) in self.venues.iter().enumerate() {
            let sql = "INSERT INTO service_at_location (id, service, location, position) \
                VALUES ($1, $2, (SELECT key FROM location WHERE id = $3), $4)";
            let (id, location) = (venue.id.to_string(), venue.location.to_string());
            let row = [(&id).into(), key.into(), (&location).into(), Param::count(position)];
            changes.tx().exec(sql, &row)?;
        }
        for code in place_codes(self.footprint.as_ref()) {
            let sql = "INSERT INTO service_place (service, code) VALUES ($1, $2)";
            changes.tx().exec(sql, &[key.into(), code.into()])?;
        }
        for partnership in self.partnerships.iter().collect::<BTreeSet<_>>() {
            let sql = "INSERT INTO service_partnership (service, partnership) VALUES ($1, $2)";
            changes.tx().exec(sql, &[key.into(), (&partnership.to_string()).into()])?;
            changes.require(self.subject(), Subject::Partnership(*partnership));
        }
        Ok(())
    }
}

/// Whether a venue's id belongs to another service.
const VENUE_OF_ANOTHER: &str = "SELECT 1 FROM service_at_location v \
    JOIN service s ON s.key = v.service WHERE v.id = $1 AND s.id <> $2";

/// Refuses venues at unknown locations and ids that another venue has.
fn check_venues(service: &Service, tx: &dyn Tx) -> Result<(), StoreError> {
    let mut ids = BTreeSet::new();
    for venue in &service.venues {
        referred(tx, &service.subject(), &Subject::Location(venue.location))?;
        let (venue_id, id) = (venue.id.to_string(), service.id.to_string());
        let ours = [(&venue_id).into(), (&id).into()];
        let taken = first(tx, VENUE_OF_ANOTHER, &ours, |_| Ok(()))?.is_some();
        if taken || !ids.insert(venue.id) {
            return Err(StoreError::VenueTaken(service.subject()));
        }
    }
    Ok(())
}

/// Refuses a footprint that says nothing or whose lines cannot be written down.
pub(super) fn check_footprint(
    of: &Subject,
    footprint: Option<&Footprint>,
) -> Result<(), StoreError> {
    let Some(footprint) = footprint else {
        return Ok(());
    };
    if footprint.parts.is_empty() {
        return Err(StoreError::EmptyFootprint(of.clone()));
    }
    let mut parts = footprint.parts.iter().chain(&footprint.except);
    let finite = parts.all(|part| match part {
        AreaPart::Drawn { polygons, .. } => {
            polygons.iter().flatten().flatten().flatten().all(|degrees| degrees.is_finite())
        }
        _ => true,
    });
    if finite { Ok(()) } else { Err(StoreError::NotFinite(of.clone())) }
}

fn place_codes(footprint: Option<&Footprint>) -> BTreeSet<&str> {
    let parts = footprint.into_iter().flat_map(|area| area.parts.iter().chain(&area.except));
    parts
        .filter_map(|part| match part {
            AreaPart::Place { code, .. } => Some(code.as_str()),
            _ => None,
        })
        .collect()
}

/// An organisation's services by name.
pub(in crate::store) fn of_organisation(
    tx: &dyn Tx,
    organisation: OrganisationId,
) -> Result<Vec<Service>, StoreError> {
    let rest = "JOIN organisation o ON o.key = n.organisation \
        WHERE o.id = $1 ORDER BY n.sort_name, n.key";
    select(tx, rest, &[(&organisation.to_string()).into()])
}

/// The listed services whose ids begin with these bytes.
pub(in crate::store) fn begin_with(
    tx: &dyn Tx,
    bytes: &[u8],
    limit: usize,
) -> Result<Vec<Service>, StoreError> {
    let mut ends = [bytes.to_vec(), bytes.to_vec()];
    ends[0].resize(16, 0x00);
    ends[1].resize(16, 0xff);
    let [first, last] = ends.map(|id| uuid::Uuid::from_slice(&id).unwrap_or_default().to_string());
    let rest = "WHERE n.id >= $1 AND n.id <= $2 ORDER BY n.id LIMIT $3";
    let services: Vec<Service> =
        select(tx, rest, &[(&first).into(), (&last).into(), Param::count(limit)])?;
    Ok(services.into_iter().filter(Service::is_listed).collect())
}

/// The services at a location by name.
pub(in crate::store) fn at_location(
    tx: &dyn Tx,
    location: LocationId,
) -> Result<Vec<Service>, StoreError> {
    let rest = "WHERE n.key IN (SELECT v.service FROM service_at_location v \
        JOIN location l ON l.key = v.location WHERE l.id = $1) ORDER BY n.sort_name, n.key";
    select(tx, rest, &[(&location.to_string()).into()])
}

/// The services that lead to another, each with the one that it leads to.
pub(in crate::store) fn joined(tx: &dyn Tx) -> Result<Vec<(ServiceId, ServiceId)>, StoreError> {
    let hidden: Vec<Service> =
        select(tx, "WHERE n.status = $1", &[unit_text(&ServiceStatus::Inactive).as_str().into()])?;
    let led = hidden.into_iter().filter_map(|service| Some((service.id, service.joined?.into)));
    Ok(led.collect())
}

/// The services that show or count differently since a change, each once.
pub(in crate::store) fn touched_by(
    tx: &dyn Tx,
    change: &Change,
) -> Result<Vec<ServiceId>, StoreError> {
    let mut touched: BTreeSet<ServiceId> = change.touched.iter().copied().collect();
    if let Subject::Service(id) = change.subject {
        touched.insert(id);
    }
    if let Some(sql) = leads_to_services(change.subject.kind()) {
        touched.extend(all(tx, sql, &[(&change.subject.id()).into()], service_id)?);
    }
    Ok(touched.into_iter().collect())
}

fn leads_to_services(kind: SubjectKind) -> Option<&'static str> {
    match kind {
        SubjectKind::Organisation => Some(
            "SELECT s.id FROM service s JOIN organisation o ON o.key = s.organisation \
             WHERE o.id = $1",
        ),
        SubjectKind::Location => Some(
            "SELECT s.id FROM service s JOIN service_at_location v ON v.service = s.key \
             JOIN location l ON l.key = v.location WHERE l.id = $1",
        ),
        SubjectKind::Capacity => {
            Some("SELECT s.id FROM service s JOIN capacity c ON c.service = s.key WHERE c.id = $1")
        }
        SubjectKind::Partnership => Some(
            "SELECT s.id FROM service s JOIN partnership_service u ON u.service = s.key \
             JOIN partnership p ON p.key = u.partnership WHERE p.id = $1 \
             UNION SELECT s.id FROM service s JOIN service_partnership u ON u.service = s.key \
             WHERE u.partnership = $1",
        ),
        SubjectKind::Place => Some(
            "SELECT s.id FROM service s JOIN service_place a ON a.service = s.key \
             WHERE a.code = $1",
        ),
        SubjectKind::Experience => Some("SELECT e.service FROM experience e WHERE e.id = $1"),
        _ => None,
    }
}

/// The id in a row's first column.
pub(super) fn service_id(row: &dyn Row) -> Result<ServiceId, StoreError> {
    ServiceId::from_str(row.text(0)?).map_err(|_| StoreError::Damaged)
}
