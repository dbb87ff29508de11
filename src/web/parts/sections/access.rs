//! Access facts, of the service and of each venue, and the languages that it can be had in.

use maud::{Markup, html};

use super::{Form, answers};
use crate::{
    domain::AccessFeature,
    keeping::key_of,
    search::{Labelled, language_name},
};

/// The languages that are offered to tick, besides those that a listing has already.
const LANGUAGES: [&str; 24] = [
    "en", "bfi", "ar", "bn", "ckb", "fa", "fr", "gu", "hi", "it", "lt", "pa", "pl", "ps", "pt",
    "ro", "ru", "so", "es", "ti", "tr", "uk", "ur", "zh",
];

pub fn fields(form: Form<'_>) -> Markup {
    let mut venues = form.edited.venues_in_force().peekable();
    let is_nowhere = venues.peek().is_none();
    let own = !form.edited.service.access.is_empty();
    html! {
        @for (at, venue) in venues {
            (facts(form, &venue.id.to_string(), &format!("Access at {}", form.venue_name(at, venue))))
        }
        @if is_nowhere || own {
            (facts(form, "all", if is_nowhere { "Access" } else { "Access, wherever it happens" }))
        }
        (languages(form))
    }
}

/// A question for each fact, each with its three answers side by side.
fn facts(form: Form<'_>, at: &str, caption: &str) -> Markup {
    html! {
        div class="ha-scroll" role="region" aria-label=(caption) tabindex="0" {
            table class="govuk-table" {
                caption class="govuk-table__caption govuk-table__caption--m" { (caption) }
                thead class="govuk-table__head" {
                    tr class="govuk-table__row" {
                        th scope="col" class="govuk-table__header" { "Is there" }
                        th scope="col" class="govuk-table__header" { "Answer" }
                    }
                }
                tbody class="govuk-table__body" {
                    @for feature in AccessFeature::ALL { (fact(form, at, feature)) }
                }
            }
        }
    }
}

fn fact(form: Form<'_>, at: &str, feature: AccessFeature) -> Markup {
    let name = format!("a-{at}-{}", key_of(feature));
    let chosen = form.filled.get(&name);
    let not_said = chosen.is_empty();
    html! {
        tr class="govuk-table__row" {
            th scope="row" class="govuk-table__header" { label for=(name) { (feature.label()) } }
            td class="govuk-table__cell" {
                select class="govuk-select" id=(name) name=(name) {
                    @for (key, label) in answers() {
                        option value=(key) selected[key == chosen || (not_said && label == "Not said")] { (label) }
                    }
                }
            }
        }
    }
}

fn languages(form: Form<'_>) -> Markup {
    let known = LANGUAGES.iter().map(|tag| (*tag).to_owned());
    let own = form.edited.service.languages.iter().cloned();
    let mut tags: Vec<String> = known.collect();
    tags.extend(own.filter(|tag| !LANGUAGES.contains(&tag.as_str())));
    let all: Vec<(String, String)> =
        tags.into_iter().map(|tag| (tag.clone(), language_name(&tag))).collect();
    html! { div class="ha-beside" { (form.boxes("languages", "Languages it can be had in", "", &all)) } }
}
