//! `hereabouts audit`: the change log as a table, for whoever has to show who did what.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufWriter, ErrorKind, Write},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use clap::Args;
use jiff::{Timestamp, civil::Date};
use serde_json::Value;

use super::{Common, output::say, state};
use crate::{
    domain::{ServiceId, cell, hour_in_england},
    store::{Action, Change, FieldChanges, Reading, Store, Subject, Wanted},
};

/// What to write down, and where to.
#[derive(Args)]
pub struct AuditArgs {
    /// From this day on; left out, from the beginning.
    #[arg(long, value_name = "YYYY-MM-DD")]
    since: Option<Date>,
    /// Only what was done to this listing, was said of its door or was reported about it.
    #[arg(long, value_name = "ID")]
    listing: Option<ServiceId>,
    /// Write there, to a file that is new; left out, to the standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// How many changes are in memory at a time.
const BATCH: usize = 500;
const HEADINGS: [&str; 11] =
    ["seq", "at", "who", "route", "action", "record", "id", "before", "after", "why", "hash"];

/// Writes the log down, oldest first.
pub fn run(common: &Common, args: &AuditArgs, now: Timestamp) -> Result<ExitCode> {
    let store = state::store(common, now)?;
    let since =
        args.since.map(|day| hour_in_england(day, 0).context("that is no day")).transpose()?;
    if let Some(id) = args.listing
        && store.changes_of(&Subject::Service(id), 1)?.is_empty()
    {
        bail!("there never was a listing {id}");
    }
    let wanted = Wanted { since, about: args.listing };
    let Some(path) = &args.out else {
        let written = write(&store, wanted, io::stdout().lock());
        return match written {
            // Whoever reads has read enough.
            Err(error) if is_broken_pipe(&error) => Ok(ExitCode::SUCCESS),
            written => written.map(|_| ExitCode::SUCCESS),
        };
    };
    let file = File::create_new(path)
        .with_context(|| format!("could not write {}: is it there already?", path.display()))?;
    let count = write(&store, wanted, file)?;
    say(&format!("wrote {count} changes to {}", path.display()));
    Ok(ExitCode::SUCCESS)
}

fn write(store: &Store, wanted: Wanted, out: impl Write) -> Result<u64> {
    let mut table = csv::Writer::from_writer(BufWriter::new(out));
    table.write_record(HEADINGS)?;
    let mut count = 0;
    store.for_each_change(wanted, BATCH, |change| -> Result<()> {
        count += 1;
        Ok(table.write_record(row(&change).iter().map(|text| cell(text).into_owned()))?)
    })?;
    table.flush()?;
    Ok(count)
}

fn row(change: &Change) -> [String; HEADINGS.len()] {
    let action = match change.action {
        Action::Added => "added",
        Action::Changed => "changed",
        Action::Removed => "removed",
    };
    let fields = change.fields();
    [
        change.seq.0.to_string(),
        change.at.to_string(),
        change.actor.name.clone(),
        route(change).to_owned(),
        action.to_owned(),
        change.subject.kind().as_str().to_owned(),
        change.subject.id(),
        json(&fields, |(before, _)| before),
        json(&fields, |(_, after)| after),
        change.actor.reason.clone().unwrap_or_default(),
        change.hash.clone().unwrap_or_default(),
    ]
}

fn route(change: &Change) -> &'static str {
    use crate::domain::Route;
    match change.actor.route {
        Route::Owner => "owner",
        Route::Steward => "steward",
        Route::Feed => "feed",
        Route::Regulator => "regulator",
        Route::Demonstration => "demonstration",
    }
}

/// One side of what changed, by field; nothing of a record that was new.
fn json(fields: &FieldChanges, side: fn(&(Value, Value)) -> &Value) -> String {
    if fields.is_empty() {
        return String::new();
    }
    let values: BTreeMap<&str, &Value> =
        fields.iter().map(|(field, both)| (field.as_str(), side(both))).collect();
    serde_json::to_string(&values).unwrap_or_default()
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
    io.into_iter().any(|error| error.kind() == ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests;
