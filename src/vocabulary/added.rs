//! What a directory's own people call needs, beside the vocabulary that is shipped.

use super::{
    How, NeedMatch, Vocabulary,
    suggest::Searchable,
    table::{Form, Table},
    term::Meaning,
    words::{Gap, Token},
};
use crate::domain::{NeedId, Synonym};

/// The most words and characters of a phrase that is added.
const MOST_WORDS: usize = 6;
const MOST_CHARACTERS: usize = 60;
/// The fewest characters of one.
const FEWEST_CHARACTERS: usize = 3;

/// A phrase that somebody would add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// As people write it.
    pub phrase: String,
    /// What it stands for.
    pub need: NeedId,
    /// The need in other words, or one kind of it.
    pub how: How,
}

impl From<&Synonym> for Said {
    fn from(synonym: &Synonym) -> Self {
        let how = if synonym.is_kind { How::Kind } else { How::Phrase };
        Self { phrase: synonym.phrase.clone(), need: synonym.need.clone(), how }
    }
}

/// Why a phrase cannot be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("use 3 to 60 letters, and no more than six words")]
    Length,
    #[error("use letters, spaces, hyphens and apostrophes only")]
    Letters,
    /// Nothing but "the", "help with" and the like.
    #[error("these words carry no need of their own: every search that has them would change")]
    Filler,
    /// "on Sundays", "free".
    #[error(
        "some of these words already stand for something that can be chosen beside the results"
    )]
    Fact,
    /// "or", "not", "without".
    #[error("“or”, “not” and the like say how words belong together, so none can be in it")]
    Operator,
    /// Words that somebody in danger may use.
    #[error("these words call for urgent help, and are left as they are")]
    Urgent,
    /// "carer", "over 65".
    #[error("these words already say who something is for")]
    Whom,
    #[error("these words already stand for this need")]
    Known,
    #[error("choose what they stand for")]
    NoNeed,
}

/// Phrases that were added, worked out for questions.
#[derive(Debug)]
pub struct Added {
    phrases: Table<Meaning>,
    said: Vec<Said>,
    searchable: Vec<Searchable>,
}

impl Default for Added {
    fn default() -> Self {
        Self { phrases: Table::new(Form::Voice), said: Vec::new(), searchable: Vec::new() }
    }
}

impl Added {
    /// The phrases of a need, as people write them.
    pub fn phrases_of(&self, need: &NeedId) -> impl Iterator<Item = &str> {
        self.said.iter().filter(move |said| said.need == *need).map(|said| said.phrase.as_str())
    }

    /// Every phrase.
    #[must_use]
    pub fn said(&self) -> &[Said] {
        &self.said
    }

    pub(super) fn phrases(&self) -> &Table<Meaning> {
        &self.phrases
    }

    pub(super) fn searchable(&self) -> &[Searchable] {
        &self.searchable
    }

    fn has(&self, phrase: &[Token], need: &NeedId) -> bool {
        self.phrases.get(phrase).iter().any(|known| stands_for(known, need))
    }
}

impl Vocabulary {
    /// Works phrases out for questions. One that the vocabulary has by now, or whose need it no
    /// longer has, is left out.
    #[must_use]
    pub fn added(&self, all: impl IntoIterator<Item = Said>) -> Added {
        let mut added = Added::default();
        for said in all {
            let Some(&at) = self.index_of.get(&said.need) else { continue };
            let spellings = self.speller.spellings(&said.phrase);
            if spellings.iter().any(|phrase| self.knows(phrase, &said.need)) {
                continue;
            }
            for phrase in spellings {
                if !added.has(&phrase, &said.need) {
                    let (need, phrase_said) = (said.need.clone(), said.phrase.clone());
                    let found = NeedMatch { need, phrase: phrase_said, how: said.how };
                    added.phrases.insert(&phrase, Meaning::Need(found));
                }
            }
            added.searchable.push(Searchable::new(at, said.how, &said.phrase, &self.speller));
            added.said.push(said);
        }
        added
    }

    /// Whether a phrase may be added beside those that were.
    pub fn may_add(&self, said: &Said, added: &Added) -> Result<(), Refusal> {
        let phrase = self.may_mean(&said.phrase)?;
        if self.need(said.need.as_str()).is_none() {
            return Err(Refusal::NoNeed);
        }
        if self.knows(&phrase, &said.need) || added.has(&phrase, &said.need) {
            return Err(Refusal::Known);
        }
        Ok(())
    }

    /// Whether a phrase may stand for a need at all: not one whose words already do something else
    /// in a question.
    pub fn is_sayable(&self, phrase: &str) -> Result<(), Refusal> {
        self.may_mean(phrase).map(|_| ())
    }

