//! The filter panel: groups of choices with counts of distinct services.

use maud::{Markup, html};

use super::chosen::{self, within_label};
use crate::{
    geo::Metres,
    search::{FacetGroup, FacetValue, Findings, Labelled, Question},
    web::paths,
};

/// How many choices of a group stand open.
const OPEN: usize = 6;
/// With as many choices as this, none are folded away.
const FEW: usize = 8;
/// How many choices of a group there are at the most.
const MOST: usize = 40;
/// The distances that are offered, in miles.
const MILES: [f64; 6] = [1.0, 2.0, 3.0, 5.0, 10.0, 20.0];

/// The panel. It is sent closed, which is right for a phone; a wide screen shows it open.
#[must_use]
pub fn filters(findings: &Findings) -> Markup {
    let question = &findings.question;
    let count = question.filters().len();
    html! {
        details class="ha-filter-toggle" {
            summary { "Filter" @if count > 0 { " (" (count) " chosen)" } }
            form class="ha-filter" method="get" action=(paths::SEARCH) aria-label="Filter the results" {
                (kept(question))
                (apply(question))
                p class="ha-note" { "In one group any of your choices will do. Each further group narrows what is left." }
                @if !question.near.is_empty() { (distance(question)) }
                (demands(question))
                (fresh(question))
                @for group in &findings.facets { (group_of(group, question)) }
                (apply(question))
            }
        }
    }
}

/// What the question says besides its filters goes along unseen.
fn kept(question: &Question) -> Markup {
    let unfiltered = chosen::unfiltered(question);
    html! {
        @for (key, value) in unfiltered.pairs() { input type="hidden" name=(key) value=(value); }
    }
}

fn apply(question: &Question) -> Markup {
    html! {
        div class="ha-filter__apply" {
            button class="govuk-button ha-button--small" data-module="govuk-button" {
                "Apply" span class="govuk-visually-hidden" { " filters" }
            }
            a class="govuk-link" href=(paths::search(&chosen::unfiltered(question))) {
                "Clear" span class="govuk-visually-hidden" { " filters" }
            }
        }
    }
}

/// What is left out, and what has to be there: asked for in [`paths::SOMEBODY`], and kept here.
fn demands(question: &Question) -> Markup {
    html! {
        div class="govuk-form-group" {
            label class="govuk-label ha-small" for="avoid" { "Leave out, such as alcohol" }
            input class="govuk-input" id="avoid" name="avoid" type="text" value=(question.avoid) maxlength="200";
        }
        @if !question.must.is_empty() {
            fieldset class="govuk-fieldset" {
                legend class="govuk-fieldset__legend" { "Must have" }
                div class="govuk-checkboxes govuk-checkboxes--small" data-module="govuk-checkboxes" {
                    @for must in &question.must {
                        @let id = format!("must-{}", must.key());
                        div class="govuk-checkboxes__item" {
                            input class="govuk-checkboxes__input" id=(id) name="must" type="checkbox" value=(must.key()) checked;
                            label class="govuk-label govuk-checkboxes__label" for=(id) { (must.label()) }
                        }
                    }
                }
            }
        }
    }
}

fn fresh(question: &Question) -> Markup {
    html! {
        fieldset class="govuk-fieldset" {
            legend class="govuk-fieldset__legend" { "How fresh" }
            div class="govuk-checkboxes govuk-checkboxes--small" data-module="govuk-checkboxes" {
                div class="govuk-checkboxes__item" {
                    input class="govuk-checkboxes__input" id="confirmed" name="confirmed" type="checkbox" value="1" checked[question.confirmed];
                    label class="govuk-label govuk-checkboxes__label" for="confirmed" { "Confirmed in the last 6 months" }
                }
                @if question.inside {
                    div class="govuk-checkboxes__item" {
                        input class="govuk-checkboxes__input" id="inside" name="inside" type="checkbox" value="1" checked;
                        label class="govuk-label govuk-checkboxes__label" for="inside" { "With a venue in the place" }
                    }
                }
            }
        }
    }
}

