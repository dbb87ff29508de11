//! The steps that somebody may take with a referral: a press for each, with a reason where it
//! needs one.

use maud::{Markup, html};

use super::form::{Choices, TextField, hidden, radios, text_field};
use crate::{
    domain::{Referral, ReferralState, Side, StepReason},
    keeping::{FormFault, KeepingError},
    referring::{Choice, reason_in_words},
    store::unit_text,
    web::typed::{KEY, Typed},
};

/// What stands on the button that leads from a state to another.
fn press(from: ReferralState, to: ReferralState) -> &'static str {
    match to {
        ReferralState::Waitlisted if from == to => "Still on the waiting list",
        ReferralState::Accepted if from == to => "Still to begin",
        ReferralState::InProgress if from == to => "Still going on",
        ReferralState::Accepted => "Accept",
        ReferralState::Waitlisted => "Put on the waiting list",
        ReferralState::Declined => "Decline",
        ReferralState::InProgress => "They have begun",
        ReferralState::Completed => "It is completed",
        ReferralState::EndedEarly if from == ReferralState::Requested => "Withdraw it",
        ReferralState::EndedEarly => "End it early",
        ReferralState::Requested | ReferralState::Lapsed => "Move on",
    }
}

/// A form for each step that a side may take. `key` is the session's, where there is one.
#[must_use]
pub fn referral_steps(
    referral: &Referral,
    side: Side,
    (action, key): (&str, Option<&str>),
    typed: &Typed,
    faults: &[FormFault],
) -> Markup {
    let from = referral.state();
    html! {
        @for to in from.onward(side).iter().copied() {
            form class="ha-step" method="post" action=(action) novalidate {
                @if let Some(key) = key { (hidden(KEY, key)) }
                (hidden("to", &unit_text(&to)))
                @if to == ReferralState::Waitlisted { (weeks(typed, faults)) }
                @if to.reasons(side).is_empty() { (button(from, to)) } @else { (with_reason((from, to), side, typed, faults)) }
            }
        }
    }
}

fn button(from: ReferralState, to: ReferralState) -> Markup {
    let is_less = from == to || matches!(to, ReferralState::Declined | ReferralState::EndedEarly);
    let class = if is_less { "govuk-button govuk-button--secondary" } else { "govuk-button" };
    html! { button class=(class) data-module="govuk-button" data-prevent-double-click="true" { (press(from, to)) } }
}

fn weeks(typed: &Typed, faults: &[FormFault]) -> Markup {
    let field = TextField {
        name: "weeks",
        id: "weeks",
        label: "Waiting list: about how many weeks? (if known)",
        hint: None,
        value: typed.raw("weeks"),
        kind: "text",
        autocomplete: Some("off"),
        width: "govuk-input--width-3",
    };
    text_field(&field, faults)
}

fn with_reason(
    (from, to): (ReferralState, ReferralState),
    side: Side,
    typed: &Typed,
    faults: &[FormFault],
) -> Markup {
    let (reason, note) = fields(to);
    let all = to
        .reasons(side)
        .iter()
        .map(|reason| (unit_text(reason), reason_in_words(*reason).to_owned()));
    let all: Vec<(String, String)> = all.collect();
    let is_open = faults.iter().any(|fault| fault.field == reason || fault.field == note);
    let note_field = TextField {
        name: &note,
        id: &note,
        label: "In a few words (needed only for another reason)",
        hint: Some("Nothing about the person."),
        value: typed.raw(&note),
        kind: "text",
        autocomplete: Some("off"),
        width: "",
    };
    html! {
        details class="govuk-details" open[is_open] {
            summary class="govuk-details__summary" { span class="govuk-details__summary-text" { (press(from, to)) } }
            div class="govuk-details__text" {
                (radios(&Choices { name: &reason, legend: "Why?", hint: None, all: &all, chosen: &[typed.get(&reason).to_owned()] }, faults))
                (text_field(&note_field, faults))
                (button(from, to))
            }
        }
    }
}

/// The names of the fields of a step, which stand on one page with those of others.
fn fields(to: ReferralState) -> (String, String) {
    let key = unit_text(&to);
    (format!("reason-{key}"), format!("note-{key}"))
}

/// The step that a form asks for.
pub fn choice(typed: &Typed) -> Result<Choice, KeepingError> {
    let known = ReferralState::ALL.into_iter().find(|to| unit_text(to) == typed.get("to"));
    let to = known.ok_or(KeepingError::ChangedMeanwhile)?;
    let (reason, note) = fields(to);
    let reasons = [Side::Provider, Side::Referrer].map(|side| to.reasons(side)).concat();
    let reason: Option<StepReason> =
        reasons.into_iter().find(|known| unit_text(known) == typed.get(&reason));
    let weeks = typed.get("weeks");
    let wait_weeks = match weeks.parse::<u16>() {
        Ok(weeks) if (1..=260).contains(&weeks) => Some(weeks),
        _ if weeks.is_empty() => None,
        _ => return Err(FormFault::new("weeks", "Enter a number of weeks from 1 to 260").into()),
    };
    Ok(Choice { to, reason, wait_weeks, note: typed.raw(&note).to_owned() })
}

/// Faults under the names that their fields have on the page.
#[must_use]
pub fn named_faults(faults: &[FormFault], typed: &Typed) -> Vec<FormFault> {
    let known = ReferralState::ALL.into_iter().find(|to| unit_text(to) == typed.get("to"));
    let Some(to) = known else { return faults.to_vec() };
    let (reason, note) = fields(to);
    let named = |fault: &FormFault| match fault.field.as_ref() {
        "reason" => FormFault::new(reason.clone(), fault.message.clone()),
        "note" => FormFault::new(note.clone(), fault.message.clone()),
        _ => fault.clone(),
    };
    faults.iter().map(named).collect()
}
