//! Sheets that somebody sent and has not saved yet. None of it is logged: what is saved of them is
//! logged where it is saved.

use jiff::Timestamp;

use crate::domain::{PersonId, UploadId};

use super::{
    engine::{Row, Tx, all, first},
    error::StoreError,
    nouns::key_of_person,
    text::{micros, when},
    write::Changes,
};

/// A sheet that somebody sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    pub id: UploadId,
    pub person: PersonId,
    pub made: Timestamp,
    /// The name of its file.
    pub name: String,
}

/// The most sheets that are kept of one person: the oldest make room.
const MOST: u8 = 5;

impl Changes<'_> {
    /// Keeps a sheet, as whoever reads it again writes it.
    pub fn keep_upload(&mut self, upload: &Upload, sheet: &str) -> Result<(), StoreError> {
        let key = key_of_person(self.tx(), upload.person)?;
        self.writing(|changes| {
            let sql = "INSERT INTO upload (id, person, made_at, name, sheet) \
                VALUES ($1, $2, $3, $4, $5)";
            let id = upload.id.to_string();
            let made = micros(upload.made);
            let name = upload.name.as_str();
            let row = [(&id).into(), key.into(), made.into(), name.into(), sheet.into()];
            changes.tx().exec(sql, &row)?;
            let sql = "DELETE FROM upload WHERE person = $1 AND id NOT IN \
                (SELECT id FROM upload WHERE person = $1 ORDER BY made_at DESC LIMIT $2)";
            changes.tx().exec(sql, &[key.into(), i64::from(MOST).into()]).map(|_| ())
        })
    }

    /// Keeps the rest of a sheet.
    pub fn keep_rest_of_upload(&mut self, id: UploadId, sheet: &str) -> Result<(), StoreError> {
        let sql = "UPDATE upload SET sheet = $2 WHERE id = $1";
        self.tx().exec(sql, &[(&id.to_string()).into(), sheet.into()]).map(|_| ())
    }

    /// Forgets a sheet.
    pub fn forget_upload(&mut self, id: UploadId) -> Result<(), StoreError> {
        let sql = "DELETE FROM upload WHERE id = $1";
        self.tx().exec(sql, &[(&id.to_string()).into()]).map(|_| ())
    }

    /// Forgets sheets that were sent before a moment.
    pub fn forget_uploads(&mut self, before: Timestamp) -> Result<(), StoreError> {
        let sql = "DELETE FROM upload WHERE made_at < $1";
        self.tx().exec(sql, &[micros(before).into()]).map(|_| ())
    }
}

const COLUMNS: &str = "u.id, p.id, u.made_at, u.name";

/// A sheet with what it says.
pub(super) fn find(tx: &dyn Tx, id: UploadId) -> Result<Option<(Upload, String)>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}, u.sheet FROM upload u JOIN person p ON p.key = u.person WHERE u.id = $1"
    );
    first(tx, &sql, &[(&id.to_string()).into()], |row| Ok((read(row)?, row.text(4)?.to_owned())))
}

/// Somebody's sheets, the newest first.
pub(super) fn of_person(tx: &dyn Tx, person: PersonId) -> Result<Vec<Upload>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM upload u JOIN person p ON p.key = u.person \
         WHERE p.id = $1 ORDER BY u.made_at DESC"
    );
    all(tx, &sql, &[(&person.to_string()).into()], read)
}

fn read(row: &dyn Row) -> Result<Upload, StoreError> {
    let damaged = |_| StoreError::Damaged;
    Ok(Upload {
        id: row.text(0)?.parse().map_err(damaged)?,
        person: row.text(1)?.parse().map_err(damaged)?,
        made: when(row.integer(2)?)?,
        name: row.text(3)?.to_owned(),
    })
}
