//! From facts to factors, and from factors to one score.

use crate::answer::{Factor, Fit, Reached};
use crate::entry::DoorStatus;
use crate::query::{Ranking, Weights};

use super::facts::{Facts, Said};

/// No factor is less, so that none alone can make a score zero.
const LEAST: f32 = 0.001;
/// Seconds in a mean month of 30.44 days.
const MONTH: f32 = 30.44 * 86_400.0;

/// All factors, in the order in which they are told.
pub(crate) const FACTORS: [Factor; 7] = [
    Factor::Words,
    Factor::Need,
    Factor::Nearness,
    Factor::Area,
    Factor::Person,
    Factor::Availability,
    Factor::Confidence,
];

/// Each factor in (0, 1], or `None` where it was not asked about.
pub(crate) type Factors = [Option<f32>; 7];

/// What was asked that brings factors into play.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) words: bool,
    pub(crate) needs: bool,
    pub(crate) distance: Distance,
    /// Whether the answer has to hold for a place.
    pub(crate) area: bool,
    pub(crate) now: i64,
}

/// What being near means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Distance {
    NotAsked,
    ToVenues,
    /// Only what comes to the person is near.
    Housebound,
}

pub(crate) fn factors(facts: &Facts, asked: Asked, ranking: &Ranking) -> Factors {
    let values = [
        asked.words.then(|| words(&facts.said, ranking)),
        asked.needs.then_some(facts.said.need_worth),
        (asked.distance != Distance::NotAsked).then(|| nearness(facts, asked.distance, ranking)),
        (facts.reached != Reached::NotAsked).then(|| area(facts, ranking)),
        Some(person(facts.fit, ranking)),
        Some(availability(facts.door.status, ranking)),
        Some(confidence(
            facts.confirmed_at,
            (facts.completeness, facts.experience),
            asked.now,
            ranking,
        )),
    ];
    values.map(|value| value.map(into_range))
}

/// The weights, read once for a whole question.
pub(crate) struct Blend {
    weights: [f32; 7],
}

impl Blend {
    pub(crate) fn new(weights: &Weights) -> Self {
        Self { weights: FACTORS.map(|factor| weight_of(factor, weights)) }
    }

    /// The logarithm of the score, `Σ w ln f / Σ w` over the factors in play: never above 0.
    pub(crate) fn log_score(&self, factors: &Factors) -> f32 {
        let (mut sum, mut total) = (0.0, 0.0);
        for (weight, value) in self.weights.iter().zip(factors) {
            if let Some(value) = value {
                sum += weight * value.ln();
                total += weight;
            }
        }
        // Weights can be large beyond reckoning, and then nothing is better than anything.
        let mean = sum / total;
        if mean.is_finite() { mean.min(0.0) } else { 0.0 }
    }
}

/// What a factor adds to the weighted sum of logarithms.
pub(crate) fn weigh(factor: Factor, value: f32, weights: &Weights) -> f32 {
    let weight = weight_of(factor, weights);
    if weight > 0.0 { weight * into_range(value).ln() } else { 0.0 }
}

/// The most that a score can be, as its logarithm, by what was said and by the document's standing:
/// all other factors in play at their best, which is 1 and whose logarithm is nothing.
pub(crate) struct AtBest {
    words: f32,
    need: f32,
    /// The share of what is summed, of all that is in play.
    share: f32,
}

impl AtBest {
    pub(crate) fn new(weights: &Weights, asked: Asked) -> Self {
        let in_play = [
            (Factor::Words, asked.words),
            (Factor::Need, asked.needs),
            (Factor::Nearness, asked.distance != Distance::NotAsked),
            (Factor::Area, asked.area),
            (Factor::Person, true),
            (Factor::Availability, true),
            (Factor::Confidence, true),
        ];
        let weigh =
            |factor: Factor, asked: bool| if asked { weight_of(factor, weights) } else { 0.0 };
        let total: f32 = in_play.into_iter().map(|(factor, asked)| weigh(factor, asked)).sum();
        let share = |factor: Factor, asked: bool| weigh(factor, asked) / total;
        Self {
            words: share(Factor::Words, asked.words),
            need: share(Factor::Need, asked.needs),
            share: 1.0 / total,
        }
    }

    /// Never less than the logarithm of the score.
    pub(crate) fn log_score(&self, said: &Said, standing: f32, ranking: &Ranking) -> f32 {
        let of = |share: f32, value: f32| {
            if share > 0.0 { share * into_range(value).ln() } else { 0.0 }
        };
        let sum = of(self.words, words(said, ranking))
            + of(self.need, said.need_worth)
            + self.share * standing;
        if sum.is_finite() { sum.min(0.0) } else { 0.0 }
    }
}

