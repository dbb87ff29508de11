//! The first sheet of a workbook.

use std::io::{Cursor, Read, Write};

use calamine::{DataRef, ExcelDateTime, Reader, SheetVisible, Xlsx};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{Bounds, Row, Table, TableError, heading};

/// The most parts that a workbook may have.
const PARTS: usize = 1000;

/// Reads the first sheet that is shown. Its first row that says anything is the header.
pub fn read(bytes: &[u8], bounds: Bounds) -> Result<Table, TableError> {
    let unpacked = unpacked(bytes, bounds.unpacked)?;
    let broken = |_| TableError::BrokenWorkbook;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(unpacked)).map_err(broken)?;
    let shown = book.sheets_metadata().iter().find(|sheet| sheet.visible == SheetVisible::Visible);
    let name = shown.map(|sheet| sheet.name.clone()).ok_or(TableError::BrokenWorkbook)?;
    // Cell by cell: a table as the library makes it is as large as its furthest cell says.
    let mut cells = book.worksheet_cells_reader(&name).map_err(broken)?;
    let mut table = Table::default();
    // A text that many cells share is stored once there, and once for each here.
    let mut left = bounds.all;
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        let text = text(cell.get_value());
        if text.trim().is_empty() {
            continue;
        }
        let (line, column) = (u64::from(row) + 1, column as usize);
        let length = text.chars().count();
        if length > bounds.cell {
            return Err(TableError::CellTooLong { line, most: bounds.cell });
        }
        left = left.checked_sub(length + 1).ok_or(TableError::TooLarge)?;
        if column >= bounds.columns {
            return Err(TableError::TooManyColumns(bounds.columns));
        }
        if table.rows.last().is_none_or(|last| last.line != line) {
            // The header is a row until the table is whole.
            if table.rows.len() > bounds.rows {
                return Err(TableError::TooManyRows(bounds.rows));
            }
            table.rows.push(Row { line, values: Vec::new() });
        }
        let Some(last) = table.rows.last_mut() else { continue };
        if last.values.len() <= column {
            last.values.resize(column + 1, String::new());
        }
        last.values[column] = text;
    }
    if table.rows.is_empty() {
        return Err(TableError::NoHeader);
    }
    let header = table.rows.remove(0);
    table.header = header.values.iter().map(|name| heading(name)).collect();
    Ok(table)
}

/// The parts that hold words, unpacked within bounds and packed again as they are: what is read
/// from then on is no larger than it says.
fn unpacked(bytes: &[u8], most: u64) -> Result<Vec<u8>, TableError> {
    let broken = |_| TableError::BrokenWorkbook;
    let mut packed = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if packed.len() > PARTS {
        return Err(TableError::TooLarge);
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut left = most;
    for at in 0..packed.len() {
        let part = packed.by_index(at).map_err(broken)?;
        let name = part.name().map_err(broken)?.into_owned();
        let lower = name.to_ascii_lowercase();
        let is_words = [".xml", ".rels"].iter().any(|ending| lower.ends_with(ending))
            && !lower.contains("drawing");
        if !is_words {
            continue;
        }
        let mut content = Vec::new();
        part.take(left + 1).read_to_end(&mut content).map_err(|_| TableError::BrokenWorkbook)?;
        left = left.checked_sub(content.len() as u64).ok_or(TableError::TooLarge)?;
        writer.start_file(name, options).map_err(broken)?;
        writer.write_all(&content).map_err(|_| TableError::BrokenWorkbook)?;
    }
    Ok(writer.finish().map_err(broken)?.into_inner())
}

/// What a cell says, as it would be typed.
fn text(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        DataRef::DateTime(at) => moment(at),
        DataRef::Error(what) => what.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// A date as people here write it, or the time of the day where there is no date.
fn moment(at: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, ..) = at.to_ymd_hms_milli();
    if at.as_f64() < 1.0 {
        return format!("{hour:02}:{minute:02}");
    }
    format!("{day}/{month}/{year}")
}
