//! Changing the index.

use std::sync::atomic::Ordering;

use tantivy::indexer::{IndexWriterOptions, LogMergePolicy, NoMergePolicy};
use tantivy::query::AllQuery;
use tantivy::{IndexWriter, Term};

use crate::document::document;
use crate::entry::{Entry, EntryId};
use crate::error::{OpenError, WriteError};
use crate::index::{Index, damaged};
use crate::payload::Payload;

/// How much of the machine a writer may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// A few entries at a time beside searches: one thread, one small segment for each commit.
    Live,
    /// The whole index at once: two threads with room.
    Rebuild,
}

impl Pace {
    fn options(self) -> IndexWriterOptions {
        let (threads, bytes) = match self {
            Self::Live => (1, 32_000_000),
            Self::Rebuild => (2, 96_000_000),
        };
        IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread(bytes)
            .num_merge_threads(threads)
            .build()
    }
}

/// A segment is merged away once this share of it is deleted, so that counts of words stay true.
const MOST_DELETED: f32 = 0.3;

/// The one writer. What it was given since the last commit is lost when it is dropped.
pub struct Writer {
    index: Index,
    tantivy: IndexWriter,
    pace: Pace,
}

impl Writer {
    pub(crate) fn new(index: Index, pace: Pace) -> Result<Self, OpenError> {
        let made = index.inner.tantivy.writer_with_options(pace.options());
        let tantivy: IndexWriter = made.map_err(damaged)?;
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(MOST_DELETED);
        // A rebuild ends with one merge of everything; one that began by itself would get in its way.
        match pace {
            Pace::Rebuild => tantivy.set_merge_policy(Box::new(NoMergePolicy)),
            Pace::Live => tantivy.set_merge_policy(Box::new(policy)),
        }
        // A writer that was killed leaves files behind that no commit names.
        tantivy.garbage_collect_files().wait().map_err(damaged)?;
        Ok(Self { index, tantivy, pace })
    }

    /// Adds an entry, in place of any with the same id. A rebuild begins with none and is given
    /// each once, so that it need not look for one to replace.
    ///
    /// # Errors
    /// [`WriteError`] where indexing stopped; nothing since the last commit is kept then.
    pub fn put(&mut self, entry: &Entry) -> Result<(), WriteError> {
        if self.pace == Pace::Live {
            self.remove(entry.id);
        }
        let fields = &self.index.inner.fields;
        self.tantivy.add_document(document(fields, entry))?;
        Ok(())
    }

    /// Removes the entry with this id, if there is one.
    pub fn remove(&mut self, id: EntryId) {
        let term = Term::from_field_bytes(self.index.inner.fields.id, &id.0);
        self.tantivy.delete_term(term);
    }

    /// Removes every entry.
    ///
    /// # Errors
    /// [`WriteError`] where indexing stopped.
    pub fn clear(&mut self) -> Result<(), WriteError> {
        // Not `delete_all_documents`: that would spare what was put since the last commit.
        self.tantivy.delete_query(Box::new(AllQuery))?;
        Ok(())
    }

    /// Makes all changes since the last commit durable and searchable, at once and together with
    /// `followed`, the caller's place in its own log.
    ///
    /// # Errors
    /// [`WriteError`] where the disk failed; the last commit stands.
    pub fn commit(&mut self, followed: u64) -> Result<(), WriteError> {
        let mut prepared = self.tantivy.prepare_commit()?;
        prepared.set_payload(&Payload::now(followed).to_text());
        prepared.commit()?;
        self.show(followed)
    }

    /// Merges all segments into one and commits: for after a rebuild, when searches profit most.
    ///
    /// # Errors
    /// [`WriteError`] where the disk failed; the last commit stands.
    pub fn settle(&mut self, followed: u64) -> Result<(), WriteError> {
        self.commit(followed)?;
        let segments = self.index.inner.tantivy.searchable_segment_ids()?;
        if segments.len() > 1 {
            self.tantivy.merge(&segments).wait()?;
        }
        self.show(followed)?;
        self.tantivy.garbage_collect_files().wait()?;
        Ok(())
    }

    /// Lets searches see the last commit.
    fn show(&mut self, followed: u64) -> Result<(), WriteError> {
        self.index.inner.reader.reload()?;
        self.index.inner.followed.store(followed, Ordering::Release);
        Ok(())
    }
}
