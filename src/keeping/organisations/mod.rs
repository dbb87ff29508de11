//! Organisations that may be the same: found, looked at side by side, joined or kept apart.
//!
//! *Invariants.* Nothing is joined but by a steward of all that either offers. Both addresses lead
//! to the one that stands. Joining can be taken back, and loses nothing.

mod alike;
mod apart;
mod join;

use std::collections::HashSet;

use jiff::Timestamp;

use crate::{
    domain::{Email, Organisation, OrganisationId, Person, Role, Service},
    geo::Gazetteer,
    store::{Reading, Store, StoreError, Subject, Versioned},
};

use super::{
    error::KeepingError,
    health::{Facts, Known, Survey},
    listing::{Caretaker, find_kept},
};

pub(super) use alike::{OrganisationPair, pairs};
pub use apart::{keep_organisations_apart, keep_organisations_apart_no_more, part_organisations};
pub use join::join_organisations;

use super::duplicates::Reason;

/// Two organisations with why they may be the same, for a list.
#[derive(Clone, Debug)]
pub struct LikeOrganisations {
    pub first: Organisation,
    pub second: Organisation,
    pub reasons: Vec<Reason>,
}

/// What a steward may look at.
#[derive(Clone, Debug, Default)]
pub struct TwiceThere {
    /// The first of the pairs, those with most in common first.
    pub pairs: Vec<LikeOrganisations>,
    /// How many there are in all.
    pub total: usize,
}

/// Pairs of organisations of which somebody is a steward of all that they offer.
pub fn like_organisations(
    (survey, store, gazetteer): (&Survey, &Store, &Gazetteer),
    steward: &Person,
    limit: usize,
) -> Result<TwiceThere, KeepingError> {
    let all = survey.look_closely(store, gazetteer, |known| theirs(known, steward))?;
    let mut pairs = Vec::new();
    for pair in all.iter().take(limit) {
        let found = (store.find_organisation(pair.first)?, store.find_organisation(pair.second)?);
        let (Some(first), Some(second)) = found else { continue };
        pairs.push(LikeOrganisations { first, second, reasons: pair.reasons.clone() });
    }
    Ok(TwiceThere { pairs, total: all.len() })
}

fn theirs(known: &mut Known, steward: &Person) -> Vec<OrganisationPair> {
    let all = known.organisation_pairs();
    if steward.stewards_everything() || all.is_empty() {
        return all.to_vec();
    }
    let is_theirs = |facts: &&Facts| {
        steward.scopes_as(Role::Steward).any(|scope| facts.is_in(scope, &known.numbers))
    };
    let others = known.listings.values().filter(|facts| !is_theirs(facts));
    let others: HashSet<OrganisationId> = others.map(|facts| facts.organisation).collect();
    let holds = |id: OrganisationId| !others.contains(&id);
    all.iter().filter(|pair| holds(pair.first) && holds(pair.second)).cloned().collect()
}

/// Why two organisations may be the same; nothing where nothing says so, or nobody knows yet.
pub fn why_alike(
    (survey, store, gazetteer): (&Survey, &Store, &Gazetteer),
    (first, second): (OrganisationId, OrganisationId),
) -> Result<Vec<Reason>, KeepingError> {
    let found = survey.look_closely(store, gazetteer, |known| {
        let all = known.organisation_pairs();
        let mut both = all.iter().filter(|pair| {
            [(pair.first, pair.second), (pair.second, pair.first)].contains(&(first, second))
        });
        both.next().map(|pair| pair.reasons.clone()).unwrap_or_default()
    });
    match found {
        Err(KeepingError::StillReading) => Ok(Vec::new()),
        found => found,
    }
}

