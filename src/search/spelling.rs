//! Spelling: the nearest word that listings or the vocabulary know.

use super::ask::{Search, SearchError};
use crate::vocabulary::{Understanding, sound};

/// A word that sounds like another has at least so many letters, and lies at most so far from it.
const LEAST_HEARD: usize = 6;
const MOST_MISHEARD: usize = 3;

impl Search {
    /// The nearest known word to one that nothing knows. Words below five letters and acronyms are
    /// left alone, because so short a word lies one letter from too many others.
    pub(super) fn respelt(&self, word: &str) -> Result<Option<String>, SearchError> {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let letters = bare.chars().count();
        let is_acronym = !bare.chars().any(char::is_lowercase);
        if letters < 5 || is_acronym {
            return Ok(None);
        }
        let bare = bare.to_lowercase();
        if self.vocabulary.words().any(|known| known == bare) {
            return Ok(None);
        }
        let in_listings = self.keeper.spelling(&bare)?;
        if in_listings.first().is_some_and(|found| found.distance == 0) {
            return Ok(None);
        }
        let listed = in_listings
            .into_iter()
            .find(|found| found.distance < 2 || sound(&found.word) == sound(&bare));
        let listed = listed.map(|found| (usize::from(found.distance), found.word));
        let named = self.nearest_vocabulary_word(&bare, if letters < 8 { 1 } else { 2 });
        let heard = self.sounds_like(&bare);
        let all = listed.into_iter().chain(named).chain(heard);
        let nearest = all.min_by_key(|(distance, _)| *distance);
        // "gardeners" is found by "gardener" as it is.
        let is_another =
            |found: &String| !(bare.starts_with(found.as_str()) || found.starts_with(&bare));
        Ok(nearest.map(|(_, found)| found).filter(is_another))
    }

    /// Whether a word that nobody knows as it is typed sounds like one that stands for a need, so
    /// that what it finds by its stem is not what was meant: "counciling".
    pub(super) fn is_misheard(&self, words: &Understanding) -> Result<bool, SearchError> {
        for term in words.terms.iter().filter(|term| term.needs.is_empty() && !term.exact) {
            for word in &term.words {
                let is_known = self.vocabulary.words().any(|known| known == word)
                    || self.keeper.spelling(word)?.first().is_some_and(|found| found.distance == 0);
                if !is_known && self.sounds_like(word).is_some() {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    fn sounds_like(&self, word: &str) -> Option<(usize, String)> {
        if word.chars().count() < LEAST_HEARD {
            return None;
        }
        let heard = sound(word);
        let known = self.vocabulary.words().filter(|known| sound(known) == heard);
        let near = known.map(|known| (strsim::osa_distance(known, word), known.to_owned()));
        near.filter(|(distance, _)| *distance <= MOST_MISHEARD).min()
    }

    fn nearest_vocabulary_word(&self, word: &str, most: usize) -> Option<(usize, String)> {
        let near = |known: &&str| known.len().abs_diff(word.len()) <= most && known.len() >= 5;
        self.vocabulary
            .words()
            .filter(near)
            .map(|known| (strsim::osa_distance(known, word), known.to_owned()))
            .filter(|(distance, _)| *distance <= most)
            .filter(|(distance, known)| *distance < 2 || sound(known) == sound(word))
            .min()
    }
}
