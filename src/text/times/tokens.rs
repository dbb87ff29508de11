//! Opening times as a row of days, hours and the words between them.

use crate::domain::Weekday;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Day(Weekday),
    /// Every day, weekdays or weekends.
    Days(&'static [Weekday]),
    /// Hour, minute, and whether it was said to be before or after noon.
    Hour(i8, i8, Option<Half>),
    /// Which of them in the month; −1 is the last.
    Nth(i8),
    OfTheMonth,
    TermTime,
    From,
    /// `-`, `to`, `till`.
    To,
    /// `,`, `and`, `&`, `/`.
    And,
    /// The end of a sentence or line.
    Stop,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    Am,
    Pm,
}

/// Words that change nothing about the days and hours.
const SAY_NOTHING: [&str; 14] = [
    "(except bank holidays)",
    "except bank holidays",
    "not bank holidays",
    "excluding bank holidays",
    "(excluding bank holidays)",
    "every week",
    "each week",
    "weekly",
    "drop-in",
    "drop in",
    "please ring",
    "please call",
    "open",
    "hours",
];

/// Reads the tokens of a text, or none where a word is not known.
pub(super) fn read(text: &str) -> Option<Vec<Token>> {
    let mut text = text.to_lowercase().replace(['–', '—', '‐'], "-").replace('\u{a0}', " ");
    for (said, plain) in [
        ("every day", "daily"),
        ("seven days a week", "daily"),
        ("7 days a week", "daily"),
        ("of the month", "ofthemonth"),
        ("of month", "ofthemonth"),
        ("of each month", "ofthemonth"),
        ("of every month", "ofthemonth"),
        ("in the month", "ofthemonth"),
        ("local school term time only", "termtime"),
        ("(term-time only)", "termtime"),
        ("(term time only)", "termtime"),
        ("term-time only", "termtime"),
        ("term time only", "termtime"),
        ("during term time", "termtime"),
        ("12 noon", "noon"),
        ("12noon", "noon"),
        ("12 midday", "noon"),
        ("a.m.", "am"),
        ("p.m.", "pm"),
    ] {
        text = text.replace(said, plain);
    }
    for words in SAY_NOTHING {
        text = remove_words(&text, words);
    }
    tokens(&text)
}

/// Takes words away where they stand alone.
fn remove_words(text: &str, words: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(words) {
        let before = rest[..at].chars().next_back();
        let after = rest[at + words.len()..].chars().next();
        let alone = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '-');
        let is_alone = alone(before) && alone(after);
        kept.push_str(&rest[..at]);
        kept.push_str(if is_alone { " " } else { words });
        rest = &rest[at + words.len()..];
    }
    kept.push_str(rest);
    kept
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim();
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '\n' | '.' | ';' => push(&mut tokens, Token::Stop, 1),
            ',' | '&' | '/' | '+' => push(&mut tokens, Token::And, 1),
            '-' => push(&mut tokens, Token::To, 1),
            '(' | ')' | ':' | ' ' | '\t' => 1,
            '0'..='9' => number(rest, &mut tokens)?,
            c if c.is_alphabetic() => word(rest, &mut tokens)?,
            _ => return None,
        };
        rest = &rest[length..];
    }
    Some(tokens)
}

fn push(tokens: &mut Vec<Token>, token: Token, length: usize) -> usize {
    tokens.push(token);
    length
}

/// `9`, `9.30`, `09:30`, `9am`, `9 am`, `1st`.
fn number(text: &str, tokens: &mut Vec<Token>) -> Option<usize> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut at = digits(text);
    let hour: i8 = text[..at].parse().ok()?;
    if let Some(length) = ordinal_end(&text[at..]) {
        tokens.push(Token::Nth(hour));
        return (1..=5).contains(&hour).then_some(at + length);
    }
    let mut minute = 0;
    if text[at..].starts_with(['.', ':']) && digits(&text[at + 1..]) == 2 {
        minute = text[at + 1..at + 3].parse().ok()?;
        at += 3;
    }
    let spaces = text[at..].bytes().take_while(|c| *c == b' ').count();
    let half = &text[at + spaces..];
    let ends = |text: &str| !text.starts_with(|c: char| c.is_alphabetic());
    let half = match half.get(..2) {
        Some("am") if ends(&half[2..]) => Some(Half::Am),
        Some("pm") if ends(&half[2..]) => Some(Half::Pm),
        _ => None,
    };
    if half.is_some() {
        at += spaces + 2;
    }
    let fits = hour <= 24 && minute < 60 && ends(&text[at..]);
    fits.then(|| push(tokens, Token::Hour(hour, minute, half), at))
}

fn ordinal_end(text: &str) -> Option<usize> {
    let is_end = ["st", "nd", "rd", "th"].iter().any(|end| text.starts_with(end));
    (is_end && !text[2..].starts_with(|c: char| c.is_alphabetic())).then_some(2)
}

fn word(text: &str, tokens: &mut Vec<Token>) -> Option<usize> {
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    let length = text.find(|c: char| !c.is_alphabetic() && c != '\'').unwrap_or(text.len());
    let token = match &text[..length] {
        "mon" | "monday" | "mondays" | "mons" => Token::Day(Mon),
        "tue" | "tues" | "tuesday" | "tuesdays" => Token::Day(Tue),
        "wed" | "weds" | "wednesday" | "wednesdays" => Token::Day(Wed),
        "thu" | "thur" | "thurs" | "thursday" | "thursdays" => Token::Day(Thu),
        "fri" | "fris" | "friday" | "fridays" => Token::Day(Fri),
        "sat" | "sats" | "saturday" | "saturdays" => Token::Day(Sat),
        "sun" | "suns" | "sunday" | "sundays" => Token::Day(Sun),
        "daily" => Token::Days(&Weekday::ALL),
        "weekday" | "weekdays" => Token::Days(&[Mon, Tue, Wed, Thu, Fri]),
        "weekend" | "weekends" => Token::Days(&[Sat, Sun]),
        "noon" | "midday" => Token::Hour(12, 0, Some(Half::Pm)),
        "midnight" => Token::Hour(24, 0, None),
        "first" => Token::Nth(1),
        "second" => Token::Nth(2),
        "third" => Token::Nth(3),
        "fourth" => Token::Nth(4),
        "last" => Token::Nth(-1),
        "ofthemonth" => Token::OfTheMonth,
        "termtime" => Token::TermTime,
        "from" => Token::From,
        "to" | "till" | "til" | "until" | "through" => Token::To,
        "and" => Token::And,
        "every" | "each" | "on" | "between" | "the" => return Some(length),
        _ => return None,
    };
    Some(push(tokens, token, length))
}
