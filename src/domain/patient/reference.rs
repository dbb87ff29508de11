//! References that referrers keep their own records under.

use super::token::Scan;
use super::{date, identifies_a_person, number};

const MOST: usize = 20;
/// The most letters that stand together.
const LETTERS: usize = 4;

/// What is wrong with a referrer's own reference, in words that say what to do; nothing where it is
/// fine.
#[must_use]
pub fn fault_of_reference(text: &str) -> Option<&'static str> {
    fault_of_spelling(text).or_else(|| fault_of_meaning(text))
}

fn fault_of_spelling(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        return Some("Type a reference of 1 to 20 letters, digits, hyphens, slashes or dots.");
    }
    if !text.chars().all(|c| c.is_ascii_alphanumeric() || "-/.".contains(c)) {
        return Some("Use only letters, digits, hyphens, slashes and dots.");
    }
    if text.len() > MOST {
        return Some("Use 20 letters, digits, hyphens, slashes or dots at most.");
    }
    let no_digit = !text.contains(|c: char| c.is_ascii_digit());
    if no_digit {
        return Some("Use at least one digit, so that it cannot be a name.");
    }
    let has_name = text.split(|c: char| !c.is_ascii_alphabetic()).any(|run| run.len() > LETTERS);
    has_name.then_some("Use at most four letters together, so that it cannot be a name.")
}

fn fault_of_meaning(text: &str) -> Option<&'static str> {
    let scan = Scan::of(text);
    if scan.any(number::ten_digits_at) {
        return Some("Use something else than ten digits, which may be an NHS number.");
    }
    if scan.any(date::date_at) {
        return Some("Use something else than a date, which may be a date of birth.");
    }
    // What is parted otherwise than usual is still the same number.
    let together: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    identifies_a_person(text).or_else(|| identifies_a_person(&together)).map(told)
}

fn told(found: &str) -> &'static str {
    match found {
        "an NHS number" => "Use your own reference, not an NHS number.",
        "a National Insurance number" => "Use your own reference, not a National Insurance number.",
        "a date of birth" => "Use your own reference, not a date of birth.",
        "a phone number" => "Use your own reference, not a phone number.",
        "a full postcode" => "Use your own reference, not a postcode.",
        _ => "Use your own reference, which tells nothing of the person.",
    }
}
