//! `hereabouts import`: other people's directories, loaded or refused record by record.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use crate::{
    import::{
        ApplyError, Feeds, Format, ImportReport, InputFile, Limits, Log, Mapping, Options, Plan,
        Portion, World, apply, mapping_faults, open, read, settle, write_refused,
    },
    search::Progress,
    store::Store,
    vocabulary::Vocabulary,
};

use super::{
    Common,
    output::{Bar, print, say},
    state,
};

/// What to load, and how.
#[derive(Args)]
pub struct ImportArgs {
    /// A file, a folder or a ZIP archive.
    path: PathBuf,
    /// What it is: auto, json (Open Referral UK 3.0 and 1.0, HSDS), tables (HSDS as CSV) or csv.
    #[arg(long, default_value = "auto", value_parser = format)]
    format: Format,
    /// A mapping for CSV tables; without one a shipped mapping is chosen by the header.
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// The name of the source, which ids come from: keep it the same from one import to the next.
    /// Tables of a folder that have mappings of their own are sources of that name and their own.
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Say what would change, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Load a feed that drops more than a tenth of its services.
    #[arg(long)]
    allow_drop: bool,
    /// Print the summary as one line of JSON.
    #[arg(long)]
    json: bool,
}

fn format(text: &str) -> Result<Format, String> {
    Format::parse(text).ok_or_else(|| "expected auto, json, tables or csv".to_owned())
}

/// The summary of a run, as a program reads it.
#[derive(Serialize)]
struct Summary<'a> {
    exit: u8,
    sources: &'a [ImportReport],
}

/// Loads what was named. The exit code is 0 where all was loaded, 1 where records were refused, 2 where nothing was.
pub fn run(common: &Common, args: &ImportArgs, now: Timestamp) -> Result<ExitCode> {
    let mapping = args.mapping.as_deref().map(mapping).transpose()?;
    let mut log = Log::default();
    let files = open(&args.path, Limits::default(), &mut log);
    let portions = portions(&files, args, mapping.as_ref(), log, now);
    drop(files);
    let store = state::store(common, now)?;
    let gazetteer = state::gazetteer(common, &store)?;
    let world = World { gazetteer: &gazetteer, vocabulary: Vocabulary::shipped() };
    let options = Options { dry_run: args.dry_run, allow_drop: args.allow_drop };
    let feeds = Feeds::of(&portions);
    let mut reports = Vec::new();
    for mut portion in portions {
        settle(&mut portion.reading, world);
        let report = one(common, &store, portion, &feeds, options, now)?;
        if !args.json {
            print(report.to_string().trim_end());
        }
        reports.push(report);
    }
    let exit = reports.iter().map(ImportReport::exit_code).max().unwrap_or(2);
    // One source that failed beside others that were loaded is a run in which something was refused.
    let exit = if exit == 2
        && reports.iter().any(|report| report.loaded > 0 && !report.held)
        && !reports.iter().any(|report| report.held)
    {
        1
    } else {
        exit
    };
    if args.json {
        print(&serde_json::to_string(&Summary { exit, sources: &reports })?);
    }
    Ok(ExitCode::from(exit))
}

fn mapping(path: &Path) -> Result<Mapping> {
    let shown = path.display();
    let text =
        fs::read_to_string(path).with_context(|| format!("could not read the mapping {shown}"))?;
    let mapping =
        Mapping::parse(&text).with_context(|| format!("the mapping {shown} cannot be used"))?;
    let faults = mapping_faults(&mapping);
    if !faults.is_empty() {
        bail!("the mapping {shown} cannot be used: {}", faults.join("; "));
    }
    Ok(mapping)
}

/// What each source holds; files that could not be opened are faults of the first.
fn portions(
    files: &[InputFile],
    args: &ImportArgs,
    mapping: Option<&Mapping>,
    log: Log,
    now: Timestamp,
) -> Vec<Portion> {
    let path = args.path.canonicalize().unwrap_or_else(|_| args.path.clone());
    let name = path.file_name().map_or_else(|| "import".into(), |name| name.to_string_lossy());
    let stem = name.split('.').next().filter(|stem| !stem.is_empty()).unwrap_or("import");
    let archive = path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("zip"));
    let plan = Plan {
        format: args.format,
        mapping,
        source: args.source.as_deref(),
        folder: archive || path.is_dir(),
        otherwise: stem,
        now,
    };
    let mut portions = read(files, plan);
    if !log.faults.is_empty() {
        if portions.is_empty() {
            portions.push(Portion::empty(args.source.as_deref().unwrap_or(stem)));
        }
        portions[0].reading.log.faults.splice(0..0, log.faults);
    }
    portions
}

/// Writes one source, and beside the state what was refused of it.
fn one(
    common: &Common,
    store: &Store,
    portion: Portion,
    feeds: &Feeds,
    options: Options,
    now: Timestamp,
) -> Result<ImportReport> {
    let mut bar = Bar::new("importing");
    let refused = portion.reading.refused.clone();
    let name = portion.source.name.clone();
    let report: Result<ImportReport, ApplyError> =
        apply(portion, feeds, store, options, now, &mut |done, total| bar.step(done, total));
    let report = report?;
    let written = write_refused(&common.state, &name, &refused, &report.faults)
        .context("could not write the refused records beside the state")?;
    if let Some(path) = written {
        say(&format!("refused records are in {}", path.display()));
    }
    Ok(report)
}
