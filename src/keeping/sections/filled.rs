//! A form with what is in its fields.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::store::unit_text;

/// The fields of a form by name, each with its values in order. Rows of a form that has several of
/// a kind are told apart by a letter and a number before the name: `v0-town`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled(BTreeMap<String, Vec<String>>);

impl Filled {
    /// What was sent.
    #[must_use]
    pub fn read(pairs: &[(String, String)]) -> Self {
        let mut filled = Self::default();
        for (name, value) in pairs {
            filled.add(name, value);
        }
        filled
    }

    /// The first value of a field as it was typed; empty where there is none.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.all(name).first().map_or("", String::as_str)
    }

    /// Every value of a field.
    #[must_use]
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether this is among the values of a field.
    #[must_use]
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).iter().any(|known| known == value)
    }

    /// Adds a value to a field; one that is empty is as good as none.
    pub fn add(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.0.entry(name.to_owned()).or_default().push(value.to_owned());
        }
    }

    /// Puts these values into a field, in the place of what is there.
    pub fn put(&mut self, name: &str, values: impl IntoIterator<Item = String>) {
        self.0.remove(name);
        values.into_iter().for_each(|value| self.add(name, &value));
    }

    /// Adds the value of a field that may have none.
    pub fn add_maybe(&mut self, name: &str, value: Option<&String>) {
        self.add(name, value.map_or("", String::as_str));
    }

    /// Adds a value of a closed set by the name that it is stored under.
    pub fn add_key<T: Serialize>(&mut self, name: &str, value: T) {
        self.add(name, &key_of(value));
    }

    /// The numbers of the rows whose names begin with this letter. No form of ours has a thousand.
    #[must_use]
    pub fn rows(&self, letter: char) -> Vec<usize> {
        let number = |name: &String| name.strip_prefix(letter)?.split_once('-')?.0.parse().ok();
        let mut rows: Vec<usize> =
            self.0.keys().filter_map(number).filter(|row| *row < 1000).collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// What tells this content from any other. It goes into the form and comes back with it, so
    /// that a change by somebody else in between is noticed.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut digest = Sha256::new();
        for (name, values) in &self.0 {
            for text in std::iter::once(name).chain(values) {
                digest.update((text.len() as u64).to_be_bytes());
                digest.update(text);
            }
            digest.update([0]);
        }
        let start =
            digest.finalize().iter().take(16).fold(0, |sum, byte| sum << 8 | u128::from(*byte));
        format!("{start:032x}")
    }
}

/// The name that a value of a closed set is stored under, which forms carry too.
#[must_use]
pub fn key_of<T: Serialize>(value: T) -> String {
    unit_text(&value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Delivery, Who};

    fn filled(pairs: &[(&str, &str)]) -> Filled {
        let owned = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Filled::read(&owned.collect::<Vec<_>>())
    }

    #[test]
    fn rows_are_told_by_their_numbers() {
        let form = filled(&[("v10-town", "a"), ("v0-town", "b"), ("v0-name", "c"), ("vx-a", "d")]);
        assert_eq!(form.rows('v'), [0, 10]);
        assert!(form.rows('s').is_empty());
    }

    #[test]
    fn a_fingerprint_tells_what_differs() {
        let one = filled(&[("a", "bc"), ("a", "d")]);
        assert_eq!(one.fingerprint(), filled(&[("a", "bc"), ("a", "d"), ("e", "")]).fingerprint());
        for other in [&[("a", "b"), ("a", "cd")][..], &[("ab", "c"), ("a", "d")], &[("a", "bc")]] {
            assert_ne!(one.fingerprint(), filled(other).fingerprint());
        }
    }

    #[test]
    fn closed_sets_are_carried_by_the_names_that_are_stored() {
        assert_eq!(
            (key_of(Delivery::HomeVisit), key_of(Who::Own)),
            ("home-visit".into(), "own".into())
        );
    }
}
