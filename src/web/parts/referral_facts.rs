//! What a referral says, and what became of it so far.

use maud::{Markup, html};

use super::fact_list::{fact, known_fact, text_fact};
use crate::{
    app::App,
    domain::{Referral, ReferralState, Side, Step},
    referring::{
        age_in_words, first_step_in_words, reason_in_words, side_in_words, state_in_words,
    },
    search::{Labelled, language_name, wording},
};

/// Its facts; `referrer` is how those who answer reach whoever refers.
#[must_use]
pub fn referral_facts(referral: &Referral, referrer: Option<&str>, app: &App) -> Markup {
    let needs = referral.needs.iter().map(|need| app.search.need(need).label);
    let needs = needs.collect::<Vec<_>>().join(", ");
    let of = &referral.practical;
    let access: Vec<&str> = of.access.iter().map(|feature| feature.label()).collect();
    html! {
        dl class="ha-factlist" {
            (text_fact("Reference", Some(&referral.reference)))
            (text_fact("What they need", Some(&needs)))
            (text_fact("Age", of.age.map(age_in_words)))
            (text_fact("Where they live", of.area.as_deref()))
            (known_fact("Language", of.language.as_deref().map(language_name).as_deref()))
            (known_fact("Cannot do without", Some(&access.join(", "))))
            @if of.company { (fact("The first time", &html! { "Somebody comes along with them" })) }
            (text_fact("Coming together", Some(first_step_in_words(referral.first_step))))
            (known_fact("Also", of.note.as_deref()))
            (known_fact("Who refers", referrer))
            (fact("Consent", &html! { "They know of this referral and agree to it, the referrer says." }))
        }
    }
}

/// Every step, the oldest first.
#[must_use]
pub fn steps(referral: &Referral) -> Markup {
    html! {
        h2 class="govuk-heading-m" id="steps" { "Steps so far" }
        ol class="ha-steps" role="list" { @for step in &referral.steps { li { (one(step)) } } }
        @if let Some(until) = referral.lapses() {
            p class="govuk-hint" { "If nobody says anything more, it lapses on " (wording::long_date(wording::date_of(until))) "." }
        }
    }
}

fn one(step: &Step) -> Markup {
    let when = wording::long_date(wording::date_of(step.at));
    let what = match step.to {
        ReferralState::Requested => "asked".to_owned(),
        to => state_in_words(to).to_owned(),
    };
    html! {
        strong { (wording::capitalised(&what)) }
        ", " (when) @if step.by != Side::Clock { ", by " (side_in_words(step.by)) } "."
        @if let Some(weeks) = step.wait_weeks { " The wait is about " (wording::counted(usize::from(weeks), "week", "weeks")) "." }
        @if let Some(reason) = step.reason { " " (reason_in_words(reason)) "." }
        @if let Some(note) = &step.note { " “" (note) "”" }
    }
}
