//! Joining two listings, so that one stands for both.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use uuid::Uuid;

use super::Both;
use crate::{
    config::Directory,
    domain::{
        Experience, Joined, Location, Part, Partnership, PartnershipId, Person, ProposedChange,
        Report, Sensitivity, Service, ServiceAtLocation, ServiceAtLocationId, ServiceStatus,
    },
    keeping::{
        error::{FormFault, KeepingError},
        letters,
        propose::{changed_parts, note_source},
    },
    store::{Changes, Reading, ServiceRecord, Store, StoreError, Version, bare_code, folded_name},
};

/// Which of two listings a part is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// The one that stays.
    Stays,
    /// The one that goes.
    Goes,
    Both,
}

/// What is taken from which; of parts that are not named, the one that stays keeps its own.
pub type Choices = BTreeMap<Part, Take>;

/// Whether what two listings say in a part can stand together. Sessions and access go with the
/// venues.
#[must_use]
pub fn can_be_joined(part: Part) -> bool {
    matches!(part, Part::Aliases | Part::Needs | Part::Languages | Part::Contacts | Part::Sites)
}

/// Makes the first of two listings stand for both, and the second lead to it. Those who look after
/// either are told.
pub fn join(
    store: &Store,
    directory: &Directory,
    both: &Both,
    choices: &Choices,
    (first, second): (Version, Version),
    now: Timestamp,
) -> Result<(), KeepingError> {
    let (stays, goes) = (&both.first, &both.second);
    if (stays.version, goes.version) != (first, second)
        || !stays.is_listed()
        || !goes.is_listed()
        || stays.record.service.id == goes.record.service.id
    {
        return Err(KeepingError::ChangedMeanwhile);
    }
    let open = store.list_open_proposals_of(goes.record.service.id)?;
    if open.iter().any(|proposal| proposal.record.sent.is_some()) {
        let how = "Decide first the changes that wait of the listing that would go";
        return Err(FormFault::new("stays", how).into());
    }
    let mut after = merged(&stays.record, &goes.record, choices);
    for part in changed_parts(&stays.record.service, &after) {
        note_source(&mut after, part, &both.by, now);
    }
    after.upkeep.edited = Some(now);
    let gone = gone(both, &after, now);
    let letters = told(store, directory, both)?;
    store.change(&both.by.actor().because("joined"), now, move |changes| {
        let came = take_partnerships(changes, &gone, &after)?;
        let listed = gone.partnerships.iter().filter(|id| !after.partnerships.contains(id));
        let listed: Vec<PartnershipId> = listed.copied().collect();
        let mut after = after;
        after.partnerships.extend(&listed);
        let mut gone = gone;
        if let Some(joined) = &mut gone.joined {
            let all: BTreeSet<PartnershipId> = came.into_iter().chain(listed).collect();
            joined.partnerships = all.into_iter().collect();
        }
        changes.save_service_if(&after, first)?;
        changes.save_service_if(&gone, second)?;
        for report in changes.list_reports_of(gone.id)? {
            if report.closed.is_none() {
                changes.save_report(&Report { service: after.id, ..report })?;
            }
        }
        // What was said of the one that goes was said of the service.
        for said in changes.list_experiences_of(gone.id)? {
            changes.save_experience(&Experience { service: after.id, ..said })?;
        }
        post(changes, &letters, now)
    })?;
    Ok(())
}

/// Puts the listing that stays into the partnerships of the other, beside it.
fn take_partnerships(
    changes: &mut Changes<'_>,
    goes: &Service,
    stays: &Service,
) -> Result<Vec<PartnershipId>, StoreError> {
    let mut came = Vec::new();
    for partnership in changes.list_partnerships_of_service(goes.id)? {
        if let Some(partnership) = taken_into(partnership, goes, stays) {
            changes.save_partnership(&partnership)?;
            came.push(partnership.id);
        }
    }
    Ok(came)
}

/// The listing that stays, with what it takes from the other.
fn merged(stays: &ServiceRecord, goes: &ServiceRecord, choices: &Choices) -> Service {
    let mut after = stays.service.clone();
    for (part, take) in choices {
        match (part, take) {
            // Whether it is shown, and how carefully, is nobody's to choose here.
            (Part::Status | Part::Sensitivity | Part::Hours | Part::Access, _)
            | (_, Take::Stays) => {}
            (Part::Sites, take) => put_venues(&mut after, stays, goes, *take == Take::Both),
            (part, Take::Both) if can_be_joined(*part) => add(*part, &mut after, &goes.service),
            (part, _) => part.of(&goes.service).put(&mut after),
        }
    }
    let names = [&goes.service.name, &stays.service.name].into_iter().chain(&goes.service.aliases);
    for name in names {
        let folded = folded_name(name);
        let known = std::iter::once(&after.name).chain(&after.aliases);
        if !known.map(|known| folded_name(known)).any(|known| known == folded) {
            after.aliases.push(name.clone());
        }
    }
    if goes.service.sensitivity == Sensitivity::Sensitive {
        after.sensitivity = Sensitivity::Sensitive;
    }
    after.stands_for.insert(goes.service.id);
    after.apart_from.remove(&goes.service.id);
    after
}

