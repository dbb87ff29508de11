//! How long questions take, by kind: `cargo bench -p hereabouts-index`.
//!
//! An invented directory (20,000 services, or as many as `SERVICES` says) is built on disk, and
//! each kind of question is asked several hundred times in one thread. The numbers are wall
//! time. So that a busy machine does not hide the engine, each question is asked three times
//! and its quickest answer counts; `ONCE=1` counts the first.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "sizes and shares to show"
)]

mod invented;

use std::time::Instant;

use hereabouts_index::{Index, Pace, Query};
use invented::{Directory, Kind};

const QUESTIONS: usize = 400;

fn main() {
    let services = std::env::var("SERVICES").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let mut directory = Directory::new();
    let index = build(&mut directory, folder.path(), services);
    println!(
        "{:<34} {:>8} {:>8} {:>8} {:>8} {:>9}",
        "ms", "p50", "p95", "p99", "most", "mean hits"
    );
    for kind in Kind::ALL {
        let questions: Vec<Query> = (0..QUESTIONS).map(|_| directory.question(kind)).collect();
        let mut found = 0;
        let times = questions.iter().map(|query| {
            let (time, total) = quickest(|| index.search(query).expect("an answer").total);
            found += total;
            time
        });
        report(kind.name(), times.collect(), found);
    }
    words(&mut directory, &index);
    edits(&mut directory, &index);
    println!("resident after all: {} MB", resident_mb());
}

/// Milliseconds of the quickest of three runs, and what was found.
fn quickest(ask: impl Fn() -> usize) -> (f64, usize) {
    let runs = if std::env::var_os("ONCE").is_some() { 1 } else { 3 };
    let timed = (0..runs).map(|_| {
        let start = Instant::now();
        let found = ask();
        (start.elapsed().as_secs_f64() * 1e3, found)
    });
    timed.reduce(|best, next| if next.0 < best.0 { next } else { best }).unwrap_or((0.0, 0))
}

fn build(directory: &mut Directory, folder: &std::path::Path, services: u32) -> Index {
    let before = resident_mb();
    let start = Instant::now();
    let index = Index::create(folder).expect("a new index");
    let mut writer = index.writer(Pace::Rebuild).expect("a writer");
    for number in 0..services {
        writer.put(&directory.entry(number)).expect("an entry is taken");
    }
    writer.settle(1).expect("a commit");
    drop(writer);
    let bytes = index.bytes_on_disk().expect("a size");
    println!(
        "{} services: built in {:.1} s, {:.1} MB on disk, resident {} MB (before: {before} MB)",
        index.len(),
        start.elapsed().as_secs_f64(),
        bytes as f64 / 1e6,
        resident_mb(),
    );
    drop(index);
    let start = Instant::now();
    let index = Index::open(folder).expect("the index opens");
    println!("opened and checked in {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    index
}

fn words(directory: &mut Directory, index: &Index) {
    let mut found = 0;
    let times = (0..QUESTIONS).map(|_| {
        let typed = directory.beginning();
        let (time, count) = quickest(|| index.suggest(&typed, 8).expect("suggestions").len());
        found += count;
        time
    });
    report("suggestion", times.collect(), found);
    let mut found = 0;
    let times = (0..QUESTIONS).map(|_| {
        let typed = directory.slip();
        let (time, count) = quickest(|| index.spelling(&typed, 5).expect("corrections").len());
        found += count;
        time
    });
    report("spelling", times.collect(), found);
}

/// One edit for each commit, until it can be found.
fn edits(directory: &mut Directory, index: &Index) {
    let mut writer = index.writer(Pace::Live).expect("a writer");
    let times = (0..100).map(|number| {
        let entry = directory.entry(number);
        let start = Instant::now();
        writer.put(&entry).expect("an entry is taken");
        writer.commit(u64::from(number)).expect("a commit");
        start.elapsed().as_secs_f64() * 1e3
    });
    report("edit until found", times.collect(), 0);
}

fn report(name: &str, mut times: Vec<f64>, found: usize) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "{name:<34} {:>8.3} {:>8.3} {:>8.3} {:>8.3} {:>9}",
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0),
        found / times.len(),
    );
}

fn resident_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes =
        line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}
