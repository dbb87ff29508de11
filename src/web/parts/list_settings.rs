//! What is done to a shortlist as a whole: its title, its link, putting it away, deleting it.

use maud::{Markup, html};

use super::form::{TextField, text_field};
use crate::{
    keeping::FormFault,
    web::{handed::Held, paths},
};

/// The forms under a list.
#[must_use]
pub fn list_settings(held: &Held, is_own: bool, faults: &[FormFault]) -> Markup {
    let action = paths::shortlist(&held.key);
    html! {
        h2 class="govuk-heading-m" { "About this list" }
        form method="post" action=(action) novalidate {
            (text_field(&TextField {
                name: "title",
                id: "title",
                label: "Title",
                hint: Some("It stands above the list. Leave it empty for “A list of services”. No names."),
                value: &held.list.title,
                kind: "text",
                autocomplete: Some("off"),
                width: "govuk-input--width-20",
            }, faults))
            button class="govuk-button govuk-button--secondary" name="do" value="title" { "Save the title" }
        }
        form class="ha-listed__moves" method="post" action=(action) {
            @if is_own {
                button class="govuk-button govuk-button--secondary" name="do" value="put-away" { "Put it away and begin another" }
            } @else {
                button class="govuk-button govuk-button--secondary" name="do" value="take-up" { "Go on with this list in this browser" }
            }
        }
        details class="govuk-details" {
            summary class="govuk-details__summary" { span class="govuk-details__summary-text" { "Delete this list" } }
            div class="govuk-details__text" {
                p { "Its link stops working at once, for everybody who has it. This cannot be taken back." }
                form method="post" action=(action) {
                    button class="govuk-button govuk-button--warning" name="do" value="delete" { "Delete this list for good" }
                }
            }
        }
    }
}