/// Adds what the other listing says besides.
fn add(part: Part, after: &mut Service, goes: &Service) {
    fn append<T: Clone + PartialEq>(to: &mut Vec<T>, from: &[T]) {
        for one in from {
            if !to.contains(one) {
                to.push(one.clone());
            }
        }
    }
    match part {
        Part::Needs => append(&mut after.needs, &goes.needs),
        Part::Languages => append(&mut after.languages, &goes.languages),
        Part::Contacts => append(&mut after.contacts, &goes.contacts),
        // The names of both are kept whatever is chosen.
        _ => {}
    }
}

/// The other listing's venues with what happens there, instead of one's own or besides. A venue
/// that both have stands there once.
fn put_venues(after: &mut Service, stays: &ServiceRecord, goes: &ServiceRecord, besides: bool) {
    let own: Vec<(String, String)> = stays.locations.iter().filter_map(place_of).collect();
    if !besides {
        after.venues.clear();
        after.sessions.clear();
        after.access.clear();
    }
    for venue in &goes.service.venues {
        let place = goes.location(venue.location).and_then(place_of);
        let is_there = after.venues.iter().any(|known| known.location == venue.location)
            || place.is_some_and(|place| own.contains(&place));
        if besides && is_there {
            continue;
        }
        let id = Uuid::new_v5(&after.id.0, venue.id.0.as_bytes());
        after.venues.push(ServiceAtLocation { id: ServiceAtLocationId(id), ..venue.clone() });
    }
    for session in &goes.service.sessions {
        if !after.sessions.contains(session) {
            after.sessions.push(session.clone());
        }
    }
    for (feature, answer) in &goes.service.access {
        after.access.entry(*feature).or_insert(*answer);
    }
}

fn place_of(site: &Location) -> Option<(String, String)> {
    let postcode = site.postcode()?;
    Some((bare_code(postcode), folded_name(&site.name)))
}

/// The listing that goes: out of view, leading to the other, with what it takes to come back.
fn gone(both: &Both, after: &Service, now: Timestamp) -> Service {
    let (stays, goes) = (&both.first.record.service, &both.second.record.service);
    let changed = changed_parts(stays, after);
    let venues = changed.iter().any(|part| part.fields().contains(&"venues"));
    let gave =
        changed.iter().map(|part| ProposedChange { before: part.of(stays), after: part.of(after) });
    let joined = Joined {
        into: after.id,
        at: now,
        by: both.by.person.id,
        was: goes.status,
        gave: gave.collect(),
        venues: if venues { stays.venues.clone() } else { Vec::new() },
        partnerships: Vec::new(),
    };
    let mut gone =
        Service { status: ServiceStatus::Inactive, joined: Some(joined), ..goes.clone() };
    note_source(&mut gone, Part::Status, &both.by, now);
    gone
}

/// A partnership that the other listing is in, with the one that stays beside it; nothing where
/// that is there already.
fn taken_into(
    mut partnership: Partnership,
    goes: &Service,
    stays: &Service,
) -> Option<Partnership> {
    let lists = std::iter::once(&mut partnership.services)
        .chain(partnership.pathway.iter_mut().map(|stage| &mut stage.services));
    let mut came = false;
    for list in lists {
        if list.contains(&goes.id) && !list.contains(&stays.id) {
            list.push(stays.id);
            came = true;
        }
    }
    came.then_some(partnership)
}

type Letters = Vec<(Person, String)>;

/// The letters to those who look after either listing.
fn told(store: &Store, directory: &Directory, both: &Both) -> Result<Letters, StoreError> {
    let (stays, goes) = (&both.first.record.service, &both.second.record.service);
    let mut letters = Letters::new();
    for organisation in BTreeSet::from([stays.organisation, goes.organisation]) {
        for person in store.list_people_of(organisation)? {
            let is_known = letters.iter().any(|(known, _)| known.id == person.id);
            if !is_known && person.id != both.by.person.id {
                let may_open = person.keeps(&both.first.belonging).is_some();
                let letter = letters::joined(directory, &person, (stays, goes), may_open);
                letters.push((person, letter));
            }
        }
    }
    Ok(letters)
}

fn post(changes: &mut Changes<'_>, letters: &Letters, now: Timestamp) -> Result<(), StoreError> {
    for (to, letter) in letters {
        changes.post_mail(&to.email, letter, now + letters::NEWS_LASTS)?;
    }
    Ok(())
}
