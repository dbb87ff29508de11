//! What can go wrong, for those who call the engine.

use thiserror::Error;

/// Why an index cannot be opened, made or written to.
#[derive(Debug, Error)]
pub enum OpenError {
    /// There is no index in the folder.
    #[error("there is no index here")]
    Missing,
    /// The folder of a new index already holds files.
    #[error("the folder is not empty")]
    Occupied,
    /// The files cannot be trusted. The index is derived: build it anew.
    #[error("the index is damaged: {reason}")]
    Damaged { reason: String },
    /// Another version of the program made it. Build it anew.
    #[error("the index has format {found}, and this program reads {expected}")]
    OtherFormat { found: String, expected: String },
    /// Somebody else has the one writer.
    #[error("the index is being written to by another process or thread")]
    Busy,
    /// The disk or the folder's permissions are at fault, not the index.
    #[error("the index folder cannot be used: {0}")]
    Io(#[from] std::io::Error),
}

/// Why a change was not taken. What was committed before stands.
#[derive(Debug, Error)]
#[error("the index could not be written: {reason}")]
pub struct WriteError {
    pub reason: String,
}

/// Why a question has no answer.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum SearchError {
    /// The question is larger than is answered.
    #[error("{found} {what} were asked for and {most} is the most")]
    TooMany { what: &'static str, found: usize, most: usize },
    /// The files changed or failed under the reader.
    #[error("the index could not be read: {reason}")]
    Unreadable { reason: String },
}

impl From<tantivy::TantivyError> for WriteError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self { reason: error.to_string() }
    }
}

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Unreadable { reason: error.to_string() }
    }
}

impl From<std::io::Error> for SearchError {
    fn from(error: std::io::Error) -> Self {
        Self::Unreadable { reason: error.to_string() }
    }
}
