//! What it is called and what it helps with.

use maud::{Markup, html};

use super::Form;
use crate::web::parts::form::{Choices, fieldset};

pub fn fields(form: Form<'_>) -> Markup {
    html! {
        (form.line(("name", "Name", "As people know it. Good: “Leigh Old Yard Shed”. Not: “Project 4 (2026)”.", "")))
        (form.area("aliases", "Other names it is known by", "One on each line. Old names too, so that people find it.", (2, 1610)))
        (needs_choices(form, "What it helps with"))
    }
}

/// Every need by its group. The groups with something chosen stand open.
#[must_use]
pub fn needs_choices(form: Form<'_>, legend: &str) -> Markup {
    let groups = form.vocabulary.groups();
    let inside = html! {
        div id="needs" tabindex="-1" {
            @for group in groups {
                @let all: Vec<(String, String)> = form.vocabulary.needs_in(&group.id)
                    .map(|need| (need.id.to_string(), need.label.clone())).collect();
                @let chosen = all.iter().filter(|(id, _)| form.filled.has("needs", id)).count();
                details class="ha-fold" open[chosen > 0] {
                    summary { (group.label) @if chosen > 0 { " (" (chosen) " chosen)" } }
                    (boxes(form, &group.id, &all))
                }
            }
        }
    };
    let whole = Choices {
        name: "needs",
        legend,
        hint: Some(
            "Open a group and tick what fits, twelve at most. People are also found by your words.",
        ),
        all: &[],
        chosen: &[],
    };
    fieldset(&whole, form.faults, &inside)
}

fn boxes(form: Form<'_>, group: &str, all: &[(String, String)]) -> Markup {
    let chosen = form.filled.all("needs");
    html! {
        div class="govuk-checkboxes govuk-checkboxes--small" data-module="govuk-checkboxes" {
            @for (id, label) in all {
                @let field = format!("needs-{group}-{id}");
                div class="govuk-checkboxes__item" {
                    input class="govuk-checkboxes__input" id=(field) name="needs" type="checkbox" value=(id) checked[chosen.contains(id)];
                    label class="govuk-label govuk-checkboxes__label" for=(field) { (label) }
                }
            }
        }
    }
}
