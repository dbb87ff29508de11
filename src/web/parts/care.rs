//! Looking after one listing: is it still right, does it take people, and what else to change.

use jiff::Timestamp;
use maud::{Markup, html};

use super::{
    door_form::{DoorTyped, door_fields},
    form::{hidden, key_field},
    kept_facts::kept_facts,
};
use crate::{
    keeping::{FormFault, Kept, seen},
    search::door_of,
    vocabulary::Vocabulary,
};

/// A listing before whoever looks after it.
pub struct Care<'a> {
    pub kept: &'a Kept,
    pub vocabulary: &'static Vocabulary,
    pub now: Timestamp,
    /// Where each form goes.
    pub confirm: String,
    pub door: String,
    /// The key of the session; none where the address itself is the key.
    pub key: Option<&'a str>,
    pub typed: &'a DoorTyped,
    pub faults: &'a [FormFault],
    /// Whether it was confirmed just now, so that there is nothing to confirm.
    pub is_confirmed: bool,
    /// What stands under "Change something else".
    pub change: Markup,
}

impl Care<'_> {
    /// The facts with the three ways to answer.
    #[must_use]
    pub fn shown(&self) -> Markup {
        html! {
            (kept_facts(&self.kept.record, self.vocabulary, self.now))
            @if !self.is_confirmed {
                form method="post" action=(self.confirm) {
                    (self.carried("right"))
                    button class="govuk-button ha-big-button" data-module="govuk-button" data-prevent-double-click="true" { "All still right" }
                }
            }
            h2 class="govuk-heading-m" { (self.about_the_door()) }
            form method="post" action=(self.door) novalidate {
                (self.carried("door"))
                (door_fields(&self.kept.record, self.typed, self.faults))
                button class="govuk-button" data-module="govuk-button" data-prevent-double-click="true" { "Save the door" }
            }
            h2 class="govuk-heading-m" { "Change something else" }
            (self.change)
        }
    }

    fn about_the_door(&self) -> &'static str {
        match door_of(&self.kept.record, None, self.now).status {
            Some(_) => "Has the door changed?",
            None => "Nobody knows whether it takes people",
        }
    }

    /// What every form here carries: which answer it is, and which version was looked at.
    fn carried(&self, answer: &str) -> Markup {
        html! {
            (hidden("do", answer))
            (hidden("seen", &seen(&self.kept.record, self.now)))
            @if let Some(key) = self.key { (key_field(key)) }
        }
    }
}
