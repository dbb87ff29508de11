//! The best few of many, in the order of the answer.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::facts::Facts;
use crate::entry::EntryId;
use crate::query::Sort;

/// What comes first whatever is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tier {
    /// It is called as was typed.
    Called,
    /// It meets all that was asked well, and was confirmed recently.
    Leading,
    Other,
}

/// A candidate with what decides its place. The lesser comes first.
pub(crate) struct Ranked<'s> {
    pub(crate) tier: Tier,
    /// What is sorted by: the less the better.
    pub(crate) key: f64,
    pub(crate) name: &'s str,
    pub(crate) id: EntryId,
    pub(crate) facts: Facts,
    pub(crate) log_score: f32,
}

impl Ranked<'_> {
    fn before(&self, other: &Self) -> Ordering {
        let tier = self.tier.cmp(&other.tier);
        tier.then(self.key.total_cmp(&other.key))
            .then_with(|| self.name.cmp(other.name))
            .then_with(|| self.id.cmp(&other.id))
    }
}

impl PartialEq for Ranked<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.before(other) == Ordering::Equal
    }
}

impl Eq for Ranked<'_> {}

impl PartialOrd for Ranked<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.before(other)
    }
}

/// What a candidate is sorted by, as a number that is less for the better.
#[expect(clippy::cast_precision_loss, reason = "seconds since 1970 fit many times over")]
pub(crate) fn key(sort: Sort, log_score: f32, facts: &Facts) -> f64 {
    match sort {
        Sort::Best => -f64::from(log_score),
        Sort::Distance => by_distance(facts.nearest),
        Sort::Name => 0.0,
        Sort::Confirmed => facts.confirmed_at.map_or(f64::INFINITY, |at| -(at as f64)),
    }
}

/// What an order by distance goes by.
pub(crate) fn by_distance(nearest: Option<(u16, f64)>) -> f64 {
    nearest.map_or(f64::INFINITY, |(_, metres)| metres)
}

/// Keeps the first `most` of all that it is given.
pub(crate) struct Top<'s> {
    most: usize,
    /// The last of those kept is on top.
    kept: BinaryHeap<Ranked<'s>>,
}

impl<'s> Top<'s> {
    pub(crate) fn new(most: usize) -> Self {
        Self { most, kept: BinaryHeap::new() }
    }

    /// How many are kept.
    pub(crate) fn most(&self) -> usize {
        self.most
    }

    /// Whether something with this tier and key could still be kept.
    pub(crate) fn might_keep(&self, tier: Tier, key: f64) -> bool {
        if self.kept.len() < self.most {
            return true;
        }
        self.kept.peek().is_some_and(|last| {
            tier.cmp(&last.tier).then(key.total_cmp(&last.key)) != Ordering::Greater
        })
    }

    pub(crate) fn offer(&mut self, ranked: Ranked<'s>) {
        self.kept.push(ranked);
        if self.kept.len() > self.most {
            self.kept.pop();
        }
    }

    pub(crate) fn into_ordered(self) -> Vec<Ranked<'s>> {
        self.kept.into_sorted_vec()
    }
}
