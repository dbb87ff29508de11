//! What a browser or a mail holds and we do not.

use std::fmt::{self, Write};

use sha2::{Digest, Sha256};

use super::error::KeepingError;

/// 160 random bits as forty letters and digits. It is never stored, logged or shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

const BYTES: usize = 20;

impl Secret {
    /// A new one, from the system's own source of randomness.
    pub fn new() -> Result<Self, KeepingError> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes).map_err(|_| KeepingError::NoSecret)?;
        Ok(Self(hex(&bytes)))
    }

    /// The secret in an address or a cookie, where it has the form of one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_one = text.len() == BYTES * 2
            && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        is_one.then(|| Self(text.to_owned()))
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

    /// What forms of a session carry, so that no other site can send one. It does not lead back.
    #[must_use]
    pub fn form_key(&self) -> String {
        hex(&Sha256::digest(format!("form\u{1f}{}", self.0)))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Bytes as digits and the letters to f.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_are_the_same_and_each_reads_back() {
        let (one, other) = (Secret::new().unwrap(), Secret::new().unwrap());
        assert_ne!(one.reveal(), other.reveal());
        assert_eq!(Secret::parse(one.reveal()), Some(one.clone()));
        assert_eq!(one.hash().len(), 64);
        assert_ne!(one.hash(), one.form_key());
        assert!(!format!("{one:?}").contains(one.reveal()));
    }

    #[test]
    fn what_has_not_its_form_is_none() {
        let long = "a".repeat(41);
        for text in ["", "abc", &long, &"G".repeat(40), &"A".repeat(40), "../../etc/passwd"] {
            assert!(Secret::parse(text).is_none(), "{text}");
        }
    }
}
