//! Fields in which a feed says otherwise than somebody who looks after a listing. None of it is
//! logged: it is what the last import met. What is decided of it is logged with the listing.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;

use crate::domain::ServiceId;

use super::{
    engine::{Row, Tx, all},
    error::StoreError,
    text::{micros, when},
    write::Changes,
};

/// A field of a listing in which a feed says otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    pub service: ServiceId,
    /// The name of the field, as the record has it.
    pub field: String,
    /// The feed.
    pub source: String,
    /// What it says.
    pub stated: Value,
    /// Since when it says so.
    pub since: Timestamp,
}

impl Changes<'_> {
    /// Keeps what a feed says otherwise of a listing, in the place of what it said before. What a
    /// steward left as it is stays left for as long as the feed says the same.
    pub fn note_conflicts(
        &mut self,
        service: ServiceId,
        source: &str,
        stated: &BTreeMap<String, Value>,
    ) -> Result<(), StoreError> {
        let (id, now) = (service.to_string(), micros(self.now()));
        let sql = "SELECT field FROM conflict WHERE service = $1 AND source = $2";
        let known =
            all(self.tx(), sql, &[(&id).into(), source.into()], |row| Ok(row.text(0)?.to_owned()))?;
        if known.is_empty() && stated.is_empty() {
            return Ok(());
        }
        self.writing(|changes| {
            for field in known.iter().filter(|field| !stated.contains_key(*field)) {
                let sql = "DELETE FROM conflict WHERE service = $1 AND source = $2 AND field = $3";
                changes.tx().exec(sql, &[(&id).into(), source.into(), field.into()])?;
            }
            for (field, value) in stated {
                let sql = "INSERT INTO conflict (service, field, source, stated, since, left_as) \
                    VALUES ($1, $2, $3, $4, $5, NULL) ON CONFLICT (service, source, field) \
                    DO UPDATE SET stated = $4, since = CASE WHEN conflict.stated = $4 \
                    THEN conflict.since ELSE $5 END";
                let value = value.to_string();
                let row = [
                    (&id).into(),
                    field.as_str().into(),
                    source.into(),
                    (&value).into(),
                    now.into(),
                ];
                changes.tx().exec(sql, &row)?;
            }
            Ok(())
        })
    }

    /// Notes that a field stays as it is, until its feed says something else.
    pub fn leave_conflict(&mut self, conflict: &Conflict) -> Result<(), StoreError> {
        let sql = "UPDATE conflict SET left_as = $4 \
            WHERE service = $1 AND source = $2 AND field = $3";
        let (id, stated) = (conflict.service.to_string(), conflict.stated.to_string());
        let row = [
            (&id).into(),
            conflict.source.as_str().into(),
            conflict.field.as_str().into(),
            (&stated).into(),
        ];
        self.tx().exec(sql, &row).map(|_| ())
    }

    /// Forgets a conflict that is no more.
    pub fn end_conflict(&mut self, conflict: &Conflict) -> Result<(), StoreError> {
        let sql = "DELETE FROM conflict WHERE service = $1 AND source = $2 AND field = $3";
        let id = conflict.service.to_string();
        let row = [(&id).into(), conflict.source.as_str().into(), conflict.field.as_str().into()];
        self.tx().exec(sql, &row).map(|_| ())
    }
}

/// The conflicts that nobody has left as they are, the oldest first.
pub(super) fn open(tx: &dyn Tx) -> Result<Vec<Conflict>, StoreError> {
    let sql = "SELECT service, field, source, stated, since FROM conflict \
        WHERE left_as IS NULL OR left_as <> stated ORDER BY since, service, source, field";
    all(tx, sql, &[], read)
}

fn read(row: &dyn Row) -> Result<Conflict, StoreError> {
    Ok(Conflict {
        service: row.text(0)?.parse().map_err(|_| StoreError::Damaged)?,
        field: row.text(1)?.to_owned(),
        source: row.text(2)?.to_owned(),
        stated: serde_json::from_str(row.text(3)?).map_err(|_| StoreError::Damaged)?,
        since: when(row.integer(4)?)?,
    })
}
