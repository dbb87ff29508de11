//! What somebody needs who rings about a listing: whom, when they are there, and since when
//! nobody has said that it is right.

use jiff::Timestamp;
use maud::{Markup, html};

use super::{fact_list::fact, sessions::when, urgent::telephone};
use crate::{
    domain::{AuthorRole, Confirmation, Contact, ContactVisibility, Service},
    keeping::{Call, contact_to_ring},
    search::wording,
};

/// The facts of a call.
#[must_use]
pub fn call_facts(call: &Call, now: Timestamp) -> Markup {
    let service = &call.record.service;
    let contact = contact_to_ring(&call.record);
    let hours = hours(service);
    html! {
        dl class="ha-factlist" {
            @if let Some(contact) = contact { (number(contact)) }
            @if !hours.is_empty() { (fact("It is on", &html! { (hours.join("; ")) })) }
            (fact("Last confirmed", &html! { (confirmed(service.upkeep.confirmed.as_ref(), now)) }))
            (fact("Last reminder", &html! { (asked(call.asked, now)) }))
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
        (fact("Ring", &html! {
            strong class="ha-print__phone" { (telephone(number)) }
            @if contact.visibility != ContactVisibility::Public {
                br; span class="ha-muted" { "This number is not public: do not pass it on." }
            }
        }))
        @if !whom.is_empty() { (fact("Ask for", &html! { (whom.join(", ")) })) }
    }
}

/// When it is on, which is when somebody is likely to be there.
fn hours(service: &Service) -> Vec<String> {
    let mut hours: Vec<String> = Vec::new();
    for session in service.all_sessions() {
        let said = when(&session.schedule);
        let is_known = session.schedule.opens.is_some() || session.schedule.description.is_some();
        if is_known && !hours.contains(&said) {
            hours.push(said);
        }
    }
    hours.truncate(4);
    hours
}

fn confirmed(last: Option<&Confirmation>, now: Timestamp) -> String {
    let Some(last) = last else { return "Never".to_owned() };
    let by = match last.by.role {
        AuthorRole::Provider => "its provider",
        AuthorRole::Steward => "a steward",
        AuthorRole::LinkWorker => "a link worker",
        AuthorRole::Feed => "a feed",
        AuthorRole::Demonstration => "the demonstration",
    };
    format!("{}, by {by}", super::facts::capitalised(&wording::ago(last.at, now)))
}

fn asked(last: Option<Timestamp>, now: Timestamp) -> String {
    last.map_or_else(
        || "None was sent".to_owned(),
        |at| super::facts::capitalised(&wording::ago(at, now)),
    )
}
