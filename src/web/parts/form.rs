//! Fields of forms, with what is wrong beside each and above them all.

use maud::{Markup, html};

use crate::{
    keeping::FormFault,
    web::typed::{KEY, fault_of},
};

/// A field of one line.
#[derive(Clone, Copy, Debug)]
pub struct TextField<'a> {
    pub name: &'a str,
    /// Its id on the page, which is its name unless several forms have it.
    pub id: &'a str,
    pub label: &'a str,
    pub hint: Option<&'a str>,
    pub value: &'a str,
    /// As in the HTML attribute: `text`, `email`, `tel`.
    pub kind: &'a str,
    pub autocomplete: Option<&'a str>,
    /// A class for its width, such as `govuk-input--width-4`.
    pub width: &'a str,
}

/// What is wrong, in a list that leads to each field. Nothing where nothing is.
#[must_use]
pub fn error_summary(faults: &[FormFault]) -> Markup {
    html! {
        @if !faults.is_empty() {
            div class="govuk-error-summary" data-module="govuk-error-summary" {
                div role="alert" {
                    h2 class="govuk-error-summary__title" { "There is a problem" }
                    div class="govuk-error-summary__body" {
                        ul class="govuk-list govuk-error-summary__list" {
                            @for fault in faults { li { a href=(format!("#{}", fault.field)) { (fault.message) } } }
                        }
                    }
                }
            }
        }
    }
}

/// A line to type into.
#[must_use]
pub fn text_field(field: &TextField<'_>, faults: &[FormFault]) -> Markup {
    let fault = fault_of(faults, field.name);
    let class = if fault.is_some() { "govuk-input govuk-input--error" } else { "govuk-input" };
    html! {
        div class=(group(fault)) {
            label class="govuk-label govuk-label--s" for=(field.id) { (field.label) }
            (hint(field.id, field.hint))
            (message(field.id, fault))
            input class=(format!("{class} {}", field.width)) id=(field.id) name=(field.name) type=(field.kind) value=(field.value)
                autocomplete=[field.autocomplete] aria-describedby=[described(field.id, field.hint, fault)] aria-invalid=[fault.map(|_| "true")];
        }
    }
}

/// Lines to type into, with a count of what is left where scripts run.
#[must_use]
pub fn text_area(
    name: &str,
    label: &str,
    hint_text: Option<&str>,
    value: &str,
    (rows, longest): (u8, usize),
    faults: &[FormFault],
) -> Markup {
    let fault = fault_of(faults, name);
    let group = if fault.is_some() { " govuk-form-group--error" } else { "" };
    let class = if fault.is_some() { " govuk-textarea--error" } else { "" };
    let count = format!("{name}-info");
    let described = [described(name, hint_text, fault), Some(count.clone())];
    let described: Vec<String> = described.into_iter().flatten().collect();
    html! {
        div class=(format!("govuk-form-group govuk-character-count{group}")) data-module="govuk-character-count" data-maxlength=(longest) {
            label class="govuk-label govuk-label--s" for=(name) { (label) }
            (hint(name, hint_text))
            (message(name, fault))
            textarea class=(format!("govuk-textarea govuk-js-character-count{class}")) id=(name) name=(name) rows=(rows)
                aria-describedby=(described.join(" ")) aria-invalid=[fault.map(|_| "true")] { (value) }
            div id=(count) class="govuk-hint govuk-character-count__message" { "Up to " (longest) " characters." }
        }
    }
}

/// Choices of which one, or any number, may be made.
#[derive(Clone, Copy, Debug)]
pub struct Choices<'a> {
    pub name: &'a str,
    pub legend: &'a str,
    pub hint: Option<&'a str>,
    /// Each with its value and its label.
    pub all: &'a [(String, String)],
    pub chosen: &'a [String],
}

/// One of several.
#[must_use]
pub fn radios(choices: &Choices<'_>, faults: &[FormFault]) -> Markup {
    let items = html! {
        div class="govuk-radios govuk-radios--small" data-module="govuk-radios" {
            @for (at, (value, label)) in choices.all.iter().enumerate() { (item("radio", choices, at, value, label)) }
        }
    };
    fieldset(choices, faults, &items)
}

/// Any number of several.
#[must_use]
pub fn checkboxes(choices: &Choices<'_>, faults: &[FormFault]) -> Markup {
    boxes(choices, faults, "govuk-checkboxes govuk-checkboxes--small")
}

/// The same in as many columns as there is room for: for many short ones.
#[must_use]
pub fn checkbox_columns(choices: &Choices<'_>, faults: &[FormFault]) -> Markup {
    boxes(choices, faults, "govuk-checkboxes govuk-checkboxes--small ha-columns")
}

