//! Records to store, by name.

use hereabouts::{
    domain::{
        Capacity, CapacityId, Location, LocationId, Organisation, OrganisationId, Partnership,
        PartnershipId, Place, Route, Service, ServiceId,
    },
    store::Actor,
};
use jiff::Timestamp;
use serde_json::json;

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn now() -> Timestamp {
    at("2026-11-10T12:00:00Z")
}

pub fn ann() -> Actor {
    Actor::new("steward:ann", Route::Steward).because("a test")
}

pub fn organisation_id(name: &str) -> OrganisationId {
    OrganisationId::derive("test", name)
}

pub fn location_id(name: &str) -> LocationId {
    LocationId::derive("test", name)
}

pub fn service_id(name: &str) -> ServiceId {
    ServiceId::derive("test", name)
}

pub fn organisation(name: &str) -> Organisation {
    let age = json!({
        "id": organisation_id(name),
        "name": format!("The {name} Trust"),
        "aliases": ["Elders"],
        "identifiers": [{"scheme": "charity", "value": "1071234"}],
        "website": "https://www.age.example.org",
    });
    serde_json::from_value(age).unwrap()
}

pub fn location(name: &str) -> Location {
    let hall = json!({
        "id": location_id(name),
        "kind": "physical",
        "name": name,
        "address": {"lines": ["1 High Street"], "postcode": "WN1 1AA"},
        "point": {"lat": 53.545_678_901_234, "lon": -2.631_234_567_890_1},
        "point_source": "stated",
        "access": {"step-free": "yes", "hearing-loop": "no"},
    });
    serde_json::from_value(hall).unwrap()
}

pub fn service(name: &str) -> Service {
    let lunch = json!({
        "id": service_id(name),
        "organisation": organisation_id("age"),
        "name": name,
        "status": "active",
        "venues": [{"id": ServiceId::derive("venue", name), "location": location_id("hall")}],
        "footprint": {"parts": [{"part": "place", "code": "custom-1", "kind": "custom"}]},
    });
    serde_json::from_value(lunch).unwrap()
}

pub fn statement(name: &str, as_of: &str) -> Capacity {
    let said = json!({
        "id": CapacityId::derive("test", name),
        "service": service_id("lunch"),
        "status": "open",
        "as_of": as_of,
        "by": {"role": "provider", "name": "the manager"},
        "source": "page",
        "lapses_at": "2027-02-01T00:00:00Z",
    });
    serde_json::from_value(said).unwrap()
}

pub fn partnership(services: &[&str]) -> Partnership {
    let services: Vec<ServiceId> = services.iter().map(|name| service_id(name)).collect();
    let alliance = json!({
        "id": PartnershipId::derive("test", "alliance"),
        "name": "Ageing Well Alliance",
        "kind": "alliance",
        "purpose": "ageing well",
        "members": [{"organisation": organisation_id("age"), "role": "leads"}],
        "services": services,
    });
    serde_json::from_value(alliance).unwrap()
}

pub fn place() -> Place {
    let hill = json!({"code": "custom-1", "kind": "custom", "name": "The Hill", "edition": "2026"});
    serde_json::from_value(hill).unwrap()
}
