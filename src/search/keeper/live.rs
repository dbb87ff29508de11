//! One generation of the index: opened, filled, kept in step.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError, RwLock, mpsc},
    thread,
};

use hereabouts_index::{Entry, Index, OpenError, Pace, Writer};

use super::{
    KeeperError, Progress,
    generation::{self, named_generation},
};
use crate::{
    domain::ServiceId,
    geo::Gazetteer,
    search::{
        document::{Translator, entry_id},
        surroundings::Surroundings,
    },
    store::{Change, Reading, Seq, ServiceRecord, Store, StoreError},
};

/// How many records are read from the store at once while building.
const RECORDS: usize = 500;

/// The generation in use.
pub(super) struct Live {
    pub index: Index,
    writer: Mutex<Option<Writer>>,
    pub surroundings: RwLock<Surroundings>,
    pub generation: Option<PathBuf>,
}

impl Live {
    pub fn open(generation: &Path, gazetteer: &Gazetteer) -> Result<Self, KeeperError> {
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

    pub fn writer(&self) -> MutexGuard<'_, Option<Writer>> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in the services that a batch of changes touched.
    pub fn take_in(
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
            match record.filter(|record| record.service.is_listed()) {
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
pub(super) fn usable(
    folder: &Path,
    store: &Store,
    translator: Translator<'_>,
) -> Result<Result<Live, String>, KeeperError> {
    let Some(generation) = named_generation(folder) else {
        return Ok(Err("there was none".to_owned()));
    };
    let live = match Live::open(&generation, translator.gazetteer) {
        Ok(live) => live,
        Err(KeeperError::Open(OpenError::Busy)) => return Err(OpenError::Busy.into()),
        Err(error) => return Ok(Err(error.to_string())),
    };
    if live.index.followed() > store.head()?.0 {
        return Ok(Err("it was of another directory".to_owned()));
    }
    if !generation::is_of_basis(&generation, &generation::basis(translator)) {
        return Ok(Err("it was made with another geography or vocabulary".to_owned()));
    }
    Ok(Ok(live))
}

/// Builds an index of everything in the store, in the next generation where there is a folder.
pub(super) fn build(
    folder: Option<&Path>,
    store: &Store,
    translator: Translator<'_>,
    progress: &mut dyn Progress,
) -> Result<Live, KeeperError> {
    let generation = folder.map(generation::next_generation).transpose()?;
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
        generation::save_basis(generation, &generation::basis(translator))?;
        generation::name_generation(folder, generation)?;
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
    // Reading the store takes as long as making entries, so each has a thread.
    thread::scope(|scope| {
        let (send, read) = mpsc::sync_channel::<ServiceRecord>(2 * RECORDS);
        let reading = scope.spawn(move || {
            // Whoever is told to stop has nobody left who would take more.
            store.for_each_service_record(RECORDS, |record: ServiceRecord| {
                send.send(record).map_err(|_| StoreError::Stopped)
            })
        });
        for (done, record) in (1..).zip(&read) {
            if record.service.is_listed() {
                writer.put(&live.entry(&record, translator))?;
            }
            progress.step(done, total);
        }
        match reading.join() {
            Ok(read) => Ok::<(), KeeperError>(read?),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })?;
    Ok(writer.settle(head.0)?)
}
