//! What the readers make of a source: records of the domain that still need placing and matching.

use jiff::Timestamp;

use super::{
    fault::{Kind, Log, Origin},
    source::Source,
};
use crate::domain::{Capacity, Location, Organisation, Partnership, Service};

/// What every reader is told.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    pub source: &'a Source,
    pub now: Timestamp,
}

/// Everything that one record of the source turned into.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub origin: Origin,
    pub organisations: Vec<Organisation>,
    pub locations: Vec<Location>,
    pub services: Vec<ServiceDraft>,
    pub partnerships: Vec<Partnership>,
    pub capacities: Vec<Capacity>,
}

/// A service with what only the vocabulary can turn into needs and circumstances.
#[derive(Clone, Debug)]
pub struct ServiceDraft {
    pub service: Service,
    pub codes: Vec<Code>,
    /// Words for the people it is for: "Care leavers".
    pub audience: Vec<String>,
}

/// A term of somebody's vocabulary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Code {
    /// The vocabulary, as the source names it.
    pub scheme: String,
    pub code: String,
    pub label: String,
}

/// A record that was not loaded, as the source had it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub origin: Origin,
    pub raw: String,
}

/// All that was read of a source.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// How many records the source has.
    pub read: usize,
    pub drafts: Vec<Draft>,
    pub refused: Vec<Refused>,
    pub log: Log,
}

impl Reading {
    /// Notes that a record is not loaded, and keeps it for the file of refused records.
    pub fn refuse(&mut self, origin: &Origin, reason: (&str, &str, &str), raw: String) {
        let (field, expected, found) = reason;
        self.log.add(Kind::Refused, origin, field, expected, found);
        self.refused.push(Refused { origin: origin.clone(), raw });
    }

    /// Adds what another file of the same source held.
    pub fn append(&mut self, other: Self) {
        self.read += other.read;
        self.drafts.extend(other.drafts);
        self.refused.extend(other.refused);
        self.log.faults.extend(other.log.faults);
    }
}
