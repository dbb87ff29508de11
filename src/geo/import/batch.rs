//! What the files of one run gave, before it is put together with what was there.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{
    ImportOptions, Progress,
    fault::{Fault, Faults},
    kinds,
    source::Source,
};
use crate::{
    domain::PlaceCode,
    geo::{
        boundary::Bounded,
        pack::{Edition, Fact, Figures, PackName, PostcodeTableBuilder},
    },
};

/// Everything read so far in this run.
pub(super) struct Batch<'a> {
    pub(super) options: &'a ImportOptions,
    pub(super) now: Timestamp,
    pub(super) progress: &'a mut dyn Progress,
    pub(super) faults: Faults,
    /// By what they are: `postcodes`, `names`, `boundaries: ward`.
    pub(super) tallies: BTreeMap<String, Tally>,
    pub(super) postcodes: PostcodeTableBuilder,
    /// Whether some file of postcodes had points.
    pub(super) placed: bool,
    pub(super) outlines: Vec<Bounded>,
    pub(super) vertices: u64,
    pub(super) names: Vec<PackName>,
    pub(super) facts: BTreeMap<String, Vec<Fact>>,
    pub(super) figures: Figures,
}

/// What is said about one thing that was read.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) edition: String,
    pub(super) attribution: &'static str,
    pub(super) files: BTreeSet<String>,
    pub(super) rows: u64,
    pub(super) counts: BTreeMap<String, u64>,
    pub(super) warnings: Vec<String>,
}

impl<'a> Batch<'a> {
    pub(super) fn new(
        options: &'a ImportOptions,
        now: Timestamp,
        progress: &'a mut dyn Progress,
    ) -> Self {
        Self {
            options,
            now,
            progress,
            faults: Faults::default(),
            tallies: BTreeMap::new(),
            postcodes: PostcodeTableBuilder::default(),
            placed: false,
            outlines: Vec::new(),
            vertices: 0,
            names: Vec::new(),
            facts: BTreeMap::new(),
            figures: Figures::default(),
        }
    }

    /// The tally of what a source is part of.
    pub(super) fn tally(&mut self, what: &str, source: &Source<'_>) -> &mut Tally {
        let tally = self.tallies.entry(what.to_owned()).or_default();
        tally.files.insert(source.label.clone());
        tally
    }

    /// Whether a code's nation is among those wanted: `E…` with England.
    pub(super) fn wants(&self, code: &str) -> bool {
        let nation = code.get(..1).unwrap_or_default();
        !matches!(nation, "E" | "W" | "S" | "N")
            || self.options.countries.iter().any(|country| country.starts_with(nation))
    }

    /// Takes a fault of one row.
    pub(super) fn refuse(&mut self, fault: Fault) {
        self.faults.row(fault);
    }
}

/// Those of the codes beside a place's own that are of wider kinds.
pub(super) fn parents(own: &str, others: &[String]) -> Vec<PlaceCode> {
    let rank = |code: &str| kinds::kind_of(code).map(kinds::rank);
    let wider = others.iter().filter(|other| rank(other) > rank(own));
    wider.map(|other| PlaceCode::from(other.as_str())).collect()
}

impl Tally {
    /// Counts one more of a kind.
    pub(super) fn count(&mut self, what: &str) {
        self.add(what, 1);
    }

    pub(super) fn add(&mut self, what: &str, more: u64) {
        if more == 0 {
            return;
        }
        match self.counts.get_mut(what) {
            Some(count) => *count += more,
            None => drop(self.counts.insert(what.to_owned(), more)),
        }
    }

    /// Says a thing once.
    pub(super) fn warn(&mut self, warning: impl Into<String>) {
        let warning = warning.into();
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    pub(super) fn into_edition(self, what: String, now: Timestamp) -> Edition {
        let more = self.files.len().saturating_sub(1);
        let first = self.files.into_iter().next().unwrap_or_default();
        let file = if more == 0 { first } else { format!("{first} and {more} more") };
        let year = self.edition.split(|c: char| !c.is_ascii_digit()).find(|part| part.len() == 4);
        let imported = now.strftime("%Y").to_string();
        let attribution = self.attribution.replace("[year]", year.unwrap_or(&imported));
        Edition {
            what,
            edition: self.edition,
            file,
            rows: self.rows,
            imported_at: now,
            attribution,
            counts: self.counts,
            warnings: self.warnings,
        }
    }
}
