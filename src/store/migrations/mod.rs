//! The tables, as one append-only list of changes to them.
//!
//! Add a file and a line; never change one that was released. A database remembers the
//! fingerprint of each, and is refused where its past is not this list's.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::{
    engine::{Tx, all},
    error::StoreError,
    text::micros,
};

struct Migration {
    number: i64,
    name: &'static str,
    sql: &'static str,
}

const ALL: &[Migration] =
    &[Migration { number: 1, name: "directory", sql: include_str!("0001_directory.sql") }];

const TABLE: &str = "CREATE TABLE IF NOT EXISTS schema_version (\
    number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, \
    sql_sha256 TEXT NOT NULL, applied_at BIGINT NOT NULL)";

/// Brings the tables up to date, or refuses a database that this program does not know.
pub(super) fn apply(tx: &dyn Tx, now: Timestamp) -> Result<(), StoreError> {
    apply_list(tx, now, ALL)
}

/// The newest migration that the database has had.
pub(super) fn version(tx: &dyn Tx) -> Result<i64, StoreError> {
    Ok(applied(tx)?.last().map_or(0, |(number, _)| *number))
}

/// The newest migration of this program.
pub(super) fn newest() -> i64 {
    ALL.last().map_or(0, |migration| migration.number)
}

fn apply_list(tx: &dyn Tx, now: Timestamp, list: &[Migration]) -> Result<(), StoreError> {
    tx.batch(TABLE)?;
    let applied = applied(tx)?;
    let known = list.last().map_or(0, |migration| migration.number);
    if let Some((found, _)) = applied.iter().find(|(number, _)| *number > known) {
        return Err(StoreError::NewerDatabase { found: *found, known });
    }
    for (at, migration) in list.iter().enumerate() {
        let fingerprint = fingerprint(migration.sql);
        match applied.get(at) {
            Some((number, hash)) if *number == migration.number && *hash == fingerprint => {}
            Some(_) => {
                let name = migration.name.to_owned();
                return Err(StoreError::ChangedMigration { number: migration.number, name });
            }
            None => migrate(tx, now, migration, &fingerprint)?,
        }
    }
    Ok(())
}

fn migrate(
    tx: &dyn Tx,
    now: Timestamp,
    migration: &Migration,
    fingerprint: &str,
) -> Result<(), StoreError> {
    tx.batch(migration.sql)?;
    let sql = "INSERT INTO schema_version (number, name, sql_sha256, applied_at) \
        VALUES ($1, $2, $3, $4)";
    let row =
        [migration.number.into(), migration.name.into(), fingerprint.into(), micros(now).into()];
    tx.exec(sql, &row).map(|_| ())
}

fn applied(tx: &dyn Tx) -> Result<Vec<(i64, String)>, StoreError> {
    let sql = "SELECT number, sql_sha256 FROM schema_version ORDER BY number";
    all(tx, sql, &[], |row| Ok((row.integer(0)?, row.text(1)?.to_owned())))
}

fn fingerprint(sql: &str) -> String {
    Sha256::digest(sql).iter().map(|byte| format!("{byte:02x}")).collect()
}
