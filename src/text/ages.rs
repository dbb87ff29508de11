//! Ages as numbers and in words.

use super::tidy;
use crate::domain::AgeRange;

/// A range from two numbers of a feed. `-1` and 0–0 say nothing; 99 and more is no upper limit.
pub fn range(from: Option<f64>, to: Option<f64>) -> Result<Option<AgeRange>, String> {
    let stated = |age: Option<f64>| age.filter(|age| *age >= 0.0);
    let (from, to) = match (stated(from), stated(to)) {
        (None, None) => return Ok(None),
        (Some(from), Some(to)) if from == 0.0 && to == 0.0 => return Ok(None),
        (from, to) => {
            (from.unwrap_or(0.0), to.filter(|to| *to > 0.0).unwrap_or(f64::from(AgeRange::OLDEST)))
        }
    };
    let to = if to >= 99.0 { f64::from(AgeRange::OLDEST) } else { to };
    if from > to || from > 120.0 {
        return Err(format!("{from} to {to}"));
    }
    Ok(Some(AgeRange { from: whole(from), to: whole(to) }))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "held between 0 and 130"
)]
fn whole(age: f64) -> u8 {
    age.clamp(0.0, f64::from(AgeRange::OLDEST)).floor() as u8
}

/// Ages said in a text: "aged 13 to 25", "over 65", "16+", "5 - 16". Empty where none is sure.
#[must_use]
pub fn in_words(text: &str) -> Vec<AgeRange> {
    let text = tidy::line(&text.to_lowercase().replace(['–', '—'], "-"));
    let spaced = text.replace('-', " - ").replace('+', " + ");
    let words: Vec<&str> = spaced
        .split_whitespace()
        .map(|word| word.trim_matches([',', '.', ';', ':', '(', ')', '\'']))
        .filter(|word| !word.is_empty() && !matches!(*word, "years" | "year" | "yrs" | "yr"))
        .collect();
    let mut ranges: Vec<AgeRange> = Vec::new();
    for at in 0..words.len() {
        if let Some(range) = range_at(&words, at).filter(|range| !ranges.contains(range)) {
            ranges.push(range);
        }
    }
    let apart = |range: &AgeRange| {
        !ranges
            .iter()
            .any(|other| other != range && other.from <= range.from && range.to <= other.to)
    };
    ranges.iter().copied().filter(apart).collect()
}

/// Ages that stand in a field of their own, as people write them: `18+`, `18 and over`, `11 to 18`,
/// `up to 25`, `under 5`, `any age`.
#[must_use]
pub fn stated(text: &str) -> Option<AgeRange> {
    let text = text.trim().to_lowercase();
    let text = text.trim_start_matches("ages").trim_start_matches("aged").trim();
    let age = |text: &str| text.trim().parse::<u8>().ok().filter(|age| *age <= 120);
    let sound = |from, to| (from <= to).then_some(AgeRange { from, to });
    for over in ["+", "and over", "or over", "and older", "and up"] {
        if let Some(from) = text.strip_suffix(over) {
            return sound(age(from)?, AgeRange::OLDEST);
        }
    }
    if let Some(to) = text.strip_prefix("up to") {
        return sound(0, age(to)?);
    }
    if let Some(below) = text.strip_prefix("under") {
        return sound(0, age(below)?.checked_sub(1)?);
    }
    if let Some(above) = text.strip_prefix("over") {
        return sound(age(above)?, AgeRange::OLDEST);
    }
    if text == "any age" || text == "all ages" {
        return sound(0, AgeRange::OLDEST);
    }
    let (from, to) = text.split_once("to").or_else(|| text.split_once(['-', '–']))?;
    sound(age(from)?, age(to)?)
}

