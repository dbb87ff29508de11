//! Counts of the engine as groups of filters with words for people.

use hereabouts_index::{Facet, FacetCount};

use crate::{
    domain::{AccessFeature, CostKind, Delivery, Sector},
    vocabulary::Vocabulary,
};

use super::{
    findings::{FacetGroup, FacetValue},
    labels::{Labelled, NOT_STATED, language_name},
    plan::FACETS as ALL,
    question::Question,
    values::{Answerable, Day, PartOfTheDay, Referrer},
};

/// The groups in the order in which people are shown them, with values in an order that helps.
pub fn groups(
    counted: &[(Facet, Vec<FacetCount>)],
    question: &Question,
    vocabulary: &Vocabulary,
) -> Vec<FacetGroup> {
    let chosen = question.pairs();
    counted
        .iter()
        .filter_map(|(facet, counts)| {
            let (key, label) = heading(*facet)?;
            let is_chosen = |value: &str| chosen.iter().any(|(k, v)| *k == key && v == value);
            let mut values: Vec<FacetValue> = counts
                .iter()
                .filter_map(|found| {
                    Some(FacetValue {
                        label: label_of(*facet, &found.value, vocabulary)?,
                        chosen: is_chosen(address_value(*facet, &found.value)),
                        value: address_value(*facet, &found.value).to_owned(),
                        count: found.count,
                    })
                })
                .collect();
            add_chosen(&mut values, *facet, key, &chosen, vocabulary);
            sort(&mut values, *facet);
            Some(FacetGroup { key, label, values })
        })
        .collect()
}

/// What was chosen stays to be seen, and to be taken away, even where it now counts nothing.
fn add_chosen(
    values: &mut Vec<FacetValue>,
    facet: Facet,
    key: &str,
    chosen: &[(&'static str, String)],
    vocabulary: &Vocabulary,
) {
    for (_, value) in chosen.iter().filter(|(chosen_key, _)| *chosen_key == key) {
        if values.iter().any(|known| known.value == *value) {
            continue;
        }
        if let Some(label) = label_of(facet, value, vocabulary) {
            values.push(FacetValue { value: value.clone(), label, count: 0, chosen: true });
        }
    }
}

/// The facet that a key of the address filters by, of those that are stored.
pub fn facet_of(key: &str) -> Option<Facet> {
    ALL.into_iter()
        .filter(|facet| *facet != Facet::Capacity)
        .find(|facet| heading(*facet).is_some_and(|(known, _)| known == key))
}

fn heading(facet: Facet) -> Option<(&'static str, &'static str)> {
    Some(match facet {
        Facet::Need => ("need", "Need"),
        Facet::Capacity => ("open", "Taking people"),
        Facet::Who => ("who", "Who it is for"),
        Facet::Day => ("day", "Day"),
        Facet::Time => ("time", "Part of the day"),
        Facet::Cost => ("cost", "Cost"),
        Facet::Delivery => ("how", "How it reaches you"),
        Facet::Access => ("access", "Access"),
        Facet::Language => ("lang", "Language"),
        Facet::Referral => ("refer", "Who can refer"),
        Facet::Sector => ("sector", "Run by"),
        Facet::Organisation => return None,
    })
}

/// The value as addresses carry it. Only one state of the door can be asked for: open.
fn address_value(facet: Facet, value: &str) -> &str {
    match (facet, value) {
        (Facet::Capacity, "open") => "1",
        _ => value,
    }
}

fn label_of(facet: Facet, value: &str, vocabulary: &Vocabulary) -> Option<String> {
    if value == NOT_STATED {
        return Some("Not stated".to_owned());
    }
    match facet {
        Facet::Need => vocabulary.need(value).map(|need| need.label.clone()),
        Facet::Who => vocabulary.circumstance(value).map(|known| known.label.clone()),
        Facet::Capacity => capacity_label(value).map(str::to_owned),
        Facet::Day => label::<Day>(value),
        Facet::Time => label::<PartOfTheDay>(value),
        Facet::Cost => label::<Answerable<CostKind>>(value),
        Facet::Delivery => label::<Answerable<Delivery>>(value),
        Facet::Access => label::<AccessFeature>(value),
        Facet::Language => Some(language_name(value)),
        Facet::Referral => label::<Referrer>(value),
        Facet::Sector => label::<Answerable<Sector>>(value),
        Facet::Organisation => None,
    }
}

fn capacity_label(value: &str) -> Option<&'static str> {
    Some(match value {
        "open" | "1" => "Taking people now",
        "waiting" => "Waiting list",
        "full" => "Full",
        "paused" => "Paused",
        "not-known" => "Not known",
        _ => return None,
    })
}

fn label<T: Labelled>(value: &str) -> Option<String> {
    T::from_key(value).map(|known| known.label().to_owned())
}

/// Days and parts of the day in their own order; others by count, with "not stated" last.
fn sort(values: &mut [FacetValue], facet: Facet) {
    let own = |value: &FacetValue| match facet {
        Facet::Day => Day::all().iter().position(|day| day.key() == value.value),
        Facet::Time => PartOfTheDay::all().iter().position(|part| part.key() == value.value),
        _ => Some(0),
    };
    values.sort_by(|a, b| {
        let key = |value: &FacetValue| (value.value == NOT_STATED, own(value));
        key(a).cmp(&key(b)).then(b.count.cmp(&a.count)).then_with(|| a.label.cmp(&b.label))
    });
}

/// What people read for a value of a key.
pub fn label_for(key: &str, value: &str, vocabulary: &Vocabulary) -> Option<String> {
    let facet =
        ALL.into_iter().find(|facet| heading(*facet).is_some_and(|(known, _)| known == key))?;
    label_of(facet, value, vocabulary)
}
