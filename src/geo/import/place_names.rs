//! OS Open Names and the ONS Index of Place Names: named towns, villages and suburbs.

use csv::ByteRecord;

use super::{
    attribution,
    batch::Batch,
    columns::{Columns, text, year_in},
    edition,
    fault::{Fault, quoted},
    kinds,
    postcodes::number,
    source::Source,
    table::{self, Rows},
};
use crate::{
    domain::{PlaceCode, Point},
    geo::{
        grid_to_point,
        pack::{PackName, PackNameKind},
    },
};

/// Whether a first row is one of OS Open Names, which has no header.
pub(super) fn is_open_names(row: &ByteRecord) -> bool {
    let metres = |at: usize| row.get(at).and_then(number).is_some();
    row.len() == 34
        && metres(8)
        && metres(9)
        && row.get(1).is_some_and(|uri| uri.starts_with(b"http"))
}

/// Whether a header is that of the Index of Place Names.
pub(super) fn is_index(columns: &Columns) -> bool {
    columns.find(&["place##nm"]).is_some()
}

/// Reads the populated places of OS Open Names.
pub(super) fn read_open_names(
    rows: &Rows,
    source: Source<'_>,
    batch: &mut Batch<'_>,
) -> Result<(), Fault> {
    let edition = format!("OS Open Names {}", edition::of(&source.label, None));
    all(rows, source, batch, edition, attribution::OPEN_NAMES, |row, batch| {
        let field = |at: usize| text(row.get(at).unwrap_or_default().trim_ascii()).into_owned();
        let nation = field(29);
        let wanted = match nation.as_str() {
            "England" => batch.wants("E"),
            "Scotland" => batch.wants("S"),
            "Wales" => batch.wants("W"),
            _ => true,
        };
        if !wanted || !field(6).eq_ignore_ascii_case("populatedPlace") {
            return Ok(None);
        }
        let metres = row.get(8).and_then(number).zip(row.get(9).and_then(number));
        let point =
            metres.and_then(|(east, north)| grid_to_point(east, north)).ok_or_else(|| {
                let found = format!("{}, {}", quoted(&field(8)), quoted(&field(9)));
                Fault::of("", "a position in Great Britain", found).in_column("GEOMETRY_X")
            })?;
        let context = [field(21), field(24)].into_iter().find(|name| !name.is_empty());
        let alt = Some(field(4)).filter(|alt| !alt.is_empty());
        Ok(Some(PackName {
            name: field(2),
            alt,
            kind: settlement(&field(7)),
            point,
            council: None,
            context,
        }))
    })
}

/// Reads the localities of the Index of Place Names.
pub(super) fn read_index(
    rows: &Rows,
    source: Source<'_>,
    batch: &mut Batch<'_>,
) -> Result<(), Fault> {
    let columns = &rows.columns;
    let name = columns.get(&source.label, &["place##nm"])?;
    let kind = columns.get(&source.label, &["descnm"])?;
    let lat = columns.get(&source.label, &["lat"])?;
    let long = columns.get(&source.label, &["long"])?;
    let (council, context) = (columns.find(&["lad##cd"]), columns.find(&["lad##nm"]));
    let year = year_in(columns.name(name));
    let edition = format!("Index of Place Names {}", edition::of(&source.label, year));
    all(rows, source, batch, edition, attribution::ONS, move |row, batch| {
        let field = |at: usize| text(row.get(at).unwrap_or_default().trim_ascii()).into_owned();
        let council = council.map(field).filter(|code| kinds::kind_of(code).is_some());
        if !field(kind).eq_ignore_ascii_case("LOC")
            || council.as_ref().is_some_and(|code| !batch.wants(code))
        {
            return Ok(None);
        }
        let degrees = row.get(lat).and_then(number).zip(row.get(long).and_then(number));
        let point = degrees.and_then(|(lat, long)| Point::parse(lat, long)).ok_or_else(|| {
            let found = format!("{}, {}", quoted(&field(lat)), quoted(&field(long)));
            Fault::of("", "a position in the British Isles", found).in_column("lat, long")
        })?;
        let council = council.map(|code| PlaceCode::from(code.as_str()));
        let context = context.map(field).filter(|name| !name.is_empty());
        Ok(Some(PackName {
            name: field(name),
            alt: None,
            kind: PackNameKind::Other,
            point,
            council,
            context,
        }))
    })
}

fn all(
    rows: &Rows,
    source: Source<'_>,
    batch: &mut Batch<'_>,
    edition: String,
    attribution: &'static str,
    mut take: impl FnMut(&ByteRecord, &Batch<'_>) -> Result<Option<PackName>, Fault>,
) -> Result<(), Fault> {
    let tally = batch.tally("names", &source);
    tally.edition = edition;
    tally.attribution = attribution;
    let mut passed = 0;
    let before = batch.names.len();
    let read = table::each(rows, source, batch, |row, _, batch| {
        match take(row, batch)? {
            Some(name) if !name.name.is_empty() => batch.names.push(name),
            _ => passed += 1,
        }
        Ok(())
    })?;
    let kept = (batch.names.len() - before) as u64;
    let tally = batch.tallies.entry("names".to_owned()).or_default();
    tally.rows += read;
    tally.add("kept", kept);
    tally.add("left out: not a populated place, or of another country", passed);
    Ok(())
}

fn settlement(local_type: &str) -> PackNameKind {
    match local_type {
        "City" => PackNameKind::City,
        "Town" => PackNameKind::Town,
        "Village" => PackNameKind::Village,
        "Suburban Area" => PackNameKind::Suburb,
        "Hamlet" => PackNameKind::Hamlet,
        _ => PackNameKind::Other,
    }
}
