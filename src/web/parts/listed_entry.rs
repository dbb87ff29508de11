//! A service on a shortlist: what the person has to know, and what changes its place and note.

use jiff::Timestamp;
use maud::{Markup, html};

use super::{facts, to_entry};
use crate::{
    app::App,
    domain::ServiceId,
    keeping::FormFault,
    referring::{LONGEST_NOTE, ShortlistKey, takes_referrals},
    search::wording,
    web::{
        handed::HandedService,
        parts::urgent::telephone,
        paths,
        typed::{Typed, fault_of},
    },
};

/// What changing a list needs to know of the place that a service has on it.
#[derive(Clone, Copy)]
pub struct Editing<'a> {
    pub key: &'a ShortlistKey,
    /// From 0.
    pub at: usize,
    pub count: usize,
    pub faults: &'a [FormFault],
    /// What was typed, where it was refused.
    pub typed: &'a Typed,
}

/// One service of a list.
#[must_use]
pub fn listed_entry(
    handed: &HandedService,
    editing: Option<Editing<'_>>,
    app: &App,
    now: Timestamp,
) -> Markup {
    let service = handed.service();
    let entry = to_entry::entry(handed, app, now);
    html! {
        li class="ha-listed" id=(format!("s-{}", handed.chosen)) tabindex="-1" {
            h2 class="ha-card__name" {
                a class="govuk-link" href=(paths::service(service.id, &service.name)) { (service.name) }
            }
            p class="ha-card__organisation" { (entry.by) }
            @if !entry.line.is_empty() { p class="ha-card__line" { (entry.line) } }
            @if let Some(warning) = &entry.warning { p { strong { (warning) } } }
            @if !handed.note.is_empty() && editing.is_none() { p class="ha-listed__note" { (handed.note) } }
            ul class="ha-facts" role="list" {
                @if let Some(phone) = &entry.phone { li { (telephone(phone)) } }
                li { strong { @if handed.next.is_some() { "Next: " } (to_entry::when(handed, wording::date_of(now))) } }
                li { (to_entry::whereabouts(handed, handed.next.as_ref().and_then(|(_, venue)| *venue))) }
                li { (facts::cost(service, wording::date_of(now))) }
                li { (facts::referral(&service.access_routes.routes)) }
            }
            @if editing.is_some() && takes_referrals(service) { p { a class="govuk-link" href=(paths::refer(service.id, &service.name)) rel="nofollow" { "Refer by reference" span class="govuk-visually-hidden" { " to " (service.name) } } } }
            p class="ha-card__state" { (super::state::state_line(&handed.door, &service.upkeep, now)) }
            @if let Some(editing) = editing { (note(handed, editing)) (moves(handed.chosen, &service.name, editing)) }
        }
    }
}

fn note(handed: &HandedService, editing: Editing<'_>) -> Markup {
    let (name, service) = (&handed.service().name, handed.chosen.to_string());
    let id = format!("note-{service}");
    let fault = fault_of(editing.faults, &id);
    let is_typed = editing.typed.get("service") == service && fault.is_some();
    let value = if is_typed { editing.typed.raw("note") } else { &handed.note };
    let class = if fault.is_some() { "govuk-input govuk-input--error" } else { "govuk-input" };
    let described = match fault {
        Some(_) => format!("{id}-hint {id}-error"),
        None => format!("{id}-hint"),
    };
    html! {
        form class="ha-listed__noting" method="post" action=(paths::shortlist(editing.key)) novalidate {
            input type="hidden" name="service" value=(service);
            label class="govuk-label" for=(id) { "A note to the person" span class="govuk-visually-hidden" { " about " (name) } }
            p class="govuk-hint" id=(format!("{id}-hint")) { "Such as “Ask for the Tuesday group”. Nothing about the person." }
            (super::form::message(&id, fault))
            div class="ha-listed__line" {
                input class=(class) id=(id) name="note" type="text" value=(value) maxlength=(LONGEST_NOTE) autocomplete="off" aria-describedby=(described) aria-invalid=[fault.map(|_| "true")];
                button class="govuk-button govuk-button--secondary ha-button--small" name="do" value="note" { "Save" span class="govuk-visually-hidden" { " the note about " (name) } }
            }
        }
    }
}

fn moves(service: ServiceId, name: &str, editing: Editing<'_>) -> Markup {
    let press = |what: &str, label: &str| {
        html! {
            button class="govuk-button govuk-button--secondary ha-button--small" name="do" value=(what) {
                (label) span class="govuk-visually-hidden" { ": " (name) }
            }
        }
    };
    html! {
        form class="ha-listed__moves" method="post" action=(paths::shortlist(editing.key)) {
            input type="hidden" name="service" value=(service);
            @if editing.at > 0 { (press("up", "Move up")) }
            @if editing.at + 1 < editing.count { (press("down", "Move down")) }
            (press("take-out", "Take out"))
        }
    }
}
