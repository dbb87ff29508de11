//! Where to turn at once.

use maud::{Markup, html};

use crate::{config::Directory, vocabulary::Urgent};

/// The panel that words asking for help now raise.
#[must_use]
pub fn panel(urgent: &Urgent, directory: &Directory) -> Markup {
    html! {
        section class="ha-urgent" aria-labelledby="urgent" {
            h2 class="ha-urgent__title" id="urgent" { (urgent.title) }
            p { (urgent.advice) }
            ul class="ha-urgent__list" role="list" {
                @for line in &urgent.lines {
                    li { (line.name) ": " (contact(&line.contact)) @if !line.note.is_empty() { ", " (line.note) } }
                }
                @if has_own_line(directory) {
                    li { (directory.crisis_name) ": " (telephone(&directory.crisis_phone)) }
                }
            }
        }
    }
}

/// The lines for anybody in trouble, where no words said which.
#[must_use]
pub fn for_anybody(directory: &Directory) -> Markup {
    html! {
        section class="ha-urgent" aria-labelledby="urgent" {
            h2 class="ha-urgent__title" id="urgent" { "If somebody is in danger now" }
            (lines(directory, "ha-urgent__list"))
        }
    }
}

/// The same lines, small.
#[must_use]
pub fn footer_lines(directory: &Directory) -> Markup {
    lines(directory, "ha-footer__list")
}

fn lines(directory: &Directory, class: &str) -> Markup {
    html! {
        ul class=(class) role="list" {
            li { "Risk to life: call " (telephone("999")) }
            li { "A mental health crisis: call " (telephone("111")) " and choose option 2" }
            li { "To talk, day or night: Samaritans, " (telephone("116 123")) }
            @if has_own_line(directory) {
                li { (directory.crisis_name) ": " (telephone(&directory.crisis_phone)) }
            }
        }
    }
}

/// Whether the operator names a line besides those that everybody is shown.
fn has_own_line(directory: &Directory) -> bool {
    !matches!(directory.crisis_phone.as_str(), "" | "111")
}

/// A telephone number that can be pressed.
#[must_use]
pub fn telephone(number: &str) -> Markup {
    let digits: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    html! { a class="govuk-link" href=(format!("tel:{digits}")) { (number) } }
}

/// A number to press, or else what to do in words.
fn contact(contact: &str) -> Markup {
    let is_number = contact.chars().all(|c| c.is_ascii_digit() || c == ' ');
    if is_number {
        telephone(contact)
    } else {
        html! { strong { (contact) } }
    }
}
