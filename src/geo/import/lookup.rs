//! Lookups: tables of codes beside codes and names, such as LSOA→sub-ICB→ICB, ward→council,
//! "names and codes", and the list of councils past and present.

use std::collections::{BTreeMap, BTreeSet};

use csv::ByteRecord;

use super::{
    attribution,
    batch::{Batch, parents},
    columns::{Columns, text, year_in},
    edition,
    fault::Fault,
    kinds,
    source::Source,
    table::{self, Rows},
};
use crate::{
    domain::{PlaceCode, PlaceKind, Point},
    geo::pack::Fact,
};

/// A column of codes with its column of names.
struct Pair {
    code: usize,
    name: Option<usize>,
    year: Option<u16>,
}

/// What the rows of one code told.
struct Told {
    fact: Fact,
    /// In how many rows each wider code stood beside it.
    parents: BTreeMap<PlaceCode, u32>,
}

impl Told {
    /// The fact with one parent of each kind: the one that most rows name, as a council may lie
    /// in two ICBs.
    fn into_fact(self) -> Fact {
        let mut best: BTreeMap<PlaceKind, (u32, PlaceCode)> = BTreeMap::new();
        for (parent, rows) in self.parents {
            let Some(kind) = kinds::kind_of(parent.as_str()) else { continue };
            if best.get(&kind).is_none_or(|(most, _)| *most < rows) {
                best.insert(kind, (rows, parent));
            }
        }
        Fact { parents: best.into_values().map(|(_, parent)| parent).collect(), ..self.fact }
    }
}

/// Whether a header has a column of codes with names, or two columns of codes.
pub(super) fn is_lookup(columns: &Columns) -> bool {
    let pairs = pairs(columns);
    pairs.len() > 1 || pairs.iter().any(|pair| pair.name.is_some())
}

/// Reads all rows into the batch.
pub(super) fn read(rows: &Rows, source: Source<'_>, batch: &mut Batch<'_>) -> Result<(), Fault> {
    let pairs = pairs(&rows.columns);
    let active = rows.columns.find(&["ladcd_active"]);
    let centre = rows.columns.find(&["lat"]).zip(rows.columns.find(&["long"]));
    let year = pairs.iter().filter_map(|pair| pair.year).max();
    let edition = edition::of(&source.label, year);
    let mut told: BTreeMap<String, Told> = BTreeMap::new();
    let (label, name) = (source.label.clone(), source.name.clone());
    let read = table::each(rows, source, batch, |row, _, batch| {
        let found = coded(&pairs, row);
        let all: Vec<String> = found.iter().map(|(code, ..)| code.clone()).collect();
        for (code, kind, pair) in found.iter().filter(|(code, ..)| batch.wants(code)) {
            let narrowest = all.iter().all(|other| rank(other) >= rank(code));
            let told = told.entry(code.clone()).or_insert_with(|| {
                let mut fact = fact(code, *kind, pair, row);
                fact.centre = centre.filter(|_| narrowest).and_then(|at| point(row, at));
                fact.successor =
                    active.filter(|_| narrowest).and_then(|at| successor(row, at, code));
                Told { fact, parents: BTreeMap::new() }
            });
            for parent in parents(code, &all) {
                *told.parents.entry(parent).or_default() += 1;
            }
        }
        Ok(())
    })?;
    let facts: Vec<Fact> = told.into_values().map(Told::into_fact).collect();
    if facts.is_empty() {
        return Err(Fault::of(&label, "codes of places", "none that is known or wanted"));
    }
    let kinds: BTreeSet<PlaceKind> = facts.iter().map(|fact| fact.kind).collect();
    let words: Vec<&str> = kinds.iter().map(|kind| kinds::word(*kind)).collect();
    let retired = if active.is_some() { "past and present " } else { "" };
    let what = format!("lookup: {retired}{}", words.join(" "));
    let tally = batch.tallies.entry(what.clone()).or_default();
    tally.files.insert(label);
    tally.edition = edition;
    tally.attribution = attribution::ONS;
    tally.rows += read;
    for kind in kinds {
        let count = facts.iter().filter(|fact| fact.kind == kind).count();
        tally.add(kinds::word(kind), count as u64);
        complete(kind, count, &name, tally);
    }
    batch.facts.entry(what).or_default().extend(facts);
    Ok(())
}

/// Warns of a file that was cut short on the way: services of maps give a page at a time.
pub(super) fn complete(kind: PlaceKind, count: usize, name: &str, tally: &mut super::batch::Tally) {
    let whole = match kind {
        PlaceKind::Lsoa => 33_755,
        PlaceKind::Msoa => 6_856,
        _ => return,
    };
    if count < whole {
        let word = kinds::word(kind).to_uppercase();
        tally.warn(format!(
            "{name} has {count} {word}s and England has {whole}: it may have been cut short on the way"
        ));
    }
}

fn rank(code: &str) -> Option<u8> {
    kinds::kind_of(code).map(kinds::rank)
}

/// The columns of codes: `lad25cd`, `ladcd`, `lsoa code (2021)`.
fn pairs(columns: &Columns) -> Vec<Pair> {
    let found = columns.names().iter().enumerate().filter_map(|(code, name)| {
        let stem = name.strip_suffix("cd").or_else(|| name.strip_suffix("code"))?;
        let letters = stem.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
        let shaped = !letters.is_empty() && letters.chars().all(|c| c.is_ascii_alphabetic());
        let wanted = [format!("{stem}hclnm"), format!("{stem}nm"), format!("{stem}name")];
        let named = columns.names().iter().position(|name| wanted.contains(name));
        shaped.then(|| Pair { code, name: named, year: year_in(stem) })
    });
    found.collect()
}

fn coded<'p>(pairs: &'p [Pair], row: &ByteRecord) -> Vec<(String, PlaceKind, &'p Pair)> {
    let known = pairs.iter().filter_map(|pair| {
        let code = text(row.get(pair.code)?.trim_ascii()).into_owned();
        kinds::kind_of(&code).map(|kind| (code, kind, pair))
    });
    known.collect()
}

fn fact(code: &str, kind: PlaceKind, pair: &Pair, row: &ByteRecord) -> Fact {
    let name = pair.name.and_then(|at| row.get(at)).map(|name| text(name).trim().to_owned());
    Fact {
        code: PlaceCode::from(code),
        kind,
        name: name.unwrap_or_default(),
        edition: pair.year.map(|year| year.to_string()).unwrap_or_default(),
        centre: None,
        parents: Vec::new(),
        successor: None,
    }
}

fn point(row: &ByteRecord, (lat, long): (usize, usize)) -> Option<Point> {
    let number = |at: usize| row.get(at).and_then(super::postcodes::number);
    Point::parse(number(lat)?, number(long)?)
}

fn successor(row: &ByteRecord, active: usize, code: &str) -> Option<PlaceCode> {
    let active = text(row.get(active)?.trim_ascii()).into_owned();
    (kinds::kind_of(&active).is_some() && active != code).then(|| PlaceCode::from(active.as_str()))
}
