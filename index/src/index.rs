//! The index as a whole: made, opened, asked.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tantivy::directory::{MmapDirectory, RamDirectory};
use tantivy::{Directory, IndexReader, IndexSettings, ReloadPolicy, TantivyError, Warmer};

use crate::answer::{Answer, Supply};
use crate::entry::{EntryId, Facet};
use crate::error::{OpenError, SearchError};
use crate::payload::Payload;
use crate::query::Query;
use crate::schema::{self, Fields};
use crate::sealed::SealedDirectory;
use crate::segments::Segments;
use crate::spelling::{self, Correction};
use crate::suggest::{self, Suggestion};
use crate::writer::{Pace, Writer};
use crate::{search, text};

/// A search index in a folder or in memory. Clones share it.
///
/// It is derived from the store and may be deleted at any time. Searching takes `&self` and
/// any number of threads; each search sees the last commit as it was when the search began.
#[derive(Clone)]
pub struct Index {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) tantivy: tantivy::Index,
    pub(crate) reader: IndexReader,
    pub(crate) fields: Fields,
    /// The reader holds the segments weakly, so they live here.
    pub(crate) segments: Arc<Segments>,
    pub(crate) followed: AtomicU64,
}

impl Index {
    /// Makes an empty index in `folder`, which is made too if need be.
    ///
    /// # Errors
    /// [`OpenError::Occupied`] where the folder holds files; [`OpenError::Io`] for the disk.
    pub fn create(folder: impl AsRef<Path>) -> Result<Self, OpenError> {
        let folder = folder.as_ref();
        std::fs::create_dir_all(folder)?;
        if std::fs::read_dir(folder)?.next().is_some() {
            return Err(OpenError::Occupied);
        }
        let index = Self::make(SealedDirectory(mapped(folder)?))?;
        // The first commit leaves format and place in the log, so that opening can check them.
        let mut writer = index.writer(Pace::Live)?;
        writer.commit(0).map_err(|error| OpenError::Damaged { reason: error.reason })?;
        Ok(index)
    }

    /// Opens the index in `folder`, after checking every file of it.
    ///
    /// # Errors
    /// [`OpenError::Missing`], [`OpenError::Damaged`] or [`OpenError::OtherFormat`]: make it
    /// anew in an empty folder. [`OpenError::Io`] for the disk.
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, OpenError> {
        let folder = folder.as_ref();
        if !folder.join("meta.json").is_file() {
            return Err(OpenError::Missing);
        }
        let found = tantivy::Index::open(SealedDirectory(mapped(folder)?)).map_err(damaged)?;
        let payload = Payload::check(&found)?;
        let broken = found.validate_checksum().map_err(damaged)?;
        if let Some(file) = broken.iter().next() {
            let reason = format!("the checksum of {} does not match", file.display());
            return Err(OpenError::Damaged { reason });
        }
        // Only files in the list of files are checked, so the list must be there.
        if !folder.join(".managed.json").is_file() {
            let reason = "the list of its files is gone".to_owned();
            return Err(OpenError::Damaged { reason });
        }
        let index = Self::ready(found)?;
        index.check_counts()?;
        index.inner.followed.store(payload.followed, Ordering::Release);
        Ok(index)
    }

    /// Makes an empty index that vanishes when dropped.
    ///
    /// # Errors
    /// Only where threads or memory cannot be had.
    pub fn in_memory() -> Result<Self, OpenError> {
        Self::make(RamDirectory::create())
    }

    fn make(directory: impl Directory) -> Result<Self, OpenError> {
        let (schema, _) = schema::build();
        let made = tantivy::Index::create(directory, schema, IndexSettings::default());
        Self::ready(made.map_err(damaged)?)
    }

