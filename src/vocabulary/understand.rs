//! A question in a person's own words, taken apart into what is asked for.

use std::ops::Range;

use super::{Vocabulary, table::Table, words::{Gap, Token}};
use crate::domain::NeedId;

/// The most of a question that is considered.
const MOST_CHARACTERS: usize = 200;
const MOST_WORDS: usize = 20;

/// How a phrase came to stand for a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// It is the need's own label.
    Label,
    /// People say it.
    Phrase,
    /// Professionals write it.
    Referrer,
}

/// A need that a term stands for, and by which phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedMatch {
    /// The need.
    pub need: NeedId,
    /// The vocabulary's phrase.
    pub phrase: String,
    /// Whose phrase it is.
    pub how: How,
}

/// One thing asked for: a phrase that is known, or a plain word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// As typed.
    pub text: String,
    /// Its words in lower case, without accents or apostrophes.
    pub words: Vec<String>,
    /// The needs it stands for; none for a plain word.
    pub needs: Vec<NeedMatch>,
    /// Whether it was typed in quotation marks and is to be found word for word.
    pub exact: bool,
}

/// What a question asks for, in the order it was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Understanding {
    /// What is asked for.
    pub terms: Vec<Term>,
    /// What is turned away: "not religious", "-alcohol".
    pub excluded: Vec<Term>,
    /// Words that carry no need, as typed.
    pub dropped: Vec<String>,
    /// Whether the question was longer than is considered.
    pub truncated: bool,
}

impl Understanding {
    /// The needs asked for, each once, in the order they were asked.
    #[must_use]
    pub fn needs(&self) -> Vec<&NeedId> {
        let mut needs = Vec::new();
        for found in self.terms.iter().flat_map(|term| &term.needs) {
            if !needs.contains(&&found.need) {
                needs.push(&found.need);
            }
        }
        needs
    }
}

/// What the phrase table says of a phrase.
pub(super) type Claim = NeedMatch;

impl Vocabulary {
    /// Takes a question apart: whole phrases before their words, the longest first.
    #[must_use]
    pub fn understand(&self, words: &str) -> Understanding {
        let end = words.char_indices().nth(MOST_CHARACTERS).map_or(words.len(), |(at, _)| at);
        let text = &words[..end];
        let mut tokens = self.speller.tokens(text);
        let truncated = end < words.len() || tokens.len() > MOST_WORDS;
        tokens.truncate(MOST_WORDS);
        let mut reading = Reading { vocabulary: self, text, tokens: &tokens, negated: false, said: Understanding::default() };
        reading.read();
        Understanding { truncated, ..reading.said }
    }
}

/// A question being read from left to right.
struct Reading<'a> {
    vocabulary: &'a Vocabulary,
    text: &'a str,
    tokens: &'a [Token],
    /// Whether what comes next is turned away.
    negated: bool,
    said: Understanding,
}

impl Reading<'_> {
    fn read(&mut self) {
        let quoted = quoted(self.text, self.tokens);
        let mut at = 0;
        for quotation in quoted {
            self.read_plain(at..quotation.start);
            let needs = self.vocabulary.phrases.get(&self.tokens[quotation.clone()]).to_vec();
            at = quotation.end;
            self.say(quotation, needs, true);
        }
        self.read_plain(at..self.tokens.len());
    }

    /// Reads a stretch without quotation marks.
    fn read_plain(&mut self, stretch: Range<usize>) {
        let base = stretch.start;
        let found = self.vocabulary.phrases.apart(&self.tokens[stretch.clone()]);
        let mut at = base;
        for claim in found {
            self.read_words(at..base + claim.at.start);
            at = base + claim.at.end;
            self.mind_gap(base + claim.at.start);
            self.say(base + claim.at.start..at, claim.values.to_vec(), false);
        }
        self.read_words(at..stretch.end);
    }

    /// Reads words that no need's phrase has claimed.
    fn read_words(&mut self, stretch: Range<usize>) {
        let mut at = stretch.start;
        while at < stretch.end {
            self.mind_gap(at);
            let longest = |table: &Table<()>| table.longest_at(self.tokens, at, stretch.end).map(|found| found.at);
            let negator = longest(&self.vocabulary.negators);
            let filler = longest(&self.vocabulary.filler);
            at = match (negator, filler) {
                (Some(negator), filler) if filler.as_ref().is_none_or(|f| f.len() <= negator.len()) => self.negate(negator),
                (_, Some(filler)) if !self.tokens[at].minus => self.drop_words(filler),
                _ => self.say(at..at + 1, Vec::new(), false),
            };
        }
    }

    /// A negation does not reach over a comma.
    fn mind_gap(&mut self, at: usize) {
        if self.tokens[at].gap != Gap::Joined {
            self.negated = false;
        }
    }

    fn negate(&mut self, at: Range<usize>) -> usize {
        self.negated = true;
        at.end
    }

    fn drop_words(&mut self, at: Range<usize>) -> usize {
        let between = &self.vocabulary.between;
        let passes = self.tokens[at.clone()].iter().all(|token| between.contains(&token.voice));
        // "not religious or political" turns both away.
        let resumes = self.tokens[at.start].word == "or" && self.after_excluded(at.start);
        self.negated = (self.negated && passes) || resumes;
        self.said.dropped.push(self.typed(&at));
        at.end
    }

    fn after_excluded(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| &self.tokens[before].word);
        let last = self.said.excluded.last().and_then(|term| term.words.last());
        before.is_some() && before == last
    }

    fn say(&mut self, at: Range<usize>, needs: Vec<NeedMatch>, exact: bool) -> usize {
        let tokens = &self.tokens[at.clone()];
        let away = self.negated || tokens.iter().any(|token| token.minus);
        let words = tokens.iter().map(|token| token.word.clone()).collect();
        let term = Term { text: self.typed(&at), words, needs, exact };
        self.negated = false;
        if away { self.said.excluded.push(term) } else { self.said.terms.push(term) }
        at.end
    }

    fn typed(&self, at: &Range<usize>) -> String {
        let span = self.tokens[at.start].span.start..self.tokens[at.end - 1].span.end;
        self.text[span].to_owned()
    }
}

/// The runs of words that stand between two quotation marks.
fn quoted(text: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let marks: Vec<usize> = text.match_indices(['"', '“', '”']).map(|(at, _)| at).collect();
    let position = |mark: usize| tokens.partition_point(|token| token.span.start < mark);
    let pairs = marks.as_chunks::<2>().0.iter();
    pairs.map(|[open, close]| position(*open)..position(*close)).filter(|run| !run.is_empty()).collect()
}
