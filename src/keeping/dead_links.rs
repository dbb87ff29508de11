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
    (survey, store, gazetteer): (&Survey, &Store, &Gazetteer),
    steward: &Person,
    (skip, limit): (usize, usize),
) -> Result<DeadLinks, KeepingError> {
    let dead = theirs((survey, store, gazetteer), steward)?;
    let ids: Vec<ServiceId> = dead.iter().map(|check| check.service).collect();
    let mut found = DeadLinks::default();
    for batch in ids.chunks(BATCH) {
        for record in store.services_by_ids(batch)? {
            let check = dead.iter().find(|check| check.service == record.service.id);
            let Some(check) = check.filter(|check| is_still_named(check, &record)) else {
                continue;
            };
            if (skip..skip.saturating_add(limit)).contains(&found.total) {
                found.listings.push((record, check.clone()));
            }
            found.total += 1;
        }
    }
    Ok(found)
}

/// How many records are in memory at a time.
const BATCH: usize = 200;

/// How many of somebody's listings name a page that no longer answers.
pub fn count_dead_links(
    from: (&Survey, &Store, &Gazetteer),
    steward: &Person,
) -> Result<usize, KeepingError> {
    Ok(dead_links(from, steward, (0, 0))?.total)
}

/// What is known of the page that a listing names, where that no longer answers.
pub fn dead_link(store: &Store, kept: &Kept) -> Result<Option<LinkCheck>, KeepingError> {
    let known = store.find_link(kept.record.service.id)?;
    Ok(known.filter(|check| check.is_dead() && is_still_named(check, &kept.record)))
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

/// Whether a listing still names the page that was asked, and is listed.
fn is_still_named(check: &LinkCheck, record: &ServiceRecord) -> bool {
    record.service.is_listed() && record.service.website == check.address
}