    fn ready(found: tantivy::Index) -> Result<Self, OpenError> {
        text::register(found.tokenizers());
        let segments = Arc::new(Segments::default());
        let weak = Arc::downgrade(&segments);
        let reader = found
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .warmers(vec![weak as std::sync::Weak<dyn Warmer>])
            .try_into()
            .map_err(damaged)?;
        let (_, fields) = schema::build();
        let inner = Inner { tantivy: found, reader, fields, segments, followed: AtomicU64::new(0) };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Checks that the small files and the segments tell the same number of entries.
    fn check_counts(&self) -> Result<(), OpenError> {
        for reader in self.inner.reader.searcher().segment_readers() {
            let segment = self.inner.segments.get(reader).map_err(damaged)?;
            if segment.documents_with_id() != reader.max_doc() {
                let reason = "a segment has another number of entries than was noted";
                return Err(OpenError::Damaged { reason: reason.to_owned() });
            }
        }
        Ok(())
    }

    /// The one writer of this index.
    ///
    /// # Errors
    /// [`OpenError::Busy`] where another thread or process has it.
    pub fn writer(&self, pace: Pace) -> Result<Writer, OpenError> {
        Writer::new(self.clone(), pace)
    }

    /// The answer to `query`, with exact totals of distinct services.
    ///
    /// # Errors
    /// [`SearchError::TooMany`] where the question is beyond the [`limits`](crate::limits);
    /// [`SearchError::Unreadable`] where the disk fails.
    pub fn search(&self, query: &Query) -> Result<Answer, SearchError> {
        search::run(&self.inner, query)
    }

    /// The ids of all services that `search` would count in its total, in no stated order.
    ///
    /// # Errors
    /// As for [`search`](Self::search).
    pub fn matching(&self, query: &Query) -> Result<Vec<EntryId>, SearchError> {
        search::matching(&self.inner, query)
    }

    /// What each query finds, counted, and counted by each value of `facet`: all from one commit, so
    /// that the counts agree with each other. What is confirmed is what was since each query's
    /// `confirmed_since`. Capacity is no value to count by.
    ///
    /// # Errors
    /// As for [`search`](Self::search).
    pub fn supply(&self, queries: &[Query], facet: Facet) -> Result<Vec<Supply>, SearchError> {
        search::supply(&self.inner, queries, facet)
    }

    /// Whether any service has `word`, as it is typed.
    ///
    /// # Errors
    /// [`SearchError::Unreadable`] where the disk fails.
    pub fn knows(&self, word: &str) -> Result<bool, SearchError> {
        spelling::knows(&self.inner, word)
    }

    /// Words of the index that `word`, as typed, may be a slip for: at most `limit`, best first.
    ///
    /// # Errors
    /// [`SearchError::Unreadable`] where the disk fails.
    pub fn spelling(&self, word: &str, limit: usize) -> Result<Vec<Correction>, SearchError> {
        spelling::corrections(&self.inner, word, limit)
    }

    /// Services and organisations of which a word begins with `prefix`, at most `limit` of each.
    ///
    /// # Errors
    /// [`SearchError::Unreadable`] where the disk fails.
    pub fn suggest(&self, prefix: &str, limit: usize) -> Result<Vec<Suggestion>, SearchError> {
        suggest::suggestions(&self.inner, prefix, limit)
    }

    /// The place in the caller's log that the last commit named.
    #[must_use]
    pub fn followed(&self) -> u64 {
        self.inner.followed.load(Ordering::Acquire)
    }

    /// How many services can be found.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.inner.reader.searcher().num_docs()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes that the searchable segments take.
    ///
    /// # Errors
    /// [`SearchError::Unreadable`] where the disk fails.
    pub fn bytes_on_disk(&self) -> Result<u64, SearchError> {
        let usage = self.inner.reader.searcher().space_usage()?;
        Ok(usage.total().get_bytes())
    }
}

fn mapped(folder: &Path) -> Result<MmapDirectory, OpenError> {
    MmapDirectory::open(folder)
        .map_err(|error| OpenError::Io(std::io::Error::other(error.to_string())))
}

pub(crate) fn damaged(error: TantivyError) -> OpenError {
    match error {
        TantivyError::LockFailure(..) => OpenError::Busy,
        // Nothing is damaged by a disk that is full.
        TantivyError::IoError(error) if error.kind() == ErrorKind::StorageFull => {
            OpenError::Io(std::io::Error::new(ErrorKind::StorageFull, error.to_string()))
        }
        other => OpenError::Damaged { reason: other.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};
    use std::sync::Arc;

    use tantivy::TantivyError;

    use super::damaged;
    use crate::error::OpenError;

    #[test]
    fn a_full_disk_is_told_from_damage() {
        let fault =
            |kind| damaged(TantivyError::IoError(Arc::new(Error::new(kind, "of the disk"))));
        assert!(matches!(fault(ErrorKind::StorageFull), OpenError::Io(_)));
        assert!(matches!(fault(ErrorKind::UnexpectedEof), OpenError::Damaged { .. }));
    }
}
