//! What is asked of the index.

use serde::{Deserialize, Serialize};

use crate::entry::{Facet, Point};

/// One question, complete: the same query at the same `now` gives the same answer.
///
/// What is called as was typed comes first; then what meets every group well and was confirmed
/// recently, and last all others. A group is met well by a need that is the one asked for or part of
/// it and more than mentioned, by a fact, or by words: in the name, and where no need was asked for
/// as such, also where an entry says what it is (its needs, its summary, or without one the
/// beginning of its body).
#[derive(Clone, Debug)]
pub struct Query {
    /// Ideas asked for, in order. A service matches a group by its words or by its needs.
    pub groups: Vec<Group>,
    /// How many of `groups` must match (all of them, or fewer once relaxed). Groups without
    /// anything to look for are not asked, and lower it where it would be more than are left.
    pub at_least: usize,
    /// Whether, of the groups that have needs, at least one must match: for when not all have to,
    /// and what was understood should count before stray words.
    pub needs_lead: bool,
    /// All that was typed, in each way that it may be a name. Where one is the whole name of a few
    /// entries (eight at the most), in whatever order, these come before all others that are found.
    pub called: Vec<String>,
    /// Ideas that must not match.
    pub without: Vec<Group>,
    pub place: Where,
    /// Values within a filter are OR, filters between them AND.
    pub filters: Vec<Filter>,
    /// Stored values all of which an entry must have, whatever facet is counted.
    pub must: Vec<(Facet, String)>,
    pub person: Person,
    /// Seconds since 1970: the moment at which capacity and age are judged.
    pub now: i64,
    /// Entries last confirmed before this, or never, do not lead, and are counted apart.
    pub confirmed_since: i64,
    /// Only entries last confirmed at this moment or later.
    pub only_since: Option<i64>,
    pub ranking: Ranking,
    pub sort: Sort,
    pub page: Page,
    /// Facets to count, each under all other filters.
    pub facets: Vec<Facet>,
}

/// One idea: any of these texts, any of these needs, or any of these facts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    pub text: Vec<Text>,
    pub needs: Vec<Wanted>,
    /// Values of facets, such as a day or a language. Capacity is worked out and never here.
    pub facts: Vec<(Facet, String)>,
    /// Whether it only ranks: what does not meet it is found all the same.
    pub optional: bool,
}

impl Group {
    /// Whether any need answers it as such.
    #[must_use]
    pub fn asks_for_its_needs(&self) -> bool {
        self.needs.iter().any(|wanted| matches!(wanted.kin, Kin::Same | Kin::Narrower))
    }

    /// Whether its words are one kind of what its needs are, so that to have them is the best way
    /// to meet it.
    #[must_use]
    pub fn is_narrower_than_its_needs(&self) -> bool {
        let wider = |wanted: &Wanted| matches!(wanted.kin, Kin::Broader | Kin::Related);
        self.facts.is_empty()
            && self.needs.iter().any(|wanted| wanted.kin == Kin::Broader)
            && self.needs.iter().all(wider)
    }
}

/// Words to look for. All the words of a text must be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    Words(Vec<String>),
    Phrase(Vec<String>),
    /// The last word may go on.
    Prefix(Vec<String>),
}

impl Text {
    /// The words as they were typed.
    #[must_use]
    pub fn words(&self) -> &[String] {
        match self {
            Self::Words(words) | Self::Phrase(words) | Self::Prefix(words) => words,
        }
    }
}

/// A need that would meet a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub need: String,
    pub kin: Kin,
}

/// How a need stands to the one asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kin {
    /// It is the one asked for.
    #[default]
    Same,
    /// It is part of the one asked for.
    Narrower,
    /// What was asked for is one kind of it. A group whose needs are all of this sort, or related, is
    /// met by its words first.
    Broader,
    /// It is broader, or part of the same broader need.
    Related,
}

/// Where the answer has to hold.
#[derive(Clone, Debug)]
pub enum Where {
    Anywhere,
    /// For somebody at a point: services that state an area serving it, services that
    /// state none and have a venue within `reach`, and remote services that state none.
    Person {
        /// Codes of every place that the person is in.
        codes: Vec<String>,
        /// The person's point. One that is not on earth counts as not known: nothing is within
        /// reach of it and nothing is measured from it.
        point: Point,
        /// Metres within which a venue counts for a service that states no area.
        reach_metres: f64,
        /// Metres within which an in-person service must have a venue, area or not. One without
        /// any public point cannot be measured and stays.
        within_metres: Option<f64>,
        /// Whether to return those left out instead: services with a venue within reach
        /// that state areas without the person.
        elsewhere: bool,
    },
    /// For an area: services that serve any part of it, or have a venue inside it.
    Area {
        /// Codes of the area, of those that contain it and of those inside it.
        codes: Vec<String>,
        /// Those of `codes` that are the area itself or contain it: a service that leaves one of
        /// these out of its area does not serve it. Leaving out a part of it is no matter.
        whole: Vec<String>,
        /// Codes that a venue inside it carries.
        venue_codes: Vec<String>,
        /// Its boundary, for a venue test where codes are not enough.
        shape: Option<Shape>,
        /// Where to measure distances from, if anywhere.
        centre: Option<Point>,
    },
}

/// A polygon test over venues: each polygon is an outer ring and its holes, in degrees `[lon, lat]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    pub polygons: Vec<Vec<Vec<[f64; 2]>>>,
}

/// Any of these values of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    pub facet: Facet,
    pub any_of: Vec<String>,
}

