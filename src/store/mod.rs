//! The truth: every record of the directory, and the log of every change to them.
//!
//! One SQL text for every engine, a thin layer that runs it (`engine`), numbered migrations.
//! Everything here blocks: asynchronous callers go through `spawn_blocking`.
//!
//! *Invariants.* A record, what is worked out from it and its row in the change log are written
//! in one transaction. Saving what is already stored writes nothing and logs nothing. A change
//! is acknowledged only when it is on the disk. There is no clock here: `now` is an argument.

mod check;
mod conflicts;
mod engine;
mod error;
mod follows;
mod gaps;
mod history;
mod keys;
mod links;
mod log;
mod migrations;
mod nouns;
mod outbox;
mod read;
mod save;
mod shortlists;
mod sought;
mod subject;
#[cfg(test)]
mod tests;
mod text;
mod uploads;
mod uses;
mod ways_in;
mod write;

pub use check::Finding;
pub use conflicts::Conflict;
pub use error::StoreError;
pub use gaps::GapCount;
pub use history::FieldChanges;
pub use keys::{Source, SourceKey};
pub use log::{Action, Actor, Change, Seq, Wanted};
pub use nouns::{Listed, Page, ServiceRecord, Version, Versioned};
pub use outbox::{Ask, OutboxCounts, WaitingMail};
pub use read::{Counts, Reading, Snapshot};
pub use sought::SoughtWords;
pub use subject::{Subject, SubjectKind};
pub use text::{bare_code, folded_name, unit_text, web_domain};
pub use uploads::Upload;
pub use uses::MonthOfUse;
pub use ways_in::{Link, Session};
pub use write::{Changed, Changes, Saved};

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use jiff::Timestamp;

use self::{
    engine::{
        Engine, Tx,
        sqlite::{Options, Sqlite},
    },
    migrations::Migrations,
};

/// The directory's records. Clones are the same store.
#[derive(Clone)]
pub struct Store {
    engine: Arc<dyn Engine>,
}

impl Store {
    /// Opens `directory.db` in the state folder, making both where they are missing.
    ///
    /// A file that is damaged, empty, of another program or of a newer version is refused and
    /// left as it is. `now` dates the migrations that are applied.
    pub fn open(folder: &Path, now: Timestamp) -> Result<Self, StoreError> {
        Self::open_with(folder, now, Options::default())
    }

    /// A store that lives until its last clone goes.
    pub fn in_memory() -> Result<Self, StoreError> {
        let engine = Sqlite::in_memory(&Migrations::at(Timestamp::UNIX_EPOCH))?;
        Ok(Self { engine: Arc::new(engine) })
    }

    fn open_with(folder: &Path, now: Timestamp, options: Options) -> Result<Self, StoreError> {
        let engine = Sqlite::open(folder, options, &Migrations::at(now))?;
        Ok(Self { engine: Arc::new(engine) })
    }

    /// Makes a change: everything in the closure, or nothing where it fails.
    ///
    /// Returns once the change is on the disk. The closure runs in the writer's thread, beside
    /// nobody else's, so it should only save; it reads through `changes`, not through the store.
    pub fn change<T: Send + 'static>(
        &self,
        actor: &Actor,
        now: Timestamp,
        make: impl FnOnce(&mut Changes<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<Changed<T>, StoreError> {
        let result = Arc::new(Mutex::new(None));
        let (slot, actor) = (Arc::clone(&result), actor.clone());
        self.engine.write(Box::new(move |tx| {
            let mut changes = Changes::new(tx, &actor, now);
            let value = make(&mut changes)?;
            let seq = changes.finish()?;
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(Changed { value, seq });
            Ok(())
        }))?;
        let changed = result.lock().unwrap_or_else(PoisonError::into_inner).take();
        changed.ok_or(StoreError::Stopped)
    }

    /// Makes one change for each `batch` of the items, so that a long import lets others in.
    ///
    /// Where one fails, the batches before it stay: importing again goes on from there, since
    /// what is already stored is left alone. Returns the last row logged.
    pub fn change_in_batches<I: Send + 'static>(
        &self,
        actor: &Actor,
        now: Timestamp,
        batch: usize,
        items: impl IntoIterator<Item = I>,
        each: impl Fn(&mut Changes<'_>, I) -> Result<(), StoreError> + Clone + Send + 'static,
    ) -> Result<Option<Seq>, StoreError> {
        let mut items = items.into_iter();
        let mut last = None;
        loop {
            let some: Vec<I> = items.by_ref().take(batch.max(1)).collect();
            if some.is_empty() {
                return Ok(last);
            }
            let each = each.clone();
            let changed = self.change(actor, now, move |changes| {
                some.into_iter().try_for_each(|item| each(changes, item))
            })?;
            last = changed.seq.or(last);
        }
    }

    /// Looks at one state of the store, several times.
    pub fn read<T>(
        &self,
        read: impl FnOnce(&Snapshot<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.look(|tx| read(&Snapshot(tx)))
    }

    /// Looks through everything for faults; none where all is well.
    pub fn check(&self) -> Result<Vec<Finding>, StoreError> {
        let engine = self.engine.faults()?;
        let mut findings: Vec<Finding> = engine.into_iter().map(Finding::of_engine).collect();
        findings.extend(self.look(check::records)?);
        Ok(findings)
    }

    /// Writes a complete, compact and checked copy to a new file.
    pub fn backup(&self, to: &Path) -> Result<(), StoreError> {
        self.engine.backup(to)
    }
}

impl Reading for Store {
    fn look<T>(
        &self,
        look: impl FnOnce(&dyn Tx) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut look = Some(look);
        let mut seen = None;
        self.engine.read(&mut |tx| {
            if let Some(look) = look.take() {
                seen = Some(look(tx)?);
            }
            Ok(())
        })?;
        seen.ok_or(StoreError::Stopped)
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}
