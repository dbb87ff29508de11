//! NHS numbers and National Insurance numbers.

use super::{
    labelled,
    listing::is_nhs_number,
    token::{Case, Scan},
};

const PARTS: [char; 6] = ['-', '.', '/', '_', '(', ')'];

/// Ten digits with a right check digit, or any ten that are called so.
pub(super) fn nhs_number_at(scan: &Scan, at: usize) -> bool {
    labelled::nhs_number_at(scan, at) || is_checked(scan, at)
}

/// Ten digits that stand together or in groups, whatever they are.
pub(super) fn ten_digits_at(scan: &Scan, at: usize) -> bool {
    scan.run(at, 10, &PARTS, 1).is_some()
}

fn is_checked(scan: &Scan, at: usize) -> bool {
    // Groups that are parted unevenly are hours and dates that happen to stand side by side.
    scan.run(at, 10, &PARTS, 1)
        .is_some_and(|run| (run.is_even() || run.sizes == [3, 3, 4]) && is_nhs_number(&run.digits))
}

/// Two letters, six digits and a letter from A to D.
pub(super) fn insurance_number_at(scan: &Scan, at: usize) -> bool {
    labelled::insurance_number_at(scan, at) || is_spelled_insurance(scan, at).unwrap_or(false)
}

fn is_spelled_insurance(scan: &Scan, at: usize) -> Option<bool> {
    let prefix = scan.word(at).filter(|word| is_prefix(word))?;
    let first = at + 1 + usize::from(scan.mark(at + 1) == Some('-'));
    let run = scan.run(first, 6, &PARTS, 1).filter(|run| matches!(*run.sizes, [6] | [2, 2, 2]))?;
    let last = run.end + usize::from(scan.mark(run.end) == Some('-'));
    let suffix = scan.is_word(last, &["a", "b", "c", "d"]);
    let reads_as_words = scan.get(at)?.case == Case::Lower
        && !scan.is_joined(at + 1)
        && SMALL_WORDS.contains(&prefix);
    Some(suffix && !reads_as_words)
}

const SMALL_WORDS: [&str; 12] =
    ["am", "an", "as", "at", "be", "by", "he", "me", "my", "on", "or", "we"];

/// Two letters that numbers begin with; QQ is kept for examples.
fn is_prefix(word: &str) -> bool {
    let mut chars = word.chars();
    let (Some(first), Some(second), None) = (chars.next(), chars.next(), chars.next()) else {
        return false;
    };
    let allowed = |c: char, barred: &str| c.is_ascii_lowercase() && !barred.contains(c);
    word == "qq" || (allowed(first, "dfiquv") && allowed(second, "dfioquv"))
}
