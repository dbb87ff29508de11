//! Names after a title, or where somebody is said to be called so.

use super::first_names::{FIRST_NAMES, NAMED_AFTER};
use super::token::{Case, Scan};
use super::words::{
    BEFORE_WEAK_TITLES, CALLERS, COMMON, DAYS, NO_NAMES, STREETS, THINGS, UNNAMED, WEAK_STREETS,
    WEAK_TITLE_VERBS, month_of,
};

const TITLES: [&str; 11] =
    ["dr", "mister", "missus", "mr", "mrs", "ms", "mx", "prof", "rev", "revd", "reverend"];
const WEAK_TITLES: [&str; 2] = ["master", "miss"];

/// Somebody’s name.
pub(super) fn name_at(scan: &Scan, at: usize) -> bool {
    follows_title(scan, at)
        || follows_name_word(scan, at)
        || follows_called(scan, at)
        || is_first_and_last(scan, at)
}

/// A first name with a surname behind it, both written as names. A first name alone may be whoever
/// meets somebody at the door.
fn is_first_and_last(scan: &Scan, at: usize) -> bool {
    let last = at + 1;
    let is_name = |at: usize| scan.get(at).is_some_and(|token| token.case == Case::Title);
    scan.is_word(at, FIRST_NAMES)
        && is_name(at)
        && is_name(last)
        && !scan.is_joined(last)
        && can_be_name(scan, last)
        && scan.word(last).is_some_and(|word| word.chars().count() > 1 && month_of(word).is_none())
        && ![NAMED_AFTER, STREETS, WEAK_STREETS, NO_NAMES]
            .iter()
            .any(|list| scan.is_word(last, list))
        && !scan.word_before(at).is_some_and(|before| ["saint", "st"].contains(&before))
}

fn follows_title(scan: &Scan, at: usize) -> bool {
    let weak = scan.is_word(at, &WEAK_TITLES);
    if !weak && !scan.is_word(at, &TITLES) {
        return false;
    }
    let dotted = scan.mark(at + 1) == Some('.') && scan.is_joined(at + 1);
    let name = at + 1 + usize::from(dotted);
    if !can_be_name(scan, name) {
        return false;
    }
    if weak { follows_weak_title(scan, at, name) } else { !is_condition(scan, at, name) }
}

fn can_be_name(scan: &Scan, at: usize) -> bool {
    let Some(word) = scan.word(at) else { return false };
    let initial = word.chars().count() == 1 && scan.is_capital(at);
    if initial {
        return word != "i" || scan.mark(at + 1) == Some('.');
    }
    if ["may", "will"].contains(&word) {
        return scan.is_capital(at);
    }
    ![COMMON, NO_NAMES, DAYS].iter().any(|list| list.contains(&word))
}

/// MS and MR in capitals are an illness and a scan, unless what follows is in capitals as well.
fn is_condition(scan: &Scan, at: usize, name: usize) -> bool {
    let (Some(title), Some(next)) = (scan.get(at), scan.get(name)) else { return false };
    let sentence_ends = name == at + 2 && next.case != Case::Upper && scan.is_word(at, &["ms"]);
    scan.is_word(at, &["mr", "ms"])
        && title.case == Case::Upper
        && (next.case == Case::Lower || sentence_ends)
}

/// Miss and Master are words as well: in small letters it takes more to make them titles.
fn follows_weak_title(scan: &Scan, at: usize, name: usize) -> bool {
    let before = at.checked_sub(1);
    if scan.get(at).is_some_and(|title| title.case != Case::Lower) {
        return scan.is_capital(name);
    }
    if scan.is_capital(name) {
        let verb = before.is_some_and(|at| scan.is_word(at, WEAK_TITLE_VERBS));
        return !verb && scan.word(name).and_then(month_of).is_none();
    }
    before.is_none_or(|at| scan.mark(at).is_some() || scan.is_word(at, BEFORE_WEAK_TITLES))
}

/// "Name is", "name:" and "my name's".
fn follows_name_word(scan: &Scan, at: usize) -> bool {
    let said = scan.is_word(at, &["forename", "name", "name's", "names", "surname"]);
    if !said || is_of_thing(scan, at) {
        return false;
    }
    let links = scan.is_word(at + 1, &["are", "is", "was"])
        || scan.mark(at + 1).is_some_and(|mark| ":=-".contains(mark));
    if !links && !scan.is_word(at, &["name's"]) {
        return false;
    }
    let name = skip_quote(scan, at + 1 + usize::from(links));
    let own = at
        .checked_sub(1)
        .is_some_and(|before| scan.is_word(before, &["my", "her", "his", "their", "whose"]));
    (own || scan.is_capital(name)) && can_be_name(scan, name) && !scan.is_word(name, UNNAMED)
}

fn follows_called(scan: &Scan, at: usize) -> bool {
    let rang = at.checked_sub(1).is_some_and(|before| scan.is_word(before, CALLERS));
    if !scan.is_word(at, &["called", "named"]) || rang || is_of_thing(scan, at) {
        return false;
    }
    let name = skip_quote(scan, at + 1);
    let case = |at: usize| scan.get(at).map(|token| token.case);
    let abbreviation = case(name) == Some(Case::Upper) && case(at) == Some(Case::Lower);
    scan.is_capital(name) && can_be_name(scan, name) && !abbreviation
}

/// Whether it is a group or a building that is called something.
fn is_of_thing(scan: &Scan, at: usize) -> bool {
    let before = at
        .checked_sub(1)
        .map(|before| before.saturating_sub(usize::from(scan.is_word(before, &["is", "are"]))));
    before.is_some_and(|before| scan.is_word(before, THINGS))
}

fn skip_quote(scan: &Scan, at: usize) -> usize {
    at + usize::from(scan.mark(at).is_some_and(|mark| "'\"“‘(".contains(mark)))
}
