//! A directory of any size out of the demonstration: its listings again, under other names and ids,
//! with their venues moved.

use std::sync::Arc;

use hereabouts::{
    domain::{Location, LocationId, Point, Route, Service, ServiceAtLocationId, ServiceId},
    store::{Actor, Reading, ServiceRecord, Store, StoreError},
};
use jiff::Timestamp;

/// Writes copies of what the store holds until it has so many services.
pub fn write_again(store: &Store, services: usize, now: Timestamp) {
    let mut records = Vec::new();
    let read =
        store.for_each_service_record(500, |record: ServiceRecord| -> Result<(), StoreError> {
            records.push(record);
            Ok(())
        });
    read.expect("the demonstration can be read");
    let records = Arc::new(records);
    let actor = Actor::new("bench", Route::Demonstration);
    let numbers = 0..services.saturating_sub(records.len());
    let written = store.change_in_batches(&actor, now, 1_000, numbers, move |changes, number| {
        let record = &records[number % records.len()];
        let (service, locations) = another(record, number);
        for location in &locations {
            changes.save_location(location)?;
        }
        changes.save_service(&service)?;
        Ok(())
    });
    written.expect("the copies can be stored");
}

/// The same service under another name and id, with its venues moved by up to 5 km.
fn another(record: &ServiceRecord, number: usize) -> (Service, Vec<Location>) {
    let key = number.to_string();
    let mut service = record.service.clone();
    service.id = ServiceId::derive("bench", &key);
    service.name = format!("{} {number}", service.name);
    service.partnerships.clear();
    let shift = |salt: usize| ((number * 7919 + salt * 104_729) % 1_000) as f64 / 1_000.0 - 0.5;
    let mut locations = Vec::new();
    for (at, venue) in service.venues.iter_mut().enumerate() {
        let Some(site) = record.location(venue.location) else { continue };
        let mut site = site.clone();
        site.id = LocationId::derive("bench", &format!("{key}/{at}"));
        site.point = site.point.and_then(|point| {
            Point::parse(point.lat + shift(at) * 0.09, point.lon + shift(at + 50) * 0.15)
        });
        venue.id = ServiceAtLocationId::derive("bench", &format!("{key}/{at}"));
        venue.location = site.id;
        locations.push(site);
    }
    (service, locations)
}
