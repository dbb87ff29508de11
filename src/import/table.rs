//! CSV files to rows with their lines.

use super::{draft::Reading, fault::Origin, input::InputFile};

/// The most characters that a field may have.
const LONGEST: usize = 1_000_000;

/// A table with its header.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub header: Vec<String>,
    pub rows: Vec<Row>,
}

/// A row with the line that it begins on.
#[derive(Debug)]
pub(super) struct Row {
    pub line: u64,
    pub values: Vec<String>,
}

impl Table {
    /// Reads a table. Rows that do not fit the header are refused one by one.
    pub fn read(file: &InputFile, reading: &mut Reading) -> Option<Self> {
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .delimiter(delimiter(&file.text))
            .from_reader(file.text.as_bytes());
        let mut table = Self::default();
        let mut record = csv::StringRecord::new();
        let mut lines = Lines { text: &file.text, at: 0, line: 1 };
        while let Ok(true) = reader.read_record(&mut record) {
            let line = record.position().map_or(1, |position| lines.of(position.byte()));
            let values: Vec<String> = record.iter().map(str::to_owned).collect();
            if table.header.is_empty() {
                table.header = values
                    .iter()
                    .map(|name| name.trim().trim_matches('\u{feff}').to_owned())
                    .collect();
            } else {
                table.add(Row { line, values }, file, reading);
            }
        }
        if table.header.len() < 2 && table.rows.is_empty() {
            reading.log.file(&file.name, "a CSV table with a header", "none");
            return None;
        }
        Some(table)
    }

    /// Empty fields beyond the header are nothing; any other number of fields is a fault.
    fn add(&mut self, mut row: Row, file: &InputFile, reading: &mut Reading) {
        while row.values.len() > self.header.len()
            && row.values.last().is_some_and(|value| value.trim().is_empty())
        {
            row.values.pop();
        }
        let longest = row.values.iter().map(String::len).max().unwrap_or_default();
        let fits = row.values.len() == self.header.len();
        if fits && longest <= LONGEST {
            return self.rows.push(row);
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
        let expected = format!("{} fields as in the header", self.header.len());
        reading.refuse(
            &origin,
            ("", &expected, &row.values.len().to_string()),
            line_of(&row.values),
        );
    }
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

/// A row as one line of CSV.
pub(super) fn line_of(values: &[String]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let written = writer.write_record(values).ok().and_then(|()| writer.into_inner().ok());
    let text = written.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    text.trim_end().to_owned()
}
