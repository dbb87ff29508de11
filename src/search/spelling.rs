//! Spelling: the nearest word that listings or the vocabulary know.

use super::ask::{Search, SearchError};

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
        let listed =
            in_listings.first().map(|found| (usize::from(found.distance), found.word.clone()));
        let named = self.nearest_vocabulary_word(&bare, if letters < 8 { 1 } else { 2 });
        let nearest = listed.into_iter().chain(named).min_by_key(|(distance, _)| *distance);
        // "gardeners" is found by "gardener" as it is.
        let is_another =
            |found: &String| !(bare.starts_with(found.as_str()) || found.starts_with(&bare));
        Ok(nearest.map(|(_, found)| found).filter(is_another))
    }

    fn nearest_vocabulary_word(&self, word: &str, most: usize) -> Option<(usize, String)> {
        let near = |known: &&str| known.len().abs_diff(word.len()) <= most && known.len() >= 5;
        self.vocabulary
            .words()
            .filter(near)
            .map(|known| (strsim::osa_distance(known, word), known.to_owned()))
            .filter(|(distance, _)| *distance <= most)
            .min()
    }
}
