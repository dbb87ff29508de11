//! How good each document can be at its best, before anything is asked of it.

use std::sync::{Arc, PoisonError};

use super::blend::{availability, confidence, weigh};
use crate::answer::Factor;
use crate::entry::DoorStatus;
use crate::query::Ranking;
use crate::segment::Segment;

const DAY: i64 = 86_400;

/// What availability and confidence can add to each document's score on one day, as the weighted
/// sum of their logarithms: whatever moment of the day it is, and whichever statement counts.
pub(crate) struct Standing {
    day: i64,
    ranking: Ranking,
    best: Vec<f32>,
}

impl Standing {
    /// That of a segment, worked out once for a day and a ranking.
    pub(crate) fn of(segment: &Segment, ranking: &Ranking, now: i64) -> Arc<Self> {
        let day = now.div_euclid(DAY);
        let mut known = segment.standing.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(standing) = known.as_ref()
            && standing.day == day
            && standing.ranking == *ranking
        {
            return Arc::clone(standing);
        }
        let best = (0..segment.max_doc).map(|doc| best(segment, ranking, day * DAY, doc));
        let standing = Arc::new(Self { day, ranking: ranking.clone(), best: best.collect() });
        *known = Some(Arc::clone(&standing));
        standing
    }

    /// Never less than what the two factors add.
    pub(crate) fn best(&self, doc: u32) -> f32 {
        self.best.get(doc as usize).copied().unwrap_or_default()
    }
}

/// A listing is never younger than at the day's beginning, and no statement counts that lapsed
/// before it.
fn best(segment: &Segment, ranking: &Ranking, begins: i64, doc: u32) -> f32 {
    let traits = segment.traits(doc);
    let sure = confidence(
        segment.confirmed_at(doc),
        (traits.completeness, traits.experience),
        begins,
        ranking,
    );
    let doors = segment.doors.of(doc).iter().filter(|door| door.until > begins);
    let open = doors
        .map(|door| availability(door.status, ranking))
        .fold(availability(DoorStatus::NotKnown, ranking), f32::max);
    let of = |factor: Factor, value: f32| weigh(factor, value, &ranking.weights);
    of(Factor::Availability, open) + of(Factor::Confidence, sure)
}
