//! Reading and writing for as long as is asked: `cargo bench --bench soak -- [--minutes M]
//! [--services N] [--changes-an-hour N] [--state DIR]`.
//!
//! Two readers ask questions all the time. For the first quarter nobody writes; from then on
//! somebody states capacity, a batch of 500 listings is edited now and then as an import would, and
//! the index follows. Prints how fast answers came without and with that, how long a statement took
//! until it was durable and until a search showed it, and how memory went. Ends with an error when
//! memory grew by more than a tenth and 32 MB between the second quarter and the last, when an answer
//! failed, or when a statement that was acknowledged is not in the store and the index afterwards.
//!
//! `--state` is a state that `hereabouts generate` filled, which is changed; without it the
//! demonstration is written again until there are N services (5,000), in a folder that goes.

mod copies;

use std::{
    collections::HashMap,
    error::Error,
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use hereabouts::{
    demonstration,
    domain::{Author, Capacity, CapacityId, CapacityStatus, Route, ServiceId},
    geo::Gazetteer,
    search::{Found, Keeper, Question, Search, Settings},
    store::{Actor, Reading, ServiceRecord, Store, StoreError},
    vocabulary::Vocabulary,
};
use jiff::{SignedDuration, Timestamp};

/// The day on which the services were made.
const NOW: &str = "2026-11-22T12:00:00Z";
/// A batch of listings is edited every so many statements.
const STATEMENTS_A_BATCH: usize = 50;
const BATCH: usize = 500;
/// Memory may differ by so much whatever is done.
const SLACK: u64 = 32_000_000;

type Fault = Box<dyn Error + Send + Sync>;

struct Asked {
    minutes: f64,
    services: usize,
    changes_an_hour: f64,
    state: Option<PathBuf>,
}

struct Soak {
    store: Store,
    search: Search,
    keeper: Arc<Keeper>,
    gazetteer: Arc<Gazetteer>,
    ids: Vec<ServiceId>,
    names: Vec<String>,
    now: Timestamp,
}

fn main() -> Result<(), Fault> {
    let asked = asked()?;
    let folder = tempfile::tempdir()?;
    let state = asked.state.clone().unwrap_or_else(|| folder.path().to_owned());
    let soak = Soak::over(&state, &asked)?;
    println!(
        "{} services, {} minutes, {} changes an hour",
        soak.ids.len(),
        asked.minutes,
        asked.changes_an_hour
    );
    let whole = Duration::from_secs_f64(asked.minutes * 60.0);
    let (stop, writing) = (AtomicBool::new(false), AtomicBool::new(false));
    let failed = AtomicUsize::new(0);
    let outcome = thread::scope(|scope| -> Result<_, Fault> {
        let readers: Vec<_> = (0..2)
            .map(|number| {
                let (soak, stop, writing, failed) = (&soak, &stop, &writing, &failed);
                scope.spawn(move || soak.read(number, stop, writing, failed))
            })
            .collect();
        let mut memory = vec![];
        pause(whole / 4, &mut memory);
        writing.store(true, Ordering::Release);
        let writer = {
            let (soak, stop, asked) = (&soak, &stop, &asked);
            scope.spawn(move || soak.write(asked.changes_an_hour, stop))
        };
        pause(whole * 3 / 4, &mut memory);
        stop.store(true, Ordering::Release);
        let mut reads = Reads::default();
        for reader in readers {
            reads.add(reader.join().map_err(|_| "a reader panicked")?);
        }
        Ok((reads, writer.join().map_err(|_| "the writer panicked")??, memory))
    });
    let (reads, writes, memory) = outcome?;
    reads.report();
    writes.report();
    let verdict = remembered(&memory);
    let failed = failed.load(Ordering::Acquire);
    if failed > 0 {
        return Err(format!("{failed} answers failed").into());
    }
    soak.nothing_is_lost(&state, &writes)?;
    verdict
}

fn asked() -> Result<Asked, Fault> {
    let flag = |name: &str| {
        let mut args = std::env::args().skip_while(|arg| arg != name);
        args.nth(1)
    };
    let number =
        |name: &str, otherwise: f64| flag(name).map_or(Ok(otherwise), |text| text.parse::<f64>());
    Ok(Asked {
        minutes: number("--minutes", 0.5)?,
        services: flag("--services").map_or(Ok(5_000), |text| text.parse())?,
        changes_an_hour: number("--changes-an-hour", 18_000.0)?,
        state: flag("--state").map(PathBuf::from),
    })
}

/// Waits, and looks at memory ten times in all while it does.
fn pause(span: Duration, memory: &mut Vec<u64>) {
    for _ in 0..10 {
        thread::sleep(span / 10);
        memory.push(resident());
    }
}

/// The first ten are of the first quarter, in which nobody wrote.
fn remembered(memory: &[u64]) -> Result<(), Fault> {
    let middle = |part: &[u64]| {
        let mut part = part.to_vec();
        part.sort_unstable();
        part.get(part.len() / 2).copied().unwrap_or_default()
    };
    let (reading, early, late) =
        (middle(&memory[..10]), middle(&memory[10..14]), middle(&memory[16..]));
    let mb = |bytes: u64| bytes as f64 / 1e6;
    println!(
        "memory: {:.0} MB while reading alone, {:.0} MB early and {:.0} MB late while writing",
        mb(reading),
        mb(early),
        mb(late)
    );
    if late > early + early / 10 && late > early + SLACK {
        return Err(format!("memory grew from {:.0} to {:.0} MB", mb(early), mb(late)).into());
    }
    Ok(())
}

#[derive(Default)]
struct Reads {
    alone: Vec<f64>,
    beside: Vec<f64>,
}

impl Reads {
    fn add(&mut self, other: Self) {
        self.alone.extend(other.alone);
        self.beside.extend(other.beside);
    }

    fn report(&self) {
        println!("{:34} {:>9} {:>8} {:>8} {:>8} {:>8}", "ms", "count", "p50", "p95", "p99", "most");
        line("searches while nobody writes", &self.alone);
        line("searches while somebody writes", &self.beside);
    }
}

#[derive(Default)]
struct Writes {
    durable: Vec<f64>,
    visible: Vec<f64>,
    batches: Vec<f64>,
    stated: Vec<(ServiceId, CapacityId)>,
}

impl Writes {
    fn report(&self) {
        line("a statement, until it is durable", &self.durable);
        line("a statement, until it is shown", &self.visible);
        line("500 listings edited and shown", &self.batches);
    }
}

fn line(what: &str, times: &[f64]) {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = (times.len().saturating_sub(1) as f64 * share) as usize;
        times.get(place).copied().unwrap_or_default()
    };
    let count = times.len();
    println!(
        "{what:34} {count:9} {:8.2} {:8.2} {:8.2} {:8.2}",
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
}

impl Soak {
    fn over(state: &Path, asked: &Asked) -> Result<Self, Fault> {
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
    fn read(
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

    /// States capacity at the pace asked for until told to stop, each time until a search shows it.
    fn write(&self, an_hour: f64, stop: &AtomicBool) -> Result<Writes, Fault> {
        let actor = Actor::new("soak", Route::Demonstration);
        let every = Duration::from_secs_f64(3_600.0 / an_hour.max(1.0));
        let mut writes = Writes::default();
        for number in 0.. {
            if stop.load(Ordering::Acquire) {
                break;
            }
            let next = Instant::now() + every;
            self.state_capacity(number, &actor, &mut writes)?;
            if number % STATEMENTS_A_BATCH == STATEMENTS_A_BATCH - 1 {
                self.edit_batch(number, &actor, &mut writes)?;
            }
            thread::sleep(next.saturating_duration_since(Instant::now()));
        }
        Ok(writes)
    }

    fn state_capacity(
        &self,
        number: usize,
        actor: &Actor,
        writes: &mut Writes,
    ) -> Result<(), Fault> {
        let service = self.ids[number * 7_919 % self.ids.len()];
        let status = [CapacityStatus::Open, CapacityStatus::Full][number % 2];
        let id = CapacityId::derive("soak", &number.to_string());
        let as_of = self.now - SignedDuration::from_secs(3_600)
            + SignedDuration::from_millis(i64::try_from(number)?);
        let statement = Capacity {
            id,
            service,
            venue: None,
            status,
            units: None,
            wait_weeks: None,
            for_whom: None,
            note: None,
            as_of,
            by: Author::steward("soak"),
            source: "soak".to_owned(),
            lapses_at: self.now + SignedDuration::from_hours(24 * 30),
        };
        let began = Instant::now();
        self.store.change(actor, self.now, move |changes| changes.save_capacity(&statement))?;
        writes.durable.push(began.elapsed().as_secs_f64() * 1e3);
        self.search.follow()?;
        writes.visible.push(began.elapsed().as_secs_f64() * 1e3);
        writes.stated.push((service, id));
        self.shows(service, status)
    }

    /// Fails where a search by a service's name, among what takes people, says otherwise than the
    /// only statement about it. A service that closed for a while says so itself, and is let be.
    fn shows(&self, service: ServiceId, status: CapacityStatus) -> Result<(), Fault> {
        let records = self.store.services_by_ids(&[service])?;
        let Some(record) = records.first().filter(|record| record.capacity.len() == 1) else {
            return Ok(());
        };
        let name = record.service.name.clone();
        let is_found = |open: &str| -> Result<bool, Fault> {
            let pairs = [("q".to_owned(), name.clone()), ("open".to_owned(), open.to_owned())];
            let findings = self.search.ask(&Question::read(&pairs).0, Vec::new(), self.now)?;
            let states = |found: &Found| {
                found.record.service.id == service && found.door.status == Some(status)
            };
            Ok(findings.results.iter().any(states))
        };
        let takes_people = status == CapacityStatus::Open;
        if is_found("")? && is_found("1")? != takes_people {
            return Err(format!("{name} states {status:?}, and a search says otherwise").into());
        }
        Ok(())
    }

    /// Edits some listings as an import does.
    fn edit_batch(&self, number: usize, actor: &Actor, writes: &mut Writes) -> Result<(), Fault> {
        let from = number * 104_729 % self.ids.len();
        let ids: Vec<ServiceId> = (0..BATCH.min(self.ids.len()))
            .map(|at| self.ids[(from + at) % self.ids.len()])
            .collect();
        let began = Instant::now();
        let records = self.store.services_by_ids(&ids)?;
        self.store.change(actor, self.now, move |changes| {
            for mut record in records {
                record.service.summary = format!("Edited with statement {number}.");
                changes.save_service(&record.service)?;
            }
            Ok(())
        })?;
        self.search.follow()?;
        writes.batches.push(began.elapsed().as_secs_f64() * 1e3);
        Ok(())
    }

    /// Opens the index again, and looks for each statement that was acknowledged and is the last of
    /// its service.
    fn nothing_is_lost(self, state: &Path, writes: &Writes) -> Result<(), Fault> {
        let Self { store, search, keeper, gazetteer, .. } = self;
        drop((search, keeper));
        let vocabulary = Vocabulary::shipped();
        let index = state.join("index");
        let (again, standing) =
            Keeper::open(&index, &store, gazetteer, vocabulary, &mut |_, _| {})?;
        let last: HashMap<ServiceId, CapacityId> = writes.stated.iter().copied().collect();
        let mut lost = 0;
        for (service, id) in &last {
            let records = store.services_by_ids(&[*service])?;
            let holds = |record: &ServiceRecord| record.capacity.iter().any(|held| held.id == *id);
            lost += usize::from(!records.first().is_some_and(holds));
        }
        let behind = store.head()?.0 - again.state().followed.0;
        println!(
            "{} statements acknowledged, {lost} lost; the index was {standing:?}, {behind} changes behind",
            writes.stated.len()
        );
        if lost > 0 || behind > 0 { Err("something was lost".into()) } else { Ok(()) }
    }
}

fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS"));
    let kb = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kb.unwrap_or(0) * 1024
}
