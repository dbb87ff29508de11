//! What a shortlist is reached by: short enough to be typed, long enough not to be guessed.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::{
    keeping::{KeepingError, hex},
    text::code::{code_of, read_code},
};

/// 80 random bits as sixteen letters and digits. It is never stored, logged or shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct ShortlistKey(String);

const BYTES: usize = 10;

impl ShortlistKey {
    /// A new one, from the system's own source of randomness.
    pub fn new() -> Result<Self, KeepingError> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes).map_err(|_| KeepingError::NoSecret)?;
        Ok(Self(code_of(&bytes)))
    }

    /// The key in an address or a cookie, however it was typed; nothing where it cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = Some(text).filter(|text| text.len() <= 40)?;
        let bytes = read_code(text).filter(|bytes| bytes.len() == BYTES)?;
        Some(Self(code_of(&bytes)))
    }

    /// For an address or a cookie, and nowhere else.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    #[must_use]
    pub fn hash(&self) -> String {
        hex(&Sha256::digest(&self.0))
    }
}

impl fmt::Debug for ShortlistKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ShortlistKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_are_the_same_and_each_reads_back_as_it_is_typed() {
        let (one, other) = (ShortlistKey::new().unwrap(), ShortlistKey::new().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.reveal().len(), 19);
        let typed = one.reveal().to_uppercase().replace('-', " ");
        assert_eq!(ShortlistKey::parse(&typed), Some(one.clone()));
        assert_eq!(one.hash().len(), 64);
        assert!(!format!("{one:?}").contains(one.reveal()));
        for text in ["", "abc", "../../etc/passwd", &"a".repeat(400), &"u".repeat(16)] {
            assert!(ShortlistKey::parse(text).is_none(), "{text}");
        }
    }
}
