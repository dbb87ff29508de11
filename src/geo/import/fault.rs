//! What was wrong with a file: where, what was expected, what was found.

use std::fmt;

use serde::Serialize;

use crate::geo::pack::PackError;

/// One fault of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The file's name without its folders; for a zip also the member's.
    pub file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The number of a feature in a `GeoJSON` file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feature: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    pub expected: String,
    pub found: String,
}

/// The faults of an import: the first hundred in full, and how many there were.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Faults {
    pub list: Vec<Fault>,
    pub count: u64,
    /// How many of them keep a whole file out, and with it the import.
    pub fatal: u64,
}

/// Why nothing was imported. The pack is as it was.
#[derive(Debug, thiserror::Error)]
pub enum GeoImportError {
    #[error("no file was given")]
    NothingGiven,
    #[error(
        "postcodes of Northern Ireland are licensed for internal use only and are never kept: \
         leave N92000002 out"
    )]
    NorthernIreland,
    #[error("{found:?} is not the code of a nation: expected E92000001, S92000003 or W92000004")]
    NotANation { found: String },
    #[error("nothing was imported, and what was there is unchanged:\n{0}")]
    Refused(Faults),
    #[error(transparent)]
    Pack(#[from] PackError),
}

/// How many faults are kept in full.
const KEPT: usize = 100;

impl Fault {
    /// A fault of a file as a whole.
    pub(crate) fn of(file: &str, expected: impl Into<String>, found: impl Into<String>) -> Self {
        let (expected, found) = (expected.into(), excerpt(&found.into()));
        Self { file: file.to_owned(), expected, found, ..Self::default() }
    }

    pub(crate) fn on_line(self, line: u64) -> Self {
        Self { line: u32::try_from(line).ok(), ..self }
    }

    pub(crate) fn of_feature(self, feature: u64) -> Self {
        Self { feature: u32::try_from(feature).ok(), ..self }
    }

    pub(crate) fn in_column(self, column: &str) -> Self {
        Self { column: Some(excerpt(column)), ..self }
    }
}

impl Faults {
    /// A fault of one row, which is left out.
    pub(crate) fn row(&mut self, fault: Fault) {
        self.count += 1;
        if self.list.len() < KEPT {
            self.list.push(fault);
        }
    }

    /// A fault that keeps the file out. It is shown before the rows, however many came before it.
    pub(crate) fn file(&mut self, fault: Fault) {
        let before = usize::try_from(self.fatal).unwrap_or(KEPT);
        self.count += 1;
        self.fatal += 1;
        if before >= KEPT {
            return;
        }
        self.list.truncate(KEPT - 1);
        self.list.insert(before.min(self.list.len()), fault);
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        self.line.map_or(Ok(()), |line| write!(f, ", line {line}"))?;
        self.feature.map_or(Ok(()), |feature| write!(f, ", feature {feature}"))?;
        self.column.as_ref().map_or(Ok(()), |column| write!(f, ", column {column}"))?;
        write!(f, ": expected {}, found {}", self.expected, self.found)
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.list {
            writeln!(f, "  {fault}")?;
        }
        let more = self.count.saturating_sub(self.list.len() as u64);
        if more > 0 { writeln!(f, "  and {more} more") } else { Ok(()) }
    }
}

/// A text short enough for a message, without control characters.
pub(crate) fn excerpt(text: &str) -> String {
    let cut: String =
        text.chars().take(400).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if cut.len() < text.len() && text.chars().count() > 400 { cut + "…" } else { cut }
}

/// A value in quotes, cut short.
pub(crate) fn quoted(text: &str) -> String {
    let cut: String = text.chars().take(60).collect();
    let more = if text.chars().count() > 60 { "…" } else { "" };
    if text.is_empty() { "nothing".to_owned() } else { format!("{cut:?}{more}") }
}
