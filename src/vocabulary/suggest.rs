//! Needs offered while someone is still typing.

use super::{
    How, Vocabulary,
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
            all.extend(label.chain(phrases).chain(kinds).map(|(how, text)| {
                let words = speller.tokens(text).into_iter().map(|token| token.word).collect();
                Self { need: at, how, text: text.clone(), words }
            }));
        }
        all
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

impl Vocabulary {
    /// Needs with a word that begins as typed: labels before phrases, first words before later ones.
    #[must_use]
    pub fn suggest(&self, prefix: &str, limit: usize) -> Vec<Suggestion> {
        let typed = self.speller.tokens(prefix);
        let begins = |entry: &Searchable| entry.begins(&typed).map(|at| (entry.how, at > 0));
        let mut found: Vec<_> =
            self.searchable.iter().filter_map(|entry| Some((begins(entry)?, entry))).collect();
        found.sort_by_key(|(order, entry)| (*order, entry.text.len()));
        let mut suggestions: Vec<Suggestion> = Vec::new();
        for (_, entry) in found {
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
