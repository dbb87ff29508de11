//! Getting there: venues with their sessions, addresses and access. A hidden venue is known by
//! its hours and its access only.

use std::collections::BTreeMap;

use jiff::civil::Date;
use maud::{Markup, html};

use super::{fact_list::answer_class, facts, sessions::sessions};
use crate::{
    domain::{AccessFeature, Answer, Location, Sensitivity, ServiceAtLocation},
    search::{Labelled, shows_where},
    store::ServiceRecord,
};

/// Every venue, and the sessions that are tied to none.
#[must_use]
pub fn getting_there(record: &ServiceRecord, today: Date) -> Markup {
    let service = &record.service;
    let hows: Vec<&str> = service.delivery.iter().map(|how| how.label()).collect();
    html! {
        p class="govuk-body" {
            @if hows.is_empty() { "How it reaches you is not stated." } @else { "How: " (hows.join(", ").to_lowercase()) "." }
        }
        @if !service.sessions.is_empty() {
            (sessions(&service.sessions, "sessions", "Sessions", service.sensitivity == Sensitivity::Sensitive, today))
        }
        @for (at, (venue, location)) in record.venues().enumerate() {
            (one_venue(record, venue, location, at, today))
        }
        @if record.service.all_sessions().next().is_none() { p class="govuk-body" { "Times are not stated. Ask before you go." } }
        @if !service.access.is_empty() {
            h3 class="govuk-heading-s" { "Access to the service" }
            (access(&service.access, false))
        }
    }
}

fn one_venue(
    record: &ServiceRecord,
    venue: &ServiceAtLocation,
    location: &Location,
    at: usize,
    today: Date,
) -> Markup {
    let is_hidden = !shows_where(&record.service, location);
    let name =
        if is_hidden { "A venue whose address is not shown" } else { location.name.as_str() };
    let mut known = location.access.clone();
    known.extend(venue.access.clone());
    html! {
        h3 class="govuk-heading-s" { (name) }
        @if is_hidden {
            p class="govuk-body" { "Where it is will be said to those who come. Get in touch first." }
        } @else {
            (address(location, venue))
        }
        @if !venue.sessions.is_empty() {
            (sessions(&venue.sessions, &format!("sessions-{at}"), &format!("Sessions at {}", in_sentence(name, is_hidden)), is_hidden, today))
        }
        (access(&known, true))
    }
}

fn in_sentence(name: &str, is_hidden: bool) -> &str {
    if is_hidden { "a venue whose address is not shown" } else { name }
}

fn address(location: &Location, venue: &ServiceAtLocation) -> Markup {
    let line = location.address.as_ref().map(facts::address).unwrap_or_default();
    html! {
        p class="govuk-body" {
            @if line.is_empty() { "Address not stated." } @else { (line) }
        }
        @for text in [&venue.description, &location.getting_there].into_iter().flatten() {
            p class="govuk-body" { (text) }
        }
    }
}

/// What decides whether a place can be used: yes, no, or not known. With `all`, those features
/// too that are most asked for and that nobody spoke of.
#[must_use]
pub fn access(known: &BTreeMap<AccessFeature, Answer>, all: bool) -> Markup {
    const ASKED_FOR: [AccessFeature; 5] = [
        AccessFeature::StepFree,
        AccessFeature::AccessibleToilet,
        AccessFeature::HearingLoop,
        AccessFeature::Parking,
        AccessFeature::NearBusStop,
    ];
    let shown = AccessFeature::all().into_iter();
    let shown =
        shown.filter(|feature| known.contains_key(feature) || (all && ASKED_FOR.contains(feature)));
    let shown: Vec<(AccessFeature, Answer)> =
        shown.map(|feature| (feature, known.get(&feature).copied().unwrap_or_default())).collect();
    html! {
        ul class="ha-answers govuk-body" role="list" {
            @for (feature, answer) in shown {
                li { span class=(answer_class(answer)) { (feature.label()) ": " (in_words(answer)) } }
            }
        }
    }
}

fn in_words(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::NotStated => "not known",
    }
}
