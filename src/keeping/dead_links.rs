//! Pages that listings name and that no longer answer, for whoever is a steward of the listings.

use crate::{
    domain::{LinkCheck, Person, Role, ServiceId},
    geo::Gazetteer,
    store::{Reading, ServiceRecord, Store},
};

use super::{
    error::KeepingError,
    health::{Known, Survey},
    listing::Kept,
};

/// A stretch of the listings of a steward whose pages do not answer.
#[derive(Clone, Debug, Default)]
pub struct DeadLinks {
    /// Each with what is known of its page, the longest failing first.
    pub listings: Vec<(ServiceRecord, LinkCheck)>,
    pub total: usize,
}

/// The listings of somebody's part whose pages no longer answer.
pub fn dead_links(
    from: (&Survey, &Store, &Gazetteer),
    steward: &Person,
    (skip, limit): (usize, usize),
) -> Result<DeadLinks, KeepingError> {
    let dead = theirs(from, steward)?;
    let some: Vec<&LinkCheck> = dead.iter().skip(skip).take(limit).collect();
    let ids: Vec<ServiceId> = some.iter().map(|check| check.service).collect();
    // In the order asked for.
    let records = from.1.services_by_ids(&ids)?;
    let listings = some.into_iter().filter_map(|check| {
        let record = records.iter().find(|record| record.service.id == check.service)?;
        Some((record.clone(), check.clone()))
    });
    Ok(DeadLinks { listings: listings.collect(), total: dead.len() })
}

/// How many of somebody's listings name a page that no longer answers.
pub fn count_dead_links(
    from: (&Survey, &Store, &Gazetteer),
    steward: &Person,
) -> Result<usize, KeepingError> {
    Ok(theirs(from, steward)?.len())
}

/// What is known of the page that a listing names, where that no longer answers.
pub fn dead_link(store: &Store, kept: &Kept) -> Result<Option<LinkCheck>, KeepingError> {
    let known = store.find_link(kept.record.service.id)?;
    Ok(known.filter(LinkCheck::is_dead))
}

fn theirs(
    (survey, store, gazetteer): (&Survey, &Store, &Gazetteer),
    steward: &Person,
) -> Result<Vec<LinkCheck>, KeepingError> {
    let mut dead: Vec<LinkCheck> =
        store.failing_links()?.into_iter().filter(LinkCheck::is_dead).collect();
    if dead.is_empty() {
        return Ok(dead);
    }
    let holds = |known: &Known, id: ServiceId| {
        known.listings.get(&id).is_some_and(|facts| {
            steward.scopes_as(Role::Steward).any(|scope| facts.is_in(scope, &known.numbers))
        })
    };
    survey.look(store, gazetteer, |known| dead.retain(|check| holds(known, check.service)))?;
    Ok(dead)
}
