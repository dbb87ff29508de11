//! Columns by what they are called, whatever the year.

use csv::ByteRecord;

use super::fault::Fault;

/// The header of a table: names in lower case without a byte order mark, quotes or blanks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns {
    names: Vec<String>,
}

impl Columns {
    pub(crate) fn of(header: &ByteRecord) -> Self {
        let tidy = |field: &[u8]| {
            text(field)
                .trim_matches(|c: char| c == '\u{feff}' || c == '"' || c.is_whitespace())
                .to_lowercase()
        };
        Self { names: header.iter().map(tidy).collect() }
    }

    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// The column that the first fitting pattern means; of several years the latest. In a pattern
    /// `#` stands for a digit, and a `*` at the end for anything.
    pub(crate) fn find(&self, patterns: &[&str]) -> Option<usize> {
        patterns.iter().find_map(|pattern| {
            let fitting = self.names.iter().enumerate().filter(|(_, name)| fits(pattern, name));
            fitting
                .max_by_key(|(at, name)| (year_in(name), std::cmp::Reverse(*at)))
                .map(|(at, _)| at)
        })
    }

    /// The same, or a fault that names the file, the pattern and the header that was found.
    pub(crate) fn get(&self, file: &str, patterns: &[&str]) -> Result<usize, Fault> {
        let missing = || {
            let wanted = patterns.join(" or ");
            Fault::of(file, format!("a column {wanted} (# is a digit)"), self.names.join(","))
                .on_line(1)
                .in_column(patterns.first().unwrap_or(&""))
        };
        self.find(patterns).ok_or_else(missing)
    }

    /// The name of a column.
    pub(crate) fn name(&self, at: usize) -> &str {
        self.names.get(at).map_or("", String::as_str)
    }
}

/// Whether a name is what a pattern means.
pub(crate) fn fits(pattern: &str, name: &str) -> bool {
    let (pattern, open) = pattern.strip_suffix('*').map_or((pattern, false), |start| (start, true));
    let same = |(p, n): (u8, u8)| if p == b'#' { n.is_ascii_digit() } else { p == n };
    let long_enough = if open { name.len() >= pattern.len() } else { name.len() == pattern.len() };
    long_enough && pattern.bytes().zip(name.bytes()).all(same)
}

/// The first two digits in a name as a year of this century: 2025 of `lad25cd`.
pub(crate) fn year_in(name: &str) -> Option<u16> {
    let at = name.find(|c: char| c.is_ascii_digit())?;
    let digits = name.get(at..at + 2)?.parse::<u16>().ok()?;
    Some(2000 + digits)
}

/// A field as text: UTF-8, or else what Windows-1252 makes of it.
pub(crate) fn text(field: &[u8]) -> std::borrow::Cow<'_, str> {
    match str::from_utf8(field) {
        Ok(text) => text.into(),
        Err(_) => field.iter().map(|byte| windows_1252(*byte)).collect::<String>().into(),
    }
}

fn windows_1252(byte: u8) -> char {
    const UPPER: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => UPPER[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(header: &str) -> Columns {
        Columns::of(&header.split(',').collect::<Vec<_>>().into())
    }

    #[test]
    fn a_column_is_found_in_any_year_and_case_and_the_latest_of_several() {
        let columns = columns("\u{feff}PCDS,LSOA11CD,lsoa21cd,laua,LAD99CDX");
        assert_eq!(columns.find(&["pcds"]), Some(0));
        assert_eq!(columns.find(&["lsoa##cd"]), Some(2));
        assert_eq!(columns.find(&["lad##cd", "oslaua", "laua"]), Some(3));
        assert_eq!(columns.find(&["wd##cd"]), None);
    }

    #[test]
    fn a_column_that_is_not_there_is_named_with_the_header_that_is() {
        let fault = columns("a,b").get("x.csv", &["lsoa##cd", "lsoa##"]).unwrap_err();
        insta::assert_snapshot!(fault, @"x.csv, line 1, column lsoa##cd: expected a column lsoa##cd or lsoa## (# is a digit), found a,b");
    }

    #[test]
    fn text_that_is_not_utf_8_is_read_as_windows_1252() {
        assert_eq!(text(b"Ynys M\xf4n \x96 caf\xe9"), "Ynys Môn – café");
        assert_eq!(text("Môn".as_bytes()), "Môn");
    }
}
