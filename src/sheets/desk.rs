//! Who looks at a sheet, and what it takes.

use jiff::Timestamp;

use crate::{
    config,
    domain::Person,
    geo::Gazetteer,
    keeping::{Limits, World},
    store::Store,
    table::Bounds,
    vocabulary::Vocabulary,
};

/// The most listings of one sheet.
pub const MOST_ROWS: usize = 2000;

/// How much of a file is read: a full sheet has some 130 columns, and a description 5,000
/// characters.
pub(super) const BOUNDS: Bounds =
    Bounds { rows: MOST_ROWS, columns: 400, cell: 20_000, all: 8 << 20, unpacked: 32 << 20 };

/// What it takes to look at a sheet for somebody.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    pub store: &'a Store,
    pub gazetteer: &'a Gazetteer,
    pub vocabulary: &'static Vocabulary,
    pub keeping: &'a config::Keeping,
    pub limits: &'a Limits,
    pub person: &'a Person,
    pub now: Timestamp,
}

impl Desk<'_> {
    /// What is known of places and words.
    pub(super) fn world(&self) -> World<'_> {
        World { gazetteer: self.gazetteer, vocabulary: self.vocabulary }
    }
}
