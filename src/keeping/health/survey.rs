//! Every listing as facts in memory, in step with the store: read once as a whole, and from then
//! on only what the change log says has changed.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, TryLockError},
    thread,
    time::Duration,
};

use jiff::Timestamp;

use super::facts::{Facts, Numbers};
use crate::{
    domain::{OrganisationId, PartnershipId, Person, ServiceId},
    geo::Gazetteer,
    keeping::{
        duplicates::{Pair, pairs},
        error::KeepingError,
        organisations::{self, OrganisationPair},
    },
    store::{Change, Page, Reading, Seq, ServiceRecord, Store, StoreError, SubjectKind},
};

/// How many records or changes are in memory at a time.
const BATCH: usize = 500;
/// The most open reports that are counted.
const MOST_REPORTS: usize = 100_000;

/// How often, and how far apart, it is tried to look while somebody else does: 3 seconds in all.
const TRIES: u32 = 60;
const BETWEEN_TRIES: Duration = Duration::from_millis(50);

/// What stewards' figures are counted from. Cheap to clone; clones are the same survey.
#[derive(Clone, Default)]
pub struct Survey {
    known: Arc<Mutex<Known>>,
}

/// What is known of the directory.
#[derive(Default)]
pub(in crate::keeping) struct Known {
    /// How far in the change log this is; nothing before the first look.
    followed: Option<Seq>,
    pub numbers: Numbers,
    pub listings: HashMap<ServiceId, Facts>,
    /// The organisations that somebody looks after.
    pub claimed: HashSet<OrganisationId>,
    pub reported: HashMap<ServiceId, Reported>,
    /// Listings that may be the same, once somebody asked since the last change.
    pairs: Option<Arc<[Pair]>>,
    /// Organisations that may be the same, likewise.
    organisation_pairs: Option<Arc<[OrganisationPair]>>,
}

/// The open reports about a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::keeping) struct Reported {
    pub count: usize,
    pub oldest: Timestamp,
}

impl Survey {
    /// Looks at what is known, once it is in step with the store. Whoever comes while the whole is
    /// read waits a little, so that it is read once and not by everybody, and then gives way to
    /// others who want something else.
    pub(in crate::keeping) fn look<T>(
        &self,
        store: &Store,
        gazetteer: &Gazetteer,
        look: impl FnOnce(&Known) -> T,
    ) -> Result<T, KeepingError> {
        self.look_closely(store, gazetteer, |known| look(known))
    }

    /// The same for what is worked out of it and kept until something changes.
    pub(in crate::keeping) fn look_closely<T>(
        &self,
        store: &Store,
        gazetteer: &Gazetteer,
        look: impl FnOnce(&mut Known) -> T,
    ) -> Result<T, KeepingError> {
        let mut known = self.lock().ok_or(KeepingError::StillReading)?;
        known.follow(store, gazetteer)?;
        Ok(look(&mut known))
    }

    fn lock(&self) -> Option<MutexGuard<'_, Known>> {
        for _ in 0..TRIES {
            match self.known.try_lock() {
                Ok(known) => return Some(known),
                Err(TryLockError::Poisoned(broken)) => {
                    // Whoever panicked may have left it half done.
                    let mut known = broken.into_inner();
                    known.followed = None;
                    self.known.clear_poison();
                    return Some(known);
                }
                Err(TryLockError::WouldBlock) => thread::sleep(BETWEEN_TRIES),
            }
        }
        None
    }
}

impl Known {
    /// Organisations that may be the same.
    pub fn organisation_pairs(&mut self) -> Arc<[OrganisationPair]> {
        if let Some(pairs) = &self.organisation_pairs {
            return Arc::clone(pairs);
        }
        let marks = self.listings.values().map(|facts| (facts.organisation, &facts.marks));
        let pairs: Arc<[OrganisationPair]> = organisations::pairs(marks).into();
        self.organisation_pairs = Some(Arc::clone(&pairs));
        pairs
    }

    /// Listings that may be the same.
    pub fn pairs(&mut self) -> Arc<[Pair]> {
        if let Some(pairs) = &self.pairs {
            return Arc::clone(pairs);
        }
        let listings = self.listings.values().map(|facts| (facts.id, &facts.marks));
        let found: Arc<[Pair]> = pairs(listings).into();
        self.pairs = Some(Arc::clone(&found));
        found
    }

    fn follow(&mut self, store: &Store, gazetteer: &Gazetteer) -> Result<(), StoreError> {
        let mut at = match self.followed {
            Some(at) => at,
            None => self.read_all(store, gazetteer)?,
        };
        loop {
            let changes = store.changes_since(at, BATCH)?;
            let Some(last) = changes.last() else { break };
            at = last.seq;
            self.take_in(&changes, store, gazetteer)?;
            self.followed = Some(at);
        }
        self.followed = Some(at);
        Ok(())
    }

