//! A question in a person's own words, taken apart into what is asked for.

use std::ops::Range;

use super::{
    Added, NeedMatch, Term, Understanding, Vocabulary,
    table::Table,
    term::Meaning,
    words::{Gap, Token},
};
use crate::domain::NeedId;

/// The most of a question that is considered.
const MOST_CHARACTERS: usize = 200;
const MOST_WORDS: usize = 20;

/// What stands before a need and may turn it away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Negation {
    /// "not", "other than": turns any need away.
    Away,
    /// "no", "without": mostly a need in itself; turns away only what people avoid.
    Lack,
}

impl Vocabulary {
    /// Takes a question apart: whole phrases before their words, the longest first.
    #[must_use]
    pub fn understand(&self, words: &str) -> Understanding {
        self.understand_with(&Added::default(), words)
    }

    /// The same with what a directory's own people call needs.
    #[must_use]
    pub fn understand_with(&self, added: &Added, words: &str) -> Understanding {
        let end = words.char_indices().nth(MOST_CHARACTERS).map_or(words.len(), |(at, _)| at);
        let text = &words[..end];
        let mut tokens = self.speller.tokens(text);
        let truncated = end < words.len() || tokens.len() > MOST_WORDS;
        tokens.truncate(MOST_WORDS);
        let mut reading = Reading {
            vocabulary: self,
            added,
            text,
            tokens: &tokens,
            negation: None,
            last: None,
            said: Understanding::default(),
        };
        reading.read();
        Understanding { truncated, ..reading.said }
    }
}

/// A question being read from left to right.
struct Reading<'a> {
    vocabulary: &'a Vocabulary,
    added: &'a Added,
    text: &'a str,
    tokens: &'a [Token],
    /// What stands before the next term.
    negation: Option<Negation>,
    /// Where the last thing asked for stands.
    last: Option<Range<usize>>,
    said: Understanding,
}

impl<'a> Reading<'a> {
    fn read(&mut self) {
        let quoted = quoted(self.text, self.tokens);
        let mut at = 0;
        for quotation in quoted {
            self.read_plain(at..quotation.start);
            let words = &self.tokens[quotation.clone()];
            let known = self.tables().map(|table| table.get(words));
            let meanings = known.concat();
            at = quotation.end;
            self.say(quotation, meanings, true);
        }
        self.read_plain(at..self.tokens.len());
        if self.said.terms.is_empty() && self.said.excluded.is_empty() {
            self.keep_all();
        }
    }

    /// A question of nothing but filler is asked word for word.
    fn keep_all(&mut self) {
        self.said.dropped.clear();
        self.negation = None;
        for at in 0..self.tokens.len() {
            self.say(at..at + 1, Vec::new(), false);
        }
    }

    /// Reads a stretch without quotation marks.
    fn read_plain(&mut self, stretch: Range<usize>) {
        let base = stretch.start;
        let found = Table::apart_in(&self.tables(), &self.tokens[stretch.clone()]);
        let mut at = base;
        for same in found.chunk_by(|one, next| one.at == next.at) {
            let claim = base + same[0].at.start..base + same[0].at.end;
            let meanings = same.iter().flat_map(|found| found.values.to_vec()).collect();
            self.read_words(at..claim.start);
            at = claim.end;
            self.mind_gap(claim.start);
            self.say(claim, meanings, false);
        }
        self.read_words(at..stretch.end);
    }

    fn tables(&self) -> [&'a Table<Meaning>; 2] {
        [&self.vocabulary.phrases, self.added.phrases()]
    }

    /// Reads words that no need's phrase has claimed.
    fn read_words(&mut self, stretch: Range<usize>) {
        let mut at = stretch.start;
        while at < stretch.end {
            self.mind_gap(at);
            let negator = self.vocabulary.negations.longest_at(self.tokens, at, stretch.end);
            let filler = self.vocabulary.filler.longest_at(self.tokens, at, stretch.end);
            let reach = filler.as_ref().map_or(0, |filler| filler.at.len());
            at = match (negator, filler) {
                (Some(negator), _) if negator.at.len() >= reach => {
                    self.negation = negator.values.first().copied();
                    negator.at.end
                }
                (_, Some(filler)) if !self.tokens[at].minus => self.drop_words(filler.at),
                // "68 and lives alone": an age or a number of children.
                _ if is_small_number(&self.tokens[at]) => self.drop_words(at..at + 1),
                _ => self.say(at..at + 1, Vec::new(), false),
            };
        }
    }

    /// A negation does not reach over a comma.
    fn mind_gap(&mut self, at: usize) {
        if self.tokens[at].gap != Gap::Joined {
            self.negation = None;
        }
    }

