//! Reading the public files of geography into a pack.
//!
//! A file is known by its first row or its first sign, never by its name. Files can be given all
//! at once or one at a time: each replaces what an earlier one of its kind gave and leaves the
//! rest. The old pack stays as it was until the new one is whole.

mod archive;
mod attribution;
mod batch;
mod code_point;
mod columns;
mod combine;
mod custom;
mod derive;
mod edition;
mod fault;
mod geojson;
mod kinds;
mod lookup;
mod need;
mod place_names;
mod postcodes;
mod source;
mod table;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;

use self::{batch::Batch, columns::Columns, source::Source, table::Rows};
pub use self::{
    custom::{CustomPlace, custom_footprint},
    fault::{Fault, Faults, GeoImportError},
    source::Limits,
};
use super::pack::Edition;

/// What of the files is wanted.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// Codes of nations: `E92000001`, `S92000003`, `W92000004`. Northern Ireland is refused.
    pub countries: Vec<String>,
    pub limits: Limits,
}

impl Default for ImportOptions {
    fn default() -> Self {
        Self { countries: vec!["E92000001".to_owned()], limits: Limits::default() }
    }
}

/// Told how far an import is.
pub trait Progress {
    /// A file of so many bytes is begun.
    fn start(&mut self, file: &str, bytes: u64);
    /// So many of its bytes are read.
    fn at(&mut self, bytes: u64);
    /// All files are read; the pack is drawn together.
    fn finish(&mut self);
}

/// Tells nobody.
#[derive(Debug, Default)]
pub struct Silent;

/// What an import did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ImportReport {
    /// What was read, replacing what was there of the same.
    pub editions: Vec<Edition>,
    /// Rows and features that were left out as faulty.
    pub faults: Faults,
    pub warnings: Vec<String>,
    /// The whole pack now: postcodes, terminated ones among them, places, names, outlines.
    pub postcodes: usize,
    pub terminated: usize,
    pub places: usize,
    pub names: usize,
    pub outlines: usize,
    /// The pack's length in bytes.
    pub bytes: u64,
}

impl Progress for Silent {
    fn start(&mut self, _: &str, _: u64) {}
    fn at(&mut self, _: u64) {}
    fn finish(&mut self) {}
}

/// Reads files into the pack in a folder (`<state>/geo`).
///
/// A file that cannot be read keeps all of them out, and all faults of all files are told at once;
/// rows that cannot be read are left out and reported. Either the whole new pack is in its place
/// afterwards or the old one is.
pub fn import(
    files: &[PathBuf],
    folder: &Path,
    options: &ImportOptions,
    now: Timestamp,
    progress: &mut dyn Progress,
) -> Result<ImportReport, GeoImportError> {
    if files.is_empty() {
        return Err(GeoImportError::NothingGiven);
    }
    if options.countries.iter().any(|country| country.starts_with('N')) {
        return Err(GeoImportError::NorthernIreland);
    }
    let nation = |code: &String| kinds::kind_of(code) == Some(crate::domain::PlaceKind::Nation);
    if let Some(found) = options.countries.iter().find(|code| !nation(code)) {
        return Err(GeoImportError::NotANation { found: found.clone() });
    }
    let mut batch = Batch::new(options, now, progress);
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        batch.progress.start(&name, file.metadata().map_or(0, |about| about.len()));
        let opened = source::open_each(file, &options.limits, &mut |source| {
            if let Err(fault) = read(source, &mut batch) {
                batch.faults.file(fault);
            }
        });
        if let Err(fault) = opened {
            batch.faults.file(fault);
        }
    }
    batch.progress.finish();
    combine::combine(batch, folder)
}

/// Finds out what a source is and reads it.
fn read(mut source: Source<'_>, batch: &mut Batch<'_>) -> Result<(), Fault> {
    let head = source.head()?.to_vec();
    let sign = head.iter().find(|byte| !byte.is_ascii_whitespace());
    let Some(sign) = sign else {
        return Err(Fault::of(&source.label, "a file with something in it", "nothing but blanks"));
    };
    if matches!(sign, b'{' | b'[') {
        return geojson::read(source, batch);
    }
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return Err(Fault::of(&source.label, "text in UTF-8", "text in UTF-16: save it as UTF-8"));
    }
    if head.iter().take(4096).any(|byte| *byte == 0) || head.starts_with(b"%PDF") {
        return Err(Fault::of(
            &source.label,
            "a table or GeoJSON, plain, gzipped or zipped",
            "some other sort of file",
        ));
    }
    let first = table::first_row(&head, &source.label)?;
    let headless = Rows { columns: Columns::default(), headed: false };
    let headed = Rows { columns: Columns::of(&first), headed: true };
    let columns = &headed.columns;
    if code_point::is_first_row(&first) {
        code_point::read(&headless, source, batch)
    } else if place_names::is_open_names(&first) {
        place_names::read_open_names(&headless, source, batch)
    } else if postcodes::is_directory(columns) {
        postcodes::read(&headed, source, batch)
    } else if place_names::is_index(columns) {
        place_names::read_index(&headed, source, batch)
    } else if need::is_need(columns) {
        need::read(&headed, source, batch)
    } else if lookup::is_lookup(columns) {
        lookup::read(&headed, source, batch)
    } else {
        let expected = "NSPL, ONSPD or Code-Point Open (a column pcds or ten columns without a header), OS Open \
            Names or the Index of Place Names, a lookup (LSOA21CD, ICB26CD), need indicators by LSOA, or GeoJSON";
        Err(Fault::of(&source.label, expected, columns.names().join(",")).on_line(1))
    }
}

#[cfg(test)]
mod tests;
