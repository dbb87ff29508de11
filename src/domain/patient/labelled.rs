//! Numbers that are told by what they are called.

use super::token::Scan;

const OF_HOSPITALS: [&str; 4] = ["hosp", "hospital", "patient", "unit"];
const ALWAYS_NUMBERS: [&str; 3] = ["chi", "mrn", "nino"];
const NUMBER_WORDS: [&str; 6] = ["id", "no", "nr", "num", "number", "ref"];
const BETWEEN_WORDS: [&str; 4] = ["is", "was", "of", "the"];
const BETWEEN_MARKS: [char; 8] = ['.', ':', '#', '=', '-', '(', ')', '"'];

/// How much may stand between what a number is called and the number.
const REACH: usize = 7;

/// "NHS" and ten digits, whatever their check digit, or "NHS no" and any number.
pub(super) fn nhs_number_at(scan: &Scan, at: usize) -> bool {
    let Some(first) = scan.is_word(at, &["nhs"]).then(|| number_after(scan, at)).flatten() else {
        return false;
    };
    let ten = scan.run(first.at, 10, &['-', '.', '/', '(', ')'], 1).is_some();
    ten || (first.called_number && is_long(scan, first.at))
}

/// "Hospital no", "MRN" and the like, with a number.
pub(super) fn hospital_number_at(scan: &Scan, at: usize) -> bool {
    is_called(scan, at, &OF_HOSPITALS) || is_called(scan, at, &["chi", "mrn"])
}

/// "NI no", "National Insurance number" and the like, with a number.
pub(super) fn insurance_number_at(scan: &Scan, at: usize) -> bool {
    is_called(scan, at, &["insurance", "ni", "nino"])
}

fn is_called(scan: &Scan, at: usize, labels: &[&str]) -> bool {
    let Some(label) = scan.word(at).filter(|word| labels.contains(word)) else { return false };
    number_after(scan, at).is_some_and(|first| {
        (first.called_number || ALWAYS_NUMBERS.contains(&label)) && is_long(scan, first.at)
    })
}

struct First {
    at: usize,
    /// Whether "number" or a word like it stands between.
    called_number: bool,
}

fn number_after(scan: &Scan, label: usize) -> Option<First> {
    let mut called_number = false;
    for at in label + 1..=label + REACH {
        if scan.number(at).is_some() {
            return Some(First { at, called_number });
        }
        if let Some(at) = after_letters(scan, at) {
            return Some(First { at, called_number });
        }
        let is_number_word = scan.is_word(at, &NUMBER_WORDS);
        called_number |= is_number_word || scan.mark(at) == Some('#');
        let between = scan.is_word(at, &BETWEEN_WORDS)
            || scan.mark(at).is_some_and(|mark| BETWEEN_MARKS.contains(&mark));
        if !is_number_word && !between {
            return None;
        }
    }
    None
}

/// Where the digits begin in a number such as RM123456 or A-445566.
fn after_letters(scan: &Scan, at: usize) -> Option<usize> {
    scan.word(at).filter(|letters| letters.len() <= 4)?;
    let digits = at + 1 + usize::from(scan.mark(at + 1) == Some('-'));
    let joined = scan.is_joined(at + 1) && scan.is_joined(digits);
    (joined && scan.number(digits).is_some()).then_some(digits)
}

/// Whether at least four digits stand here.
fn is_long(scan: &Scan, first: usize) -> bool {
    let (mut digits, mut at) = (0, Some(first));
    for _ in 0..3 {
        let Some(group) = at.and_then(|at| scan.number(at)) else { break };
        digits += group.len();
        at = at.and_then(|at| scan.next_number(at, &['-', '.', '/'], 1)).map(|(next, _)| next);
    }
    digits >= 4
}
