mod application;
mod charities_and_contracts;
mod feeds;
mod real;
mod robust;

use std::path::{Path, PathBuf};

use super::*;

/// The moment of every test.
fn now() -> jiff::Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

/// Reads files as one portion.
fn portion(files: &[InputFile]) -> Reading {
    let plan = Plan { source: Some("test"), otherwise: "test", now: now(), ..Plan::default() };
    let mut reading = Reading::default();
    for portion in read(files, plan) {
        reading.append(portion.reading);
    }
    reading
}

/// Reads one file of this name and text.
fn read_text(name: &str, text: &str) -> Reading {
    portion(&[InputFile { name: name.to_owned(), text: text.to_owned() }])
}

/// Reads a file or folder.
fn read_path(path: &Path) -> Reading {
    let mut log = Log::default();
    let files = open(path, Limits::default(), &mut log);
    let mut reading = portion(&files);
    reading.log.faults.extend(log.faults);
    reading
}

fn services(reading: &Reading) -> Vec<&crate::domain::Service> {
    reading.drafts.iter().flat_map(|draft| &draft.services).map(|draft| &draft.service).collect()
}

fn faults(reading: &Reading) -> String {
    reading.log.faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// A folder of real files that is not part of the project; a test that needs it passes without.
fn shared(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path);
    let found = path.exists().then_some(path);
    if found.is_none() {
        eprintln!("not tried: the shared test data is not here");
    }
    found
}
