//! What the results are filtered by, each with a link that takes it away.

use maud::{Markup, html};

use crate::{
    geo::Metres,
    search::{Findings, Labelled, Must, Question},
};

/// The chosen filters; nothing where there are none.
#[must_use]
pub fn chosen(findings: &Findings, path: fn(&Question) -> String) -> Markup {
    let question = &findings.question;
    let filters = question.filters();
    html! {
        @if !filters.is_empty() {
            div class="ha-chosen" {
                h3 class="ha-chosen__title" { "Chosen:" }
                ul class="ha-chosen__list" role="list" {
                    @for (key, value) in &filters {
                        li {
                            a class="ha-chosen__remove" href=(path(&question.without(key, Some(value)))) {
                                span class="govuk-visually-hidden" { "Remove " } (label(findings, key, value))
                            }
                        }
                    }
                }
                a class="govuk-link" href=(path(&unfiltered(question))) { "Clear all" }
            }
        }
    }
}

/// The question without any of its filters.
#[must_use]
pub fn unfiltered(question: &Question) -> Question {
    let keys = question.filters().into_iter().map(|(key, _)| key);
    keys.fold(question.on_page(1), |left, key| left.without(key, None))
}

/// A filter as people read it.
#[must_use]
pub fn label(findings: &Findings, key: &str, value: &str) -> String {
    match key {
        "age" => format!("Age {value}"),
        "inside" => "With a venue in the place".to_owned(),
        "confirmed" => "Confirmed in the last 6 months".to_owned(),
        "avoid" => format!("Not mentioning “{value}”"),
        "must" => {
            let must =
                Must::from_key(value).map_or_else(String::new, |must| must.label().to_owned());
            format!("Must have: {must}")
        }
        "within" => within_label(value.parse().unwrap_or(0)),
        _ => {
            let group = findings.facets.iter().find(|group| group.key == key);
            let known =
                group.and_then(|group| group.values.iter().find(|known| known.value == value));
            known.map_or_else(|| value.to_owned(), |known| known.label.clone())
        }
    }
}

/// `Within 3 miles`.
#[must_use]
pub fn within_label(metres: u32) -> String {
    format!("Within {}", Metres(f64::from(metres)))
}
