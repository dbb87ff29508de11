//! What an import came to, for people and for programs.

use std::{
    collections::BTreeMap,
    fmt, fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use serde::Serialize;

use super::{
    draft::{Reading, Refused},
    fault::{Fault, Kind},
    source::Source,
};

/// How many faults are printed; the file has them all.
const PRINTED: usize = 100;

/// The figures of one source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    pub source: String,
    /// Records of the source.
    pub read: usize,
    /// Records of the source that were loaded, changed or not.
    pub loaded: usize,
    pub refused: usize,
    /// Records of ours, of every kind.
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
    /// Services that the source no longer has, now or before.
    pub missing: usize,
    /// Venues that have no point.
    pub not_placed: usize,
    /// Nothing was written, because more than a tenth of the services would have gone missing.
    pub held: bool,
    pub dry_run: bool,
    /// How many faults of each kind there are.
    pub faults_by_kind: BTreeMap<String, usize>,
    #[serde(skip)]
    pub faults: Vec<Fault>,
}

impl ImportReport {
    /// The figures that reading gives.
    #[must_use]
    pub fn of(source: &Source, reading: &Reading) -> Self {
        let mut report = Self {
            source: source.name.clone(),
            read: reading.read,
            refused: reading.refused.len(),
            loaded: reading.read.saturating_sub(reading.refused.len()),
            ..Self::default()
        };
        report.take_faults(reading.log.faults.clone());
        report
    }

    /// Adds faults that came up later.
    pub fn take_faults(&mut self, faults: Vec<Fault>) {
        for fault in faults {
            *self.faults_by_kind.entry(name(fault.kind)).or_default() += 1;
            self.not_placed += usize::from(fault.kind == Kind::NotPlaced);
            self.faults.push(fault);
        }
    }

    /// 0 where everything was loaded, 1 where something was refused, 2 where nothing was written.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        let unread = self.faults.iter().any(|fault| fault.kind == Kind::FileRefused);
        match () {
            () if self.held || (self.loaded == 0 && (unread || self.refused > 0)) => 2,
            () if unread || self.refused > 0 => 1,
            () => 0,
        }
    }
}

fn name(kind: Kind) -> String {
    serde_json::to_value(kind)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

impl fmt::Display for ImportReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (lost, notices): (Vec<&Fault>, Vec<&Fault>) =
            self.faults.iter().partition(|fault| !fault.kind.is_notice());
        for fault in lost.iter().chain(&notices).take(PRINTED) {
            writeln!(f, "{fault}")?;
        }
        if self.faults.len() > PRINTED {
            writeln!(f, "… and {} more, all in the file of faults", self.faults.len() - PRINTED)?;
        }
        writeln!(
            f,
            "{}: {} read, {} loaded, {} refused",
            self.source, self.read, self.loaded, self.refused
        )?;
        let tense = if self.dry_run { "would be " } else { "" };
        writeln!(
            f,
            "  records: {} {tense}added, {} {tense}changed, {} the same",
            self.added, self.changed, self.unchanged
        )?;
        if self.missing > 0 {
            writeln!(
                f,
                "  {} services are no longer in the feed; they are marked, not deleted",
                self.missing
            )?;
        }
        if self.not_placed > 0 {
            writeln!(
                f,
                "  {} venues could not be placed; they are loaded without a point",
                self.not_placed
            )?;
        }
        if self.held {
            writeln!(
                f,
                "  held: more than a tenth of its services would go missing. Nothing was written; --allow-drop loads it all the same"
            )?;
        }
        Ok(())
    }
}

/// Writes refused records and all faults to `<state>/imports`, replacing those of the last run.
/// Returns the file of refused records, where there are any.
pub fn write_refused(
    state: &Path,
    source: &str,
    refused: &[Refused],
    faults: &[Fault],
) -> io::Result<Option<PathBuf>> {
    let folder = state.join("imports");
    let as_lines = folder.join(format!("{source}-refused.jsonl"));
    let as_table = folder.join(format!("{source}-refused.csv"));
    let all = folder.join(format!("{source}-faults.jsonl"));
    for old in [&as_lines, &as_table, &all].into_iter().filter(|path| path.exists()) {
        fs::remove_file(old)?;
    }
    if refused.is_empty() && faults.is_empty() {
        return Ok(None);
    }
    fs::create_dir_all(&folder)?;
    let mut file = io::BufWriter::new(fs::File::create(&all)?);
    for fault in faults {
        writeln!(file, "{}", serde_json::to_string(fault)?)?;
    }
    file.flush()?;
    let is_json = |raw: &str| raw.starts_with('{');
    let path =
        if refused.iter().all(|refused| is_json(&refused.raw)) { as_lines } else { as_table };
    if refused.is_empty() {
        return Ok(None);
    }
    let mut file = io::BufWriter::new(fs::File::create(&path)?);
    for record in refused {
        writeln!(file, "{}", record.raw)?;
    }
    file.flush()?;
    Ok(Some(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::fault::{Log, Origin};

    #[test]
    fn a_report_says_what_was_lost_first_and_how_it_ended() {
        let mut log = Log::default();
        let origin = Origin { file: "a.csv".into(), record: "Hub".into(), line: Some(3) };
        log.add(
            Kind::NotPlaced,
            &origin,
            "postcode",
            "a postcode in England that is known",
            "XX1 1XX",
        );
        log.add(Kind::Refused, &origin, "name", "a name", "nothing");
        let mut report = ImportReport {
            source: "a".into(),
            read: 3,
            loaded: 2,
            refused: 1,
            added: 4,
            ..ImportReport::default()
        };
        report.take_faults(log.faults);
        insta::assert_snapshot!(report.to_string(), @r"
        a.csv, line 3, record Hub, name: expected a name, found nothing (record refused)
        a.csv, line 3, record Hub, postcode: expected a postcode in England that is known, found XX1 1XX (loaded without a point)
        a: 3 read, 2 loaded, 1 refused
          records: 4 added, 0 changed, 0 the same
          1 venues could not be placed; they are loaded without a point
        ");
        assert_eq!(report.exit_code(), 1);
        report.held = true;
        assert_eq!(report.exit_code(), 2);
        assert_eq!(ImportReport::default().exit_code(), 0);
    }
}
