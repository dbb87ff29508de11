//! What is known of a place: its people, its figures, each with its source, and who decides there.

use maud::{Markup, html};

use super::{
    contacts::contacts,
    fact_list::{fact, known_fact, text_fact},
};
use crate::{
    domain::{Governance, Indicator, Place},
    search::wording,
};

/// The facts of a place.
#[must_use]
pub fn place_facts(place: &Place) -> Markup {
    let people = place.population.map(|people| {
        let people = wording::thousands(usize::try_from(people).unwrap_or(usize::MAX));
        format!("{people} (Office for National Statistics, Census 2021)")
    });
    let edition = (!place.edition.is_empty()).then_some(place.edition.as_str());
    html! {
        dl class="ha-factlist" {
            (text_fact("People who live there", people.as_deref()))
            @for known in &place.indicators { (fact(&label(&known.name), &figure(known))) }
            (text_fact("Code", Some(place.code.as_str())))
            (text_fact("Edition of the boundary", edition))
        }
    }
}

fn figure(known: &Indicator) -> Markup {
    let unit = if known.name.ends_with("_pct") { "%" } else { "" };
    html! { (known.value) (unit) " (" (known.source) ", " (known.year) ")" }
}

fn label(name: &str) -> String {
    match name {
        "imd_decile" => "Deprivation, from 1 (the most deprived tenth of England) to 10".to_owned(),
        "lonely_pct" => "Feel lonely often or always".to_owned(),
        "disabled_pct" => "Disabled under the Equality Act".to_owned(),
        other => other.replace('_', " "),
    }
}

/// Who decides in a place; nothing where nobody said.
#[must_use]
pub fn governance(known: &Governance) -> Markup {
    let priorities = known.priorities.join("; ");
    let measures = known.measures.join("; ");
    let stated = known.stated_on.map(wording::long_date);
    html! {
        @if *known != Governance::default() {
            h2 class="govuk-heading-m" { "Who decides here" }
            dl class="ha-factlist" {
                (known_fact("Who decides", known.who_decides.as_deref()))
                (known_fact("Who commissions", known.who_commissions.as_deref()))
                (known_fact("How to be heard", known.how_to_engage.as_deref()))
                (known_fact("Priorities", Some(&priorities)))
                (known_fact("Measures of success", Some(&measures)))
                (known_fact("Stated on", stated.as_deref()))
            }
            @if !known.contacts.is_empty() { div class="govuk-body" { (contacts(known.contacts.iter(), None)) } }
        }
    }
}
