//! Killing a server while people write: `cargo bench --bench kill -- [--times N]`.
//!
//! A program states capacity and a provider changes words and doors through their pages, all the
//! time, while the server is killed at a random moment and started again. Afterwards everything
//! that was acknowledged has to be in the store, the chain of the log unbroken, and the index has
//! to say the same as the store. Ends with an error where anything is missing. As a test it kills
//! five times; otherwise three hundred.

mod http;
mod server;
mod writers;

use std::{
    collections::{HashMap, HashSet},
    error::Error,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use hereabouts::{
    domain::{Capacity, ServiceId},
    store::{Reading, Store, Subject},
};

use server::Server;
use writers::{Acknowledged, Writers};

type Fault = Box<dyn Error + Send + Sync>;

fn main() -> Result<(), Fault> {
    let times = times()?;
    let folder = tempfile::tempdir()?;
    let writers = Writers::prepare(folder.path())?;
    let acknowledged = Mutex::new(Acknowledged::default());
    let mut starts = Vec::new();
    let began = Instant::now();
    for round in 0..times {
        let (server, took) = Server::start(folder.path())?;
        starts.push(took.as_secs_f64());
        let stop = AtomicBool::new(false);
        thread::scope(|scope| -> Result<(), Fault> {
            for writer in 0..writers.count() {
                let (writers, acknowledged, stop) = (&writers, &acknowledged, &stop);
                let address = server.address;
                scope.spawn(move || writers.write(writer, round, address, acknowledged, stop));
            }
            // A different moment each time, from at once to most of a second.
            thread::sleep(Duration::from_millis(u64::from(round) * 137 % 700 + 20));
            server.kill()?;
            stop.store(true, Ordering::Relaxed);
            Ok(())
        })?;
        if round % 20 == 19 {
            look(folder.path(), &acknowledged)?;
        }
    }
    look(folder.path(), &acknowledged)?;
    let checked = compare_with_index(folder.path(), &writers)?;
    starts.sort_by(f64::total_cmp);
    let seen = acknowledged.lock().map_err(|_| "a writer panicked")?;
    println!(
        "killed {times} times in {:.0} s (starting took {:.2} s in the middle, {:.2} s at most): \
         {} statements and {} edits acknowledged, 0 lost; {checked} listings say the same in the index",
        began.elapsed().as_secs_f64(),
        starts[starts.len() / 2],
        starts[starts.len() - 1],
        seen.statements.len(),
        seen.edits.len(),
    );
    Ok(())
}

fn times() -> Result<u32, Fault> {
    let mut given = std::env::args().skip(1);
    let mut times = if std::env::args().any(|arg| arg == "--bench") { 300 } else { 5 };
    while let Some(arg) = given.next() {
        if arg == "--times" {
            times = given.next().ok_or("--times: expected a number")?.parse()?;
        }
    }
    Ok(times)
}

/// Looks for everything that was acknowledged, and for faults.
fn look(state: &std::path::Path, acknowledged: &Mutex<Acknowledged>) -> Result<(), Fault> {
    let store = Store::open(state, server::now())?;
    let acknowledged = acknowledged.lock().map_err(|_| "a writer panicked")?;
    let mut notes: HashMap<ServiceId, HashSet<String>> = HashMap::new();
    for (service, note) in &acknowledged.statements {
        if !notes.contains_key(service) {
            let said = store.list_capacity_of(*service)?;
            notes.insert(*service, said.into_iter().filter_map(|said| said.note).collect());
        }
        if !notes[service].contains(note) {
            return Err(format!("lost: {note} of {service}").into());
        }
    }
    let mut lines: HashMap<ServiceId, HashSet<String>> = HashMap::new();
    for (service, summary) in &acknowledged.edits {
        if !lines.contains_key(service) {
            lines.insert(*service, lines_of(&store, *service)?);
        }
        if !lines[service].contains(summary) {
            return Err(format!("lost: {summary} of {service}").into());
        }
    }
    match store.check()?.first() {
        Some(finding) => Err(format!("{finding:?}").into()),
        None => Ok(()),
    }
}

/// Every line that a listing has or had, as its history says.
fn lines_of(store: &Store, service: ServiceId) -> Result<HashSet<String>, Fault> {
    let changes = store.changes_of(&Subject::Service(service), usize::MAX)?;
    let became = changes.iter().filter_map(|change| change.fields().remove("summary"));
    let mut lines: HashSet<String> =
        became.filter_map(|(_, after)| after.as_str().map(str::to_owned)).collect();
    lines.insert(store.get_service(service)?.summary);
    Ok(lines)
}

/// Starts once more, lets the index catch up, and compares what a search says with the store.
fn compare_with_index(state: &std::path::Path, writers: &Writers) -> Result<usize, Fault> {
    let (server, _) = Server::start(state)?;
    thread::sleep(Duration::from_secs(1));
    for service in &writers.services {
        let newest = newest(state, *service)?;
        let open = matches!(newest.status, hereabouts::domain::CapacityStatus::Open);
        let path = format!("/api/v1/search?q={}&open=1", writers.word(*service));
        let answer = http::get(server.address, &path)?;
        let found: serde_json::Value = serde_json::from_str(&answer.body)?;
        let results = found["results"].as_array().ok_or("no results")?;
        let id = service.to_string();
        if results.iter().any(|result| result["id"] == id.as_str()) != open {
            return Err(format!("the index says otherwise of {service}: {newest:?}").into());
        }
    }
    server.kill()?;
    Ok(writers.services.len())
}

fn newest(state: &std::path::Path, service: ServiceId) -> Result<Capacity, Fault> {
    let store = Store::open(state, server::now())?;
    let said = store.list_capacity_of(service)?;
    said.into_iter().next().ok_or_else(|| "nothing was said".into())
}
