//! `hereabouts geo`: read public files of geography, and say what is loaded.

use std::{
    io::{IsTerminal, Write},
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::Timestamp;
use serde_json::json;

use super::areas::{self, AreasArgs};
use crate::geo::{
    Edition, Pack,
    import::{GeoImportError, ImportOptions, ImportReport, Progress, import},
};

/// Commands about geography.
#[derive(Debug, Subcommand)]
pub enum GeoCommand {
    /// Read postcode, boundary, name, lookup and need files into the state folder.
    Import(ImportArgs),
    /// Say what is loaded, of which edition, and to whom it is attributed.
    Status(StatusArgs),
    /// Load areas of your own from `GeoJSON`, such as neighbourhoods and partnership footprints.
    Areas(AreasArgs),
}

/// What to import.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// NSPL, ONSPD, Code-Point Open, OS Open Names, ONS boundaries (`GeoJSON`), lookups, need
    /// indicators by LSOA; plain, .gz or .zip, in any order, all at once or one at a time.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Codes of the nations to keep: E92000001 England, S92000003 Scotland, W92000004 Wales.
    #[arg(long, value_delimiter = ',', value_name = "CODES", default_value = "E92000001")]
    pub countries: Vec<String>,
    /// Write the report as JSON.
    #[arg(long)]
    pub json: bool,
}

/// How to say what is loaded.
#[derive(Debug, Args)]
pub struct StatusArgs {
    /// Write it as JSON.
    #[arg(long)]
    pub json: bool,
}

/// How a command ended, as the process says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything was done.
    Done = 0,
    /// It was done, and some rows were refused.
    SomeRefused = 1,
    /// It was not done; what was there is unchanged.
    Failed = 2,
}

/// Runs a command on a state folder. What was asked for goes to `out`, faults and progress to `err`.
pub fn run(
    command: &GeoCommand,
    state: &Path,
    now: Timestamp,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> anyhow::Result<Outcome> {
    let folder = state.join("geo");
    match command {
        GeoCommand::Import(args) => run_import(args, &folder, now, out, err),
        GeoCommand::Status(args) => run_status(args, &folder, out, err),
        GeoCommand::Areas(args) => areas::run(args, state, now, out, err),
    }
}

fn run_import(
    args: &ImportArgs,
    folder: &Path,
    now: Timestamp,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> anyhow::Result<Outcome> {
    let countries = args.countries.iter().map(|code| code.trim().to_uppercase()).collect();
    let options = ImportOptions { countries, ..ImportOptions::default() };
    let imported = if std::io::stderr().is_terminal() {
        import(&args.files, folder, &options, now, &mut Bar::new())
    } else {
        import(&args.files, folder, &options, now, &mut Lines(err))
    };
    match imported {
        Ok(report) if args.json => {
            serde_json::to_writer_pretty(&mut *out, &report).context("cannot write the report")?;
            writeln!(out)?;
            Ok(outcome(&report))
        }
        Ok(report) => {
            tell(&report, out)?;
            Ok(outcome(&report))
        }
        Err(error) => {
            if args.json {
                let faults =
                    if let GeoImportError::Refused(faults) = &error { Some(faults) } else { None };
                let told = json!({ "error": error.to_string().lines().next(), "faults": faults });
                writeln!(out, "{told:#}")?;
            }
            writeln!(err, "{error}")?;
            Ok(Outcome::Failed)
        }
    }
}

fn outcome(report: &ImportReport) -> Outcome {
    if report.faults.count == 0 { Outcome::Done } else { Outcome::SomeRefused }
}

fn tell(report: &ImportReport, out: &mut dyn Write) -> anyhow::Result<()> {
    report.editions.iter().try_for_each(|edition| tell_edition(edition, out))?;
    for warning in &report.warnings {
        writeln!(out, "note: {warning}")?;
    }
    if report.faults.count > 0 {
        writeln!(out, "{} left out as faulty:\n{}", report.faults.count, report.faults)?;
    }
    writeln!(
        out,
        "loaded: {} postcodes ({} of them terminated), {} places, {} names, {} outlines; {:.1} MB on disk",
        report.postcodes,
        report.terminated,
        report.places,
        report.names,
        report.outlines,
        megabytes(report.bytes)
    )?;
    Ok(())
}

fn tell_edition(edition: &Edition, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "{}: {}", edition.what, edition.edition)?;
    writeln!(
        out,
        "  {} rows of {}, read {}",
        edition.rows,
        edition.file,
        edition.imported_at.strftime("%Y-%m-%d")
    )?;
    for (what, count) in &edition.counts {
        writeln!(out, "  {count} {what}")?;
    }
    for warning in &edition.warnings {
        writeln!(out, "  note: {warning}")?;
    }
    writeln!(out, "  {}", edition.attribution)?;
    Ok(())
}

fn run_status(
    args: &StatusArgs,
    folder: &Path,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> anyhow::Result<Outcome> {
    let pack = match Pack::open(folder) {
        Ok(pack) => pack,
        Err(error) => {
            writeln!(
                err,
                "{error}\nuntil then the shipped facts answer: councils, sectors and place names"
            )?;
            return Ok(Outcome::Failed);
        }
    };
    let Some(pack) = pack else {
        let none = "no geography was imported: the shipped facts answer (councils, sectors and place names)";
        let told = if args.json {
            json!({ "editions": [], "note": none }).to_string()
        } else {
            none.to_owned()
        };
        writeln!(out, "{told}")?;
        return Ok(Outcome::Done);
    };
    let (postcodes, terminated) = pack.postcode_counts();
    let (table, outlines) = pack.memory();
    if args.json {
        let told = json!({
            "editions": pack.editions(),
            "postcodes": postcodes,
            "terminated": terminated,
            "places": pack.places().len(),
            "names": pack.names().len(),
            "outlines": pack.boundaries().len(),
            "memory_bytes": { "postcodes": table, "outlines": outlines },
        });
        writeln!(out, "{told:#}")?;
        return Ok(Outcome::Done);
    }
    pack.editions().iter().try_for_each(|edition| tell_edition(edition, out))?;
    writeln!(
        out,
        "loaded: {postcodes} postcodes ({terminated} of them terminated), {} places, {} names, {} outlines; \
         in memory {:.1} MB of postcodes and {:.1} MB of outlines",
        pack.places().len(),
        pack.names().len(),
        pack.boundaries().len(),
        megabytes(table as u64),
        megabytes(outlines as u64)
    )?;
    Ok(Outcome::Done)
}

#[expect(clippy::cast_precision_loss, reason = "shown with one decimal")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// A bar at a terminal.
struct Bar(ProgressBar);

impl Bar {
    fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
        let style = ProgressStyle::with_template("{msg:40!} {wide_bar} {bytes}/{total_bytes}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self(bar)
    }
}

impl Progress for Bar {
    fn start(&mut self, file: &str, bytes: u64) {
        self.0.set_position(0);
        self.0.set_length(bytes);
        self.0.set_message(file.to_owned());
    }

    fn at(&mut self, bytes: u64) {
        self.0.set_position(bytes);
    }

    fn finish(&mut self) {
        self.0.finish_and_clear();
    }
}

/// A line for each file where nobody watches.
struct Lines<'a>(&'a mut dyn Write);

impl Progress for Lines<'_> {
    fn start(&mut self, file: &str, _: u64) {
        let _ = writeln!(self.0, "reading {file}");
    }

    fn at(&mut self, _: u64) {}

    fn finish(&mut self) {}
}

#[cfg(test)]
mod tests;
