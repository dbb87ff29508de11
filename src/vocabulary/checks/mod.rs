//! What a vocabulary must satisfy: a table of named checks, every fault told at once.

mod needs;
mod others;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use super::{
    fault::Fault,
    shipped::Draft,
    words::{Speller, Token},
};

/// A named check over the whole draft.
type Check = (&'static str, fn(&Draft) -> Vec<Fault>);

/// Every check, by the rule it keeps.
const CHECKS: &[Check] = &[
    ("each file says its title, date and licence", others::meta_is_complete),
    ("group ids and labels are unique", needs::groups_are_distinct),
    ("need ids are unique and kebab-case", needs::ids_are_distinct),
    ("need labels are unique", needs::labels_are_distinct),
    ("the group exists", needs::group_exists),
    ("every group has a need", needs::groups_are_used),
    ("broader needs exist", needs::broader_exists),
    ("no need is broader than itself", needs::broader_is_acyclic),
    ("summaries are a short sentence", needs::summary_is_a_sentence),
    ("at least three phrases", needs::phrases_suffice),
    ("wording is normalised", needs::wording_is_normalised),
    ("no phrase is repeated within a need", needs::phrases_are_distinct),
    ("no phrase belongs to more than three needs", needs::phrases_are_not_everywhere),
    ("no phrase or signal is filler", needs::wording_is_not_filler),
    ("nothing is cancelled that is not signalled", needs::unless_has_signals),
    ("no signal is cancelled by its own need", needs::signals_stand),
    ("codes are well formed", needs::codes_are_well_formed),
    ("urgent needs raise a panel", needs::urgent_needs_raise_a_panel),
    ("panels are complete", others::panels_are_complete),
    ("circumstances are complete", others::circumstances_are_complete),
    ("facts are complete", others::facts_are_complete),
    ("words that may matter are not filler", others::reserved_words_are_kept),
    ("a variant stands for one word", others::variants_are_single),
];

/// Every fault of every check.
pub(super) fn faults(draft: &Draft) -> Vec<Fault> {
    CHECKS.iter().flat_map(|(_, check)| check(draft)).collect()
}

fn fault(file: &'static str, entry: &str, problem: impl Into<String>) -> Fault {
    Fault { file, entry: Some(entry.to_owned()), problem: problem.into() }
}

/// The items that have been seen before, in order.
fn repeated<T: std::hash::Hash + Eq + Copy>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut seen = HashSet::new();
    items.into_iter().filter(|item| !seen.insert(*item)).collect()
}

fn is_kebab(id: &str) -> bool {
    let word = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    id.split('-').all(word)
}

/// Lower case, one space between words, a straight apostrophe, "and" in full.
fn is_normal(phrase: &str) -> bool {
    let single = phrase.split_whitespace().collect::<Vec<_>>().join(" ");
    let odd = ['’', '‘', '“', '”', '"', '&', ',', ';', '–', '—'];
    single == phrase
        && phrase.to_lowercase() == phrase
        && !phrase.is_empty()
        && !phrase.contains(odd)
}

/// What a phrase is compared by.
fn key(speller: &Speller, phrase: &str) -> String {
    joined(&speller.tokens(phrase))
}

fn joined(tokens: &[Token]) -> String {
    let keys: Vec<&str> = tokens.iter().map(|token| token.voice.as_str()).collect();
    keys.join(" ")
}
