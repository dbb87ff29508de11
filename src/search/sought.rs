//! Words that stand for nothing the vocabulary knows, and with which little was found.

use super::{
    ask::Search,
    findings::{Findings, Matching, Term},
};
use crate::domain::tells_of_a_patient;

/// The most words of a run that is worth knowing: a longer one is somebody's story.
const MOST_WORDS: usize = 4;

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
            && question.filters().is_empty();
        let is_little =
            understood.matching != Matching::All || findings.leading < self.settings.enough_results;
        if !is_plain_question || !is_little {
            return Vec::new();
        }
        let runs =
            understood.terms.chunk_by(|one, next| self.is_unknown(one) == self.is_unknown(next));
        let runs = runs.filter(|run| run.first().is_some_and(|term| self.is_unknown(term)));
        let typed = runs.filter_map(|run| stretch(&question.words, run));
        typed.filter(|words| self.is_worth_knowing(words)).collect()
    }

    fn is_unknown(&self, term: &Term) -> bool {
        term.needs.is_empty()
            && term.facts.is_empty()
            && !term.either
            && self.vocabulary.who_exactly(&term.text).is_empty()
    }

    fn is_worth_knowing(&self, words: &str) -> bool {
        words.split(' ').count() <= MOST_WORDS
            && self.vocabulary.is_sayable(words).is_ok()
            && tells_of_a_patient(words).is_none()
    }
}

/// What was typed from the first of a run of terms to the last.
fn stretch(typed: &str, run: &[Term]) -> Option<String> {
    let start = typed.find(&run.first()?.text)?;
    let mut end = start;
    for term in run {
        end += typed[end..].find(&term.text)? + term.text.len();
    }
    let words: Vec<String> = typed[start..end].split_whitespace().map(str::to_lowercase).collect();
    Some(words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, run: &[&str], expect: Option<&str>) {
        let term = |text: &&str| Term {
            text: (*text).to_owned(),
            either: false,
            needs: Vec::new(),
            facts: Vec::new(),
        };
        let run: Vec<Term> = run.iter().map(term).collect();
        assert_eq!(stretch(typed, &run).as_deref(), expect, "{typed}");
    }

    #[test]
    fn a_run_is_what_was_typed_from_its_first_word_to_its_last() {
        check("lonely,  Pickle  Ball", &["Pickle", "Ball"], Some("pickle ball"));
        check("repair of bikes", &["repair", "bikes"], Some("repair of bikes"));
        check("a a", &["a", "a"], Some("a a"));
        check("bikes", &["repair"], None);
        check("bikes", &[], None);
    }
}