    fn may_mean(&self, text: &str) -> Result<Vec<Token>, Refusal> {
        let characters = text.trim().chars().count();
        let phrase = self.speller.tokens(text);
        if !(FEWEST_CHARACTERS..=MOST_CHARACTERS).contains(&characters)
            || !(1..=MOST_WORDS).contains(&phrase.len())
        {
            return Err(Refusal::Length);
        }
        let is_plain = |c: char| c.is_alphabetic() || " -'’".contains(c);
        if !text.trim().chars().all(is_plain) || phrase.iter().any(|token| token.minus) {
            return Err(Refusal::Letters);
        }
        if self.is_filler(&phrase) {
            return Err(Refusal::Filler);
        }
        let is_or = |token: &Token| token.word == "or";
        if phrase.iter().any(is_or) || !self.negations.all(&phrase).is_empty() {
            return Err(Refusal::Operator);
        }
        let is_fact = |known: &Meaning| matches!(known, Meaning::Fact(_));
        if self.phrases.all(&phrase).iter().flat_map(|found| found.values).any(is_fact) {
            return Err(Refusal::Fact);
        }
        if self.urgent(text).is_some() {
            return Err(Refusal::Urgent);
        }
        if !self.who_exactly(text).is_empty() {
            return Err(Refusal::Whom);
        }
        Ok(phrase)
    }

    /// Whether a text between two words only joins them: nothing, or words that carry no need.
    #[must_use]
    pub fn joins(&self, between: &str) -> bool {
        let words = self.speller.tokens(between);
        let is_apart = |token: &Token| token.gap != Gap::Joined || token.word == "or";
        let ends = between.contains([',', '.', ';', ':', '!', '?', '"', '(', ')', '\n']);
        !ends
            && !words.iter().any(is_apart)
            && self.negations.all(&words).is_empty()
            && self.is_filler(&words)
    }

    /// Whether every word of a phrase carries no need.
    fn is_filler(&self, phrase: &[Token]) -> bool {
        let mut at = 0;
        while at < phrase.len() {
            match self.filler.longest_at(phrase, at, phrase.len()) {
                Some(found) => at = found.at.end,
                None => return false,
            }
        }
        true
    }

    fn knows(&self, phrase: &[Token], need: &NeedId) -> bool {
        self.phrases.get(phrase).iter().any(|known| stands_for(known, need))
    }
}

fn stands_for(meaning: &Meaning, need: &NeedId) -> bool {
    matches!(meaning, Meaning::Need(found) if found.need == *need)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(phrase: &str, need: &str) -> Said {
        Said { phrase: phrase.to_owned(), need: need.into(), how: How::Kind }
    }

    fn refused(phrase: &str, need: &str) -> Option<Refusal> {
        let shipped = Vocabulary::shipped();
        shipped.may_add(&said(phrase, need), &Added::default()).err()
    }

    #[test]
    fn an_added_phrase_is_understood_beside_those_that_are_shipped() {
        let shipped = Vocabulary::shipped();
        assert!(shipped.understand("zorbing").needs().is_empty());
        let added = shipped.added([said("zorbing", "making"), said("lonely", "making")]);
        let needs = |text: &str| {
            let read = shipped.understand_with(&added, text);
            read.needs().into_iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(needs("Zorbing in the evening"), ["making"]);
        assert_eq!(needs("\"zorbing\""), ["making"]);
        assert!(needs("not zorbing").is_empty());
        // What it stood for stays, beside what was added.
        let both = needs("lonely");
        assert!(both.len() > 1 && both.contains(&"making".to_owned()), "{both:?}");
        assert_eq!(both[0], shipped.understand("lonely").needs()[0].as_str());
        assert_eq!(added.phrases_of(&"making".into()).collect::<Vec<_>>(), ["zorbing", "lonely"]);
        let offered = shipped.suggest_with(&added, "zorb", 3);
        assert_eq!((offered.len(), offered[0].matched.as_str()), (1, "zorbing"));
    }

    #[test]
    fn what_the_vocabulary_has_by_now_is_left_out() {
        let shipped = Vocabulary::shipped();
        let first = shipped.understand("lonely").needs()[0].clone();
        let added = shipped.added([said("lonely", first.as_str()), said("x y z", "no-such-need")]);
        assert_eq!(added.phrases_of(&first).count(), 0);
        assert_eq!(shipped.understand_with(&added, "lonely"), shipped.understand("lonely"));
    }

    #[test]
    fn words_that_do_something_else_in_a_question_are_refused() {
        assert_eq!(refused("zorbing", "making"), None);
        assert_eq!(refused("men's zorbing-shed", "making"), None);
        assert_eq!(refused("zorbing", "no-such-need"), Some(Refusal::NoNeed));
        for (phrase, why) in [
            ("ab", Refusal::Length),
            ("", Refusal::Length),
            ("a b c d e f g", Refusal::Length),
            (&"x".repeat(61), Refusal::Length),
            ("M1 1AE", Refusal::Letters),
            ("ring 01942", Refusal::Letters),
            ("a@b.example", Refusal::Letters),
            ("-zorbing", Refusal::Letters),
            ("looking for help with", Refusal::Filler),
            ("not", Refusal::Operator),
            ("zorbing or", Refusal::Operator),
            ("zorbing without dogs", Refusal::Operator),
            ("on Sundays", Refusal::Fact),
            ("free zorbing", Refusal::Fact),
            ("kill myself", Refusal::Urgent),
            ("unpaid carers", Refusal::Whom),
        ] {
            assert_eq!(refused(phrase, "making"), Some(why), "{phrase}");
        }
        let first = Vocabulary::shipped().understand("lonely").needs()[0].clone();
        assert_eq!(refused("Lonely", first.as_str()), Some(Refusal::Known));
    }
}
