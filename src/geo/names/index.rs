//! Finding places by what they are called.

use super::{edits, edits_allowed, fold, inner_starts, short_of};
use crate::domain::{PlaceCode, PlaceKind, Point};

/// What a name stands for, widest standing first: the order in which answers are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    City,
    Town,
    Suburb,
    Village,
    Locality,
    /// A place with a boundary of its own.
    Area(PlaceKind),
}

/// A name, and where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    pub name: Box<str>,
    pub kind: NameKind,
    pub point: Point,
    pub population: Option<u32>,
    /// The council that it lies in.
    pub council: Option<PlaceCode>,
    /// Its own code, where it is a place.
    pub code: Option<PlaceCode>,
    /// Whether the point is only the centre of an outward code.
    pub approximate: bool,
}

/// How what was typed relates to the name that it found, closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Match {
    Whole,
    Alias,
    /// The name up to its link: Newton of Newton-le-Willows.
    Short,
    /// A later word of the name on: Makerfield.
    Inner,
}

/// Names sorted by their folded spellings. Nothing in it changes once it is built.
#[derive(Debug, Default)]
pub struct NameIndex {
    named: Vec<Named>,
    spellings: Vec<Spelling>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Spelling {
    folded: Box<str>,
    how: Match,
    named: u32,
    letters: u32,
}

impl NameKind {
    /// The order in which answers of one name are offered, least first.
    #[must_use]
    pub fn rank(self) -> u8 {
        match self {
            Self::Area(PlaceKind::Custom) => 0,
            Self::City => 2,
            Self::Town => 3,
            Self::Suburb => 4,
            Self::Village => 5,
            Self::Locality => 6,
            Self::Area(PlaceKind::Msoa | PlaceKind::Lsoa) => 7,
            Self::Area(PlaceKind::Ward | PlaceKind::Parish | PlaceKind::Pcn) => 8,
            Self::Area(_) => 1,
        }
    }

    /// Whether it is a city or town, or an area at least as wide as a council.
    #[must_use]
    pub fn is_major(self) -> bool {
        matches!(self.rank(), 1..=3)
    }
}

impl NameIndex {
    /// Adds a name with its other spellings; `finish` before asking.
    pub fn insert<'a>(&mut self, named: Named, aliases: impl IntoIterator<Item = &'a str>) {
        let Ok(at) = u32::try_from(self.named.len()) else { return };
        let whole = fold(&named.name);
        if let Some(short) = short_of(&whole) {
            self.spell(short, Match::Short, at);
        }
        for inner in inner_starts(&whole) {
            self.spell(inner, Match::Inner, at);
        }
        for alias in aliases {
            self.spell(&fold(alias), Match::Alias, at);
        }
        self.spell(&whole, Match::Whole, at);
        self.named.push(named);
    }

    fn spell(&mut self, folded: &str, how: Match, named: u32) {
        if !folded.is_empty() {
            let letters = letters(folded);
            self.spellings.push(Spelling { folded: folded.into(), how, named, letters });
        }
    }

    /// Sorts what was inserted.
    pub fn finish(&mut self) {
        self.spellings
            .sort_unstable_by(|a, b| (&a.folded, a.named, a.how).cmp(&(&b.folded, b.named, b.how)));
        self.spellings.dedup_by(|a, b| a.folded == b.folded && a.named == b.named);
        self.spellings.sort_unstable();
        self.spellings.shrink_to_fit();
        self.named.shrink_to_fit();
    }

    /// Everything called this, by whole name, alias or short name, closest matches first.
    pub fn called<'a>(
        &'a self,
        folded: &str,
    ) -> impl Iterator<Item = (Match, &'a Named)> + use<'a> {
        let from = self.spellings.partition_point(|spelling| *spelling.folded < *folded);
        let to = self.spellings.partition_point(|spelling| *spelling.folded <= *folded);
        self.spellings[from..to.max(from)]
            .iter()
            .filter(|spelling| spelling.how < Match::Inner)
            .filter_map(|spelling| Some((spelling.how, self.named.get(spelling.named as usize)?)))
    }

    /// Everything that begins with this, by name or from a later word of it.
    pub fn beginning<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = (Match, &'a Named)> {
        let from = self.spellings.partition_point(|spelling| *spelling.folded < *folded);
        self.spellings[from..]
            .iter()
            .take_while(move |spelling| spelling.folded.starts_with(folded))
            .filter_map(|spelling| Some((spelling.how, self.named.get(spelling.named as usize)?)))
    }

    /// Everything spelt nearly like this, with the number of edits.
    pub fn nearly<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = (usize, &'a Named)> {
        let most = edits_allowed(folded.chars().count());
        let asked = if most == 0 { &[] } else { self.spellings.as_slice() };
        let own = letters(folded);
        // An edit changes at most one letter for another: two differences.
        let alike =
            move |spelling: &&Spelling| (spelling.letters ^ own).count_ones() as usize <= 2 * most;
        asked.iter().filter(|spelling| spelling.how < Match::Short).filter(alike).filter_map(
            move |spelling| {
                let edits = edits(folded.as_bytes(), spelling.folded.as_bytes(), most)?;
                Some((edits, self.named.get(spelling.named as usize)?))
            },
        )
    }
}

/// Which letters there are in a text, a bit for each.
fn letters(text: &str) -> u32 {
    text.bytes().fold(0, |letters, byte| letters | 1 << (byte % 32))
}
