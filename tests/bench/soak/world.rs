//! The directory of the soak, and those who ask it.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Instant,
};

use hereabouts::{
    demonstration,
    domain::ServiceId,
    geo::Gazetteer,
    search::{Keeper, Question, Search, Settings},
    store::{Reading, ServiceRecord, Store, StoreError},
    vocabulary::Vocabulary,
};
use jiff::Timestamp;

use crate::{Asked, Fault, copies, timings::Reads};

/// The day on which the services were made.
const NOW: &str = "2026-11-22T12:00:00Z";

/// A directory that is read and written.
pub struct Soak {
    pub store: Store,
    pub search: Search,
    pub keeper: Arc<Keeper>,
    pub gazetteer: Arc<Gazetteer>,
    pub ids: Vec<ServiceId>,
    pub names: Vec<String>,
    pub now: Timestamp,
}

impl Soak {
    pub fn over(state: &Path, asked: &Asked) -> Result<Self, Fault> {
        let now: Timestamp = NOW.parse()?;
        let store = Store::open(state, now)?;
        let gazetteer = if asked.state.is_some() {
            Arc::new(Gazetteer::open(&state.join("geo")).0)
        } else {
            let gazetteer = Arc::new(demonstration::over(&Gazetteer::shipped()));
            demonstration::load(&store, &gazetteer, now)?;
            copies::write_again(&store, asked.services, now);
            gazetteer
        };
        let vocabulary = Vocabulary::shipped();
        let index = state.join("index");
        let (keeper, _) =
            Keeper::open(&index, &store, gazetteer.clone(), vocabulary, &mut |_, _| {})?;
        let keeper = Arc::new(keeper);
        let search = Search::new(
            store.clone(),
            gazetteer.clone(),
            vocabulary,
            Settings::default(),
            keeper.clone(),
        );
        let (mut ids, mut names) = (Vec::new(), Vec::new());
        store.for_each_service_record(500, |record: ServiceRecord| -> Result<(), StoreError> {
            if names.len() < 2_000 {
                names.push(record.service.name.clone());
            }
            ids.push(record.service.id);
            Ok(())
        })?;
        Ok(Self { store, search, keeper, gazetteer, ids, names, now })
    }

    /// Asks one question after the other until told to stop.
    pub fn read(
        &self,
        number: usize,
        stop: &AtomicBool,
        writing: &AtomicBool,
        failed: &AtomicUsize,
    ) -> Reads {
        let mut reads = Reads::default();
        let mut at = number * 7;
        while !stop.load(Ordering::Acquire) {
            at += 1;
            let question = self.question(at);
            let beside = writing.load(Ordering::Acquire);
            let began = Instant::now();
            if self.search.ask(&question, Vec::new(), self.now).is_err() {
                failed.fetch_add(1, Ordering::AcqRel);
            }
            let took = began.elapsed().as_secs_f64() * 1e3;
            if beside { reads.beside.push(took) } else { reads.alone.push(took) }
        }
        reads
    }

    /// A question in turn: words, words and place, needs with a filter, a name, a slip.
    fn question(&self, at: usize) -> Question {
        let name = &self.names[at * 31 % self.names.len()];
        let pairs: Vec<(&str, String)> = match at % 5 {
            0 => vec![("q", "lonely".to_owned()), ("near", "WN1".to_owned())],
            1 => vec![("q", name.clone())],
            2 => vec![
                ("need", "debt".to_owned()),
                ("near", "Leigh".to_owned()),
                ("cost", "free".to_owned()),
            ],
            3 => vec![
                ("q", "walking group".to_owned()),
                ("near", "M1".to_owned()),
                ("age", "70".to_owned()),
            ],
            _ => vec![("q", name.replacen(['a', 'e', 'o'], "", 1))],
        };
        let pairs: Vec<(String, String)> =
            pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        Question::read(&pairs).0
    }
}
