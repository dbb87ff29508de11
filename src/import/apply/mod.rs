//! Writes what was read: matched with what is stored, merged with it, in batches, or not at all.

mod gather;
mod matching;
mod merge;
mod missing;
mod noun;
mod work;

use std::sync::Arc;

pub use self::missing::Feeds;
use jiff::Timestamp;

use self::{
    gather::{Gathered, Parcel},
    work::{Tally, Target, Work},
};
use super::{fault::Kind, read::Portion, report::ImportReport};
use crate::{
    domain::{Route, TrustOrder},
    store::{Actor, Reading, Store, StoreError},
};

/// How many records are written in one change.
const BATCH: usize = 500;

/// Why an import could not be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the import of {source_name} could not be written: {cause}")]
pub struct ApplyError {
    pub source_name: String,
    pub cause: StoreError,
}

/// How to write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Look what would change, and write nothing.
    pub dry_run: bool,
    /// Load a feed that drops more than a tenth of its services.
    pub allow_drop: bool,
}

/// Writes a settled portion of the feeds that were read. `step` is told how many records are done, of how many.
pub fn apply(
    portion: Portion,
    feeds: &Feeds,
    store: &Store,
    options: Options,
    now: Timestamp,
    step: &mut dyn FnMut(u64, u64),
) -> Result<ImportReport, ApplyError> {
    let name = portion.source.name.clone();
    write(portion, feeds, store, options, now, step)
        .map_err(|cause| ApplyError { source_name: name, cause })
}

fn write(
    portion: Portion,
    feeds: &Feeds,
    store: &Store,
    options: Options,
    now: Timestamp,
    step: &mut dyn FnMut(u64, u64),
) -> Result<ImportReport, StoreError> {
    let Portion { source, mut reading } = portion;
    let mut report =
        ImportReport { dry_run: options.dry_run, ..ImportReport::of(&source, &reading) };
    let gone = missing::gone(feeds, &source.name, store)?;
    report.missing = gone.services.len();
    if gone.is_too_much() && !options.allow_drop {
        report.held = true;
        report.loaded = 0;
        return Ok(report);
    }
    let matches = matching::matches(&reading.drafts, &source.name, store)?;
    let before = reading.log.faults.len();
    let log = &mut reading.log;
    reading.drafts.iter_mut().for_each(|draft| matches.rename(draft, log));
    let gathered = gather::gather(&mut reading, store)?;
    report.take_faults(reading.log.faults.split_off(before));
    let mut writer = Writer {
        store,
        source: source.name.as_str().into(),
        now,
        options,
        actor: Actor::new(&format!("feed:{}", source.name), Route::Feed).because("import"),
        trust: store.trust_order()?,
        done: 0,
        total: gathered.len(),
        report: &mut report,
    };
    writer.all(&gathered, step)?;
    writer.missing(gone.services)?;
    Ok(report)
}

struct Writer<'a> {
    store: &'a Store,
    source: Arc<str>,
    now: Timestamp,
    options: Options,
    actor: Actor,
    trust: TrustOrder,
    done: usize,
    total: usize,
    report: &'a mut ImportReport,
}

impl Writer<'_> {
    /// Organisations and locations before the services that refer to them.
    fn all(
        &mut self,
        gathered: &Gathered,
        step: &mut dyn FnMut(u64, u64),
    ) -> Result<(), StoreError> {
        self.each(&gathered.organisations, step, |work, (origin, record)| {
            work.one(&record, &origin)
        })?;
        self.each(&gathered.locations, step, |work, (origin, record)| work.one(&record, &origin))?;
        self.each(&gathered.parcels, step, |work, parcel: Parcel| work.parcel(&parcel))
    }

    fn each<T: Clone + Send + 'static>(
        &mut self,
        items: &[T],
        step: &mut dyn FnMut(u64, u64),
        write: impl Fn(&mut Work<'_, '_>, T) -> Result<(), StoreError> + Clone + Send + 'static,
    ) -> Result<(), StoreError> {
        for batch in items.chunks(BATCH) {
            let (batch, write) = (batch.to_vec(), write.clone());
            self.done += batch.len();
            let (source, now) = (Arc::clone(&self.source), self.now);
            let trust = self.trust.clone();
            let tally = if self.options.dry_run {
                let mut work = Work {
                    target: Target::Look(self.store),
                    source: &source,
                    trust: &trust,
                    now,
                    tally: Tally::default(),
                };
                batch.into_iter().try_for_each(|item| write(&mut work, item))?;
                work.tally
            } else {
                let changed = self.store.change(&self.actor, self.now, move |changes| {
                    let mut work = Work {
                        target: Target::Write(changes),
                        source: &source,
                        trust: &trust,
                        now,
                        tally: Tally::default(),
                    };
                    batch.into_iter().try_for_each(|item| write(&mut work, item))?;
                    Ok(work.tally)
                })?;
                changed.value
            };
            self.add(tally);
            step(self.done as u64, self.total as u64);
        }
        Ok(())
    }

    fn add(&mut self, tally: Tally) {
        self.report.added += tally.added;
        self.report.changed += tally.changed;
        self.report.unchanged += tally.unchanged;
        let refused = tally.log.faults.iter().filter(|fault| fault.kind == Kind::Refused).count();
        self.report.refused += refused;
        self.report.loaded = self.report.loaded.saturating_sub(refused);
        self.report.take_faults(tally.log.faults);
    }

    /// Marks what is gone, and notes that the import has ended.
    fn missing(&mut self, gone: Vec<crate::domain::ServiceId>) -> Result<(), StoreError> {
        if self.options.dry_run {
            return Ok(());
        }
        let (source, now) = (Arc::clone(&self.source), self.now);
        let changed = self.store.change(&self.actor, self.now, move |changes| {
            let marked = missing::mark(&gone, &source, changes, now)?;
            changes.note_import(&source)?;
            Ok(marked)
        })?;
        self.report.changed += changed.value;
        Ok(())
    }
}
