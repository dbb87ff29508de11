//! Telephone numbers, alone or among words, and the contacts made of them.

use super::{tidy, web};
use crate::domain::{Contact, ContactVisibility};

/// A telephone number with what was written around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    pub number: String,
    pub note: Option<String>,
}

/// Every number in a text. Words before the first or between two belong to the number after them.
#[must_use]
pub fn phones(text: &str) -> Vec<Phone> {
    let text = tidy::line(&text.replace('\u{fffd}', " "));
    if let Some(number) = short_number(&text) {
        return vec![Phone { number, note: None }];
    }
    let mut found: Vec<Phone> = Vec::new();
    let mut from = 0;
    while let Some((start, end)) = next_run(&text, from) {
        let note = around(&text[from..start]);
        found.push(Phone { number: tidied(&text[start..end]), note });
        from = end;
    }
    if let (Some(last), Some(after)) = (found.last_mut(), around(&text[from..])) {
        last.note =
            Some(last.note.take().map_or(after.clone(), |before| format!("{before}; {after}")));
    }
    found
}

/// `999`, `116 123`: a number that is short and stands alone.
fn short_number(text: &str) -> Option<String> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = text.chars().all(|c| c.is_ascii_digit() || c == ' ');
    (plain && (3..=6).contains(&digits)).then(|| text.to_owned())
}

/// The next stretch of nine to fifteen digits with what stands between digits of a number.
fn next_run(text: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        if starts_number(bytes, at) {
            let end = run_end(bytes, at);
            let digits =
                bytes[at..end].iter().filter(|c| c.is_ascii_digit() || **c == b'O').count();
            if (9..=15).contains(&digits) {
                return Some((at, end));
            }
            at = end.max(at + 1);
        } else {
            at += 1;
        }
    }
    None
}

fn starts_number(bytes: &[u8], at: usize) -> bool {
    let digit_at = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let apart = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
    apart
        && match bytes[at] {
            b'+' | b'(' => digit_at(at + 1),
            // A letter O typed for the leading nought.
            b'O' => digit_at(at + 1) && digit_at(at + 2),
            c => c.is_ascii_digit(),
        }
}

/// A number begun with a nought ends after its eleventh digit.
fn run_end(bytes: &[u8], start: usize) -> usize {
    let national = matches!(bytes[start], b'0' | b'O');
    let (mut end, mut digits) = (start, 0);
    for (at, c) in bytes.iter().enumerate().skip(start) {
        match c {
            b'0'..=b'9' => (end, digits) = (at + 1, digits + 1),
            b'O' if at == start => (end, digits) = (at + 1, digits + 1),
            b' ' | b'-' | b'(' | b')' | b'.' | b'+' if at - end < 3 => {}
            _ => break,
        }
        if national && digits == 11 {
            break;
        }
    }
    end
}

fn tidied(number: &str) -> String {
    let number =
        number.strip_prefix('O').map_or_else(|| number.to_owned(), |rest| format!("0{rest}"));
    tidy::line(&number.replace('.', " "))
}

/// Words beside a number, without the punctuation that joins them to it.
fn around(text: &str) -> Option<String> {
    let words = text.trim_matches(|c: char| c.is_whitespace() || ":;,-–/().\"'".contains(c));
    let joins = [
        "or",
        "and",
        "tel",
        "telephone",
        "phone",
        "t",
        "call",
        "ext",
        "email",
        "or email",
        "number",
    ];
    let kept =
        words.chars().any(char::is_alphanumeric) && !joins.contains(&words.to_lowercase().as_str());
    kept.then(|| words.to_owned())
}

/// Contacts from fields that may hold anything: the first number and the first mailbox go together.
#[must_use]
pub fn contacts(texts: &[String]) -> Vec<Contact> {
    let mut mailboxes = Vec::new();
    let mut numbers: Vec<Phone> = Vec::new();
    for text in texts {
        mailboxes.extend(web::emails_in(text));
        let plain: Vec<&str> =
            text.split_whitespace().filter(|word| !word.contains(['@'])).collect();
        let plain =
            plain.into_iter().filter(|word| !word.starts_with("http") && !word.starts_with("www."));
        numbers.extend(phones(&plain.collect::<Vec<_>>().join(" ")));
    }
    paired(numbers, mailboxes)
}

/// One contact for each number or mailbox, the first of each together.
#[must_use]
pub fn paired(numbers: Vec<Phone>, mailboxes: Vec<String>) -> Vec<Contact> {
    let mut contacts: Vec<Contact> = Vec::new();
    let mut mailboxes = mailboxes.into_iter();
    for (at, phone) in numbers.into_iter().enumerate() {
        if contacts.iter().any(|known| known.phone.as_ref() == Some(&phone.number)) {
            continue;
        }
        contacts.push(Contact {
            phone: Some(phone.number),
            phone_note: phone.note,
            email: if at == 0 { mailboxes.next() } else { None },
            visibility: ContactVisibility::Public,
            ..Contact::default()
        });
    }
    let more = mailboxes.map(|email| Contact { email: Some(email), ..Contact::default() });
    contacts.extend(more);
    contacts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expect: &[(&str, &str)]) {
        let found = phones(text);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|phone| (phone.number.as_str(), phone.note.as_deref().unwrap_or("")))
            .collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn numbers_are_found_among_words() {
        check("0161 832 3736", &[("0161 832 3736", "")]);
        check("Bristol Youth MAPS: 0117 332 7111", &[("0117 332 7111", "Bristol Youth MAPS")]);
        check("0161 761 5908 or 07700 900000", &[("0161 761 5908", ""), ("07700 900000", "")]);
        check("0161 273 3977 (during opening hours)", &[("0161 273 3977", "during opening hours")]);
        check("\"+44 1234 234567\"", &[("+44 1234 234567", "")]);
        check("O7872611770", &[("07872611770", "")]);
        check("O1706 369 777", &[("01706 369 777", "")]);
        check("07700 900000 0161 222 3032", &[("07700 900000", ""), ("0161 222 3032", "")]);
        check("116 123", &[("116 123", "")]);
        check("--", &[]);
        check("Not known", &[]);
        check("open 24 hours, 7 days", &[]);
    }

    #[test]
    fn a_field_of_everything_gives_its_parts() {
        let found = contacts(&["info@a.org\u{a0}0161 236 1185 https://x.org".to_owned()]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].email.as_deref(), Some("info@a.org"));
        assert_eq!(found[0].phone.as_deref(), Some("0161 236 1185"));
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in "[0-9O+() .a-zé@:-]{0,40}") {
            let _ = contacts(&[text]);
        }
    }
}
