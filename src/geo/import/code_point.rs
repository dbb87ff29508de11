//! Code-Point Open: ten columns without a header, padded postcodes, grid coordinates.

use csv::ByteRecord;

use super::{
    attribution,
    batch::Batch,
    columns::text,
    edition,
    fault::{Fault, quoted},
    kinds,
    postcodes::number,
    source::Source,
    table::{self, Rows},
};
use crate::geo::{Postcode, Quality, Territory, grid_to_point, pack::NewPostcode};

/// Whether a first row is one of Code-Point Open.
pub(super) fn is_first_row(row: &ByteRecord) -> bool {
    let numeric = |at: usize| row.get(at).and_then(number).is_some();
    let country = row.get(4).is_some_and(|code| code.get(1..3) == Some(b"92"));
    row.len() == 10 && numeric(1) && numeric(2) && numeric(3) && country
}

/// Reads all rows into the batch.
pub(super) fn read(rows: &Rows, source: Source<'_>, batch: &mut Batch<'_>) -> Result<(), Fault> {
    let edition = edition::of(&source.label, None);
    let tally = batch.tally("postcodes", &source);
    tally.edition = format!("Code-Point Open {edition}");
    tally.attribution = attribution::CODE_POINT;
    batch.placed = true;
    let (mut kept, mut elsewhere) = (0, 0);
    let read = table::each(rows, source, batch, |row, _, batch| {
        *if take(row, batch)? { &mut kept } else { &mut elsewhere } += 1;
        Ok(())
    })?;
    let tally = batch.tallies.entry("postcodes".to_owned()).or_default();
    tally.rows += read;
    tally.add("kept", kept);
    tally.add("left out: other countries", elsewhere);
    Ok(())
}

/// Whether the row's country is wanted; then it is taken.
fn take(row: &ByteRecord, batch: &mut Batch<'_>) -> Result<bool, Fault> {
    let field = |at: usize| text(row.get(at).unwrap_or_default().trim_ascii());
    let wrong = |expected: &str, column: &str, at| {
        Fault::of("", expected, quoted(&field(at))).in_column(column)
    };
    let postcode: Postcode = field(0).parse().map_err(|_| wrong("a postcode", "Postcode", 0))?;
    if !batch.wants(&field(4)) || postcode.territory() == Territory::NorthernIreland {
        return Ok(false);
    }
    let quality: u8 =
        field(1).parse().map_err(|_| wrong("a number", "Positional_quality_indicator", 1))?;
    let metres = row.get(2).and_then(number).zip(row.get(3).and_then(number));
    let (east, north) = metres.ok_or_else(|| wrong("a number of metres", "Eastings", 2))?;
    // Ninety is "no position", with zeros for coordinates.
    let placed = quality / 10 != 9;
    let point = grid_to_point(east, north).filter(|_| placed);
    if placed && point.is_none() {
        return Err(wrong("a position in Great Britain", "Eastings", 2));
    }
    let codes = [9, 8, 7, 4].map(|at| field(at).into_owned());
    let codes: Vec<u32> = codes
        .iter()
        .filter(|code| kinds::kind_of(code).is_some())
        .map(|code| batch.postcodes.code(code))
        .collect();
    let quality = Quality::from_indicator(quality / 10);
    batch.postcodes.add(&NewPostcode { postcode, point, quality, terminated: None, codes: &codes });
    Ok(true)
}
