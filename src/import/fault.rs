//! What was wrong with a source, said so that its publisher can mend it.

use std::{collections::BTreeMap, fmt, sync::Arc};

use serde::{Deserialize, Serialize};

/// Where a record stood in its source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    pub file: Arc<str>,
    /// The record's own key, or its name where it has none.
    pub record: String,
    pub line: Option<u64>,
}

/// One thing that was not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    pub kind: Kind,
    pub file: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub record: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub field: String,
    pub expected: String,
    pub found: String,
}

/// What a fault led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A file that could not be read at all.
    FileRefused,
    /// A record that was not loaded.
    Refused,
    /// A value that was left out of a record that was loaded.
    ValueLeftOut,
    /// The same record a second time.
    Duplicate,
    /// A row that belongs to a record which is not there.
    Orphan,
    /// Something in the feed that is neither a service nor an organisation.
    NotForUs,
    /// An organisation that is named by its id only.
    OrganisationNotInFeed,
    /// A time that claims to be UTC and is likelier to be the time on the clock.
    SuspectTime,
    /// Details of somebody who keeps the record, which are never kept.
    PersonalDetail,
    /// An address that reads like a refuge and is treated as confidential.
    TakenAsConfidential,
    /// A venue whose postcode gives no point.
    NotPlaced,
    /// A name of an area that no place answers to.
    AreaNotKnown,
    /// A code or label that stands for none of our needs.
    CodeNotKnown,
    /// A provider's own newer value, which the feed contradicts.
    Conflict,
    /// A listing that was joined with another, which stands for both.
    Joined,
}

impl Kind {
    /// Whether it is only worth knowing: nothing was lost.
    #[must_use]
    pub fn is_notice(self) -> bool {
        !matches!(self, Self::FileRefused | Self::Refused | Self::ValueLeftOut | Self::Orphan)
    }

    /// What it led to, in words.
    #[must_use]
    pub fn outcome(self) -> &'static str {
        match self {
            Self::FileRefused => "file not read",
            Self::Refused => "record refused",
            Self::ValueLeftOut => "value left out",
            Self::Duplicate => "same record again",
            Self::Orphan => "row belongs to nothing",
            Self::NotForUs => "passed over",
            Self::OrganisationNotInFeed => "organisation not in the feed",
            Self::SuspectTime => "taken as the time on the clock",
            Self::PersonalDetail => "personal detail not kept",
            Self::TakenAsConfidential => "address taken as confidential",
            Self::NotPlaced => "loaded without a point",
            Self::AreaNotKnown => "area kept by its name only",
            Self::CodeNotKnown => "kept as words",
            Self::Conflict => "the provider's newer value stays",
            Self::Joined => "nothing of it written",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if !self.record.is_empty() {
            write!(f, ", record {}", self.record)?;
        }
        if !self.field.is_empty() {
            write!(f, ", {}", self.field)?;
        }
        write!(f, ": expected {}, found {} ({})", self.expected, self.found, self.kind.outcome())
    }
}

/// The faults of a run in the order they were met.
#[derive(Clone, Debug, Default)]
pub struct Log {
    pub faults: Vec<Fault>,
}

/// The longest part of a value that a fault repeats.
const SHOWN: usize = 60;

impl Log {
    /// Notes a fault of a record.
    pub fn add(&mut self, kind: Kind, origin: &Origin, field: &str, expected: &str, found: &str) {
        self.faults.push(Fault {
            kind,
            file: origin.file.to_string(),
            record: shown(&origin.record),
            line: origin.line,
            field: field.to_owned(),
            expected: expected.to_owned(),
            found: shown(found),
        });
    }

    /// Notes a fault of a whole file.
    pub fn file(&mut self, file: &str, expected: &str, found: &str) {
        let origin = Origin { file: Arc::from(file), ..Origin::default() };
        self.add(Kind::FileRefused, &origin, "", expected, found);
    }

    /// How many there are of each kind.
    #[must_use]
    pub fn by_kind(&self) -> BTreeMap<Kind, usize> {
        let mut counts = BTreeMap::new();
        for fault in &self.faults {
            *counts.entry(fault.kind).or_default() += 1;
        }
        counts
    }
}

/// The start of a value on one line, with the mailbox of an e-mail address masked.
fn shown(value: &str) -> String {
    let one_line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let short = match one_line.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &one_line[..at]),
        None => one_line,
    };
    let words = short.split(' ').map(|word| match word.split_once('@') {
        Some((mailbox, domain)) if !mailbox.is_empty() && domain.contains('.') => {
            format!("…@{domain}")
        }
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(kind: Kind, field: &str, expected: &str, found: &str) -> String {
        let mut log = Log::default();
        let origin = Origin { file: "feed.json".into(), record: "7f".into(), line: Some(12) };
        log.add(kind, &origin, field, expected, found);
        log.faults[0].to_string()
    }

    #[test]
    fn a_fault_names_file_line_record_field_expected_and_found() {
        insta::assert_snapshot!(
            fault(Kind::ValueLeftOut, "minimum_age", "a whole number of years", "\"abc\""),
            @r#"feed.json, line 12, record 7f, minimum_age: expected a whole number of years, found "abc" (value left out)"#
        );
    }

    #[test]
    fn a_long_value_is_cut_and_a_mailbox_is_masked() {
        let said =
            fault(Kind::Refused, "email", "an address", &format!("jo@x.org {}", "y".repeat(200)));
        insta::assert_snapshot!(
            said,
            @"feed.json, line 12, record 7f, email: expected an address, found …@x.org yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy… (record refused)"
        );
    }
}
