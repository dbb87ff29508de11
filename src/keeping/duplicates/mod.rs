//! Listings that may be the same: found, looked at side by side, joined or kept apart.
//!
//! *Invariants.* Nothing is joined but by a steward of both. Both addresses lead to the one that
//! stands. Joining can be taken back, and loses nothing.

mod alike;
mod apart;
mod join;

use std::collections::BTreeMap;

use jiff::Timestamp;

pub use alike::Reason;
pub use apart::{keep_apart, keep_apart_no_more, set_apart};
pub use join::{Choices, Take, can_be_joined, join};

pub(super) use alike::{Marks, pairs};

use super::{
    error::KeepingError,
    health::{Known, Survey},
    listing::{Caretaker, Kept, find_kept},
};
use crate::{
    domain::{Person, Role, ServiceId},
    geo::Gazetteer,
    store::{Reading, ServiceRecord, Store},
};

/// Two listings that may be the same, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    pub first: ServiceId,
    pub second: ServiceId,
    pub reasons: Vec<Reason>,
}

/// Two listings with why they may be the same, for a list.
#[derive(Clone, Debug)]
pub struct Lookalikes {
    pub first: ServiceRecord,
    pub second: ServiceRecord,
    pub reasons: Vec<Reason>,
}

/// A stretch of what a steward may look at.
#[derive(Clone, Debug, Default)]
pub struct Duplicates {
    pub pairs: Vec<Lookalikes>,
    /// How many pairs there are in all.
    pub total: usize,
    /// Listings that stand for others, the newest of both first, with when they were joined.
    pub joined: Vec<(ServiceRecord, ServiceRecord, Timestamp)>,
}

/// The most joined listings that are shown.
const MOST_JOINED: usize = 20;

/// Pairs of listings that somebody is a steward of both of, those with most in common first.
pub fn duplicates(
    (survey, store, gazetteer): (&Survey, &Store, &Gazetteer),
    steward: &Person,
    (skip, limit): (usize, usize),
) -> Result<Duplicates, KeepingError> {
    let look = |known: &mut Known| (theirs(known, steward), standing(known, steward));
    let (all, standing) = survey.look_closely(store, gazetteer, look)?;
    let some: Vec<Pair> = all.iter().skip(skip).take(limit).cloned().collect();
    let ids: Vec<ServiceId> = some.iter().flat_map(|pair| [pair.first, pair.second]).collect();
    let records = store.services_by_ids(&ids)?;
    let records: BTreeMap<ServiceId, ServiceRecord> =
        records.into_iter().map(|record| (record.service.id, record)).collect();
    let lookalikes = some.into_iter().filter_map(|pair| {
        Some(Lookalikes {
            first: records.get(&pair.first)?.clone(),
            second: records.get(&pair.second)?.clone(),
            reasons: pair.reasons,
        })
    });
    let pairs = lookalikes.collect();
    Ok(Duplicates { pairs, total: all.len(), joined: joined_lately(store, &standing)? })
}

/// How many pairs somebody may look at.
pub fn count_duplicates(
    (survey, store, gazetteer): (&Survey, &Store, &Gazetteer),
    steward: &Person,
) -> Result<usize, KeepingError> {
    survey.look_closely(store, gazetteer, |known| theirs(known, steward).len())
}

fn theirs(known: &mut Known, steward: &Person) -> Vec<Pair> {
    let all = known.pairs();
    let holds = |id: &ServiceId| holds(known, steward, id);
    all.iter().filter(|pair| holds(&pair.first) && holds(&pair.second)).cloned().collect()
}

fn holds(known: &Known, steward: &Person, id: &ServiceId) -> bool {
    let facts = known.listings.get(id);
    facts.is_some_and(|facts| {
        steward.scopes_as(Role::Steward).any(|scope| facts.is_in(scope, &known.numbers))
    })
}

fn standing(known: &Known, steward: &Person) -> Vec<ServiceId> {
    let all = known.listings.values().filter(|facts| facts.stands_for_others);
    all.map(|facts| facts.id).filter(|id| holds(known, steward, id)).collect()
}

fn joined_lately(
    store: &Store,
    standing: &[ServiceId],
) -> Result<Vec<(ServiceRecord, ServiceRecord, Timestamp)>, KeepingError> {
    let mut joined = Vec::new();
    for record in store.services_by_ids(standing)? {
        let others: Vec<ServiceId> = record.service.stands_for.iter().copied().collect();
        for other in store.services_by_ids(&others)? {
            let at = other.service.joined.as_ref().map(|joined| joined.at);
            joined.extend(at.map(|at| (record.clone(), other, at)));
        }
    }
    joined.sort_by_key(|(.., at)| std::cmp::Reverse(*at));
    joined.truncate(MOST_JOINED);
    Ok(joined)
}

/// Two listings as a steward of both looks at them.
#[derive(Clone, Debug)]
pub struct Both {
    pub first: Kept,
    pub second: Kept,
    pub by: Caretaker,
    /// Why they may be the same; nothing where nothing says so.
    pub reasons: Vec<Reason>,
}

impl Both {
    /// The same two the other way round.
    #[must_use]
    pub fn turned(self) -> Self {
        Self { first: self.second, second: self.first, ..self }
    }

    /// Whether a steward said that they are two.
    #[must_use]
    pub fn are_kept_apart(&self) -> bool {
        let (first, second) = (&self.first.record.service, &self.second.record.service);
        first.apart_from.contains(&second.id) || second.apart_from.contains(&first.id)
    }
}

/// Two listings, for a steward of both.
pub fn find_both(
    store: &Store,
    gazetteer: &Gazetteer,
    steward: &Person,
    (first, second): (ServiceId, ServiceId),
) -> Result<Both, KeepingError> {
    let (first, second) =
        (find_kept(store, gazetteer, first)?, find_kept(store, gazetteer, second)?);
    first.by_steward(steward)?;
    let by = second.by_steward(steward)?;
    let reasons = Marks::of(&first.record).reasons(&Marks::of(&second.record)).unwrap_or_default();
    Ok(Both { first, second, by, reasons })
}
