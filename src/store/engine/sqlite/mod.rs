//! `SQLite`: one file in the state folder, one writer, several readers.

mod file;
mod placeholders;
mod readers;
mod tx;
mod writer;

use std::{path::Path, thread::ThreadId, time::Duration};

use rusqlite::Connection;

#[cfg(test)]
pub(in crate::store) use self::file::FILE_NAME;
use self::{file::Place, readers::Readers, tx::SqliteTx, tx::fault, writer::Writer};
use super::{Engine, Tables, Tx, Work};
use crate::store::error::StoreError;

/// How the engine behaves where the defaults do not do.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Options {
    /// How long to wait for another process that is writing.
    pub patience: Duration,
    /// Connections kept open for reading.
    pub idle_readers: usize,
    /// The most pages that the file may grow to; no limit where none.
    pub most_pages: Option<u32>,
}

impl Default for Options {
    fn default() -> Self {
        Self { patience: Duration::from_secs(5), idle_readers: 8, most_pages: None }
    }
}

/// A database with its writer's thread and its readers.
pub(in crate::store) struct Sqlite {
    // Readers close before the writer, whose closing folds the log into the file.
    readers: Readers,
    writer: Writer,
    writer_thread: Option<ThreadId>,
}

impl Sqlite {
    /// Opens the database of a folder, making it where there is none.
    pub fn open(folder: &Path, options: Options, tables: &dyn Tables) -> Result<Self, StoreError> {
        let (place, connection) = file::open(folder, options, tables)?;
        Self::start(place, connection, options)
    }

    /// A database in memory, gone with its last use.
    pub fn in_memory(tables: &dyn Tables) -> Result<Self, StoreError> {
        let options = Options::default();
        let (place, connection) = file::in_memory(options, tables)?;
        Self::start(place, connection, options)
    }

    fn start(place: Place, connection: Connection, options: Options) -> Result<Self, StoreError> {
        let writer = Writer::start(connection)?;
        let writer_thread = writer.thread();
        Ok(Self { readers: Readers::new(place, options), writer, writer_thread })
    }

    /// Refuses to wait for the writer, or to read past it, in the writer's own thread.
    fn refuse_nesting(&self) -> Result<(), StoreError> {
        if self.writer_thread == Some(std::thread::current().id()) {
            return Err(StoreError::Nested);
        }
        Ok(())
    }
}

impl Engine for Sqlite {
    fn read(
        &self,
        look: &mut dyn FnMut(&dyn Tx) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.refuse_nesting()?;
        self.readers.with(|connection| look(&SqliteTx(connection)))
    }

    fn write(&self, work: Work) -> Result<(), StoreError> {
        self.refuse_nesting()?;
        self.writer.write(work)
    }

    fn faults(&self) -> Result<Vec<String>, StoreError> {
        self.readers.with(|connection| {
            let mut faults = file::integrity_faults(connection, "integrity_check")?;
            let mut statement = connection.prepare("PRAGMA foreign_key_check").map_err(fault)?;
            let broken = statement.query_map([], |row| {
                let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
                Ok(format!("a row of {table} refers to a missing row of {parent}"))
            });
            for found in broken.map_err(fault)? {
                faults.push(found.map_err(fault)?);
            }
            Ok(faults)
        })
    }

    fn backup(&self, to: &Path) -> Result<(), StoreError> {
        self.refuse_nesting()?;
        self.readers.apart(|connection| file::copy(connection, to))
    }
}
