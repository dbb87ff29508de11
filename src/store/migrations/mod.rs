//! The tables, as one append-only list of changes to them.
//!
//! Add a file and a line; never change one that was released. A database remembers the
//! fingerprint of each, and is refused where its past is not this list's.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::{
    engine::{Tables, Tx, all},
    error::StoreError,
    text::micros,
};

struct Migration {
    number: i64,
    name: &'static str,
    sql: &'static str,
}

const ALL: &[Migration] = &[
    Migration { number: 1, name: "directory", sql: include_str!("0001_directory.sql") },
    Migration { number: 2, name: "people", sql: include_str!("0002_people.sql") },
    Migration { number: 3, name: "history", sql: include_str!("0003_history.sql") },
    Migration { number: 4, name: "programs", sql: include_str!("0004_programs.sql") },
    Migration { number: 5, name: "reports", sql: include_str!("0005_reports.sql") },
    Migration { number: 6, name: "proposals", sql: include_str!("0006_proposals.sql") },
    Migration { number: 7, name: "claims", sql: include_str!("0007_claims.sql") },
    Migration { number: 8, name: "uploads", sql: include_str!("0008_uploads.sql") },
    Migration { number: 9, name: "uses", sql: include_str!("0009_uses.sql") },
    Migration { number: 10, name: "links", sql: include_str!("0010_links.sql") },
    Migration { number: 11, name: "conflicts", sql: include_str!("0011_conflicts.sql") },
    Migration { number: 12, name: "words", sql: include_str!("0012_words.sql") },
    Migration { number: 13, name: "decided claims", sql: include_str!("0013_decided_claims.sql") },
    Migration {
        number: 14,
        name: "joined organisations",
        sql: include_str!("0014_joined_organisations.sql"),
    },
    Migration { number: 15, name: "shortlists", sql: include_str!("0015_shortlists.sql") },
    Migration { number: 16, name: "referrals", sql: include_str!("0016_referrals.sql") },
    Migration { number: 17, name: "gaps", sql: include_str!("0017_gaps.sql") },
    Migration { number: 18, name: "follows", sql: include_str!("0018_follows.sql") },
    Migration { number: 19, name: "experiences", sql: include_str!("0019_experiences.sql") },
];

const TABLE: &str = "CREATE TABLE IF NOT EXISTS schema_version (\
    number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, \
    sql_sha256 TEXT NOT NULL, applied_at BIGINT NOT NULL)";

/// The tables as this program knows them, brought up to date at `now`.
pub(super) struct Migrations {
    now: Timestamp,
    list: &'static [Migration],
}

impl Migrations {
    pub fn at(now: Timestamp) -> Self {
        Self { now, list: ALL }
    }

    /// Those that the database has not had; an error where its past is not ours.
    fn missing(&self, tx: &dyn Tx) -> Result<&'static [Migration], StoreError> {
        let applied = applied(tx)?;
        let known = self.list.last().map_or(0, |migration| migration.number);
        if let Some((found, _)) = applied.iter().find(|(number, _)| *number > known) {
            return Err(StoreError::NewerDatabase { found: *found, known });
        }
        for (migration, (number, hash)) in self.list.iter().zip(&applied) {
            if *number != migration.number || *hash != fingerprint(migration.sql) {
                let name = migration.name.to_owned();
                return Err(StoreError::ChangedMigration { number: migration.number, name });
            }
        }
        Ok(self.list.get(applied.len()..).unwrap_or_default())
    }
}

impl Tables for Migrations {
    fn are_current(&self, tx: &dyn Tx) -> Result<bool, StoreError> {
        Ok(self.missing(tx)?.is_empty())
    }

    fn bring_up_to_date(&self, tx: &dyn Tx) -> Result<(), StoreError> {
        tx.batch(TABLE)?;
        self.missing(tx)?.iter().try_for_each(|migration| migrate(tx, self.now, migration))
    }
}

/// The newest migration that the database has had.
pub(super) fn version(tx: &dyn Tx) -> Result<i64, StoreError> {
    Ok(applied(tx)?.last().map_or(0, |(number, _)| *number))
}

