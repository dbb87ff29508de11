//! A table of phrases, and where they occur in a text.

use std::{collections::HashMap, ops::Range};

use super::words::{Gap, Token};

/// Which form of a word a table compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Whoever is spoken of.
    Voice,
    /// As written, but for spelling and number.
    Key,
}

impl Form {
    fn of(self, token: &Token) -> &str {
        match self {
            Self::Voice => &token.voice,
            Self::Key => &token.key,
        }
    }
}

/// Phrases, each with what it stands for.
#[derive(Debug)]
pub(super) struct Table<T> {
    form: Form,
    entries: HashMap<String, Vec<T>>,
    /// For each first word, the most words a phrase beginning with it has.
    longest: HashMap<String, usize>,
}

/// A phrase found in a text, by the positions of its words.
#[derive(Debug)]
pub(super) struct Found<'t, T> {
    pub at: Range<usize>,
    pub values: &'t [T],
}

impl<T> Table<T> {
    pub fn new(form: Form) -> Self {
        Self { form, entries: HashMap::new(), longest: HashMap::new() }
    }

    /// Adds a phrase; one without words is left out.
    pub fn insert(&mut self, phrase: &[Token], value: T) {
        let Some(first) = phrase.first() else { return };
        let longest = self.longest.entry(self.form.of(first).to_owned()).or_default();
        *longest = phrase.len().max(*longest);
        self.entries.entry(self.joined(phrase)).or_default().push(value);
    }

    /// What exactly these words stand for.
    pub fn get(&self, words: &[Token]) -> &[T] {
        self.entries.get(&self.joined(words)).map_or(&[], Vec::as_slice)
    }

    /// Every occurrence of every phrase, by where it starts, the shorter first.
    pub fn all(&self, words: &[Token]) -> Vec<Found<'_, T>> {
        (0..words.len()).flat_map(|start| self.starting(words, start)).collect()
    }

    /// The longest occurrence that starts at `start` and does not reach `limit`.
    pub fn longest_at(&self, words: &[Token], start: usize, limit: usize) -> Option<Found<'_, T>> {
        let limit = limit.min(words.len());
        self.starting(&words[..limit], start).pop()
    }

    /// Occurrences that do not overlap, the longest chosen first, in the text's order.
    pub fn apart(&self, words: &[Token]) -> Vec<Found<'_, T>> {
        Self::apart_in(&[self], words)
    }

    /// The same of several tables: what stands at the same words in more than one is all there,
    /// one after the other.
    pub fn apart_in<'t>(tables: &[&'t Self], words: &[Token]) -> Vec<Found<'t, T>> {
        let mut candidates: Vec<Found<'t, T>> =
            tables.iter().flat_map(|table| table.all(words)).collect();
        candidates.sort_by_key(|found| (std::cmp::Reverse(found.at.len()), found.at.start));
        let mut chosen: Vec<Found<'_, T>> = Vec::new();
        for candidate in candidates {
            let free = |other: &Found<'_, T>| {
                other.at == candidate.at || !overlap(&other.at, &candidate.at)
            };
            if chosen.iter().all(free) {
                chosen.push(candidate);
            }
        }
        chosen.sort_by_key(|found| found.at.start);
        chosen
    }

    fn starting(&self, words: &[Token], start: usize) -> Vec<Found<'_, T>> {
        let first = self.form.of(&words[start]);
        let most = self.longest.get(first).copied().unwrap_or(0).min(words.len() - start);
        let mut joined = String::new();
        let mut found = Vec::new();
        for (offset, token) in words[start..start + most].iter().enumerate() {
            if offset > 0 && token.gap != Gap::Joined {
                break;
            }
            push(&mut joined, self.form.of(token));
            if let Some(values) = self.entries.get(&joined) {
                found.push(Found { at: start..start + offset + 1, values });
            }
        }
        found
    }

    fn joined(&self, words: &[Token]) -> String {
        let mut joined = String::new();
        for token in words {
            push(&mut joined, self.form.of(token));
        }
        joined
    }
}

/// Whether two runs of words share one.
pub(super) fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn push(joined: &mut String, word: &str) {
    if !joined.is_empty() {
        joined.push(' ');
    }
    joined.push_str(word);
}
