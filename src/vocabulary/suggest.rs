//! Needs offered while someone is still typing.

use super::{
    Added, How, Vocabulary,
    lookup::Need,
    words::{Speller, Token},
};
use crate::domain::NeedId;

/// A need that fits what has been typed so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The need.
    pub need: NeedId,
    /// Its label.
    pub label: String,
    /// The label or phrase that fits.
    pub matched: String,
    /// Which of them it is.
    pub how: How,
}

/// A label or phrase as it is searched.
#[derive(Debug)]
pub(super) struct Searchable {
    need: usize,
    how: How,
    text: String,
    words: Vec<String>,
}

impl Searchable {
    /// Everything that may be suggested, in the order of the file.
    pub fn all(needs: &[Need], speller: &Speller) -> Vec<Self> {
        let mut all = Vec::new();
        for (at, need) in needs.iter().enumerate() {
            let label = std::iter::once((How::Label, &need.label));
            let phrases = need.phrases.iter().map(|phrase| (How::Phrase, phrase));
            let kinds = need.kinds.iter().map(|phrase| (How::Kind, phrase));
            all.extend(
                label
                    .chain(phrases)
                    .chain(kinds)
                    .map(|(how, text)| Self::new(at, how, text, speller)),
            );
        }
        all
    }

    /// A label or phrase of the need at a place in the list of needs.
    pub fn new(need: usize, how: How, text: &str, speller: &Speller) -> Self {
        let words = speller.tokens(text).into_iter().map(|token| token.word).collect();
        Self { need, how, text: text.to_owned(), words }
    }

    /// Where the typed words begin in this text, the last of them perhaps unfinished.
    fn begins(&self, typed: &[Token]) -> Option<usize> {
        let (last, whole) = typed.split_last()?;
        let fits = |window: &[String]| {
            let (end, start) = window.split_at(whole.len());
            end.iter().zip(whole).all(|(word, typed)| *word == typed.word)
                && start[0].starts_with(&last.word)
        };
        self.words.windows(typed.len()).position(fits)
    }
}

/// The fewest letters that two words begin with alike to be taken for kin: "garden", "gardening".
const KIN: usize = 5;

impl Searchable {
    /// How many of these words, or their kin, are in it.
    fn shares(&self, words: &[String]) -> usize {
        let is_in = |word: &&String| self.words.iter().any(|known| is_kin(known, word));
        words.iter().filter(is_in).count()
    }
}

fn is_kin(one: &str, other: &str) -> bool {
    let alike = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    one == other || alike >= KIN
}

impl Vocabulary {
    /// Needs with a label or phrase that shares a word with these, or its kin: those that share
    /// most first, the shorter before the longer.
    #[must_use]
    pub fn like(&self, words: &str, limit: usize) -> Vec<Suggestion> {
        let tokens = self.speller.tokens(words);
        let tells = |at: &usize| self.filler.longest_at(&tokens, *at, tokens.len()).is_none();
        let words: Vec<String> =
            (0..tokens.len()).filter(tells).map(|at| tokens[at].word.clone()).collect();
        let mut found: Vec<(usize, &Searchable)> = self
            .searchable
            .iter()
            .map(|entry| (entry.shares(&words), entry))
            .filter(|(shared, _)| *shared > 0)
            .collect();
        found.sort_by_key(|(shared, entry)| {
            (std::cmp::Reverse(*shared), entry.words.len(), entry.how)
        });
        self.each_once(found.into_iter().map(|(_, entry)| entry), limit)
    }

    /// Phrases of the vocabulary that have these words among others, the shorter first.
    #[must_use]
    pub fn phrases_with(&self, words: &str, limit: usize) -> Vec<String> {
        let words: Vec<String> =
            self.speller.tokens(words).into_iter().map(|token| token.word).collect();
        let has = |entry: &&Searchable| {
            entry.words.len() > words.len()
                && entry.words.windows(words.len().max(1)).any(|some| some == words)
        };
        let mut found: Vec<&Searchable> = self.searchable.iter().filter(has).collect();
        found.sort_by_key(|entry| entry.words.len());
        let mut phrases: Vec<String> = found.into_iter().map(|entry| entry.text.clone()).collect();
        phrases.dedup();
        phrases.truncate(limit);
        phrases
    }

    /// Needs with a word that begins as typed: labels before phrases, first words before later ones.
    #[must_use]
    pub fn suggest(&self, prefix: &str, limit: usize) -> Vec<Suggestion> {
        self.suggest_with(&Added::default(), prefix, limit)
    }

    /// The same with what a directory's own people call needs.
    #[must_use]
    pub fn suggest_with(&self, added: &Added, prefix: &str, limit: usize) -> Vec<Suggestion> {
        let typed = self.speller.tokens(prefix);
        let begins = |entry: &Searchable| entry.begins(&typed).map(|at| (entry.how, at > 0));
        let entries = self.searchable.iter().chain(added.searchable());
        let mut found: Vec<_> = entries.filter_map(|entry| Some((begins(entry)?, entry))).collect();
        found.sort_by_key(|(order, entry)| (*order, entry.text.len()));
        self.each_once(found.into_iter().map(|(_, entry)| entry), limit)
    }

    /// The first entry of each need, up to so many.
    fn each_once<'e>(
        &self,
        found: impl Iterator<Item = &'e Searchable>,
        limit: usize,
    ) -> Vec<Suggestion> {
        let mut suggestions: Vec<Suggestion> = Vec::new();
        for entry in found {
            let need = &self.needs[entry.need];
            if suggestions.len() < limit && !suggestions.iter().any(|known| known.need == need.id) {
                suggestions.push(Suggestion {
                    need: need.id.clone(),
                    label: need.label.clone(),
                    matched: entry.text.clone(),
                    how: entry.how,
                });
            }
        }
        suggestions
    }
}
