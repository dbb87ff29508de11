//! Access facts, of the service and of each venue, and the languages that it can be had in.

use std::collections::BTreeMap;

use super::{
    Edited,
    filled::{Filled, key_of},
    reader::Reader,
};
use crate::domain::{AccessFeature, Answer, Service, ServiceAtLocation};

type Facts = BTreeMap<AccessFeature, Answer>;

pub fn fill(edited: &Edited, filled: &mut Filled) {
    let service = &edited.service;
    service.languages.iter().for_each(|tag| filled.add("languages", tag));
    for (feature, answer) in &service.access {
        filled.add_key(&field("all", *feature), *answer);
    }
    for (_, venue) in edited.venues_in_force() {
        for (feature, answer) in &access_at(edited, venue) {
            filled.add_key(&field(&venue.id.to_string(), *feature), *answer);
        }
    }
}

pub fn apply(reader: &Reader<'_>, edited: &mut Edited) {
    let before = edited.clone();
    let in_force: Vec<_> = before.venues_in_force().map(|(_, venue)| venue.id).collect();
    let service = &mut edited.service;
    service.languages = languages(reader, service);
    service.access = facts(reader, "all");
    for venue in service.venues.iter_mut().filter(|venue| in_force.contains(&venue.id)) {
        let typed = facts(reader, &venue.id.to_string());
        state_access(&before, venue, &typed);
    }
}

/// Says what holds at a venue of a listing: the whole of it. Only what differs there from what is
/// said of its site is kept with the venue.
pub fn state_access(edited: &Edited, venue: &mut ServiceAtLocation, typed: &Facts) {
    let site = site_facts(edited, venue);
    let mut own: Facts = typed.clone();
    own.retain(|feature, answer| site.get(feature) != Some(answer));
    let unsaid = site
        .iter()
        .filter(|(feature, answer)| **answer != Answer::NotStated && !typed.contains_key(feature));
    own.extend(unsaid.map(|(feature, _)| (*feature, Answer::NotStated)));
    if stated(&access_at(edited, venue)) != stated(typed) {
        venue.access = own;
    }
}

/// What holds at a venue of a listing: what is said of the site, and what differs there.
#[must_use]
pub fn access_at(edited: &Edited, venue: &ServiceAtLocation) -> Facts {
    let mut facts = site_facts(edited, venue);
    facts.extend(venue.access.iter().map(|(feature, answer)| (*feature, *answer)));
    facts
}

fn site_facts(edited: &Edited, venue: &ServiceAtLocation) -> Facts {
    let site = edited.sites.iter().find(|site| site.id == venue.location);
    site.map(|site| site.access.clone()).unwrap_or_default()
}

fn stated(facts: &Facts) -> Facts {
    let stated = facts.iter().filter(|(_, answer)| **answer != Answer::NotStated);
    stated.map(|(feature, answer)| (*feature, *answer)).collect()
}

fn facts(reader: &Reader<'_>, at: &str) -> Facts {
    let features = AccessFeature::ALL.into_iter();
    let answered = features.map(|feature| (feature, reader.answer(&field(at, feature))));
    answered.filter(|(_, answer)| *answer != Answer::NotStated).collect()
}

fn languages(reader: &Reader<'_>, service: &Service) -> Vec<String> {
    let ticked = reader.filled.all("languages");
    let is_tag = |tag: &&String| {
        (2..=12).contains(&tag.len())
            && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let stays = service.languages.iter().filter(|tag| ticked.contains(tag));
    let new = ticked.iter().filter(is_tag).filter(|tag| !service.languages.contains(tag));
    stays.chain(new).take(30).cloned().collect()
}

/// The field of a feature: `a-all-step-free`, or of a venue by its id.
fn field(at: &str, feature: AccessFeature) -> String {
    format!("a-{at}-{}", key_of(feature))
}
