//! Tables as people's spreadsheets have them: CSV and XLSX, to rows that know their lines, and
//! rows to both.
//!
//! *Invariants.* Nothing is worked out: a cell is what it says. A file is read within bounds of
//! memory whatever it claims of itself, and a text that would be a formula is written so that a
//! spreadsheet shows it.

mod csv;
mod encoding;
mod write;
mod xlsx;

use serde::{Deserialize, Serialize};

use crate::domain::from_cell;

pub use self::{
    csv::{line_of, read_csv},
    encoding::{NotText, decode, in_windows},
    write::{Book, Width, to_csv, to_xlsx},
};

/// Rows below a header.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub header: Vec<String>,
    pub rows: Vec<Row>,
}

/// A row with where it stands, from 1: the line of the text that it begins on, or the row of the
/// sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub line: u64,
    pub values: Vec<String>,
}

/// How much of a file is read before it is called too much.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    pub rows: usize,
    pub columns: usize,
    /// Characters of a cell, and of all cells together.
    pub cell: usize,
    pub all: usize,
    /// Bytes of a workbook once it is unpacked.
    pub unpacked: u64,
}

/// Why a file gives no table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    #[error("it is {0}")]
    NotText(#[from] NotText),
    #[error("it is a workbook that cannot be read")]
    BrokenWorkbook,
    #[error("it has no line of headings")]
    NoHeader,
    #[error("it has more than {0} rows")]
    TooManyRows(usize),
    #[error("it has more than {0} columns")]
    TooManyColumns(usize),
    #[error("row {line} has a cell of more than {most} characters")]
    CellTooLong { line: u64, most: usize },
    #[error("it is larger than is read here once it is unpacked")]
    TooLarge,
}

/// Reads a sheet from the bytes of a file, be it CSV or XLSX: which, the bytes say.
pub fn read(bytes: &[u8], bounds: Bounds) -> Result<Table, TableError> {
    let mut table = if bytes.starts_with(b"PK\x03\x04") {
        xlsx::read(bytes, bounds)?
    } else {
        csv_within(&decode(bytes)?, bounds)?
    };
    table.rows.retain(|row| row.values.iter().any(|value| !value.trim().is_empty()));
    if table.header.iter().all(String::is_empty) {
        return Err(TableError::NoHeader);
    }
    if table.rows.len() > bounds.rows {
        return Err(TableError::TooManyRows(bounds.rows));
    }
    let widest = table.rows.iter().map(|row| row.values.len()).max().unwrap_or_default();
    if widest.max(table.header.len()) > bounds.columns {
        return Err(TableError::TooManyColumns(bounds.columns));
    }
    let is_long = |row: &&Row| row.values.iter().any(|value| value.chars().count() > bounds.cell);
    match table.rows.iter().find(is_long) {
        Some(row) => Err(TableError::CellTooLong { line: row.line, most: bounds.cell }),
        None => Ok(table),
    }
}

/// A sheet of CSV, with its rows numbered as a spreadsheet numbers them, in which a cell may have
/// lines.
fn csv_within(text: &str, bounds: Bounds) -> Result<Table, TableError> {
    // Rows of nothing but separators, as spreadsheets leave them at the end, are no listings.
    let most = bounds.rows * 50;
    let mut table = read_csv(text, (most, bounds.columns + 1));
    if table.rows.len() >= most {
        return Err(TableError::TooManyRows(bounds.rows));
    }
    for (row, number) in table.rows.iter_mut().zip(2..) {
        row.line = number;
        for value in &mut row.values {
            let bare = from_cell(value);
            if bare.len() < value.len() {
                *value = bare.to_owned();
            }
        }
    }
    Ok(table)
}

/// A heading as it is looked for: without the space around it and the mark that files begin with.
fn heading(text: &str) -> String {
    text.trim().trim_matches('\u{feff}').to_owned()
}

#[cfg(test)]
mod tests;
