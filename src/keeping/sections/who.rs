//! Who it is for, and who it is not for.

use super::{
    filled::Filled,
    reader::{LONGEST_PARAGRAPH, Reader},
};
use crate::{
    domain::{AgeRange, CircumstanceId, Eligibility, Exclusions},
    text::ages,
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
    let ranges: Vec<Option<AgeRange>> = text.split(',').map(ages::stated).collect();
    if ranges.contains(&None) {
        reader.fault("ages", "Enter ages such as “18 and over”, “11 to 18” or “up to 25”");
    }
    ranges.into_iter().flatten().collect()
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
    fn what_a_form_shows_of_ages_is_read_as_the_same() {
        for (from, to) in [(0, 130), (18, 130), (0, 4), (11, 18)] {
            let range = AgeRange { from, to };
            assert_eq!(ages::stated(&in_words(range)), Some(range));
        }
    }
}
