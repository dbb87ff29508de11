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
            @for known in &place.indicators { (fact(&indicator_in_words(&known.name), &figure(known))) }
            (text_fact("Code", Some(place.code.as_str())))
            (text_fact("Edition of the boundary", edition))
        }
    }
}

fn figure(known: &Indicator) -> Markup {
    html! { (indicator_value(known)) " (" (known.source) ", " (known.year) ")" }
}

/// The value of an indicator as it may be shown: what was modelled is no more than a band.
#[must_use]
pub fn indicator_value(known: &Indicator) -> String {
    let unit = if known.name.ends_with("_pct") { "%" } else { "" };
    if known.name == MODELLED {
        let from = (known.value / BAND).floor() * BAND;
        return format!("{from:.0} to {:.0}%", from + BAND);
    }
    format!("{}{unit}", known.value)
}

/// Whether a low value of an indicator says that there is more need.
#[must_use]
pub fn is_worse_low(name: &str) -> bool {
    name == "imd_decile"
}

/// The share lonely comes from a model of a survey (Community Life Survey, DCMS): it tells places
/// apart by no less than this many points.
const MODELLED: &str = "lonely_pct";
const BAND: f64 = 5.0;

/// The name of an indicator in words.
#[must_use]
pub fn indicator_in_words(name: &str) -> String {
    match name {
        "imd_decile" => "Deprivation, from 1 (the most deprived tenth of England) to 10".to_owned(),
        "imd_most_deprived_3_deciles_pct" => {
            "People in the most deprived three tenths of England".to_owned()
        }
        "lonely_pct" => "Feel lonely at least some of the time".to_owned(),
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
