//! Keeping the index: opened, built anew where it cannot be used, and in step with the store.
//!
//! The index lives in numbered generations under one folder; a small file names the one in use.
//! A new one is built beside it and takes its place by one rename, so that whatever happens
//! there is either the old or the new one.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};

use crate::{
    domain::{Point, ServiceId},
    geo::Gazetteer,
    store::{Change, Reading, Seq, ServiceRecord, Store, StoreError},
    vocabulary::Vocabulary,
};
use hereabouts_index::{
    Answer, Correction, Entry, Index, OpenError, Pace, Query, SearchError, WriteError, Writer,
};

use super::{
    document::{Translator, entry_id, is_listed},
    surroundings::Surroundings,
};

/// How many changes are taken in at once.
const BATCH: usize = 1_000;
/// How many records are read from the store at once while building.
const RECORDS: usize = 500;
/// The file that names the generation in use.
const CURRENT: &str = "current";

/// The keeper of the index. One for each process that serves.
pub struct Keeper {
    folder: Option<PathBuf>,
    gazetteer: Arc<Gazetteer>,
    vocabulary: &'static Vocabulary,
    live: RwLock<Arc<Live>>,
}

/// The generation in use.
struct Live {
    index: Index,
    writer: Mutex<Option<Writer>>,
    surroundings: RwLock<Surroundings>,
    generation: Option<PathBuf>,
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
        let (live, standing) = match usable(folder, store, &gazetteer)? {
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

    /// The nearest words that listings have.
    pub fn spelling(&self, word: &str) -> Result<Vec<Correction>, SearchError> {
        self.live().index.spelling(word, 3)
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

impl Live {
    fn open(generation: &Path, gazetteer: &Gazetteer) -> Result<Self, KeeperError> {
        let index = Index::open(generation)?;
        let surroundings = Surroundings::load(generation, gazetteer)
            .map_err(|source| KeeperError::Folder { path: generation.to_owned(), source })?;
        Ok(Self {
            index,
            writer: Mutex::new(None),
            surroundings: RwLock::new(surroundings),
            generation: Some(generation.to_owned()),
        })
    }

    fn writer(&self) -> MutexGuard<'_, Option<Writer>> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in the services that a batch of changes touched.
    fn take_in(
        &self,
        store: &Store,
        changes: &[Change],
        last: Seq,
        translator: Translator<'_>,
    ) -> Result<usize, KeeperError> {
        let mut ids: Vec<ServiceId> = Vec::new();
        for change in changes {
            ids.extend(store.services_touched_by(change)?);
        }
        ids.sort();
        ids.dedup();
        let mut slot = self.writer();
        if slot.is_none() {
            *slot = Some(self.index.writer(Pace::Live)?);
        }
        let Some(writer) = slot.as_mut() else { return Ok(0) };
        for some in ids.chunks(RECORDS) {
            self.replace(some, &store.services_by_ids(some)?, writer, translator)?;
        }
        self.save_surroundings()?;
        if let Err(error) = writer.commit(last.0) {
            // A writer that failed keeps nothing; the next round begins with a new one.
            *slot = None;
            return Err(error.into());
        }
        Ok(ids.len())
    }

    fn replace(
        &self,
        ids: &[ServiceId],
        records: &[ServiceRecord],
        writer: &mut Writer,
        translator: Translator<'_>,
    ) -> Result<(), KeeperError> {
        for id in ids {
            let record = records.iter().find(|record| record.service.id == *id);
            match record.filter(|record| is_listed(&record.service)) {
                Some(record) => writer.put(&self.entry(record, translator))?,
                None => writer.remove(entry_id(*id)),
            }
        }
        Ok(())
    }

    fn entry(&self, record: &ServiceRecord, translator: Translator<'_>) -> Entry {
        let entry = translator.entry(record);
        let mut surroundings = self.surroundings.write().unwrap_or_else(PoisonError::into_inner);
        surroundings.add(record, &entry, translator.gazetteer);
        entry
    }

    fn save_surroundings(&self) -> Result<(), KeeperError> {
        let Some(folder) = &self.generation else { return Ok(()) };
        let mut surroundings = self.surroundings.write().unwrap_or_else(PoisonError::into_inner);
        surroundings
            .save(folder)
            .map_err(|source| KeeperError::Folder { path: folder.clone(), source })
    }
}

/// The index that is there, or the reason why it cannot be used.
fn usable(
    folder: &Path,
    store: &Store,
    gazetteer: &Gazetteer,
) -> Result<Result<Live, String>, KeeperError> {
    let Some(generation) = named_generation(folder) else {
        return Ok(Err("there was none".to_owned()));
    };
    let live = match Live::open(&generation, gazetteer) {
        Ok(live) => live,
        Err(KeeperError::Open(OpenError::Busy)) => return Err(OpenError::Busy.into()),
        Err(error) => return Ok(Err(error.to_string())),
    };
    if live.index.followed() > store.head()?.0 {
        return Ok(Err("it was of another directory".to_owned()));
    }
    Ok(Ok(live))
}

/// The generation that a folder names as the one in use.
#[must_use]
pub fn named_generation(folder: &Path) -> Option<PathBuf> {
    let name = fs::read_to_string(folder.join(CURRENT)).ok()?;
    let name = name.trim();
    let sound = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    sound.then(|| folder.join(name))
}

/// Builds an index of everything in the store, in the next generation where there is a folder.
fn build(
    folder: Option<&Path>,
    store: &Store,
    translator: Translator<'_>,
    progress: &mut dyn Progress,
) -> Result<Live, KeeperError> {
    let generation = folder.map(next_generation).transpose()?;
    let index = match &generation {
        Some(path) => Index::create(path)?,
        None => Index::in_memory()?,
    };
    let head = store.head()?;
    let live = Live {
        index,
        writer: Mutex::new(None),
        surroundings: RwLock::new(Surroundings::default()),
        generation,
    };
    fill(&live, store, translator, progress, head)?;
    live.save_surroundings()?;
    if let (Some(folder), Some(generation)) = (folder, &live.generation) {
        name_generation(folder, generation)?;
    }
    Ok(live)
}

fn fill(
    live: &Live,
    store: &Store,
    translator: Translator<'_>,
    progress: &mut dyn Progress,
    head: Seq,
) -> Result<(), KeeperError> {
    let mut writer = live.index.writer(Pace::Rebuild)?;
    let total = store.counts()?.services;
    let mut done = 0;
    store.for_each_service_record(RECORDS, |record: ServiceRecord| -> Result<(), KeeperError> {
        if is_listed(&record.service) {
            writer.put(&live.entry(&record, translator))?;
        }
        done += 1;
        progress.step(done, total);
        Ok(())
    })?;
    Ok(writer.settle(head.0)?)
}

/// A folder for the next generation, emptied of what an interrupted build left there.
fn next_generation(folder: &Path) -> Result<PathBuf, KeeperError> {
    let at = |path: &Path, source: io::Error| KeeperError::Folder { path: path.to_owned(), source };
    fs::create_dir_all(folder).map_err(|error| at(folder, error))?;
    let current = named_generation(folder);
    let mut newest = 0_u64;
    for entry in fs::read_dir(folder).map_err(|error| at(folder, error))? {
        let path = entry.map_err(|error| at(folder, error))?.path();
        let Some(number) = generation_number(&path) else { continue };
        newest = newest.max(number);
        if current.as_ref() != Some(&path) {
            fs::remove_dir_all(&path).map_err(|error| at(&path, error))?;
        }
    }
    let next = folder.join(format!("generation-{}", newest + 1));
    fs::create_dir(&next).map_err(|error| at(&next, error))?;
    Ok(next)
}

fn generation_number(path: &Path) -> Option<u64> {
    path.file_name()?.to_str()?.strip_prefix("generation-")?.parse().ok()
}

fn name_generation(folder: &Path, generation: &Path) -> Result<(), KeeperError> {
    let name = generation.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let (new, current) = (folder.join("current.new"), folder.join(CURRENT));
    let named = fs::write(&new, name)
        .and_then(|()| fs::File::open(&new)?.sync_all())
        .and_then(|()| fs::rename(&new, &current));
    named.map_err(|source| KeeperError::Folder { path: current, source })
}
