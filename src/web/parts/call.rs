//! What somebody needs who rings about a listing: whom, when they are there, and since when
//! nobody has said that it is right.

use jiff::Timestamp;
use maud::{Markup, html};

use super::{kept_facts::kept_facts, state, urgent::telephone};
use crate::{
    domain::{AuthorRole, Confirmation, Contact, ContactVisibility, Service},
    keeping::{Call, contact_to_ring},
    search::{door_of, wording},
    vocabulary::Vocabulary,
    web::paths,
};

/// A listing to ring about, without its name.
#[must_use]
pub fn call_row(call: &Call, vocabulary: &Vocabulary, now: Timestamp) -> Markup {
    let record = &call.record;
    let service = &record.service;
    let door = door_of(record, None, now);
    html! {
        p { (record.organisation.name) }
        p class="ha-listing__state" { (state::door_line(&door, now)) }
        (call_lines(call, now))
        details class="govuk-details govuk-!-margin-bottom-2" {
            summary class="govuk-details__summary" {
                span class="govuk-details__summary-text" { "What the listing says" span class="govuk-visually-hidden" { ": " (service.name) } }
            }
            div class="govuk-details__text" { (kept_facts(record, vocabulary, now)) }
        }
        p {
            a class="govuk-link" href=(paths::keep(service.id)) {
                "Open it to change it" span class="govuk-visually-hidden" { ": " (service.name) }
            }
        }
    }
}

/// What is to be known before a call, a line for each thing.
#[must_use]
pub fn call_lines(call: &Call, now: Timestamp) -> Markup {
    let service = &call.record.service;
    let hours = hours(service);
    html! {
        @if let Some(contact) = contact_to_ring(&call.record) { (number(contact)) }
        @if !hours.is_empty() { p { "It is on: " (hours.join("; ")) } }
        p {
            "Last confirmed: " (confirmed(service.upkeep.confirmed.as_ref(), now)) ". "
            "Last reminder: " (asked(call.asked, now)) "."
        }
    }
}

fn number(contact: &Contact) -> Markup {
    let whom: Vec<&str> = [&contact.name, &contact.role, &contact.phone_note]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let number = contact.phone.as_deref().unwrap_or_default();
    html! {
        p class="ha-call__phone" {
            strong { (telephone(number)) }
            @if !whom.is_empty() { ", ask for: " (whom.join(", ")) }
        }
        @if contact.visibility != ContactVisibility::Public {
            p { strong { "This number is not public: do not pass it on." } }
        }
    }
}

/// When it is on, which is when somebody is likely to be there.
fn hours(service: &Service) -> Vec<String> {
    let mut hours: Vec<String> = Vec::new();
    for session in service.all_sessions() {
        let said = wording::when(&session.schedule);
        let is_known = session.schedule.opens.is_some() || session.schedule.description.is_some();
        if is_known && !hours.contains(&said) {
            hours.push(said);
        }
    }
    hours.truncate(4);
    hours
}

fn confirmed(last: Option<&Confirmation>, now: Timestamp) -> String {
    let Some(last) = last else { return "never".to_owned() };
    let by = match last.by.role {
        AuthorRole::Provider => "its provider",
        AuthorRole::Steward => "a steward",
        AuthorRole::LinkWorker => "a link worker",
        AuthorRole::Feed => "a feed",
        AuthorRole::Demonstration => "the demonstration",
    };
    format!("{}, by {by}", wording::ago(last.at, now))
}

fn asked(last: Option<Timestamp>, now: Timestamp) -> String {
    last.map_or_else(|| "none was sent".to_owned(), |at| wording::ago(at, now))
}