/// Organisations that stand for others, each with one that leads to it and when they were joined:
/// for whoever may set them apart, the newest first.
pub fn joined_organisations(
    store: &Store,
    gazetteer: &Gazetteer,
    steward: &Person,
) -> Result<Vec<(Organisation, Organisation, Timestamp)>, KeepingError> {
    let mut found = Vec::new();
    for pair in store.list_joined_organisations()? {
        match find_both_organisations(store, gazetteer, steward, pair) {
            Ok(both) if both.are_joined() => {
                let at = both.first.organisation.joined.as_ref().map(|joined| joined.at);
                found.extend(at.map(|at| (both.second.organisation, both.first.organisation, at)));
            }
            Ok(_) | Err(KeepingError::NotTheirs) => {}
            Err(error) => return Err(error),
        }
    }
    found.sort_by_key(|(.., at)| std::cmp::Reverse(*at));
    Ok(found)
}

/// An organisation with what hangs on it.
#[derive(Clone, Debug)]
pub struct Held {
    pub organisation: Organisation,
    pub version: crate::store::Version,
    /// Its listings, shown or not.
    pub services: Vec<Service>,
    /// How many look after them.
    pub keepers: usize,
}

/// Two organisations as a steward of both looks at them.
#[derive(Clone, Debug)]
pub struct BothOrganisations {
    pub first: Held,
    pub second: Held,
    pub by: Caretaker,
}

impl BothOrganisations {
    /// The same two the other way round.
    #[must_use]
    pub fn turned(self) -> Self {
        Self { first: self.second, second: self.first, ..self }
    }

    /// Whether a steward said that they are two.
    #[must_use]
    pub fn are_kept_apart(&self) -> bool {
        let (first, second) = (&self.first.organisation, &self.second.organisation);
        first.apart_from.contains(&second.id) || second.apart_from.contains(&first.id)
    }

    /// Whether one of them stands for the other, and for itself.
    #[must_use]
    pub fn are_joined(&self) -> bool {
        let (first, second) = (&self.first.organisation, &self.second.organisation);
        leads_to(first, second) || leads_to(second, first)
    }
}

/// Whether an organisation was joined to another that stands for itself. Where that was joined to a
/// third meanwhile, everything is there, and those two are set apart first.
fn leads_to(goes: &Organisation, stays: &Organisation) -> bool {
    let is_last = stays.joined.is_none();
    is_last && goes.joined.as_ref().is_some_and(|joined| joined.into == stays.id)
}

/// Two organisations, for a steward of all that both offer, shown or not. Of one that offers
/// nothing only a steward of everything decides, as its people and parts would go over.
pub fn find_both_organisations(
    store: &Store,
    gazetteer: &Gazetteer,
    steward: &Person,
    (first, second): (OrganisationId, OrganisationId),
) -> Result<BothOrganisations, KeepingError> {
    let (first, second) = (held(store, first)?, held(store, second)?);
    let by = Caretaker { person: steward.clone(), role: Role::Steward };
    let both = BothOrganisations { first, second, by };
    if steward.stewards_everything() {
        return Ok(both);
    }
    for held in [&both.first, &both.second] {
        // One that went has nothing left: who holds the one that stands for it holds both.
        let went = held.organisation.joined.is_some();
        if held.services.is_empty() && !(went && both.are_joined()) {
            return Err(KeepingError::NotTheirs);
        }
        for service in &held.services {
            find_kept(store, gazetteer, service.id)?.by_steward(steward)?;
        }
    }
    Ok(both)
}

fn held(store: &Store, id: OrganisationId) -> Result<Held, KeepingError> {
    let missing = || StoreError::NotFound(Subject::Organisation(id));
    let Versioned { version, record } = store.versioned_organisation(id)?.ok_or_else(missing)?;
    let keepers = store.list_people_of(id)?.len();
    Ok(Held { organisation: record, version, services: store.list_services_of(id)?, keepers })
}

/// The letters to those who look after the listings of either, but for whoever decided.
fn told(
    store: &Store,
    both: &BothOrganisations,
    letter: impl Fn(&Person) -> String,
) -> Result<Vec<(Email, String)>, StoreError> {
    let mut letters: Vec<(Email, String)> = Vec::new();
    for id in [both.first.organisation.id, both.second.organisation.id] {
        for person in store.list_people_of(id)? {
            let is_known = letters.iter().any(|(to, _)| *to == person.email);
            if !is_known && person.id != both.by.person.id {
                letters.push((person.email.clone(), letter(&person)));
            }
        }
    }
    Ok(letters)
}
