//! Words that stand for nothing the vocabulary knows, and with which little was found.

use std::ops::Range;

use super::{
    ask::Search,
    findings::{Findings, Matching, Term},
};
use crate::domain::tells_of_a_patient;

/// The most words of a question of which any is worth knowing: a longer one is somebody's story, and
/// parts of it may be names.
const MOST_WORDS: usize = 6;

impl Search {
    /// The words of a question that a steward might want to know of, should enough people ask for
    /// them: those that stand for nothing, where little was found, as they were typed but in small
    /// letters. None where somebody may be in danger, and none of anything but plain words.
    #[must_use]
    pub fn sought(&self, findings: &Findings) -> Vec<String> {
        let (question, understood) = (&findings.question, &findings.understood);
        let is_plain_question = question.page == 1
            && !question.exactly
            && !findings.is_withheld()
            && understood.urgent.is_none()
            && understood.corrected.is_none()
            && question.filters().is_empty()
            && question.words.split_whitespace().count() <= MOST_WORDS
            && tells_of_a_patient(&question.words).is_none();
        let is_little =
            understood.matching != Matching::All || findings.leading < self.settings.enough_results;
        if !is_plain_question || !is_little {
            return Vec::new();
        }
        let unknown = understood.terms.iter().filter(|term| self.is_unknown(term));
        let unknown = unknown.map(|term| term.text.as_str());
        let runs = runs(&question.words, unknown, |between| self.vocabulary.joins(between));
        runs.into_iter().filter(|words| self.is_worth_knowing(words)).map(in_small).collect()
    }

    fn is_unknown(&self, term: &Term) -> bool {
        term.needs.is_empty()
            && term.facts.is_empty()
            && !term.either
            && self.vocabulary.who_exactly(&term.text).is_empty()
    }

    fn is_worth_knowing(&self, words: &str) -> bool {
        !is_name(words) && self.vocabulary.is_sayable(&in_small(words)).is_ok()
    }
}

/// What was typed, cut into runs of words between which nothing stands but what joins them.
fn runs<'t>(
    typed: &'t str,
    words: impl Iterator<Item = &'t str>,
    joins: impl Fn(&str) -> bool,
) -> Vec<&'t str> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    for word in words {
        let Some(at) = find_word(typed, word, from) else { continue };
        from = at.end;
        match found.last_mut() {
            Some(run) if joins(&typed[run.end..at.start]) => run.end = at.end,
            _ => found.push(at),
        }
    }
    found.into_iter().map(|run| &typed[run]).collect()
}

/// Where a word stands by itself, from some place on.
fn find_word(typed: &str, word: &str, from: usize) -> Option<Range<usize>> {
    let is_apart = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    let stands = |at: &usize| {
        is_apart(typed[..*at].chars().next_back())
            && is_apart(typed[at + word.len()..].chars().next())
    };
    let all = typed.get(from..)?.match_indices(word).map(|(at, _)| from + at);
    all.into_iter().find(stands).map(|at| at..at + word.len())
}

/// Whether words are written as a name is: two or more, each with a capital.
fn is_name(words: &str) -> bool {
    let begins = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    words.split_whitespace().count() > 1 && words.split_whitespace().all(begins)
}

fn in_small(words: impl AsRef<str>) -> String {
    let words = words.as_ref().split_whitespace().map(str::to_lowercase);
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Vocabulary;

    fn check(typed: &str, words: &[&str], expect: &[&str]) {
        let joins = |between: &str| Vocabulary::shipped().joins(between);
        assert_eq!(runs(typed, words.iter().copied(), joins), expect, "{typed}");
    }

    #[test]
    fn a_run_is_whole_words_with_nothing_between_but_what_joins_them() {
        check("lonely,  Pickle  Ball", &["Pickle", "Ball"], &["Pickle  Ball"]);
        check("brew and a natter", &["brew", "natter"], &["brew and a natter"]);
        check("lonely one zorb", &["one", "zorb"], &["one zorb"]);
        check("zorbing in wigan hamster", &["zorbing", "hamster"], &["zorbing", "hamster"]);
        check("zorb without jane ball", &["zorb", "ball"], &["zorb", "ball"]);
        check("zorb, ball", &["zorb", "ball"], &["zorb", "ball"]);
        check("a a", &["a", "a"], &["a a"]);
        check("bikes", &["repair"], &[]);
        check("é zorb", &["zorb"], &["zorb"]);
    }

    #[test]
    fn names_are_told_by_their_capitals() {
        assert!(is_name("Jane Doebury") && !is_name("Zorbing") && !is_name("Brew and a natter"));
    }
}
