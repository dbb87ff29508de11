use super::*;
use crate::store::{Finding, Reading, engine::sqlite::FILE_NAME};

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