/// Who the service is for, as far as asked. It ranks and labels; it does not filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    pub age: Option<u8>,
    pub circumstances: Vec<String>,
    /// Circumstances that the words speak of, though nobody said that they are the person's:
    /// what is only for these is not for others.
    pub implied: Vec<String>,
    /// Whether what is asked for is for children or young people, whatever age was given.
    pub young: bool,
    /// Whether the person cannot leave home, so that only what comes to them is near.
    pub housebound: bool,
}

/// The order of the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Best,
    Distance,
    Name,
    Confirmed,
}

/// Which part of the ordered answer to return.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    pub offset: usize,
    pub limit: usize,
}

/// How the factors are worked out and blended: score = ∏ factor^weight, over Σ weight of the factors in play.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Ranking {
    pub weights: Weights,
    /// Words factor of a service that was found by its needs alone.
    pub words_needs_only: f32,
    /// Kilometres at which nearness is one half.
    pub half_distance_km: f32,
    /// Nearness of a service that reaches the person where they are.
    pub remote_nearness: f32,
    /// Nearness, for somebody who cannot leave home, of a service that does not come to them.
    pub out_of_reach: f32,
    /// Nearness where nothing is known to measure by.
    pub unknown_nearness: f32,
    /// Need factor of a need that was asked for and stated.
    pub need_direct: f32,
    pub need_narrower: f32,
    /// Need factor of a need that what was asked for is one kind of.
    pub need_broader: f32,
    pub need_inferred: f32,
    /// Share of its worth that a need keeps which is only mentioned beside others that are stated.
    pub need_mentioned: f32,
    /// Need factor of a need that is only related to the one asked for.
    pub need_related: f32,
    /// Need factor of a fact that was asked for in words and is stated.
    pub fact_stated: f32,
    /// The same where the fact is whom it is for.
    pub fact_people: f32,
    /// Need factor of a service found by its words alone.
    pub need_words_only: f32,
    /// Area fit of a service for a whole nation; a neighbourhood one has 1.
    pub area_national: f32,
    /// Area fit of a service that states no area.
    pub area_unstated: f32,
    pub person_partly: f32,
    pub person_unstated: f32,
    /// Person factor of a service that is only for some, of whom the person is not known to be one.
    pub person_others: f32,
    pub person_does_not: f32,
    pub door_open: f32,
    pub door_waiting: f32,
    pub door_unknown: f32,
    pub door_full: f32,
    /// Months of 30.44 days after which what a confirmation adds to `unconfirmed` is one half.
    pub half_confidence_months: f32,
    /// Confidence of a listing that nobody ever confirmed.
    pub unconfirmed: f32,
    /// Share of its confidence that a listing keeps which states nothing that a reader needs.
    pub incomplete: f32,
    /// Share of its confidence that a listing keeps of which too few say how it went.
    pub untried: f32,
    /// The same of one that worked for none of those who say so. One that worked for half is as good
    /// as untried, one that worked for all keeps the whole, and straight lines lead between them.
    pub did_not_work: f32,
}

/// How much each factor weighs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Weights {
    pub words: f32,
    pub need: f32,
    pub nearness: f32,
    pub area: f32,
    pub person: f32,
    pub availability: f32,
    pub confidence: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            words: 3.0,
            need: 2.5,
            nearness: 1.5,
            area: 0.5,
            person: 1.5,
            availability: 1.0,
            confidence: 0.75,
        }
    }
}

impl Default for Ranking {
    fn default() -> Self {
        Self {
            weights: Weights::default(),
            words_needs_only: 0.25,
            half_distance_km: 5.0,
            remote_nearness: 0.6,
            out_of_reach: 0.05,
            unknown_nearness: 0.4,
            need_direct: 1.0,
            need_narrower: 0.9,
            need_broader: 0.75,
            need_inferred: 0.7,
            need_mentioned: 0.5,
            need_related: 0.35,
            fact_stated: 1.0,
            fact_people: 0.8,
            need_words_only: 0.45,
            area_national: 0.6,
            area_unstated: 0.8,
            person_partly: 0.8,
            person_unstated: 0.6,
            person_others: 0.5,
            person_does_not: 0.01,
            door_open: 1.0,
            door_waiting: 0.75,
            door_unknown: 0.6,
            door_full: 0.35,
            half_confidence_months: 9.0,
            unconfirmed: 0.4,
            incomplete: 0.7,
            untried: 0.9,
            did_not_work: 0.6,
        }
    }
}

impl Ranking {
    /// Whether every weight is 0 or more and every factor lies in (0, 1].
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let weights = &self.weights;
        let weighed = [
            weights.words,
            weights.need,
            weights.nearness,
            weights.area,
            weights.person,
            weights.availability,
            weights.confidence,
        ];
        let factors = [
            self.remote_nearness,
            self.out_of_reach,
            self.unknown_nearness,
            self.need_direct,
            self.need_narrower,
            self.need_broader,
            self.need_inferred,
            self.need_mentioned,
            self.need_related,
            self.fact_stated,
            self.fact_people,
            self.need_words_only,
            self.area_national,
            self.area_unstated,
            self.person_partly,
            self.person_unstated,
            self.person_others,
            self.person_does_not,
            self.door_open,
            self.door_waiting,
            self.door_unknown,
            self.door_full,
            self.unconfirmed,
            self.words_needs_only,
            self.incomplete,
            self.untried,
            self.did_not_work,
        ];
        let lengths = [self.half_distance_km, self.half_confidence_months];
        weighed.iter().all(|weight| weight.is_finite() && *weight >= 0.0)
            && factors.iter().all(|factor| *factor > 0.0 && *factor <= 1.0)
            && lengths.iter().all(|length| length.is_finite() && *length > 0.0)
    }
}
