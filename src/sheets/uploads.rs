//! Sheets that were sent, kept until they are saved or forgotten.

use std::collections::BTreeSet;

use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    domain::{Person, PersonId, Role, UploadId, route_of},
    keeping::KeepingError,
    store::{Actor, Reading, Store, StoreError, Upload},
    table::{self, Table, TableError},
};

use super::{columns::Column, desk::BOUNDS};

/// A sheet that somebody sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    pub upload: Upload,
    pub table: Table,
}

/// The longest name of a file that is kept, in characters.
const LONGEST_NAME: usize = 100;

/// Reads a file and keeps it for whoever sent it. What it is not, in words, where it is no sheet.
pub fn keep(
    store: &Store,
    person: &Person,
    (name, bytes): (&str, &[u8]),
    now: Timestamp,
) -> Result<Result<UploadId, String>, KeepingError> {
    let table = match table::read(bytes, BOUNDS) {
        Ok(table) => table,
        Err(error) => return Ok(Err(in_words(&error))),
    };
    if table.header.iter().filter_map(|heading| Column::of_heading(heading)).count() < 2 {
        let how = "The first line of the file has none of the headings of our sheets. Download one and fill that in";
        return Ok(Err(how.to_owned()));
    }
    if table.rows.is_empty() {
        return Ok(Err("There is no row below the headings".to_owned()));
    }
    let name = name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    let id = UploadId(Uuid::now_v7());
    let upload = Upload { id, person: person.id, made: now, name };
    let sheet = serde_json::to_string(&table).map_err(|_| StoreError::Damaged)?;
    store.change(&actor(person.id), now, move |changes| changes.keep_upload(&upload, &sheet))?;
    Ok(Ok(id))
}

fn in_words(error: &TableError) -> String {
    match error {
        TableError::NotText(_) | TableError::BrokenWorkbook => {
            "The file is neither a CSV file nor a workbook (.xlsx) that can be read. Save it as one of these and send it again".to_owned()
        }
        TableError::NoHeader => "The file has no headings in its first line. Download a sheet and fill that in".to_owned(),
        other => format!("The file cannot be taken: {other}. Send it in parts"),
    }
}

/// One's own sheet, where it is still kept.
pub fn find(store: &Store, person: &Person, id: UploadId) -> Result<Option<Sent>, KeepingError> {
    let found = store.find_upload(id)?.filter(|(upload, _)| upload.person == person.id);
    let read = |(upload, sheet): (Upload, String)| {
        let table = serde_json::from_str(&sheet).map_err(|_| StoreError::Damaged)?;
        Ok::<Sent, StoreError>(Sent { upload, table })
    };
    Ok(found.map(read).transpose()?)
}

/// The sheets that somebody sent and has not saved, the newest first.
pub fn list(store: &Store, person: &Person) -> Result<Vec<Upload>, KeepingError> {
    Ok(store.list_uploads_of(person.id)?)
}

/// Keeps what is left of a sheet once some of its rows are saved, so that what becomes of those
/// listings later is not compared with it.
pub(super) fn keep_rest(
    store: &Store,
    sent: &Sent,
    saved: &BTreeSet<u64>,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let mut rest = sent.table.clone();
    rest.rows.retain(|row| !saved.contains(&row.line));
    let sheet = serde_json::to_string(&rest).map_err(|_| StoreError::Damaged)?;
    let id = sent.upload.id;
    store.change(&actor(sent.upload.person), now, move |changes| {
        changes.keep_rest_of_upload(id, &sheet)
    })?;
    Ok(())
}

/// Forgets a sheet.
pub fn forget(store: &Store, sent: &Sent, now: Timestamp) -> Result<(), KeepingError> {
    let id = sent.upload.id;
    store.change(&actor(sent.upload.person), now, move |changes| changes.forget_upload(id))?;
    Ok(())
}

/// None of this is logged; a change has somebody all the same.
fn actor(person: PersonId) -> Actor {
    Actor::new(&format!("person:{person}"), route_of(Role::Provider))
}
