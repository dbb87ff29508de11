//! Spelling: the nearest word that listings or the vocabulary know.

use super::{
    ask::{Asked, Search, SearchError},
    findings::Correction,
};
use crate::vocabulary::{Understanding, sound};

/// A word that sounds like another has at least so many letters, and lies at most so far from it: in
/// all, and as one letter in so many.
const LEAST_HEARD: usize = 6;
const MOST_MISHEARD: usize = 3;
const LETTERS_A_SLIP: usize = 3;
/// So many words that are equally near are weighed against each other.
const MOST_READINGS: usize = 3;
/// Words with fewer letters lie one letter from too many others.
const SHORTEST: usize = 5;

/// A word that nothing knows, and what it may have been meant for.
struct Slip {
    typed: String,
    /// The nearest, the most likely first.
    meant: Vec<String>,
}

impl Search {
    /// What was typed with each word that nobody knows replaced by the nearest that somebody does;
    /// where several are equally near, by the one that makes a name, or with which most is found.
    pub(super) fn correction(
        &self,
        asked: &Asked,
        finds: impl Fn(&str) -> Result<(bool, usize), SearchError>,
    ) -> Result<Option<Correction>, SearchError> {
        let slips = self.slips(&asked.words)?;
        if slips.is_empty() {
            return Ok(None);
        }
        let mut chosen: Vec<(&str, &str)> =
            slips.iter().map(|slip| (slip.typed.as_str(), slip.meant[0].as_str())).collect();
        for (at, slip) in slips.iter().enumerate().filter(|(_, slip)| slip.meant.len() > 1) {
            let mut best = None;
            for meant in &slip.meant {
                chosen[at].1 = meant;
                let found = finds(&mended(&asked.typed, &chosen))?;
                // Of those that find as much, the first is the likeliest.
                if best.is_none_or(|(most, _)| found > most) {
                    best = Some((found, meant.as_str()));
                }
            }
            chosen[at].1 = best.map_or(&slip.meant[0], |(_, meant)| meant);
        }
        let to = mended(&asked.typed, &chosen);
        Ok(Some(Correction { from: asked.typed.clone(), to }))
    }

    fn slips(&self, words: &Understanding) -> Result<Vec<Slip>, SearchError> {
        let plain = words.terms.iter().filter(|term| term.needs.is_empty() && !term.exact);
        let mut slips: Vec<Slip> = Vec::new();
        for word in plain.flat_map(|term| term.text.split_whitespace()) {
            let typed = bare(word);
            let meant = self.meant(typed)?;
            if !meant.is_empty() && slips.iter().all(|slip| slip.typed != typed) {
                slips.push(Slip { typed: typed.to_owned(), meant });
            }
        }
        Ok(slips)
    }

    /// The nearest known words to one that nothing knows, the likeliest first. Short words and
    /// acronyms are left alone.
    fn meant(&self, typed: &str) -> Result<Vec<String>, SearchError> {
        let letters = typed.chars().count();
        let is_acronym = !typed.chars().any(char::is_lowercase);
        if letters < SHORTEST || is_acronym {
            return Ok(Vec::new());
        }
        let typed = typed.to_lowercase();
        if self.is_known(&typed)? {
            return Ok(Vec::new());
        }
        let listed = self.keeper.spelling(&typed)?.into_iter();
        let listed =
            listed.filter(|found| found.distance < 2 || sound(&found.word) == sound(&typed));
        let listed = listed.map(|found| (usize::from(found.distance), found.word));
        let named = self.nearest_vocabulary_word(&typed, if letters < 8 { 1 } else { 2 });
        let mut all: Vec<(usize, String)> =
            self.sounds_like(&typed).into_iter().chain(named).chain(listed).collect();
        all.sort_by_key(|(distance, _)| *distance);
        let nearest = all.first().map_or(0, |(distance, _)| *distance);
        let mut meant: Vec<String> = Vec::new();
        for (_, word) in all.into_iter().filter(|(distance, _)| *distance == nearest) {
            // "gardeners" is found by "gardener" as it is.
            let is_another = !(typed.starts_with(&word) || word.starts_with(&typed));
            if is_another && !meant.contains(&word) && meant.len() < MOST_READINGS {
                meant.push(word);
            }
        }
        Ok(meant)
    }

    /// Whether a word that nobody knows as it is typed sounds like one that stands for a need, so
    /// that what it finds by its stem is not what was meant: "counciling".
    pub(super) fn is_misheard(&self, words: &Understanding) -> Result<bool, SearchError> {
        for term in words.terms.iter().filter(|term| term.needs.is_empty() && !term.exact) {
            for word in &term.words {
                if self.sounds_like(word).is_some() && !self.is_known(word)? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    fn is_known(&self, word: &str) -> Result<bool, SearchError> {
        Ok(self.vocabulary.has_word(word) || self.keeper.knows(word)?)
    }

    fn sounds_like(&self, word: &str) -> Option<(usize, String)> {
        if word.chars().count() < LEAST_HEARD {
            return None;
        }
        let known = self.vocabulary.words_that_sound(&sound(word)).iter();
        let near = known.map(|known| (strsim::osa_distance(known, word), known.clone()));
        let most = MOST_MISHEARD.min(word.chars().count().saturating_sub(1) / LETTERS_A_SLIP);
        near.filter(|(distance, _)| *distance <= most).min()
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

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// The text with words replaced, and everything between them as it was.
fn mended(text: &str, words: &[(&str, &str)]) -> String {
    let piece = |piece: &str| {
        let word = bare(piece);
        let meant = words.iter().find(|(typed, _)| *typed == word && !word.is_empty());
        meant.map_or_else(|| piece.to_owned(), |(typed, meant)| piece.replacen(typed, meant, 1))
    };
    text.split_inclusive(char::is_whitespace).map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::mended;

    #[test]
    fn only_whole_words_are_replaced_and_marks_stay() {
        let words = [("depresion", "depression"), ("grup", "group")];
        let text = "Depresion, a (grup) for depresion; not grupwork";
        let expect = "Depresion, a (group) for depression; not grupwork";
        assert_eq!(mended(text, &words), expect);
    }
}