fn distance(question: &Question) -> Markup {
    let offered = MILES.map(|miles| Metres::from_miles(miles).whole());
    let own = question.within_metres.filter(|metres| !offered.contains(metres));
    html! {
        fieldset class="govuk-fieldset" {
            legend class="govuk-fieldset__legend" { "How far to travel" }
            label class="govuk-visually-hidden" for="within" { "How far a venue may be" }
            select class="govuk-select" id="within" name="within" {
                option value="" { "Any distance" }
                @for metres in own.into_iter().chain(offered) {
                    option value=(metres) selected[question.within_metres == Some(metres)] { (within_label(metres)) }
                }
            }
        }
    }
}

fn group_of(group: &FacetGroup, question: &Question) -> Markup {
    match group.key {
        "open" => door(group),
        "who" => person(group, question),
        _ => choices(group),
    }
}

fn choices(group: &FacetGroup) -> Markup {
    html! {
        @if !group.values.is_empty() {
            fieldset class="govuk-fieldset" {
                legend class="govuk-fieldset__legend" { (group.label) }
                (boxes(group))
            }
        }
    }
}

/// Only "taking people now" can be asked for; the other answers are shown with their counts.
fn door(group: &FacetGroup) -> Markup {
    let (open, others): (Vec<_>, Vec<_>) =
        group.values.iter().partition(|value| value.value == "1");
    html! {
        @if !group.values.is_empty() {
            fieldset class="govuk-fieldset" {
                legend class="govuk-fieldset__legend" { (group.label) }
                div class="govuk-checkboxes govuk-checkboxes--small" data-module="govuk-checkboxes" {
                    @for value in open { (choice(group.key, value)) }
                }
                ul class="ha-facts" role="list" {
                    @for value in others { li { (value.label) ": " (value.count) } }
                }
            }
        }
    }
}

fn person(group: &FacetGroup, question: &Question) -> Markup {
    html! {
        fieldset class="govuk-fieldset" {
            legend class="govuk-fieldset__legend" { (group.label) }
            p class="ha-note" { "What fits comes first. Nothing is hidden because of these." }
            div class="govuk-form-group" {
                label class="govuk-label ha-small" for="age" { "Age in years" }
                input class="govuk-input govuk-input--width-3" id="age" name="age" type="text" inputmode="numeric"
                    value=[question.age];
            }
            (boxes(group))
        }
    }
}

/// The first few choices, and the others folded away. What is chosen always stands open.
fn boxes(group: &FacetGroup) -> Markup {
    let (open, folded) = split(&group.values);
    html! {
        div class="govuk-checkboxes govuk-checkboxes--small" data-module="govuk-checkboxes" {
            @for value in open { (choice(group.key, value)) }
        }
        @if !folded.is_empty() {
            details class="ha-filter__more" {
                summary { "More" span class="govuk-visually-hidden" { " choices for " (group.label.to_lowercase()) } }
                div class="govuk-checkboxes govuk-checkboxes--small" data-module="govuk-checkboxes" {
                    @for value in folded { (choice(group.key, value)) }
                }
            }
        }
    }
}

fn split(values: &[FacetValue]) -> (Vec<&FacetValue>, Vec<&FacetValue>) {
    let mut room = if values.len() <= FEW { FEW } else { OPEN };
    values.iter().take(MOST).partition(|value| {
        let stands_open = value.chosen || room > 0;
        room = room.saturating_sub(1);
        stands_open
    })
}

fn choice(key: &str, value: &FacetValue) -> Markup {
    let id = format!("{key}-{}", value.value);
    html! {
        div class="govuk-checkboxes__item" {
            input class="govuk-checkboxes__input" id=(id) name=(key) type="checkbox" value=(value.value) checked[value.chosen];
            label class="govuk-label govuk-checkboxes__label" for=(id) {
                span class="ha-filter__name" { (value.label) } " "
                span class="ha-filter__count" {
                    (value.count) span class="govuk-visually-hidden" { " services" }
                }
            }
        }
    }
}