fn boxes(choices: &Choices<'_>, faults: &[FormFault], class: &str) -> Markup {
    let items = html! {
        div class=(class) data-module="govuk-checkboxes" {
            @for (at, (value, label)) in choices.all.iter().enumerate() { (item("checkbox", choices, at, value, label)) }
        }
    };
    fieldset(choices, faults, &items)
}

fn item(kind: &str, choices: &Choices<'_>, at: usize, value: &str, label: &str) -> Markup {
    let class = if kind == "radio" { "radios" } else { "checkboxes" };
    // The summary of errors leads to the first.
    let id = if at == 0 { choices.name.to_owned() } else { format!("{}-{value}", choices.name) };
    html! {
        div class=(format!("govuk-{class}__item")) {
            input class=(format!("govuk-{class}__input")) id=(id) name=(choices.name) type=(kind) value=(value)
                checked[choices.chosen.iter().any(|chosen| chosen == value)];
            label class=(format!("govuk-label govuk-{class}__label")) for=(id) { (label) }
        }
    }
}

/// What belongs together under one question.
#[must_use]
pub fn fieldset(choices: &Choices<'_>, faults: &[FormFault], items: &Markup) -> Markup {
    let fault = fault_of(faults, choices.name);
    html! {
        div class=(group(fault)) {
            fieldset class="govuk-fieldset" aria-describedby=[described(choices.name, choices.hint, fault)] {
                legend class="govuk-fieldset__legend govuk-fieldset__legend--s" { (choices.legend) }
                (hint(choices.name, choices.hint))
                (message(choices.name, fault))
                (items)
            }
        }
    }
}

/// One of several, in a list that opens.
#[must_use]
pub fn select(choices: &Choices<'_>, faults: &[FormFault]) -> Markup {
    let (name, fault) = (choices.name, fault_of(faults, choices.name));
    html! {
        div class=(group(fault)) {
            label class="govuk-label govuk-label--s" for=(name) { (choices.legend) }
            (hint(name, choices.hint))
            (message(name, fault))
            select class="govuk-select" id=(name) name=(name) aria-describedby=[described(name, choices.hint, fault)] {
                @for (value, label) in choices.all {
                    option value=(value) selected[choices.chosen.first().map_or("", String::as_str) == value] { (label) }
                }
            }
        }
    }
}

/// One box to tick, which says yes.
#[must_use]
pub fn tick(name: &str, label: &str, is_ticked: bool) -> Markup {
    html! {
        div class="govuk-form-group" {
            div class="govuk-checkboxes govuk-checkboxes--small" data-module="govuk-checkboxes" {
                div class="govuk-checkboxes__item" {
                    input class="govuk-checkboxes__input" id=(name) name=(name) type="checkbox" value="yes" checked[is_ticked];
                    label class="govuk-label govuk-checkboxes__label" for=(name) { (label) }
                }
            }
        }
    }
}

fn group(fault: Option<&str>) -> &'static str {
    if fault.is_some() { "govuk-form-group govuk-form-group--error" } else { "govuk-form-group" }
}

/// What every form of a session carries.
#[must_use]
pub fn key_field(key: &str) -> Markup {
    html! { input type="hidden" name=(KEY) value=(key); }
}

/// A hidden value.
#[must_use]
pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// What was done, above the page that it led back to.
#[must_use]
pub fn done_banner(title: &str, text: &str) -> Markup {
    html! {
        div class="govuk-notification-banner govuk-notification-banner--success" role="alert" aria-labelledby="done" data-module="govuk-notification-banner" {
            div class="govuk-notification-banner__header" {
                h2 class="govuk-notification-banner__title" id="done" { (title) }
            }
            div class="govuk-notification-banner__content" { p class="govuk-notification-banner__heading" { (text) } }
        }
    }
}

/// The message of a field, or nothing.
#[must_use]
pub fn message(name: &str, fault: Option<&str>) -> Markup {
    html! {
        @if let Some(fault) = fault {
            p id=(format!("{name}-error")) class="govuk-error-message" { span class="govuk-visually-hidden" { "Error: " } (fault) }
        }
    }
}

fn hint(name: &str, text: Option<&str>) -> Markup {
    html! { @if let Some(text) = text { div id=(format!("{name}-hint")) class="govuk-hint" { (text) } } }
}

fn described(name: &str, hint: Option<&str>, fault: Option<&str>) -> Option<String> {
    let hint = hint.map(|_| format!("{name}-hint"));
    let fault = fault.map(|_| format!("{name}-error"));
    let ids: Vec<String> = [hint, fault].into_iter().flatten().collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}
