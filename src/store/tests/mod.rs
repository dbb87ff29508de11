//! What the contract does not tell: faults of files, of disks and of those who call.

mod changes;
mod checks;
mod files;
mod statements;

use std::path::Path;

use jiff::Timestamp;
use serde_json::json;

use super::{Actor, Changed, Changes, Store, StoreError};
use crate::domain::{
    Location, LocationId, Organisation, OrganisationId, Route, Service, ServiceAtLocationId,
    ServiceId,
};

fn now() -> Timestamp {
    "2026-11-10T12:00:00Z".parse().unwrap()
}

fn ann() -> Actor {
    Actor::new("ann@example.org", Route::Steward)
}

fn open(folder: &Path) -> Result<Store, StoreError> {
    Store::open(folder, now())
}

fn change<T: Send + 'static>(
    store: &Store,
    make: impl FnOnce(&mut Changes<'_>) -> Result<T, StoreError> + Send + 'static,
) -> Result<Changed<T>, StoreError> {
    store.change(&ann(), now(), make)
}

fn organisation_id(name: &str) -> OrganisationId {
    OrganisationId::derive("test", name)
}

fn service_id(name: &str) -> ServiceId {
    ServiceId::derive("test", name)
}

fn organisation(name: &str) -> Organisation {
    serde_json::from_value(json!({"id": organisation_id(name), "name": name})).unwrap()
}

fn location(name: &str) -> Location {
    let id = LocationId::derive("test", name);
    serde_json::from_value(json!({"id": id, "kind": "physical", "name": name})).unwrap()
}

fn service(name: &str) -> Service {
    let body = json!({
        "id": service_id(name),
        "organisation": organisation_id("age"),
        "name": name,
        "status": "active",
        "venues": [{
            "id": ServiceAtLocationId::derive("test", name),
            "location": LocationId::derive("test", "hall"),
        }],
    });
    serde_json::from_value(body).unwrap()
}

/// A store with an organisation, a hall and a lunch in it.
fn with_lunch() -> Store {
    let store = Store::in_memory().unwrap();
    save_lunch(&store);
    store
}

fn save_lunch(store: &Store) {
    let saved = change(store, |changes| {
        changes.save_organisation(&organisation("age"))?;
        changes.save_location(&location("hall"))?;
        changes.save_service(&service("lunch"))
    });
    saved.unwrap();
}
