//! Who it is for, and who it is not for.

use super::{
    filled::Filled,
    reader::{LONGEST_PARAGRAPH, Reader},
};
use crate::{
    domain::{AgeRange, CircumstanceId, Eligibility, Exclusions},
    vocabulary::Vocabulary,
};

const LONGEST_AGES: usize = 80;

pub fn fill(eligibility: &Eligibility, filled: &mut Filled) {
    filled.add_maybe("for", eligibility.description.as_ref());
    let ages: Vec<String> = eligibility.ages.iter().copied().map(in_words).collect();
    filled.add("ages", &ages.join(", "));
    filled.add_key("open", eligibility.open_to_all);
    eligibility.for_people.iter().for_each(|id| filled.add("people", id.as_str()));
    filled.add_key("only", eligibility.only_for_these);
    let excluded = match &eligibility.exclusions {
        Exclusions::NotStated => "not-stated",
        Exclusions::Nobody => "nobody",
        Exclusions::These { .. } => "these",
    };
    filled.add("not-for", excluded);
    if let Exclusions::These { description, .. } = &eligibility.exclusions {
        filled.add("not-for-words", description);
    }
}

pub fn apply(reader: &mut Reader<'_>, eligibility: &mut Eligibility, vocabulary: &Vocabulary) {
    eligibility.description = reader.text("for", LONGEST_PARAGRAPH);
    eligibility.ages = ages_of(reader);
    eligibility.open_to_all = reader.answer("open");
    eligibility.only_for_these = reader.answer("only");
    let ticked = reader.filled.all("people").iter().map(|id| CircumstanceId::from(id.as_str()));
    let people: Vec<CircumstanceId> = ticked
        .filter(|id| {
            vocabulary.circumstance(id.as_str()).is_some() || eligibility.for_people.contains(id)
        })
        .collect();
    let stays = eligibility.for_people.iter().filter(|id| people.contains(id)).cloned();
    let new = people.iter().filter(|id| !eligibility.for_people.contains(id)).cloned();
    eligibility.for_people = stays.chain(new).collect();
    eligibility.exclusions = exclusions(reader, &eligibility.exclusions);
}

fn exclusions(reader: &mut Reader<'_>, before: &Exclusions) -> Exclusions {
    let words = reader.text("not-for-words", LONGEST_PARAGRAPH);
    match reader.filled.get("not-for") {
        "nobody" => Exclusions::Nobody,
        "these" => {
            let people = match before {
                Exclusions::These { people, .. } => people.clone(),
                _ => Vec::new(),
            };
            if words.is_none() && people.is_empty() {
                reader.fault("not-for-words", "Say who it is not suitable for");
            }
            Exclusions::These { description: words.unwrap_or_default(), people }
        }
        _ => Exclusions::NotStated,
    }
}

fn ages_of(reader: &mut Reader<'_>) -> Vec<AgeRange> {
    let Some(text) = reader.line("ages", LONGEST_AGES) else { return Vec::new() };
    let ranges: Vec<Option<AgeRange>> = text.split(',').map(range).collect();
    if ranges.contains(&None) {
        reader.fault("ages", "Enter ages such as “18 and over”, “11 to 18” or “up to 25”");
    }
    ranges.into_iter().flatten().collect()
}

/// Ages as people write them: `18+`, `18 and over`, `11 to 18`, `11-18`, `up to 25`, `under 5`.
fn range(text: &str) -> Option<AgeRange> {
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

fn in_words(range: AgeRange) -> String {
    match (range.from, range.to) {
        (0, AgeRange::OLDEST..) => "any age".to_owned(),
        (from, AgeRange::OLDEST..) => format!("{from} and over"),
        (0, to) => format!("up to {to}"),
        (from, to) => format!("{from} to {to}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_read_as_people_write_them() {
        let ages = |text| range(text).map(|range| (range.from, range.to));
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

    #[test]
    fn what_a_form_shows_of_ages_is_read_as_the_same() {
        for (from, to) in [(0, 130), (18, 130), (0, 4), (11, 18)] {
            let ages = AgeRange { from, to };
            assert_eq!(range(&in_words(ages)), Some(ages));
        }
    }
}
