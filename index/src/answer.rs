//! What the index answers.

use std::collections::HashMap;
use std::ops::AddAssign;

use crate::entry::{DoorStatus, EntryId, Facet, NeedTier};
use crate::query::Kin;

/// The ordered hits of one page, with exact totals of distinct services.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    pub total: usize,
    /// How many of `total` come before all others: see [`Hit::leads`].
    pub leading: usize,
    /// How many of `leading` are called as was typed.
    pub called: usize,
    /// How many of `total` were not confirmed recently.
    pub unconfirmed: usize,
    pub hits: Vec<Hit>,
    pub facets: Vec<(Facet, Vec<FacetCount>)>,
}

/// How many distinct services have a value, under all other filters. The values chosen are
/// there even where none has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCount {
    pub value: String,
    pub count: usize,
}

/// How much there is of something: counts of distinct services.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub services: usize,
    /// Of these, those with a statement that counts and says open.
    pub open: usize,
    /// Of these, those confirmed since the moment that was asked about.
    pub confirmed: usize,
    /// Of these, those with a venue inside the area; of other places, none.
    pub inside: usize,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, more: Self) {
        self.services += more.services;
        self.open += more.open;
        self.confirmed += more.confirmed;
        self.inside += more.inside;
    }
}

/// Who offers something, as far as it matters: whether it is one organisation alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Few {
    #[default]
    Nobody,
    /// The value of [`Facet::Organisation`] that all of them have.
    One(String),
    Several,
}

impl Few {
    /// Those of two parts together.
    #[must_use]
    pub fn with(self, more: Self) -> Self {
        match (self, more) {
            (Self::Nobody, few) | (few, Self::Nobody) => few,
            (Self::One(one), Self::One(other)) if one == other => Self::One(one),
            _ => Self::Several,
        }
    }
}

/// What there is in one place, and by each value of the facet that was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Supply {
    pub all: Counts,
    pub providers: Few,
    pub by_value: HashMap<String, (Counts, Few)>,
}

/// One service in the answer, with every fact that placed it there.
#[derive(Clone, Debug)]
pub struct Hit {
    pub id: EntryId,
    /// The blend of the factors, in (0, 1].
    pub score: f32,
    /// The factors in play with their weights; a factor that was not asked about is absent.
    pub factors: Vec<(Factor, f32, f32)>,
    /// How relevant its words are, as a share of what the words asked for can attain: 0 to 1.
    /// The words factor follows from this and from how many groups were met.
    pub relevance: f32,
    /// For each of the query's groups, whether its words were found.
    pub groups_by_words: Vec<bool>,
    /// For each of the query's groups, whether one of its facts was what met it best.
    pub groups_by_facts: Vec<bool>,
    /// The best need matched, if any.
    pub need: Option<MatchedNeed>,
    pub reached: Reached,
    /// Nearest public venue and the exact distance to it in metres, where a place was given.
    pub nearest: Option<(u16, f64)>,
    pub fit: Fit,
    pub door: DoorSeen,
    pub confirmed_at: Option<i64>,
    pub confirmed_recently: bool,
    /// Whether it is called as was typed, or was confirmed recently and meets every group well: see
    /// [`crate::Query`].
    pub leads: bool,
    /// Whether what was typed is its whole name.
    pub called: bool,
}

/// The named factors of the ranking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Factor {
    Words,
    Need,
    Nearness,
    Area,
    Person,
    Availability,
    Confidence,
}

/// How the best need of a hit was met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatchedNeed {
    /// The service's own need.
    pub need: String,
    /// Which group of the query asked for it.
    pub group: usize,
    pub kin: Kin,
    pub tier: NeedTier,
}

/// Why the service is for this place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// No place was asked.
    NotAsked,
    /// It states an area, and the person is inside it (or the place overlaps it).
    Serves,
    /// It states no area and has a venue within reach.
    Venue,
    /// It has a venue inside the place asked.
    VenueInside,
    /// It states no area and reaches people where they are.
    Remote,
    /// It serves other areas only.
    Elsewhere,
}

/// Whether it is for the person described.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Nothing was asked about a person, and it is not only for some.
    NotAsked,
    /// All that was asked is stated.
    Fits,
    /// Some of it is stated, and nothing speaks against the rest.
    FitsPartly,
    NotStated,
    /// It is only for some, and nothing was said of the person's being one of them.
    ForOthers,
    DoesNot,
}

/// The statement about taking people that counts at `now`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DoorSeen {
    pub status: DoorStatus,
    /// Which of the entry's doors it is, if one counts.
    pub door: Option<u16>,
}
