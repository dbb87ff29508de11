//! The person that a question is about: as stated, as described in its words, as implied by them.

use hereabouts_index as engine;

use crate::{
    domain::{CircumstanceId, NeedId},
    vocabulary::{Circumstance, Need, Term, Understanding, Vocabulary},
};

use super::question::Question;

/// For each idea, whom it describes where that is all it does and there are other ideas: in
/// "football for children" the children rank what is found, and the football finds it.
pub fn people<'v>(
    words: &Understanding,
    exactly: bool,
    vocabulary: &'v Vocabulary,
) -> Vec<Vec<&'v Circumstance>> {
    let whom = |term: &Term| {
        if exactly || term.exact { Vec::new() } else { vocabulary.whom_by_age_or_sex(&term.text) }
    };
    let people: Vec<Vec<&Circumstance>> = words.terms.iter().map(whom).collect();
    if people.iter().all(|people| !people.is_empty()) {
        return vec![Vec::new(); people.len()];
    }
    people
}

/// The person, as stated, and what the words speak of besides.
pub fn person(
    question: &Question,
    words: &Understanding,
    vocabulary: &Vocabulary,
) -> engine::Person {
    let implied = implied(question, words, vocabulary);
    let described = people(words, question.exactly, vocabulary).into_iter().flatten();
    let mut circumstances: Vec<String> = question.who.iter().map(ToString::to_string).collect();
    circumstances.extend(described.map(|known| known.id.to_string()));
    circumstances.dedup();
    let is_young = |who: &CircumstanceId| YOUNG.contains(&who.as_str());
    let is_family = |need: &NeedId| vocabulary.need(need.as_str()).is_some_and(in_family);
    engine::Person {
        age: question.age,
        circumstances,
        young: question.who.iter().chain(&implied).any(is_young)
            || needs(question, words).any(is_family),
        housebound: is_housebound(question, words, vocabulary),
        implied: implied.iter().map(ToString::to_string).collect(),
    }
}

/// Whether it was said that the person cannot leave home.
pub fn is_housebound(question: &Question, words: &Understanding, vocabulary: &Vocabulary) -> bool {
    let implied = implied(question, words, vocabulary);
    question.who.iter().chain(&implied).any(|who| who.as_str() == HOUSEBOUND)
}

/// Whom the words and the needs asked for speak of.
fn implied(
    question: &Question,
    words: &Understanding,
    vocabulary: &Vocabulary,
) -> Vec<CircumstanceId> {
    let known = needs(question, words).filter_map(|need| vocabulary.need(need.as_str()));
    let of_needs = known.flat_map(|need| vocabulary.who(&need.label));
    vocabulary.who(&question.words).into_iter().chain(of_needs).collect()
}

fn needs<'a>(question: &'a Question, words: &'a Understanding) -> impl Iterator<Item = &'a NeedId> {
    words.needs().into_iter().chain(&question.needs)
}

fn in_family(need: &Need) -> bool {
    need.group == FAMILY
}

/// Circumstances of children, young people and those who look after them.
const YOUNG: [&str; 9] = [
    "young-people",
    "children",
    "under-fives",
    "girls",
    "boys",
    "young-carer",
    "care-leaver",
    "parent-of-disabled-child",
    "student",
];
/// The group of needs of children and families.
const FAMILY: &str = "family";
const HOUSEBOUND: &str = "housebound";
