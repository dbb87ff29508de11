//! A service at its locations.

use super::{contacts, location, node::Node, schedule};
use crate::{
    domain::{Location, ServiceAtLocation, ServiceAtLocationId},
    import::{draft::Setting, fault::Kind},
};

/// The venues of a service with their locations.
pub(super) fn venues(
    node: Node<'_>,
    key: &str,
    setting: Setting<'_>,
) -> (Vec<ServiceAtLocation>, Vec<Location>) {
    let mut venues: Vec<ServiceAtLocation> = Vec::new();
    let mut locations: Vec<Location> = Vec::new();
    let mut found = node.each("service_at_locations", |row| venue(row, key, setting));
    found.extend(node.each("locations", |row| bare(row, key, setting)));
    for (venue, location) in found {
        if venues.iter().any(|known| known.id == venue.id) {
            continue;
        }
        venues.push(venue);
        if !locations.iter().any(|known| known.id == location.id) {
            locations.push(location);
        }
    }
    (venues, locations)
}

/// A row that links the service to a nested location; one that is only an id was joined before.
fn venue(row: Node<'_>, key: &str, setting: Setting<'_>) -> Option<(ServiceAtLocation, Location)> {
    let Some(location) = row.child("location", |node| location::location(node, setting)).flatten()
    else {
        row.fault(Kind::ValueLeftOut, "location", "a location, nested or in this feed", "none");
        return None;
    };
    let own = row.line("id").unwrap_or_else(|| format!("{key}/{}", location.id));
    let mut sessions = schedule::sessions(row);
    if sessions.is_empty() {
        sessions = row.child("location", schedule::sessions).unwrap_or_default();
    }
    let venue = ServiceAtLocation {
        description: row.prose("description"),
        sessions,
        contacts: contacts::contacts(row),
        ..ServiceAtLocation::at(
            ServiceAtLocationId::derive(&setting.source.name, &own),
            location.id,
        )
    };
    Some((venue, location))
}

/// A location directly on a service, as some feeds have it.
fn bare(row: Node<'_>, key: &str, setting: Setting<'_>) -> Option<(ServiceAtLocation, Location)> {
    let location = location::location(row, setting)?;
    let own = format!("{key}/{}", location.id);
    let venue =
        ServiceAtLocation::at(ServiceAtLocationId::derive(&setting.source.name, &own), location.id);
    Some((venue, location))
}