fn range_at(words: &[&str], at: usize) -> Option<AgeRange> {
    let word = |offset: usize| words.get(at + offset).copied().unwrap_or_default();
    let age = |offset: usize| age(word(offset));
    let oldest = AgeRange::OLDEST;
    match word(0) {
        "aged" | "ages" | "age" | "between" => {
            let skip = if matches!(word(1), "between" | "from" | "group" | "of") { 2 } else { 1 };
            let from = age(skip)?;
            if matches!(word(skip + 1), "-" | "to" | "and") && age(skip + 2).is_some() {
                let to = age(skip + 2).filter(|to| from < *to)?;
                let open = word(skip + 3) == "+";
                return Some(AgeRange { from, to: if open { oldest } else { to } });
            }
            let open = matches!(word(skip + 1), "+" | "plus" | "over" | "upwards")
                || (word(skip + 1) == "and"
                    && matches!(word(skip + 2), "over" | "above" | "older" | "upwards"))
                || (word(skip + 1) == "or" && matches!(word(skip + 2), "over" | "older" | "above"));
            (open && word(0) != "between").then_some(AgeRange { from, to: oldest })
        }
        "over" | "overs"
            if matches!(
                before(words, at),
                "people"
                    | "adults"
                    | "aged"
                    | "anyone"
                    | "for"
                    | "carers"
                    | "the"
                    | "women"
                    | "men"
            ) =>
        {
            Some(AgeRange { from: age(1)?, to: oldest })
        }
        "under"
            if matches!(
                before(words, at),
                "people" | "children" | "aged" | "anyone" | "for" | "the"
            ) =>
        {
            Some(AgeRange { from: 0, to: age(1)?.checked_sub(1)? })
        }
        _ => {
            let from = age(0)?;
            let named = matches!(word(3), "olds" | "old")
                || (matches!(word(3), "yr" | "year") && word(4) == "olds");
            match (word(1), age(2)) {
                ("-" | "to", Some(to)) if named && from < to => Some(AgeRange { from, to }),
                ("+", _) if matches!(before(words, at), "aged" | "age" | "ages" | "for") => {
                    Some(AgeRange { from, to: oldest })
                }
                _ => None,
            }
        }
    }
}

fn before<'a>(words: &[&'a str], at: usize) -> &'a str {
    at.checked_sub(1).and_then(|at| words.get(at)).copied().unwrap_or_default()
}

fn age(word: &str) -> Option<u8> {
    let word = word.trim_end_matches('s').trim_end_matches('\'');
    word.parse().ok().filter(|age| (1..=110).contains(age))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_say_nothing_give_no_range() {
        assert_eq!(range(Some(-1.0), Some(-1.0)), Ok(None));
        assert_eq!(range(Some(0.0), Some(0.0)), Ok(None));
        assert_eq!(range(Some(18.0), Some(-1.0)), Ok(Some(AgeRange { from: 18, to: 130 })));
        assert_eq!(range(Some(12.0), Some(100.0)), Ok(Some(AgeRange { from: 12, to: 130 })));
        assert_eq!(range(None, Some(25.0)), Ok(Some(AgeRange { from: 0, to: 25 })));
        assert!(range(Some(65.0), Some(18.0)).is_err());
    }

    fn check(text: &str, expect: &[(u8, u8)]) {
        let found: Vec<(u8, u8)> =
            in_words(text).iter().map(|range| (range.from, range.to)).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn ages_are_read_from_words_only_where_they_are_sure() {
        check("support for young people aged 13 to 25 years.", &[(13, 25)]);
        check("Lunch clubs for people over 65, including people with dementia", &[(65, 130)]);
        check("Single people aged 16+.", &[(16, 130)]);
        check("Mental Health, Anyone aged 18 and over.", &[(18, 130)]);
        check("16-30 yr olds who are homeless", &[(16, 30)]);
        check("children or young people aged 5 - 16", &[(5, 16)]);
        check("Homeless persons aged 16-60+, male and female", &[(16, 130)]);
        check("two programmes over 12 weeks, open 9 - 5", &[]);
        check("14-25 who are leaving care", &[]);
    }

    #[test]
    fn a_field_for_ages_is_read_as_people_write_it() {
        let ages = |text| stated(text).map(|range| (range.from, range.to));
        for (text, from, to) in [
            ("18+", 18, 130),
            ("18 and over", 18, 130),
            ("Ages 11 to 18", 11, 18),
            ("11-18", 11, 18),
            ("up to 25", 0, 25),
            ("under 5", 0, 4),
            ("all ages", 0, 130),
        ] {
            assert_eq!(ages(text), Some((from, to)), "{text}");
        }
        for text in ["", "grown-ups", "18 to 11", "999 and over", "under 0"] {
            assert_eq!(ages(text), None, "{text}");
        }
    }
}
