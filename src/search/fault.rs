//! What was wrong with a value that somebody sent.

use std::fmt;

/// A value that could not be read: which, what was found, and what would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub field: String,
    pub found: String,
    pub expected: String,
}

impl Fault {
    /// A fault in `field`; what was found is cut short, so that a message stays one.
    #[must_use]
    pub fn new(field: &str, found: &str, expected: String) -> Self {
        let mut found: String = found.chars().take(41).collect();
        if found.chars().count() > 40 {
            found.pop();
            found.push('…');
        }
        Self { field: field.to_owned(), found, expected }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: found “{}”, expected {}", self.field, self.found, self.expected)
    }
}