/// The weighted geometric mean of the factors, in (0, 1].
pub(crate) fn score(log_score: f32) -> f32 {
    log_score.exp().clamp(f32::MIN_POSITIVE, 1.0)
}

/// The weight of a factor; one that is no weight is none.
pub(crate) fn weight_of(factor: Factor, weights: &Weights) -> f32 {
    let weight = match factor {
        Factor::Words => weights.words,
        Factor::Need => weights.need,
        Factor::Nearness => weights.nearness,
        Factor::Area => weights.area,
        Factor::Person => weights.person,
        Factor::Availability => weights.availability,
        Factor::Confidence => weights.confidence,
    };
    if weight.is_finite() { weight.max(0.0) } else { 0.0 }
}

fn into_range(value: f32) -> f32 {
    if value.is_nan() { LEAST } else { value.clamp(LEAST, 1.0) }
}

/// Relevance above the floor of a service found by its needs, times the share of groups met.
fn words(said: &Said, ranking: &Ranking) -> f32 {
    let floor = ranking.words_needs_only;
    (floor + (1.0 - floor) * said.relevance) * said.coverage
}

/// One half at the half distance, one third at twice that: `h / (h + d)`. It falls slowly far
/// out, where a few kilometres more are no matter.
fn nearness(facts: &Facts, distance: Distance, ranking: &Ranking) -> f32 {
    if distance == Distance::Housebound {
        return if facts.remote { 1.0 } else { ranking.out_of_reach };
    }
    let of_venue = facts.nearest.map(|(_, metres)| {
        #[expect(clippy::cast_possible_truncation, reason = "kilometres on the earth")]
        let km = (metres / 1_000.0) as f32;
        let half = ranking.half_distance_km.max(LEAST);
        half / (half + km)
    });
    match (of_venue, facts.remote) {
        (Some(near), true) => near.max(ranking.remote_nearness),
        (Some(near), false) => near,
        (None, true) => ranking.remote_nearness,
        (None, false) => ranking.unknown_nearness,
    }
}

/// A straight line from 1 for a neighbourhood to the value for a nation.
fn area(facts: &Facts, ranking: &Ranking) -> f32 {
    if facts.states_area {
        1.0 - (1.0 - ranking.area_national) * facts.breadth
    } else {
        ranking.area_unstated
    }
}

fn person(fit: Fit, ranking: &Ranking) -> f32 {
    match fit {
        Fit::NotAsked | Fit::Fits => 1.0,
        Fit::FitsPartly => ranking.person_partly,
        Fit::NotStated => ranking.person_unstated,
        Fit::ForOthers => ranking.person_others,
        Fit::DoesNot => ranking.person_does_not,
    }
}

pub(crate) fn availability(status: DoorStatus, ranking: &Ranking) -> f32 {
    match status {
        DoorStatus::Open => ranking.door_open,
        DoorStatus::Waiting => ranking.door_waiting,
        DoorStatus::NotKnown => ranking.door_unknown,
        DoorStatus::Full | DoorStatus::Paused => ranking.door_full,
    }
}

/// Halves what a confirmation adds with each half-life, so that an old one is never worth less
/// than none; then takes off for what is not stated, and for how it went of late.
pub(crate) fn confidence(
    confirmed_at: Option<i64>,
    (completeness, experience): (f32, Option<f32>),
    now: i64,
    ranking: &Ranking,
) -> f32 {
    let least = ranking.unconfirmed;
    let by_age = confirmed_at.map_or(0.0, |at| {
        #[expect(clippy::cast_precision_loss, reason = "a minute of some years is no matter")]
        let months = now.saturating_sub(at).max(0) as f32 / MONTH;
        (-months / ranking.half_confidence_months.max(LEAST)).exp2()
    });
    let complete = ranking.incomplete + (1.0 - ranking.incomplete) * completeness;
    let went = experience.map_or(ranking.untried, |worked| {
        // Where it worked for half, it is as good as untried: only what mostly worked is better.
        if worked < 0.5 {
            ranking.did_not_work + (ranking.untried - ranking.did_not_work) * 2.0 * worked
        } else {
            ranking.untried + (1.0 - ranking.untried) * (2.0 * worked - 1.0)
        }
    });
    (least + (1.0 - least) * by_age) * complete * went
}
