//! CSV files of a source: rows that do not fit their header are refused one by one.

pub(super) use crate::table::{Row, Table, line_of};

use super::{draft::Reading, fault::Origin, input::InputFile};
use crate::table::read_csv;

/// The most characters that a field may have.
const LONGEST: usize = 1_000_000;

/// Reads a table, or notes that it is none.
pub(super) fn read(file: &InputFile, reading: &mut Reading) -> Option<Table> {
    let read = read_csv(&file.text, (usize::MAX, usize::MAX));
    let mut table = Table { header: read.header, rows: Vec::new() };
    for row in read.rows {
        add(&mut table, row, file, reading);
    }
    if table.header.len() < 2 && table.rows.is_empty() {
        reading.log.file(&file.name, "a CSV table with a header", "none");
        return None;
    }
    Some(table)
}

/// Empty fields beyond the header are nothing; any other number of fields is a fault.
fn add(table: &mut Table, mut row: Row, file: &InputFile, reading: &mut Reading) {
    while row.values.len() > table.header.len()
        && row.values.last().is_some_and(|value| value.trim().is_empty())
    {
        row.values.pop();
    }
    let longest = row.values.iter().map(String::len).max().unwrap_or_default();
    let fits = row.values.len() == table.header.len();
    if fits && longest <= LONGEST {
        return table.rows.push(row);
    }
    let record =
        row.values.first().map(|value| value.chars().take(60).collect()).unwrap_or_default();
    let origin = Origin { file: file.name.as_str().into(), record, line: Some(row.line) };
    reading.read += 1;
    if fits {
        let raw = "(a field of more than 1,000,000 characters)".to_owned();
        return reading.refuse(
            &origin,
            ("", "fields of at most 1,000,000 characters", "more"),
            raw,
        );
    }
    let expected = format!("{} fields as in the header", table.header.len());
    reading.refuse(&origin, ("", &expected, &row.values.len().to_string()), line_of(&row.values));
}
