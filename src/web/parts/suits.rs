//! Is it right? For whom it is, for whom it is not, and where.

use maud::{Markup, html};

use super::fact_list::{fact, not_stated, text_fact};
use crate::{
    domain::{AgeRange, Answer, CircumstanceId, Eligibility, Exclusions, Footprint},
    search::{part_name, wording},
    vocabulary::Vocabulary,
};

/// For, not suitable for, and area served.
#[must_use]
pub fn suits(
    eligibility: &Eligibility,
    footprint: Option<&Footprint>,
    serves: Option<&str>,
    vocabulary: &Vocabulary,
) -> Markup {
    let whom = whom(eligibility, vocabulary);
    let not_for = not_for(&eligibility.exclusions, vocabulary);
    html! {
        dl class="ha-factlist" {
            (text_fact("For", whom.as_deref()))
            (text_fact("Not suitable for", not_for.as_deref()))
            (fact("Area served", &footprint.map_or_else(not_stated, area)))
            @if let Some(serves) = serves { (fact("The place you asked about", &html! { (serves) })) }
        }
    }
}

/// For whom it is; nothing where nobody said.
#[must_use]
pub fn whom(eligibility: &Eligibility, vocabulary: &Vocabulary) -> Option<String> {
    let mut said: Vec<String> = Vec::new();
    said.extend(eligibility.description.clone().map(|text| text.trim_end_matches('.').to_owned()));
    said.extend((eligibility.open_to_all == Answer::Yes).then(|| "Open to everybody".to_owned()));
    let ages: Vec<String> = eligibility.ages.iter().copied().map(ages).collect();
    said.extend((!ages.is_empty()).then(|| format!("Ages: {}", wording::listed(&ages))));
    let people = people(&eligibility.for_people, vocabulary);
    if !people.is_empty() {
        let only = if eligibility.only_for_these == Answer::Yes { "Only for" } else { "For" };
        said.push(format!("{only}: {people}"));
    }
    (!said.is_empty()).then(|| said.join(". "))
}

/// For whom it is not; nothing where nobody said.
#[must_use]
pub fn not_for(exclusions: &Exclusions, vocabulary: &Vocabulary) -> Option<String> {
    match exclusions {
        Exclusions::NotStated => None,
        Exclusions::Nobody => Some("Nobody is excluded".to_owned()),
        Exclusions::These { description, people: ids } => {
            let people = people(ids, vocabulary);
            let said = [description.as_str(), &people].into_iter().filter(|text| !text.is_empty());
            Some(wording::capitalised(&said.collect::<Vec<_>>().join(". ")))
        }
    }
}

fn people(ids: &[CircumstanceId], vocabulary: &Vocabulary) -> String {
    let label = |id: &CircumstanceId| {
        let known = vocabulary.circumstance(id.as_str());
        known.map_or_else(|| id.to_string(), |known| known.label.clone())
    };
    ids.iter().map(label).collect::<Vec<_>>().join("; ")
}

/// `18 and over`, `under 25`, `11 to 18`.
#[must_use]
pub fn ages(range: AgeRange) -> String {
    match (range.from, range.to) {
        (0, AgeRange::OLDEST..) => "any age".to_owned(),
        (from, AgeRange::OLDEST..) => format!("{from} and over"),
        (0, to) => format!("up to {to}"),
        (from, to) => format!("{from} to {to}"),
    }
}

/// The parts of an area in words.
#[must_use]
pub fn area(footprint: &Footprint) -> Markup {
    let parts: Vec<String> = footprint.parts.iter().map(part_name).collect();
    let except: Vec<String> = footprint.except.iter().map(part_name).collect();
    html! {
        (wording::listed(&parts))
        @if !except.is_empty() { ", but not " (wording::listed(&except)) }
        @if footprint.own_authority_only { ". Only for people who live there" }
        @if let Some(note) = &footprint.note { ". " (note) }
    }
}
