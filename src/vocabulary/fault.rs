//! What is wrong with a vocabulary file, said so that it can be mended.

use std::fmt;

/// One fault in the vocabulary: which file, which entry, and what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file's name, such as `needs.toml`.
    pub file: &'static str,
    /// The need, panel or circumstance at fault, where it is one entry's.
    pub entry: Option<String>,
    /// What is wrong and what was expected.
    pub problem: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.entry {
            Some(entry) => write!(f, "{}: {entry}: {}", self.file, self.problem),
            None => write!(f, "{}: {}", self.file, self.problem),
        }
    }
}

impl std::error::Error for Fault {}
