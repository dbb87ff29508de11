//! What a browser holds while its person is at the provider.

use std::fmt;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use super::error::OpenIdError;

/// 256 random bits. All else that an attempt needs follows from it by hashing, which does not lead
/// back: so nothing of it has to be kept here, and what is seen in an address gives nothing away.
#[derive(Clone, PartialEq, Eq)]
pub struct Ticket(String);

const BYTES: usize = 32;
/// As text: six bits to a letter.
const LETTERS: usize = 43;

impl Ticket {
    /// A new one, from the system's own source of randomness.
    pub fn new() -> Result<Self, OpenIdError> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes).map_err(|_| OpenIdError::NoSecret)?;
        Ok(Self(BASE64_URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// The ticket in a cookie, where it has the form of one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        let is_one = text.len() == LETTERS && text.bytes().all(is_letter);
        is_one.then(|| Self(text.to_owned()))
    }

    /// For a cookie, and nowhere else.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of it here.
    pub(super) fn hash(&self) -> String {
        self.derived("hash")
    }

    /// What the provider gives back with its answer, so that no other site can send one.
    pub(super) fn state(&self) -> String {
        self.derived("state")
    }

    /// What the provider writes into the token, so that a token of another attempt is none.
    pub(super) fn nonce(&self) -> String {
        self.derived("nonce")
    }

    /// What only whoever asked for a code can show when exchanging it (RFC 7636).
    pub(super) fn verifier(&self) -> String {
        self.derived("verifier")
    }

    /// What the provider is told of the verifier beforehand.
    pub(super) fn challenge(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier()))
    }

    fn derived(&self, purpose: &str) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(format!("{purpose}\u{1f}{}", self.0)))
    }
}

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ticket(…)")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn what_follows_from_a_ticket_is_all_different_and_of_the_length_that_is_asked_for() {
        let (one, other) = (Ticket::new().unwrap(), Ticket::new().unwrap());
        let of = |ticket: &Ticket| {
            let derived = [ticket.hash(), ticket.state(), ticket.nonce(), ticket.verifier()];
            [&derived[..], &[ticket.challenge(), ticket.reveal().to_owned()]].concat()
        };
        let all: HashSet<String> = of(&one).into_iter().chain(of(&other)).collect();
        assert_eq!(all.len(), 12);
        assert!(all.iter().all(|text| text.len() == LETTERS), "{all:?}");
        assert_eq!(Ticket::parse(one.reveal()), Some(one.clone()));
        assert!(!format!("{one:?}").contains(one.reveal()));
    }

    #[test]
    fn the_challenge_is_the_hash_of_the_verifier_as_in_the_standards_example() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
        assert_eq!(challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn what_has_not_its_form_is_none() {
        for text in ["", "abc", &"a".repeat(44), &"é".repeat(43), &"+".repeat(43)] {
            assert!(Ticket::parse(text).is_none(), "{text}");
        }
    }
}
