//! Organisations that may be the same: found, looked at side by side, joined or kept apart.
//!
//! *Invariants.* Nothing is joined but by a steward of all that either offers. Both addresses lead
//! to the one that stands. Joining can be taken back, and loses nothing.

mod alike;
mod apart;
mod join;

use crate::{
    domain::{Organisation, OrganisationId, Person, Role, Service},
    geo::Gazetteer,
    store::{Reading, Store, StoreError, Subject, Versioned},
};

use super::{
    error::KeepingError,
    health::{Known, Survey},
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
    if all.is_empty() {
        return Vec::new();
    }
    let holds = |id: OrganisationId| {
        let mut its = known.listings.values().filter(|facts| facts.organisation == id);
        its.all(|facts| {
            steward.scopes_as(Role::Steward).any(|scope| facts.is_in(scope, &known.numbers))
        })
    };
    all.iter().filter(|pair| holds(pair.first) && holds(pair.second)).cloned().collect()
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

    /// Whether one of them stands for the other.
    #[must_use]
    pub fn are_joined(&self) -> bool {
        let (first, second) = (&self.first.organisation, &self.second.organisation);
        leads_to(first, second) || leads_to(second, first)
    }
}

/// Whether an organisation was joined to another.
fn leads_to(goes: &Organisation, stays: &Organisation) -> bool {
    goes.joined.as_ref().is_some_and(|joined| joined.into == stays.id)
}

/// Two organisations, for a steward of both.
pub fn find_both_organisations(
    store: &Store,
    gazetteer: &Gazetteer,
    steward: &Person,
    (first, second): (OrganisationId, OrganisationId),
) -> Result<BothOrganisations, KeepingError> {
    let (first, second) = (held(store, first)?, held(store, second)?);
    let by = Caretaker { person: steward.clone(), role: Role::Steward };
    let both = BothOrganisations { first, second, by };
    let services = both.first.services.iter().chain(&both.second.services);
    let mut listed = services.filter(|service| service.is_listed()).peekable();
    if steward.stewards_everything() {
        return Ok(both);
    }
    if listed.peek().is_none() {
        return Err(KeepingError::NotTheirs);
    }
    for service in listed {
        find_kept(store, gazetteer, service.id)?.by_steward(steward)?;
    }
    Ok(both)
}

fn held(store: &Store, id: OrganisationId) -> Result<Held, KeepingError> {
    let missing = || StoreError::NotFound(Subject::Organisation(id));
    let Versioned { version, record } = store.versioned_organisation(id)?.ok_or_else(missing)?;
    let keepers = store.list_people_of(id)?.len();
    Ok(Held { organisation: record, version, services: store.list_services_of(id)?, keepers })
}
