//! Full postcodes and home addresses.

use super::token::{Case, Scan};
use super::words::{
    BEFORE_HOMES, BEFORE_OTHER_NUMBERS, COMMON, MEASURES, POSTCODE_AREAS, STREETS, WEAK_STREETS,
};

/// A postcode with both its halves, in any case.
pub(super) fn postcode_at(scan: &Scan, at: usize) -> bool {
    let after_letter = scan.is_joined(at) && at > 0 && scan.mark_before(at).is_none();
    let area = scan.word(at).filter(|word| POSTCODE_AREAS.binary_search(word).is_ok());
    let Some(district) = scan.number(at + 1).filter(|_| area.is_some() && !after_letter) else {
        return false;
    };
    if !scan.is_joined(at + 1) {
        return false;
    }
    // WN12AB: the last digit of the number is the sector.
    if matches!(district.len(), 2 | 3) && is_unit(scan, at + 2) {
        return true;
    }
    let letter = scan.is_joined(at + 2) && scan.word(at + 2).is_some_and(|word| word.len() == 1);
    let sector = sector_after(scan, at + 2 + usize::from(letter));
    let whole =
        scan.number(sector).is_some_and(|digit| digit.len() == 1) && is_unit(scan, sector + 1);
    district.len() <= 2 && whole && !is_ordinal(scan, at, sector)
}

fn sector_after(scan: &Scan, at: usize) -> usize {
    at + usize::from(scan.mark(at).is_some_and(|mark| "-./".contains(mark)))
}

/// The two letters at the end.
fn is_unit(scan: &Scan, at: usize) -> bool {
    let letters = |word: &str| {
        word.len() == 2 && word.chars().all(|c| c.is_ascii_lowercase() && !"cikmov".contains(c))
    };
    scan.is_joined(at) && scan.word(at).is_some_and(letters)
}

/// Whether "B12 2nd" rather counts something.
fn is_ordinal(scan: &Scan, area: usize, sector: usize) -> bool {
    let small = scan.get(sector + 1).is_some_and(|unit| unit.case == Case::Lower);
    let counts = matches!(
        (scan.number(sector), scan.word(sector + 1)),
        (Some("1"), Some("st"))
            | (Some("2"), Some("nd"))
            | (Some("3"), Some("rd"))
            | (Some("0" | "4" | "5" | "6" | "7" | "8" | "9"), Some("th"))
    );
    small && counts && scan.is_capital(area)
}

/// A house or flat and its street.
pub(super) fn address_at(scan: &Scan, at: usize) -> bool {
    is_flat(scan, at) || name_of_street(scan, at).is_some_and(|first| is_street(scan, at, first))
}

fn is_flat(scan: &Scan, at: usize) -> bool {
    if !scan.is_word(at, &["apartment", "apt", "flat"]) {
        return false;
    }
    let Some(after) = after_house_number(scan, at + 1) else { return false };
    match (scan.word(after), scan.mark(after)) {
        (Some(word), _) => scan.is_capital(after) && !COMMON.contains(&word),
        (None, Some(mark)) => ",.;)".contains(mark),
        (None, None) => scan.get(after).is_none(),
    }
}

/// The first token after a number such as 12 or 12a.
fn after_house_number(scan: &Scan, at: usize) -> Option<usize> {
    scan.number(at).filter(|number| number.len() <= 4)?;
    if !scan.is_joined(at + 1) || scan.mark(at + 1).is_some() {
        return Some(at + 1);
    }
    scan.word(at + 1).filter(|letter| letter.len() == 1).map(|_| at + 2)
}

/// Where the name of a street may begin, if this is the number of a house.
fn name_of_street(scan: &Scan, at: usize) -> Option<usize> {
    let number = scan.number(at)?;
    let is_year = number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
    let is_other = scan.word_before(at).is_some_and(|word| BEFORE_OTHER_NUMBERS.contains(&word));
    if is_year || is_other || is_part_of_more(scan, at) {
        return None;
    }
    let after = after_house_number(scan, at)?;
    if scan.mark(after) == Some(',') {
        Some(after + 1).filter(|at| scan.is_capital(*at))
    } else {
        Some(after)
    }
}

/// Whether a number belongs to a price, an hour or a name such as COVID-19.
fn is_part_of_more(scan: &Scan, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|_| scan.is_joined(at)) else { return false };
    match scan.mark(before) {
        Some('-') => scan.is_joined(before) && before > 0 && scan.word(before - 1).is_some(),
        Some(mark) => "£$€.:".contains(mark),
        None => true,
    }
}

/// Whether one to three words and a word for a street follow.
fn is_street(scan: &Scan, number: usize, first: usize) -> bool {
    let (mut names, mut at) = (Vec::new(), first);
    while let Some(word) = scan.word(at).filter(|_| names.len() < 4) {
        if !names.is_empty() && ends_street(scan, number, &names, at) {
            return true;
        }
        // What follows a hyphen, as in Stoke-on-Trent, is part of the name before it.
        if names.is_empty() || scan.mark_before(at) != Some('-') {
            let article = names.is_empty() && word == "the";
            if !article && (COMMON.contains(&word) || MEASURES.contains(&word)) {
                return false;
            }
            names.push(at);
        }
        at += 1 + usize::from(joins_names(scan, at + 1, word));
    }
    false
}

fn joins_names(scan: &Scan, at: usize, word: &str) -> bool {
    match scan.mark(at) {
        Some('.') => word == "st",
        Some('-') => scan.is_joined(at) && scan.is_joined(at + 1),
        _ => false,
    }
}

fn ends_street(scan: &Scan, number: usize, names: &[usize], at: usize) -> bool {
    let capitals = names.iter().filter(|name| scan.is_capital(**name)).count();
    let all_capitals = capitals == names.len() && scan.is_capital(at);
    let all_small = capitals == 0 && !scan.is_capital(at);
    if scan.is_word(at, STREETS) {
        return all_capitals || all_small || names.len() == 1;
    }
    let at_home = scan.word_before(number).is_some_and(|word| BEFORE_HOMES.contains(&word));
    scan.is_word(at, WEAK_STREETS) && (all_capitals || (all_small && at_home))
}
