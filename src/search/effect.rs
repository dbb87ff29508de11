//! What a phrase would change, were it added to the vocabulary; and which needs it may be for.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    added::Phrases,
    ask::{Search, SearchError},
    findings::{Findings, Found, Matching, NeedShown},
    place_words,
    question::Question,
};
use crate::{
    domain::{NeedId, ServiceId, Synonym},
    geo::Resolution,
    vocabulary::{Refusal, Said, Suggestion},
};

/// How many listings of an answer are told by name.
const FIRST: usize = 5;
/// How many listings that mention words are asked what they are for.
const ASKED: usize = 20;
/// How many phrases of the vocabulary are tried.
const MOST_PHRASES: usize = 3;
/// The most needs that are offered for words.
const MOST_GUESSES: usize = 5;

/// What a question finds, as far as it tells one answer from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glance {
    pub total: usize,
    /// How many of them were confirmed lately and answer all that was asked well.
    pub leading: usize,
    /// What the words were widened to.
    pub needs: Vec<NeedShown>,
    /// The first, by name.
    pub first: Vec<(ServiceId, String)>,
}

/// A question as it is answered, and as it would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    pub words: String,
    pub now: Glance,
    pub then: Glance,
}

/// Why a phrase cannot be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAdded {
    #[error(transparent)]
    Words(#[from] Refusal),
    #[error("they name a place, and people search for that by it")]
    Place,
}

/// A need that words may stand for, and what speaks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    pub need: NeedShown,
    pub why: Likely,
}

/// What speaks for a need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Likely {
    /// So many of the listings found with the words, of so many, answer it.
    Listings { answer: usize, of: usize },
    /// The vocabulary has a phrase that is like it.
    Phrase(String),
}

impl Search {
    /// Whether a phrase may be added to the vocabulary.
    pub fn may_add(&self, synonym: &Synonym) -> Result<(), NotAdded> {
        self.may_mean(&synonym.phrase)?;
        Ok(self.vocabulary.may_add(&Said::from(synonym), &self.added.get())?)
    }

    /// Whether words may stand for a need at all.
    pub fn may_mean(&self, words: &str) -> Result<(), NotAdded> {
        self.vocabulary.is_sayable(words)?;
        let is_place = place_words::find(words, &self.gazetteer, self.vocabulary, self.home())
            .is_some()
            || matches!(
                self.gazetteer.resolve(words, self.home()),
                Resolution::Found(_) | Resolution::Several { .. }
            );
        if is_place { Err(NotAdded::Place) } else { Ok(()) }
    }

    /// How questions would be answered were a phrase added, beside how they are: the phrase itself
    /// first, then phrases of the vocabulary that have its words, and others of somebody's choice.
    pub fn effect(
        &self,
        synonym: &Synonym,
        others: &[String],
        now: Timestamp,
    ) -> Result<Vec<Sample>, SearchError> {
        let known = self.added.get().said().to_vec();
        let with = known.into_iter().chain([Said::from(synonym)]);
        let then = Self { added: Phrases::of(self.vocabulary.added(with)), ..self.clone() };
        let mut words = vec![synonym.phrase.clone()];
        words.extend(self.vocabulary.phrases_with(&synonym.phrase, MOST_PHRASES));
        words.extend(others.iter().cloned());
        words
            .iter()
            .map(|words| {
                let (now, then) = (self.glance(words, now)?, then.glance(words, now)?);
                Ok(Sample { words: words.clone(), now, then })
            })
            .collect()
    }

    fn glance(&self, words: &str, now: Timestamp) -> Result<Glance, SearchError> {
        let found = self.found_with(words, FIRST, now)?;
        let mut needs: Vec<NeedShown> = Vec::new();
        for need in found.understood.terms.into_iter().flat_map(|term| term.needs) {
            if !needs.contains(&need) {
                needs.push(need);
            }
        }
        let name = |found: Found| (found.record.service.id, found.record.service.name);
        Ok(Glance {
            total: found.total,
            leading: found.leading,
            needs,
            first: found.results.into_iter().map(name).collect(),
        })
    }

    fn found_with(
        &self,
        words: &str,
        most: usize,
        now: Timestamp,
    ) -> Result<Findings, SearchError> {
        let words = words.to_owned();
        let question = Question { words, page: 1, per_page: most, ..Question::default() };
        self.ask(&question, Vec::new(), now)
    }

    /// The needs that words may stand for, the likeliest first. Where listings were found with all
    /// of the words, what they answer tells most; else phrases of the vocabulary that are like them.
    pub fn guesses(&self, words: &str, now: Timestamp) -> Result<Vec<Guess>, SearchError> {
        let found = self.found_with(words, ASKED, now)?;
        let like = self.vocabulary.like(words, MOST_GUESSES).into_iter();
        let by_phrase = like.map(|Suggestion { need, matched, .. }| Guess {
            need: self.need(&need),
            why: Likely::Phrase(matched),
        });
        let by_listings = answered(&found.results).into_iter();
        let all: Vec<Guess> = match found.understood.matching {
            Matching::All => by_listings.chain(by_phrase).collect(),
            Matching::Most { .. } => by_phrase.chain(by_listings).collect(),
        };
        let mut guesses: Vec<Guess> = Vec::new();
        for guess in all {
            if guesses.len() < MOST_GUESSES
                && guesses.iter().all(|known| known.need.id != guess.need.id)
            {
                guesses.push(guess);
            }
        }
        Ok(guesses)
    }
}

/// The needs that at least a third of some listings answer, those that most do first.
fn answered(found: &[Found]) -> Vec<Guess> {
    let mut answered: BTreeMap<&NeedId, (usize, &NeedShown)> = BTreeMap::new();
    for need in found.iter().flat_map(|found| &found.needs) {
        answered.entry(&need.id).or_insert((0, need)).0 += 1;
    }
    let of = found.len();
    let mut answered: Vec<(usize, &NeedShown)> =
        answered.into_values().filter(|(answer, _)| answer * 3 >= of).collect();
    answered.sort_by_key(|(answer, _)| std::cmp::Reverse(*answer));
    let guess = |(answer, need): (usize, &NeedShown)| Guess {
        need: NeedShown { inferred: false, ..need.clone() },
        why: Likely::Listings { answer, of },
    };
    answered.into_iter().map(guess).collect()
}