/// The newest migration of this program.
pub(super) fn newest() -> i64 {
    ALL.last().map_or(0, |migration| migration.number)
}

fn migrate(tx: &dyn Tx, now: Timestamp, migration: &Migration) -> Result<(), StoreError> {
    tx.batch(migration.sql)?;
    let fingerprint = fingerprint(migration.sql);
    let sql = "INSERT INTO schema_version (number, name, sql_sha256, applied_at) \
        VALUES ($1, $2, $3, $4)";
    let row =
        [migration.number.into(), migration.name.into(), (&fingerprint).into(), micros(now).into()];
    tx.exec(sql, &row).map(|_| ())
}

fn applied(tx: &dyn Tx) -> Result<Vec<(i64, String)>, StoreError> {
    let sql = "SELECT number, sql_sha256 FROM schema_version ORDER BY number";
    all(tx, sql, &[], |row| Ok((row.integer(0)?, row.text(1)?.to_owned())))
}

fn fingerprint(sql: &str) -> String {
    let digest = Sha256::digest(sql);
    digest.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(hex_digit).collect()
}

fn hex_digit(half: u8) -> char {
    char::from_digit(u32::from(half), 16).unwrap_or('0')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Actor, Options, Store, engine::sqlite::Sqlite};

    /// The number after those that there are.
    const NEWER: i64 = ALL.len() as i64 + 1;
    const NEXT: Migration = Migration {
        number: NEWER,
        name: "colours",
        sql: "CREATE TABLE colour (key {KEY}, name TEXT);",
    };
    const EDITED: Migration = Migration { number: 1, name: "directory", sql: "SELECT 1" };

    fn open(folder: &std::path::Path, list: &'static [Migration]) -> Result<Sqlite, StoreError> {
        let now = "2026-11-10T12:00:00Z".parse().unwrap();
        Sqlite::open(folder, Options::default(), &Migrations { now, list })
    }

    fn list(migrations: Vec<Migration>) -> &'static [Migration] {
        Vec::leak(migrations)
    }

    fn with(next: Migration) -> Vec<Migration> {
        ALL.iter().map(|known| Migration { ..*known }).chain([next]).collect()
    }

    #[test]
    fn a_new_migration_is_applied_once_and_keeps_what_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), Timestamp::UNIX_EPOCH).unwrap();
        let actor = Actor::new("test", crate::domain::Route::Steward);
        let set = store.change(&actor, Timestamp::UNIX_EPOCH, |c| c.save_setting("a", "b"));
        assert!(set.is_ok());
        drop(store);
        for _ in 0..2 {
            open(folder.path(), list(with(NEXT))).unwrap();
        }
        let refused = Store::open(folder.path(), Timestamp::UNIX_EPOCH).unwrap_err();
        assert_eq!(refused, StoreError::NewerDatabase { found: NEWER, known: newest() });
    }

    #[test]
    fn a_migration_that_was_changed_afterwards_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        open(folder.path(), ALL).unwrap();
        let later = ALL.iter().skip(1).map(|known| Migration { ..*known });
        let edited = [EDITED].into_iter().chain(later).collect();
        let refused = open(folder.path(), list(edited)).err();
        let name = "directory".to_owned();
        assert_eq!(refused, Some(StoreError::ChangedMigration { number: 1, name }));
        let store = Store::open(folder.path(), Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(store.check(), Ok(vec![]));
    }

    #[test]
    fn a_migration_that_fails_leaves_the_database_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        open(folder.path(), ALL).unwrap();
        let sql = "CREATE TABLE half (a TEXT); CREATE TABLE half (a TEXT);";
        let broken = Migration { number: NEWER, name: "broken", sql };
        assert!(open(folder.path(), list(with(broken))).is_err());
        open(folder.path(), list(with(NEXT))).unwrap();
    }

    #[test]
    fn migrations_are_numbered_without_gaps() {
        let numbers: Vec<i64> = ALL.iter().map(|migration| migration.number).collect();
        assert_eq!(numbers, (1..=newest()).collect::<Vec<_>>());
    }
}
