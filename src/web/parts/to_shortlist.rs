//! Putting a listing on a shortlist, from wherever it stands.

use maud::{Markup, html};

use crate::{
    domain::{Service, Shortlist},
    web::{handed::Held, paths},
};

/// What the buttons need to know: the list that the reader has, and the page to come back to.
#[derive(Clone, Copy)]
pub struct Picking<'a> {
    pub list: Option<&'a Held>,
    pub back: &'a str,
}

/// The button that puts a service on the list, or says that it is there. `at` names the place on
/// the page to come back to.
#[must_use]
pub fn to_shortlist(service: &Service, picking: Picking<'_>, at: &str) -> Markup {
    let is_on = picking.list.is_some_and(|held| held.list.has(service.id));
    let back = format!("{}#{at}", picking.back);
    html! {
        @if is_on {
            p class="ha-picked" {
                a class="govuk-link" href=(paths::SHORTLISTS) { "On your shortlist" span class="govuk-visually-hidden" { ": " (service.name) } }
            }
        } @else {
            form method="post" action=(paths::SHORTLISTS) {
                input type="hidden" name="service" value=(service.id);
                input type="hidden" name="back" value=(back);
                button class="govuk-button govuk-button--secondary ha-button--small" data-module="govuk-button" data-prevent-double-click="true" {
                    "Add to shortlist" span class="govuk-visually-hidden" { ": " (service.name) }
                }
            }
        }
    }
}

/// How many services are on a list, where there is one.
#[must_use]
pub fn count(list: Option<&Held>) -> Option<usize> {
    list.map(|held| held.list.chosen.len()).filter(|count| *count <= Shortlist::MOST)
}
