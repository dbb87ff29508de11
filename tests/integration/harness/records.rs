//! The invented town: few listings, each of which shows one thing.

use hereabouts::domain::{
    Capacity, CapacityId, Location, LocationId, Organisation, OrganisationId, Service,
    ServiceAtLocationId, ServiceId,
};
use serde_json::{Value, json};

/// What must never leave the server: of the refuge's address, its postcode and its point.
pub const CONFIDENTIAL: [&str; 5] = ["7 Hidden Row", "WN1 2QZ", "WN12QZ", "53.5533", "-2.6222"];

/// A service with what belongs to it, described by what differs from an ordinary one.
#[derive(Clone)]
pub struct Listing {
    name: &'static str,
    service: Value,
    location: Option<Value>,
    capacity: Option<Value>,
}

impl Listing {
    /// A service for all of Wigan, confirmed twelve days ago, of which nothing else is stated.
    pub fn new(name: &'static str, summary: &str) -> Self {
        let service = json!({
            "id": ServiceId::derive("test", name),
            "organisation": OrganisationId::derive("test", name),
            "name": name,
            "summary": summary,
            "status": "active",
            "delivery": ["in-person"],
            "footprint": council("E08000010", "Wigan"),
            "upkeep": { "confirmed": confirmed("2026-11-10T09:00:00Z") },
        });
        Self { name, service, location: None, capacity: None }
    }

    /// The same with fields of the service changed.
    pub fn with(mut self, changes: Value) -> Self {
        merge(&mut self.service, changes);
        self
    }

    /// The same at a venue with a known point.
    pub fn at(mut self, name: &str, lat: f64, lon: f64) -> Self {
        self.location = Some(json!({
            "id": LocationId::derive("test", self.name),
            "kind": "physical",
            "name": name,
            "address": { "lines": ["1 Library Street"], "town": "Wigan", "postcode": "WN1 1NN" },
            "point": { "lat": lat, "lon": lon },
            "point_source": "postcode",
            "access": { "step-free": "yes", "hearing-loop": "no" },
        }));
        let venue = json!({
            "id": ServiceAtLocationId::derive("test", self.name),
            "location": LocationId::derive("test", self.name),
        });
        self.with(json!({ "venues": [venue] }))
    }

    /// The same with fields of the venue changed.
    pub fn where_(mut self, changes: Value) -> Self {
        if let Some(location) = &mut self.location {
            merge(location, changes);
        }
        self
    }

    /// The same with a statement of capacity.
    pub fn said(mut self, status: &str, as_of: &str, lapses_at: &str) -> Self {
        self.capacity = Some(json!({
            "id": CapacityId::derive("test", self.name),
            "service": ServiceId::derive("test", self.name),
            "status": status,
            "as_of": as_of,
            "by": { "role": "provider", "name": "the organiser" },
            "source": "page",
            "lapses_at": lapses_at,
        }));
        self
    }

    /// The records that the store takes.
    pub fn records(&self) -> (Organisation, Option<Location>, Service, Option<Capacity>) {
        let organisation = json!({
            "id": OrganisationId::derive("test", self.name),
            "name": format!("{} Association", self.name),
            "sector": "voluntary",
            "contacts": [{ "phone": "01632 960123" }],
        });
        (
            read(organisation),
            self.location.clone().map(read),
            read(self.service.clone()),
            self.capacity.clone().map(read),
        )
    }
}

/// The town.
pub fn town() -> Vec<Listing> {
    let mut listings = vec![garden(), befriending(), refuge(), neighbours(), bowls()];
    listings.extend(WALKS.iter().map(|name| walk(name)));
    listings
}

const WALKS: [&str; 12] = [
    "Walk one",
    "Walk two",
    "Walk three",
    "Walk four",
    "Walk five",
    "Walk six",
    "Walk seven",
    "Walk eight",
    "Walk nine",
    "Walk ten",
    "Walk eleven",
    "Walk twelve",
];

/// Open, free, near, confirmed.
fn garden() -> Listing {
    Listing::new("Growing together", "A weekly gardening group for people who would like company.")
        .with(json!({
            "needs": ["gardening", "loneliness"],
            "costs": [{ "kind": "free" }],
            "access_routes": { "routes": [{ "who": "drop-in", "way": "turn-up" }, { "who": "own", "way": "phone" }] },
            "sessions": [{ "schedule": { "days": ["TU"], "opens": "10:00:00", "closes": "12:00:00" } }],
        }))
        .at("The walled garden", 53.5475, -2.6290)
        .said("open", "2026-11-03T09:00:00Z", "2026-12-03T09:00:00Z")
}

/// By telephone, and full.
fn befriending() -> Listing {
    Listing::new("Ring round", "A volunteer rings lonely people at the same time each week.")
        .with(json!({ "needs": ["befriending", "loneliness"], "delivery": ["phone"] }))
        .said("full", "2026-11-14T09:00:00Z", "2026-12-14T09:00:00Z")
}

/// Sensitive, at an address that nobody may know.
fn refuge() -> Listing {
    Listing::new(
        "Quiet harbour",
        "Help for people who are lonely after leaving somebody who hurt them.",
    )
    .with(json!({ "sensitivity": "sensitive", "needs": ["loneliness"] }))
    .at("The house", 53.553_31, -2.622_21)
    .where_(json!({
        "confidential": true,
        "address": { "lines": ["7 Hidden Row"], "town": "Wigan", "postcode": "WN1 2QZ" },
    }))
}

/// Near, and for the people of Bolton only.
fn neighbours() -> Listing {
    Listing::new("Bolton neighbours", "Tea for lonely people of Bolton.")
        .with(json!({ "needs": ["loneliness"], "footprint": council("E08000001", "Bolton") }))
        .at("The tea room", 53.5460, -2.6300)
}

/// Confirmed a long time ago, with a door that has lapsed.
fn bowls() -> Listing {
    Listing::new("Old bowls", "Bowls and company for lonely people.")
        .with(json!({
            "needs": ["loneliness"],
            "upkeep": { "confirmed": confirmed("2025-03-01T09:00:00Z") },
        }))
        .at("The green", 53.5400, -2.6400)
        .said("open", "2026-06-01T09:00:00Z", "2026-07-01T09:00:00Z")
}

fn walk(name: &'static str) -> Listing {
    Listing::new(name, "A slow walk round the park.").with(json!({ "needs": ["walking"] })).at(
        "The park gate",
        53.5550,
        -2.6400,
    )
}

fn council(code: &str, name: &str) -> Value {
    json!({ "parts": [{ "part": "place", "code": code, "kind": "council", "name": name }] })
}

fn confirmed(at: &str) -> Value {
    json!({ "at": at, "by": { "role": "steward", "name": "Ann" } })
}

fn merge(into: &mut Value, changes: Value) {
    if let (Value::Object(into), Value::Object(changes)) = (into, changes) {
        into.extend(changes);
    }
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}
