//! Keeping the index: opened, built anew where it cannot be used, and in step with the store.
//!
//! The index lives in numbered generations under one folder; a small file names the one in use.
//! A new one is built beside it and takes its place by one rename, so that whatever happens
//! there is either the old or the new one.

mod generation;
mod live;

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use hereabouts_index::{
    Answer, Correction, Facet, OpenError, Query, SearchError, Supply, WriteError,
};

pub use self::generation::named_generation;
use self::live::{Live, build, usable};
use super::document::Translator;
use crate::{
    domain::Point,
    geo::Gazetteer,
    store::{Reading, Seq, Store, StoreError},
    vocabulary::Vocabulary,
};

/// How many changes are taken in at once.
const BATCH: usize = 1_000;
/// The keeper of the index. One for each process that serves.
pub struct Keeper {
    folder: Option<PathBuf>,
    gazetteer: Arc<Gazetteer>,
    vocabulary: &'static Vocabulary,
    live: RwLock<Arc<Live>>,
}

/// In what state the index was found, and what was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It could be used as it was.
    Found,
    /// It was built anew, for the reason given.
    Built { why: String },
}

/// What building came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rebuilt {
    pub services: u64,
    pub followed: Seq,
}

/// Told how many services of how many have been taken in.
pub trait Progress {
    /// `done` of `total` services are in the index.
    fn step(&mut self, done: u64, total: u64);
}

impl<F: FnMut(u64, u64)> Progress for F {
    fn step(&mut self, done: u64, total: u64) {
        self(done, total);
    }
}

/// What keeps the index from being kept.
#[derive(Debug, thiserror::Error)]
pub enum KeeperError {
    #[error("the index could not be opened: {0}")]
    Open(#[from] OpenError),
    #[error("the index could not be written: {0}")]
    Write(#[from] WriteError),
    #[error("the index could not be searched: {0}")]
    Search(#[from] SearchError),
    #[error("the store could not be read for the index: {0}")]
    Store(#[from] StoreError),
    #[error("the index folder {path} could not be used: {source}", path = path.display())]
    Folder { path: PathBuf, source: io::Error },
}

impl Keeper {
    /// Opens the index in `folder`, or builds it where it is missing, damaged, of another format
    /// or of another directory than the store; then takes in what changed since.
    pub fn open(
        folder: &Path,
        store: &Store,
        gazetteer: Arc<Gazetteer>,
        vocabulary: &'static Vocabulary,
        progress: &mut dyn Progress,
    ) -> Result<(Self, Standing), KeeperError> {
        let translator = Translator { gazetteer: &gazetteer, vocabulary };
        let (live, standing) = match usable(folder, store, translator)? {
            Ok(live) => (live, Standing::Found),
            Err(why) => {
                let live = build(Some(folder), store, translator, progress)?;
                (live, Standing::Built { why })
            }
        };
        let live = RwLock::new(Arc::new(live));
        let keeper = Self { folder: Some(folder.to_owned()), gazetteer, vocabulary, live };
        keeper.follow(store)?;
        Ok((keeper, standing))
    }

    /// Builds the index anew in a folder that another process may be serving from: that one takes
    /// the new generation up by itself.
    pub fn build(
        folder: &Path,
        store: &Store,
        gazetteer: &Gazetteer,
        vocabulary: &'static Vocabulary,
        progress: &mut dyn Progress,
    ) -> Result<Rebuilt, KeeperError> {
        let translator = Translator { gazetteer, vocabulary };
        let built = build(Some(folder), store, translator, progress)?;
        Ok(Rebuilt { services: built.index.len(), followed: Seq(built.index.followed()) })
    }

    /// An index in memory, for tests and trials.
    pub fn in_memory(
        store: &Store,
        gazetteer: Arc<Gazetteer>,
        vocabulary: &'static Vocabulary,
    ) -> Result<Self, KeeperError> {
        let translator = Translator { gazetteer: &gazetteer, vocabulary };
        let live = build(None, store, translator, &mut |_, _| {})?;
        Ok(Self { folder: None, gazetteer, vocabulary, live: RwLock::new(Arc::new(live)) })
    }

    /// Takes in what changed in the store since the index last looked. Returns how many services.
    pub fn follow(&self, store: &Store) -> Result<usize, KeeperError> {
        self.reopen_if_replaced()?;
        let live = self.live();
        let mut touched = 0;
        loop {
            let changes = store.changes_since(Seq(live.index.followed()), BATCH)?;
            let Some(last) = changes.last().map(|change| change.seq) else {
                return Ok(touched);
            };
            touched += live.take_in(store, &changes, last, self.translator())?;
        }
    }

    /// Searches the generation in use.
    pub fn search(&self, query: &Query) -> Result<Answer, SearchError> {
        self.live().index.search(query)
    }

    /// What each query finds, counted by the values of a facet, in the generation in use.
    pub fn supply(&self, queries: &[Query], facet: Facet) -> Result<Vec<Supply>, SearchError> {
        self.live().index.supply(queries, facet)
    }

    /// The nearest words that listings have.
    pub fn spelling(&self, word: &str) -> Result<Vec<Correction>, SearchError> {
        self.live().index.spelling(word, 3)
    }

    /// Whether any listing has a word.
    pub fn knows(&self, word: &str) -> Result<bool, SearchError> {
        self.live().index.knows(word)
    }

    /// Names of services and organisations that a text may be the beginning of.
    pub fn names(
        &self,
        prefix: &str,
        limit: usize,
    ) -> Result<Vec<hereabouts_index::Suggestion>, SearchError> {
        self.live().index.suggest(prefix, limit)
    }

    /// Codes of the drawn areas that hold a point.
    #[must_use]
    pub fn drawn_at(&self, point: Point) -> Vec<String> {
        let live = self.live();
        let surroundings = live.surroundings.read().unwrap_or_else(PoisonError::into_inner);
        surroundings.drawn.containing(point).into_iter().map(|code| code.0).collect()
    }

    /// The middle of the venues listed.
    #[must_use]
    pub fn middle(&self) -> Option<Point> {
        let live = self.live();
        let surroundings = live.surroundings.read().unwrap_or_else(PoisonError::into_inner);
        surroundings.middle()
    }

    /// How many services can be found, and up to which change.
    #[must_use]
    pub fn state(&self) -> Rebuilt {
        let live = self.live();
        Rebuilt { services: live.index.len(), followed: Seq(live.index.followed()) }
    }

    /// Bytes of the index on disk.
    pub fn bytes_on_disk(&self) -> Result<u64, SearchError> {
        self.live().index.bytes_on_disk()
    }

    fn translator(&self) -> Translator<'_> {
        Translator { gazetteer: &self.gazetteer, vocabulary: self.vocabulary }
    }

    fn live(&self) -> Arc<Live> {
        self.live.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn take(&self, built: Live) {
        let new = Arc::new(built);
        let mut live = self.live.write().unwrap_or_else(PoisonError::into_inner);
        let old = std::mem::replace(&mut *live, new.clone());
        drop(live);
        // Searches that are under way keep their files open, so the old folder may go at once.
        if let Some(folder) =
            old.generation.as_ref().filter(|old| Some(*old) != new.generation.as_ref())
        {
            drop(old.writer().take());
            let _ = fs::remove_dir_all(folder);
        }
    }

    /// Another process may have built the index anew.
    fn reopen_if_replaced(&self) -> Result<(), KeeperError> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let named = named_generation(folder);
        if named.is_none() || named == self.live().generation {
            return Ok(());
        }
        if let Some(generation) = named {
            self.take(Live::open(&generation, &self.gazetteer)?);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
