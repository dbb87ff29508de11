//! CSV files to rows with their lines.

use super::{
    draft::Reading,
    fault::Origin,
    input::InputFile,
};

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
        while let Ok(true) = reader.read_record(&mut record) {
            let line = record.position().map_or(1, csv::Position::line);
            let values: Vec<String> = record.iter().map(str::to_owned).collect();
            if table.header.is_empty() {
                table.header = values.iter().map(|name| name.trim().trim_matches('\u{feff}').to_owned()).collect();
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
        while row.values.len() > self.header.len() && row.values.last().is_some_and(|value| value.trim().is_empty()) {
            row.values.pop();
        }
        let longest = row.values.iter().map(String::len).max().unwrap_or_default();
        let fits = row.values.len() == self.header.len();
        if fits && longest <= LONGEST {
            return self.rows.push(row);
        }
        let record = row.values.first().map(|value| value.chars().take(60).collect()).unwrap_or_default();
        let origin = Origin { file: file.name.as_str().into(), record, line: Some(row.line) };
        reading.read += 1;
        if fits {
            let raw = "(a field of more than 1,000,000 characters)".to_owned();
            return reading.refuse(&origin, ("", "fields of at most 1,000,000 characters", "more"), raw);
        }
        let expected = format!("{} fields as in the header", self.header.len());
        reading.refuse(&origin, ("", &expected, &row.values.len().to_string()), line_of(&row.values));
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
