use super::*;
use crate::store::{Finding, Reading, Subject, engine::sqlite::FILE_NAME};

/// A folder whose store was tampered with from outside while it was closed.
fn tampered(sql: &str) -> Vec<Finding> {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    save_lunch(&store);
    drop(store);
    let database = rusqlite::Connection::open(folder.path().join(FILE_NAME)).unwrap();
    database.execute_batch(sql).unwrap();
    drop(database);
    open(folder.path()).unwrap().check().unwrap()
}

fn check(sql: &str, expect: &str) {
    let findings = tampered(sql);
    let found = findings.iter().any(|finding| finding.check == expect);
    assert!(found, "{sql} gave {findings:?}");
}

#[test]
fn tampering_is_found() {
    assert_eq!(tampered("SELECT 1"), []);
    check("UPDATE service SET body = '{'", "bodies");
    check("UPDATE service SET body = replace(body, '\"id\":\"', '\"id\":\"0')", "bodies");
    check("PRAGMA foreign_keys = OFF; DELETE FROM organisation", "engine");
    check("DELETE FROM change_log WHERE subject_kind = 'location'", "change log");
    check("UPDATE change_log SET subject_kind = 'colour'", "change log");
    check("DELETE FROM service_at_location", "venues");
    check("UPDATE change_log SET reason = 'because' WHERE seq = 2", "history");
    check("UPDATE change_log SET at = at + 1 WHERE seq = 1", "history");
    check("UPDATE change_log SET body_sha256 = NULL WHERE seq = 1", "history");
    check("UPDATE change_log SET hash = NULL WHERE seq = 2", "history");
    check("DELETE FROM change_log WHERE seq = 2", "history");
    check("UPDATE change_log SET hash = NULL, body_sha256 = NULL, at = at + 1", "history");
    check("UPDATE service SET body = replace(body, 'active', 'defunct')", "history");
    check("UPDATE organisation SET body = replace(body, '\"name\"', '\"nome\"')", "history");
}

#[test]
fn a_body_that_cannot_be_read_is_told_by_its_id_only() {
    let folder = tempfile::tempdir().unwrap();
    save_lunch(&open(folder.path()).unwrap());
    let database = rusqlite::Connection::open(folder.path().join(FILE_NAME)).unwrap();
    let sql = "UPDATE service SET body = '{\"name\": 7700900123}'";
    database.execute_batch(sql).unwrap();
    let error = open(folder.path()).unwrap().get_service(service_id("lunch")).unwrap_err();
    assert!(matches!(error, StoreError::BadBody { .. }));
    assert!(!format!("{error} {error:?}").contains("7700900123"));
}

#[test]
fn a_backup_is_a_store_of_its_own() {
    let (folder, copy) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = open(folder.path()).unwrap();
    save_lunch(&store);
    let to = copy.path().join(FILE_NAME);
    store.backup(&to).unwrap();
    assert_eq!(store.backup(&to), Err(StoreError::AlreadyExists { path: to }));
    let copied = open(copy.path()).unwrap();
    assert_eq!(copied.head(), store.head());
    assert_eq!(copied.check(), Ok(vec![]));
    let nowhere = folder.path().join("none").join("copy.db");
    assert!(store.backup(&nowhere).is_err());
}

#[test]
fn each_change_says_what_was_and_what_became_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    save_lunch(&store);
    let mut service = store.get_service(service_id("lunch")).unwrap();
    service.summary = "Soup and company".to_owned();
    let before = store.newest_hash().unwrap();
    let saved = service.clone();
    store.change(&ann(), now(), move |changes| changes.save_service(&saved)).unwrap();
    assert_ne!(store.newest_hash().unwrap(), before);
    let subject = Subject::Service(service.id);
    let changes = store.changes_of(&subject, 10).unwrap();
    let fields = changes[0].fields();
    let names: Vec<&String> = fields.keys().collect();
    assert_eq!(names, ["summary"]);
    assert_eq!(fields["summary"].1, "Soup and company");
    assert!(changes[1].fields().is_empty(), "it was new");
    store.change(&ann(), now(), move |changes| changes.remove_service(service.id)).unwrap();
    let removed = &store.changes_of(&subject, 1).unwrap()[0];
    assert_eq!(removed.fields()["summary"].0, "Soup and company");
    assert_eq!(store.check(), Ok(vec![]));
}

#[test]
fn of_somebody_who_goes_only_what_they_might_do_stays() {
    let store = Store::in_memory().unwrap();
    let person: crate::domain::Person = serde_json::from_value(serde_json::json!({
        "id": crate::domain::PersonId::derive("test", "zoe"),
        "email": "zoe@people.example", "name": "Zoe Secret",
        "grants": [{ "role": "steward", "scope": { "of": "everywhere" } }],
        "added": "2026-11-22T12:00:00Z",
    }))
    .unwrap();
    let id = person.id;
    store.change(&ann(), now(), move |changes| changes.save_person(&person)).unwrap();
    store.change(&ann(), now(), move |changes| changes.remove_person(id)).unwrap();
    let logged = store.changes_of(&Subject::Person(id), 10).unwrap();
    let said = format!("{:?}", logged.iter().map(crate::store::Change::fields).collect::<Vec<_>>());
    assert!(
        !said.contains("zoe@") && !said.contains("Secret") && said.contains("steward"),
        "{said}"
    );
}
