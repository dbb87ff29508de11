//! Connections that only read, kept for the next reader.

use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{Options, file::Place, tx::fault};
use crate::store::error::StoreError;

/// A pool that never makes a reader wait: one too many is opened and closed again after use.
pub(super) struct Readers {
    place: Place,
    options: Options,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub fn new(place: Place, options: Options) -> Self {
        Self { place, options, idle: Mutex::new(Vec::new()) }
    }

    /// Looks at one state of the database.
    pub fn with<T>(
        &self,
        look: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let connection = self.take()?;
        let seen = in_one_state(&connection, look);
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < self.options.idle_readers {
            idle.push(connection);
        }
        seen
    }

    /// Uses a connection of its own, outside any transaction.
    pub fn apart<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        work(&self.place.reader(self.options)?)
    }

    fn take(&self) -> Result<Connection, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| self.place.reader(self.options), Ok)
    }
}

fn in_one_state<T>(
    connection: &Connection,
    look: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let state =
        Transaction::new_unchecked(connection, TransactionBehavior::Deferred).map_err(fault)?;
    look(&state)
}