    fn drop_words(&mut self, at: Range<usize>) -> usize {
        let between = &self.vocabulary.between;
        let passes = self.tokens[at.clone()].iter().all(|token| between.contains(&token.voice));
        // "not religious or political" turns both away.
        let resumes = self.tokens[at.start].word == "or" && self.after_excluded(at.start);
        if resumes {
            self.negation = Some(Negation::Away);
        } else if !passes {
            self.negation = None;
        }
        self.said.dropped.push(self.typed(&at));
        at.end
    }

    fn after_excluded(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| &self.tokens[before].word);
        let last = self.said.excluded.last().and_then(|term| term.words.last());
        before.is_some() && before == last
    }

    fn say(&mut self, at: Range<usize>, meanings: Vec<Meaning>, exact: bool) -> usize {
        let tokens = &self.tokens[at.clone()];
        let (mut needs, mut facts) = (Vec::new(), Vec::new());
        for meaning in meanings {
            match meaning {
                Meaning::Need(need) => needs.push(need),
                Meaning::Fact(fact) => facts.push(fact),
            }
        }
        let turned_away = self.turns_away(&needs, !facts.is_empty());
        let away = tokens.iter().any(|token| token.minus) || turned_away;
        let words = tokens.iter().map(|token| token.word.clone()).collect();
        let text = self.typed(&at);
        let term = Term { text, words, or: Vec::new(), needs, facts, exact };
        self.negation = None;
        if away {
            self.said.excluded.push(term);
        } else {
            self.ask_for(term, &at);
        }
        at.end
    }

    /// Takes a term in: beside the one before, where only "or" stands between them.
    fn ask_for(&mut self, term: Term, at: &Range<usize>) {
        let before = self.last.replace(at.clone());
        let before = before.filter(|before| self.is_or_between(before, at));
        let Some((before, last)) = before.and_then(|at| Some((at, self.said.terms.pop()?))) else {
            self.said.terms.push(term);
            return;
        };
        if [&last, &term].iter().any(|one| one.exact || self.is_somebody(one)) {
            self.said.terms.extend([last, term]);
            return;
        }
        let whole = before.start..at.end;
        let text = self.typed(&whole);
        self.last = Some(whole);
        self.said.terms.push(either(last, term, text));
    }

    /// Whether a term says for whom, and not what.
    fn is_somebody(&self, term: &Term) -> bool {
        !self.vocabulary.who_exactly(&term.text).is_empty()
    }

    fn is_or_between(&self, before: &Range<usize>, at: &Range<usize>) -> bool {
        before.end + 1 == at.start
            && self.tokens[before.end].word == "or"
            && self.tokens[before.end..=at.start].iter().all(|token| token.gap == Gap::Joined)
    }

    /// Whether what stands before a term turns it away; a plain word takes a minus for that.
    fn turns_away(&self, needs: &[NeedMatch], has_facts: bool) -> bool {
        let avoidable = |found: &NeedMatch| self.vocabulary.avoidable.contains(&found.need);
        match self.negation {
            None => false,
            Some(Negation::Away) => !needs.is_empty() || has_facts,
            // "Exercise without a gym" asks for no gym, though a gym is for exercise.
            Some(Negation::Lack) if needs.iter().any(|found| self.is_asked(&found.need)) => true,
            Some(Negation::Lack) => !needs.is_empty() && needs.iter().all(avoidable),
        }
    }

    /// Whether an earlier idea asks for a need.
    fn is_asked(&self, need: &NeedId) -> bool {
        let asked = self.said.terms.iter().flat_map(|term| &term.needs);
        asked.into_iter().any(|found| found.need == *need)
    }

    fn typed(&self, at: &Range<usize>) -> String {
        let span = self.tokens[at.start].span.start..self.tokens[at.end - 1].span.end;
        self.text[span].to_owned()
    }
}

/// One idea that either of two terms meets.
fn either(one: Term, other: Term, text: String) -> Term {
    let mut both = Term { text, ..one };
    both.or.push(other.words);
    for need in other.needs {
        if both.needs.iter().all(|known| known.need != need.need) {
            both.needs.push(need);
        }
    }
    both.facts.extend(other.facts);
    both
}

fn is_small_number(token: &Token) -> bool {
    !token.minus && token.word.len() <= 2 && token.word.bytes().all(|c| c.is_ascii_digit())
}

/// The runs of words that stand between two quotation marks.
fn quoted(text: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let marks: Vec<usize> = text.match_indices(['"', '“', '”']).map(|(at, _)| at).collect();
    let position = |mark: usize| tokens.partition_point(|token| token.span.start < mark);
    let pairs = marks.as_chunks::<2>().0.iter();
    pairs
        .map(|[open, close]| position(*open)..position(*close))
        .filter(|run| !run.is_empty())
        .collect()
}