    /// Reads everything, and gives the place in the log from which on changes may be missing.
    fn read_all(&mut self, store: &Store, gazetteer: &Gazetteer) -> Result<Seq, StoreError> {
        let head = store.head()?;
        let partnerships = partnerships(store)?;
        self.listings.clear();
        self.forget_pairs();
        store.for_each_service_record(BATCH, |record| {
            let of_theirs = partnerships.get(&record.service.id).into_iter().flatten();
            let all = record.service.partnerships.iter().chain(of_theirs).copied().collect();
            self.keep(&record, all, gazetteer);
            Ok::<_, StoreError>(())
        })?;
        self.read_people(store)?;
        self.read_reports(store)?;
        Ok(head)
    }

    fn take_in(
        &mut self,
        changes: &[Change],
        store: &Store,
        gazetteer: &Gazetteer,
    ) -> Result<(), StoreError> {
        let mut touched = BTreeSet::new();
        for change in changes {
            touched.extend(store.services_touched_by(change)?);
        }
        self.read_again(&touched.into_iter().collect::<Vec<_>>(), store, gazetteer)?;
        let has = |kind| changes.iter().any(|change| change.subject.kind() == kind);
        if has(SubjectKind::Person) {
            self.read_people(store)?;
        }
        if has(SubjectKind::Report) {
            self.read_reports(store)?;
        }
        Ok(())
    }

    fn read_again(
        &mut self,
        ids: &[ServiceId],
        store: &Store,
        gazetteer: &Gazetteer,
    ) -> Result<(), StoreError> {
        for some in ids.chunks(BATCH) {
            self.forget_pairs();
            for id in some {
                self.listings.remove(id);
            }
            for record in store.services_by_ids(some)? {
                let all = store.list_partnerships_of_service(record.service.id)?;
                let all = all.iter().map(|partnership| partnership.id).collect();
                self.keep(&record, all, gazetteer);
            }
        }
        Ok(())
    }

    fn keep(
        &mut self,
        record: &ServiceRecord,
        partnerships: BTreeSet<PartnershipId>,
        gazetteer: &Gazetteer,
    ) {
        if record.service.is_listed() {
            let facts = Facts::of(record, partnerships, gazetteer, &mut self.numbers);
            self.listings.insert(facts.id, facts);
        }
    }

    fn forget_pairs(&mut self) {
        self.pairs = None;
        self.organisation_pairs = None;
    }

    fn read_people(&mut self, store: &Store) -> Result<(), StoreError> {
        let people = store.everybody()?;
        self.claimed = people.iter().flat_map(Person::organisations).collect();
        Ok(())
    }

    fn read_reports(&mut self, store: &Store) -> Result<(), StoreError> {
        self.reported.clear();
        for report in store.list_open_reports(MOST_REPORTS)? {
            let first = Reported { count: 0, oldest: report.at };
            let known = self.reported.entry(report.service).or_insert(first);
            known.count += 1;
            known.oldest = known.oldest.min(report.at);
        }
        Ok(())
    }
}

/// The services that partnerships say are theirs.
fn partnerships(store: &Store) -> Result<HashMap<ServiceId, Vec<PartnershipId>>, StoreError> {
    let mut found: HashMap<ServiceId, Vec<PartnershipId>> = HashMap::new();
    let mut skip = 0;
    loop {
        let some = store.list_partnerships(Page { skip, limit: BATCH })?.items;
        if some.is_empty() {
            return Ok(found);
        }
        skip += some.len();
        for partnership in &some {
            let on_the_way = partnership.pathway.iter().flat_map(|stage| &stage.services);
            for service in partnership.services.iter().chain(on_the_way) {
                found.entry(*service).or_default().push(partnership.id);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(survey: &Survey) -> Result<usize, KeepingError> {
        let store = Store::in_memory()?;
        survey.look(&store, &Gazetteer::shipped(), |known| known.listings.len())
    }

    #[test]
    fn who_comes_while_it_is_read_waits_a_little_and_then_gives_way() {
        let survey = Survey::default();
        let reading = survey.known.lock().unwrap();
        assert_eq!(look(&survey), Err(KeepingError::StillReading));
        drop(reading);
        assert_eq!(look(&survey), Ok(0));
    }

    #[test]
    fn after_a_panic_it_is_read_anew() {
        let survey = Survey::default();
        assert_eq!(look(&survey), Ok(0));
        let broken = survey.clone();
        let panicked = thread::spawn(move || {
            let _known = broken.known.lock().unwrap();
            panic!("for a test");
        });
        assert!(panicked.join().is_err());
        assert_eq!(look(&survey), Ok(0));
        assert!(survey.known.lock().is_ok());
    }
}
