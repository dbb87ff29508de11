//! A listing in brief, for whoever is asked whether it is right: what callers act on, and what
//! nobody has said.

use jiff::Timestamp;
use maud::{Markup, html};

use super::{
    fact_list::{fact, not_stated, text_fact},
    facts, state, suits,
};
use crate::{
    domain::{Contact, ContactVisibility, Service},
    search::{by_remote_means, door_of, next_session, shows_where, wording},
    store::ServiceRecord,
    vocabulary::Vocabulary,
};

/// The facts that decide whether somebody is sent, and whether they arrive.
#[must_use]
pub fn kept_facts(record: &ServiceRecord, vocabulary: &Vocabulary, now: Timestamp) -> Markup {
    let service = &record.service;
    let today = wording::date_of(now);
    let summary = Some(service.summary.as_str()).filter(|text| !text.is_empty());
    let door = door_of(record, None, now);
    html! {
        dl class="ha-factlist" {
            (text_fact("In one line", summary))
            (fact("Taking people", &html! { span class="ha-listing__state" { (state::door_line(&door, now)) } }))
            (fact("Confirmed", &html! { span class="ha-listing__state" { (state::freshness(&service.upkeep, now)) } }))
            (text_fact("When", when(service, now).as_deref()))
            (fact("Where", &venues(record)))
            (fact("Contact", &contact(record)))
            (text_fact("For", suits::whom(&service.eligibility, vocabulary).as_deref()))
            (text_fact("Not suitable for", suits::not_for(&service.eligibility.exclusions, vocabulary).as_deref()))
            (text_fact("Cost", (!service.costs.is_empty()).then(|| facts::cost(service, today)).as_deref()))
            (text_fact("How to start", start(service).as_deref()))
            @if let Some(alert) = &service.alert { (text_fact("Notice", Some(alert))) }
        }
    }
}

fn when(service: &Service, now: Timestamp) -> Option<String> {
    let said = service.all_sessions().filter_map(|session| session.schedule.description.clone());
    let mut said: Vec<String> = said.take(3).collect();
    said.dedup();
    let next = next_session(service, now).map(|(next, _)| {
        let hours = wording::hours(next.opens, next.closes);
        let hours = if hours.is_empty() { hours } else { format!(", {hours}") };
        format!("Next: {}{hours}", wording::short_day(next.date))
    });
    let all: Vec<String> = said.into_iter().chain(next).collect();
    (!all.is_empty()).then(|| all.join(". "))
}

/// The keeper sees the address of a hidden venue no more than anybody else on a page that came by mail.
fn venues(record: &ServiceRecord) -> Markup {
    let sites: Vec<String> = record
        .venues()
        .map(|(_, location)| {
            if shows_where(&record.service, location) {
                facts::site(location)
            } else {
                "A venue whose address is not shown".to_owned()
            }
        })
        .collect();
    let goes_out = record.service.is_remote().then(|| by_remote_means(&record.service));
    let all: Vec<String> =
        sites.into_iter().chain(goes_out.map(|how| wording::capitalised(&how))).collect();
    if all.is_empty() {
        return not_stated();
    }
    html! { ul class="govuk-list" { @for site in all { li { (site) } } } }
}

fn contact(record: &ServiceRecord) -> Markup {
    let contacts: Vec<&Contact> =
        record.service.contacts.iter().chain(&record.organisation.contacts).collect();
    let phone = facts::phone(record).and_then(|contact| contact.phone.clone());
    let email = contacts
        .iter()
        .filter(|contact| contact.visibility == ContactVisibility::Public)
        .find_map(|contact| contact.email.clone());
    let website = record.service.website.clone().or_else(|| record.organisation.website.clone());
    let all: Vec<String> = [phone, email, website].into_iter().flatten().collect();
    if all.is_empty() {
        return not_stated();
    }
    html! { ul class="govuk-list" { @for way in all { li class="ha-wrap" { (way) } } } }
}

fn start(service: &Service) -> Option<String> {
    let routes = &service.access_routes.routes;
    (!routes.is_empty()).then(|| facts::referral(routes))
}
