//! Rows of a CSV, one line each.
//!
//! No file named in the geography notes has a field that runs over several lines. Reading lines
//! keeps a lost quotation mark a fault of its own row: it cannot swallow the rest of the file.

use std::io::BufRead;

use csv::ByteRecord;

use super::{
    batch::Batch,
    columns::{Columns, text},
    fault::{Fault, quoted},
    source::{Source, read_fault},
};

/// What the first row of a table told.
pub(super) struct Rows {
    /// The names of its columns; none where the table has no header.
    pub(super) columns: Columns,
    pub(super) headed: bool,
}

/// Beyond the first hundred, one faulty row in so many keeps the whole file out.
const TOLERATED: u64 = 10;
/// Faulty rows after which a file of which they are a tenth is read no further.
const HOPELESS: u64 = 10_000;
/// Rows between two looks at the progress.
const STRIDE: u64 = 8192;

/// The first row of what a table begins with.
pub(super) fn first_row(head: &[u8], file: &str) -> Result<ByteRecord, Fault> {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let mut row = ByteRecord::new();
    let whole = split(line, &mut row) && !row.is_empty();
    let found = || quoted(&String::from_utf8_lossy(line));
    if whole { Ok(row) } else { Err(Fault::of(file, "a table or GeoJSON", found())) }
}

/// Hands every row to `take` with its line; how many there were. A row that `take` refuses is
/// reported and left out; when a tenth are refused, the file is.
pub(super) fn each(
    rows: &Rows,
    source: Source<'_>,
    batch: &mut Batch<'_>,
    mut take: impl FnMut(&ByteRecord, u64, &mut Batch<'_>) -> Result<(), Fault>,
) -> Result<u64, Fault> {
    let Source { label, mut reader, position, .. } = source;
    reader.get_mut().lines = true;
    let (mut buffer, mut row) = (Vec::new(), ByteRecord::new());
    let (mut line, mut read, mut refused) = (0u64, 0u64, 0u64);
    loop {
        buffer.clear();
        line += 1;
        let count = reader.read_until(b'\n', &mut buffer);
        if count.map_err(|error| read_fault(&label, &error).on_line(line))? == 0 {
            break;
        }
        let content = buffer.trim_ascii_end();
        if content.is_empty() || (line == 1 && rows.headed) {
            continue;
        }
        read += 1;
        if read.is_multiple_of(STRIDE) {
            batch.progress.at(position.get());
            most_rows(&label, batch)?;
        }
        let whole = whole(content, &mut row, rows.columns.names().len());
        if let Err(fault) = whole.and_then(|()| take(&row, line, batch)) {
            refused += 1;
            batch.refuse(Fault { file: label.clone(), ..fault.on_line(line) });
            if refused > HOPELESS && refused > read / TOLERATED {
                break;
            }
        }
    }
    if refused > 0 && (refused == read || (refused > 100 && refused > read / TOLERATED)) {
        let found = format!("{refused} faulty ones of the first {read}");
        return Err(Fault::of(&label, "a file in which nine rows of ten can be read", found));
    }
    if read == 0 { Err(Fault::of(&label, "a table with rows", "none")) } else { Ok(read) }
}

fn most_rows(label: &str, batch: &Batch<'_>) -> Result<(), Fault> {
    let most = batch.options.limits.rows;
    let found = batch.postcodes.len() as u64;
    if found <= most {
        return Ok(());
    }
    Err(Fault::of(label, format!("at most {most} postcodes"), format!("{found} so far")))
}

/// Splits a line that should have at least so many fields.
fn whole(line: &[u8], row: &mut ByteRecord, width: usize) -> Result<(), Fault> {
    if !split(line, row) {
        let found = quoted(&text(line.get(line.len().saturating_sub(40)..).unwrap_or_default()));
        return Err(Fault::of("", "every quotation mark closed on its line", found));
    }
    if row.len() < width {
        return Err(Fault::of("", format!("{width} fields"), row.len().to_string()));
    }
    Ok(())
}

/// Splits a line at commas outside quotation marks; false where a mark is not closed.
fn split(line: &[u8], row: &mut ByteRecord) -> bool {
    row.clear();
    let mut rest = line.trim_ascii_end();
    loop {
        let (field, after) = if let Some(quoted) = rest.strip_prefix(b"\"") {
            let Some(parts) = unquote(quoted) else { return false };
            parts
        } else {
            let end = rest.iter().position(|byte| *byte == b',').unwrap_or(rest.len());
            (std::borrow::Cow::Borrowed(&rest[..end]), &rest[end..])
        };
        row.push_field(&field);
        match after.strip_prefix(b",") {
            Some(next) => rest = next,
            None => return after.is_empty(),
        }
    }
}

/// A quoted field after its opening mark, and what comes after the closing one. Two marks are one.
fn unquote(rest: &[u8]) -> Option<(std::borrow::Cow<'_, [u8]>, &[u8])> {
    let end = rest.iter().position(|byte| *byte == b'"')?;
    if rest.get(end + 1) != Some(&b'"') {
        return Some((rest[..end].into(), &rest[end + 1..]));
    }
    let mut field = Vec::new();
    let mut rest = rest;
    loop {
        let end = rest.iter().position(|byte| *byte == b'"')?;
        field.extend_from_slice(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix(b"\"") {
            Some(after) => {
                field.push(b'"');
                rest = after;
            }
            None => return Some((field.into(), rest)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(line: &str) -> Option<Vec<String>> {
        let mut row = ByteRecord::new();
        let whole = split(line.as_bytes(), &mut row);
        whole.then(|| row.iter().map(|field| text(field).into_owned()).collect())
    }

    #[test]
    fn lines_are_split_at_commas_outside_marks() {
        let split = |line| fields(line).unwrap().join("|");
        assert_eq!(split("a,\"b, c\",,\"d\"\r"), "a|b, c||d");
        assert_eq!(split("\"say \"\"no\"\"\",\"\"\"\",x"), "say \"no\"|\"|x");
        assert_eq!(split("\"\",\"\""), "|");
        assert_eq!(split("one"), "one");
    }

    #[test]
    fn a_mark_that_is_not_closed_is_a_fault_of_its_line() {
        assert_eq!(fields("a,\"b"), None);
        assert_eq!(fields("a,\"b\"c,d"), None);
        assert_eq!(fields("\"a\"\""), None);
    }

    proptest::proptest! {
        #[test]
        fn what_a_csv_writer_writes_is_read(row in proptest::collection::vec("[a-z\", ]{0,6}[a-z]", 1..6)) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(&row).unwrap();
            let line = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            proptest::prop_assert_eq!(fields(&line), Some(row));
        }
    }
}
