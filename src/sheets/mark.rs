//! What a row was when its sheet was made: which version of the listing, and a seal of each cell
//! that said something. By it, a cell that its sender left alone is told from one that he changed,
//! and a listing that somebody else changed from one that nobody did.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::store::Version;

use super::{
    cells::{Cells, canonical},
    columns::Column,
};

/// The mark of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub version: Version,
    seals: BTreeMap<String, String>,
}

impl Mark {
    /// The mark of a listing in this version that says this.
    pub fn of(version: Version, cells: &Cells) -> Self {
        let sealed = cells.0.iter().filter(|(column, _)| column.part().is_some());
        let seals = sealed.filter_map(|(column, text)| Some((column.code(), seal(*column, text)?)));
        Self { version, seals: seals.collect() }
    }

    /// As it stands in the sheet: `12 name=3fa9c1 phone=07be22`.
    pub fn written(&self) -> String {
        let seals = self.seals.iter().map(|(code, seal)| format!(" {code}={seal}"));
        format!("{}{}", self.version.0, seals.collect::<String>())
    }

    /// The mark that was written; nothing where it is none.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split_whitespace();
        let version = parts.next()?.parse().ok().filter(|version| *version > 0)?;
        let seal = |part: &str| {
            let (code, seal) = part.split_once('=')?;
            Some((code.to_owned(), seal.to_owned()))
        };
        let seals: Option<BTreeMap<String, String>> = parts.map(seal).collect();
        Some(Self { version: Version(version), seals: seals? })
    }

    /// Whether a cell says what it said when the sheet was made.
    pub fn holds(&self, column: Column, text: &str) -> bool {
        self.seals.get(&column.code()) == seal(column, text).as_ref()
    }
}

/// What tells one content of a cell from another, to one in sixteen million; nothing for one that
/// says nothing.
fn seal(column: Column, text: &str) -> Option<String> {
    let text = canonical(column, text);
    if text.is_empty() {
        return None;
    }
    let digest = Sha256::digest(format!("{}\u{1f}{text}", column.code()));
    let start = digest.iter().take(3).fold(0, |sum: u32, byte| sum << 8 | u32::from(*byte));
    Some(format!("{start:06x}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::columns::VenueCell;

    #[test]
    fn a_mark_tells_cells_that_changed_from_those_that_did_not() {
        let mut cells = Cells::default();
        let (one, other) = (Column::Venue(0, VenueCell::Name), Column::Elsewhere);
        cells.put(one, "The hall".to_owned());
        cells.put(other, "Mondays; Fridays".to_owned());
        let mark = Mark::of(Version(7), &cells);
        assert_eq!(Mark::read(&mark.written()), Some(mark.clone()));
        assert!(mark.holds(one, " The  hall ") && mark.holds(other, "Mondays\nFridays"));
        assert!(mark.holds(Column::Venue(1, VenueCell::Name), ""));
        for (column, text) in
            [(one, "The barn"), (one, ""), (Column::Venue(1, VenueCell::Name), "x")]
        {
            assert!(!mark.holds(column, text), "{text}");
        }
        for text in ["", "0", "x", "7 name", "-1", "99999999999999999999999"] {
            assert_eq!(Mark::read(text), None, "{text}");
        }
    }
}
