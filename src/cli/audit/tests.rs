//! The log as a table: everything in it, and nothing that a spreadsheet would work out.

use jiff::Timestamp;

use super::*;
use crate::{
    domain::{Capacity, Organisation, OrganisationId, Route, Service},
    store::Actor,
};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn service(name: &str, summary: &str) -> Service {
    read(serde_json::json!({
        "id": ServiceId::derive("test", name),
        "organisation": OrganisationId::derive("test", "1"),
        "name": name, "summary": summary, "status": "active",
    }))
}

/// A listing that was added and then changed with a reason, and another.
fn store() -> Store {
    let store = Store::in_memory().unwrap();
    let organisation: Organisation = read(serde_json::json!({
        "id": OrganisationId::derive("test", "1"), "name": "Shed", "sector": "voluntary",
    }));
    let feed = Actor::new("feed:+441", Route::Feed);
    let add = move |changes: &mut crate::store::Changes<'_>| {
        changes.save_organisation(&organisation)?;
        changes.save_service(&service("One", "Tea"))?;
        changes.save_service(&service("Two", "Cake"))?;
        Ok(())
    };
    store.change(&feed, at("2026-11-01T09:00:00Z"), add).unwrap();
    let ann = Actor::new("person:0192f0a4", Route::Owner).because("=HYPERLINK(\"http://x\")");
    let change = |changes: &mut crate::store::Changes<'_>| {
        changes.save_service(&service("One", "=1+1")).map(|_| ())
    };
    store.change(&ann, at("2026-11-20T09:00:00Z"), change).unwrap();
    let said: Capacity = read(serde_json::json!({
        "id": crate::domain::CapacityId::derive("test", "1"),
        "service": ServiceId::derive("test", "One"), "status": "open",
        "as_of": "2026-11-21T09:00:00Z", "by": { "role": "steward", "name": "Ann" },
        "source": "page", "lapses_at": "2026-12-21T09:00:00Z",
    }));
    let say =
        move |changes: &mut crate::store::Changes<'_>| changes.save_capacity(&said).map(|_| ());
    store.change(&ann, at("2026-11-21T09:00:00Z"), say).unwrap();
    store
}

fn table(wanted: Wanted) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    write(&store(), wanted, &mut out).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(out.as_slice());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn every_change_stands_on_a_line_with_what_was_and_became() {
    let rows = table(Wanted::default());
    assert_eq!(rows[0], HEADINGS);
    assert_eq!(rows.len(), 6);
    let edit = &rows[4];
    assert_eq!(edit[..4], ["4", "2026-11-20T09:00:00Z", "person:0192f0a4", "owner"]);
    assert_eq!(edit[4..6], ["changed", "service"]);
    assert_eq!(edit[7..9], [r#"{"summary":"Tea"}"#, r#"{"summary":"=1+1"}"#]);
    assert_eq!(edit[10].len(), 64);
    assert_eq!(Some(rows[5][10].clone()), store().newest_hash().unwrap());
}

#[test]
fn no_cell_is_a_formula() {
    let rows = table(Wanted::default());
    for text in rows.iter().flatten() {
        assert!(!text.starts_with(['=', '+', '-', '@', '\t', '\r']), "{text}");
    }
    assert_eq!(rows[4][9], "'=HYPERLINK(\"http://x\")");
}

#[test]
fn a_day_and_a_listing_narrow_it_down() {
    let since = Some(at("2026-11-20T00:00:00Z"));
    assert_eq!(table(Wanted { since, about: None }).len(), 3);
    let about = Some(ServiceId::derive("test", "One"));
    let one: Vec<String> =
        table(Wanted { since: None, about }).iter().map(|row| row[5].clone()).collect();
    assert_eq!(one, ["record", "service", "service", "capacity"]);
    assert_eq!(table(Wanted { since, about }).len(), 3);
}

#[test]
fn a_log_longer_than_a_batch_is_written_whole() {
    let store = Store::in_memory().unwrap();
    let many = BATCH + 7;
    let add = move |changes: &mut crate::store::Changes<'_>| {
        (0..many).try_for_each(|n| {
            let organisation: Organisation = read(serde_json::json!({
                "id": OrganisationId::derive("test", &n.to_string()), "name": "Shed", "sector": "voluntary",
            }));
            changes.save_organisation(&organisation).map(|_| ())
        })
    };
    store.change(&Actor::new("test", Route::Feed), at("2026-11-01T09:00:00Z"), add).unwrap();
    assert_eq!(write(&store, Wanted::default(), Vec::new()).unwrap(), many as u64);
}

#[test]
fn who_somebody_is_stands_nowhere_in_it() {
    let store = store();
    let person: crate::domain::Person = read(serde_json::json!({
        "id": crate::domain::PersonId::derive("test", "ann"), "email": "ann@people.example",
        "name": "Ann Private", "added": "2026-11-01T09:00:00Z",
    }));
    let renamed = crate::domain::Person { name: "Ann Secret".to_owned(), ..person.clone() };
    let save = move |changes: &mut crate::store::Changes<'_>| {
        changes.save_person(&person)?;
        changes.save_person(&renamed)?;
        changes.remove_person(renamed.id)
    };
    store
        .change(&Actor::new("operator", Route::Steward), at("2026-11-22T09:00:00Z"), save)
        .unwrap();
    let mut out = Vec::new();
    assert_eq!(write(&store, Wanted::default(), &mut out).unwrap(), 8);
    let text = String::from_utf8(out).unwrap();
    assert!(!text.contains("people.example") && !text.contains("Ann "), "{text}");
}
