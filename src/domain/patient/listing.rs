//! What no text of a public listing may hold.

use jiff::civil::Date;

/// What a text seems to tell of a person, in words for whoever typed it; nothing where it is fine.
///
/// An NHS number is told by its check digit (modulus 11, NHS Data Dictionary), so that phone
/// numbers of the same length are seldom taken for one; a date of birth by being called one.
#[must_use]
pub fn tells_of_a_patient(text: &str) -> Option<&'static str> {
    if has_nhs_number(text) {
        return Some("an NHS number");
    }
    has_date_of_birth(text).then_some("a date of birth")
}

fn has_nhs_number(text: &str) -> bool {
    // Runs of digits with at most one space or hyphen between them.
    let mut run = String::new();
    let mut gap = 0;
    for c in text.chars().chain(['.', '.']) {
        if c.is_ascii_digit() {
            run.push(c);
            gap = 0;
        } else if !run.is_empty() && gap == 0 && matches!(c, ' ' | '-' | '\u{a0}') {
            gap = 1;
        } else {
            if is_nhs_number(&run) {
                return true;
            }
            run.clear();
            gap = 0;
        }
    }
    false
}

pub(super) fn is_nhs_number(digits: &str) -> bool {
    let digits: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    let [first @ .., check] = digits.as_slice() else { return false };
    if first.len() != 9 {
        return false;
    }
    let sum: u32 = first.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    match 11 - sum % 11 {
        11 => *check == 0,
        10 => false,
        expected => *check == expected,
    }
}

const CALLED: [&str; 5] = ["date of birth", "d.o.b", "dob", "born on", "born"];

fn has_date_of_birth(text: &str) -> bool {
    let text = text.to_lowercase();
    CALLED.iter().any(|called| {
        text.match_indices(called).any(|(at, _)| starts_with_date(&text[at + called.len()..]))
    })
}

/// Whether a day, a month in figures and a year stand at the beginning.
fn starts_with_date(text: &str) -> bool {
    let text: String = text.trim_start_matches([' ', ':', '.', '-']).chars().take(10).collect();
    let parts: Vec<i16> =
        text.split(['/', '-', '.', ' ']).map_while(|part| part.parse().ok()).take(3).collect();
    let [first, month, last] = parts.as_slice() else { return false };
    let (year, day) = if *first > 31 { (*first, *last) } else { (*last, *first) };
    let year = if (0..100).contains(&year) { year + 1900 } else { year };
    let (Ok(month), Ok(day)) = (i8::try_from(*month), i8::try_from(day)) else { return false };
    Date::new(year, month, day).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Option<&str>) {
        assert_eq!(tells_of_a_patient(text), expect, "{text}");
    }

    #[test]
    fn nhs_numbers_are_told_by_their_check_digit() {
        // Numbers of the range that is kept for tests.
        for text in ["999 123 4519", "see 9991234519.", "NHS no: 999-123-4519"] {
            check(text, Some("an NHS number"));
        }
        for text in [
            "9991234561",
            "999123451",
            "01942 123456",
            "ring 01942 404142 or 07700 900123",
            "12",
            "",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn dates_are_of_birth_where_they_are_called_so() {
        for text in ["DOB 1/2/1950", "born 03.04.61", "Date of birth: 1950-02-01"] {
            check(text, Some("a date of birth"));
        }
        for text in ["closed since 1/2/2026", "born again", "doberman", "dob 99/99/9999"] {
            check(text, None);
        }
    }
}
