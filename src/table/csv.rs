//! CSV, parted by commas, semicolons or tabs.

use super::{Row, Table, heading};

/// Reads a table from text, and no more of it than so many rows and columns. Rows may be longer or
/// shorter than the header; nothing is refused.
#[must_use]
pub fn read_csv(text: &str, (rows, columns): (usize, usize)) -> Table {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let mut table = Table::default();
    let mut record = csv::StringRecord::new();
    let mut lines = Lines { text, at: 0, line: 1 };
    while table.rows.len() < rows && matches!(reader.read_record(&mut record), Ok(true)) {
        let line = record.position().map_or(1, |position| lines.of(position.byte()));
        let values: Vec<String> = record.iter().take(columns).map(str::to_owned).collect();
        if table.header.is_empty() {
            table.header = values.iter().map(|name| heading(name)).collect();
        } else {
            table.rows.push(Row { line, values });
        }
    }
    table
}

/// Counts lines as the rows go by. The reader's own count is one short where lines end in CR LF.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of the first character of the row that begins at or after this byte.
    fn of(&mut self, byte: u64) -> u64 {
        let bytes = self.text.as_bytes();
        let mut to = usize::try_from(byte).unwrap_or(usize::MAX).clamp(self.at, bytes.len());
        while bytes.get(to).is_some_and(|c| matches!(c, b'\r' | b'\n')) {
            to += 1;
        }
        let passed = self.text.get(self.at..to).unwrap_or_default().matches('\n').count();
        (self.at, self.line) = (to, self.line + passed as u64);
        self.line
    }
}

/// A comma, unless the header is parted by tabs or semicolons.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |c| header.matches(c).count();
    match () {
        () if count('\t') > count(',') => b'\t',
        () if count(';') > count(',') => b';',
        () => b',',
    }
}

/// A row as one line of CSV, without its end.
#[must_use]
pub fn line_of<T: AsRef<[u8]>>(values: &[T]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let written = writer.write_record(values).ok().and_then(|()| writer.into_inner().ok());
    let text = written.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    text.trim_end().to_owned()
}
