//! Who it is for, and who it is not for.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::{Form, answers};
use crate::{keeping::LONGEST_PARAGRAPH, web::parts::form::Choices};

/// The kinds of circumstances, in the words of the form.
const KINDS: [(&str, &str); 7] = [
    ("age", "Age"),
    ("health", "Health and disability"),
    ("life", "What they live through"),
    ("role", "Family and caring"),
    ("identity", "Who they are"),
    ("work", "Work and service"),
    ("any", "Anybody"),
];

pub fn fields(form: Form<'_>) -> Markup {
    let not_for = [
        ("not-stated".to_owned(), "Not said".to_owned()),
        ("nobody".to_owned(), "Nobody is excluded".to_owned()),
        ("these".to_owned(), "It is not suitable for some people".to_owned()),
    ];
    html! {
        (form.area("for", "Who is it for?", "In your words. Good: “Adults in Leigh who feel on their own.” Not: “Everyone welcome!”, where it is for some.", (3, LONGEST_PARAGRAPH)))
        (form.line(("ages", "Ages", "Such as “18 and over”, “11 to 18” or “up to 25”. Leave it empty if it does not matter.", "govuk-input--width-20")))
        (form.radios("open", "May anybody come?", "", &answers()))
        (circumstances(form))
        (form.radios("only", "Is it only for those you ticked?", "", &answers()))
        (form.radios("not-for", "Who is it not suitable for?", "Link workers need to know before they send somebody.", &not_for))
        (form.area("not-for-words", "It is not suitable for", "Good: “People who need personal care.” Leave it empty if nobody is excluded.", (2, LONGEST_PARAGRAPH)))
    }
}

fn circumstances(form: Form<'_>) -> Markup {
    let mut kinds: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
    for known in form.vocabulary.circumstances() {
        let item = (known.id.to_string(), known.label.clone());
        kinds.entry(known.kind.as_str()).or_default().push(item);
    }
    let chosen = form.filled.all("people");
    let inside = html! {
        div id="people" {
            @for (kind, label) in KINDS {
                @let all = kinds.get(kind).map_or(&[][..], Vec::as_slice);
                @let count = all.iter().filter(|(id, _)| chosen.contains(id)).count();
                @if !all.is_empty() {
                    details class="ha-fold" open[count > 0] {
                        summary { (label) @if count > 0 { " (" (count) " chosen)" } }
                        div class="govuk-checkboxes govuk-checkboxes--small" data-module="govuk-checkboxes" {
                            @for (id, label) in all { (choice(id, label, chosen.contains(id))) }
                        }
                    }
                }
            }
        }
    };
    let whole = Choices {
        name: "people",
        legend: "People it is for",
        hint: Some(
            "Open a group and tick those it is meant for. Leave all of them empty if it is for anybody.",
        ),
        all: &[],
        chosen: &[],
    };
    crate::web::parts::form::fieldset(&whole, form.faults, &inside)
}

fn choice(id: &str, label: &str, is_chosen: bool) -> Markup {
    let field = format!("people-{id}");
    html! {
        div class="govuk-checkboxes__item" {
            input class="govuk-checkboxes__input" id=(field) name="people" type="checkbox" value=(id) checked[is_chosen];
            label class="govuk-label govuk-checkboxes__label" for=(field) { (label) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn every_circumstance_is_in_the_form() {
        for known in Vocabulary::shipped().circumstances() {
            assert!(KINDS.iter().any(|(kind, _)| *kind == known.kind), "{}", known.kind);
        }
    }
}
