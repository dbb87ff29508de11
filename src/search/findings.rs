//! What was found, with everything that a page or a program says about it.

use jiff::Timestamp;

use crate::{
    domain::{Capacity, CapacityStatus, CircumstanceId, Freshness, NeedId, Occurrence, Place},
    geo::{Candidate, Metres, NotCovered, Whereabouts},
    store::ServiceRecord,
    vocabulary::Urgent,
};

use super::{fault::Fault, question::Question};

/// The answer to a question.
#[derive(Clone, Debug)]
pub struct Findings {
    pub question: Question,
    pub understood: Understood,
    /// Distinct services that answer, confirmed recently or not.
    pub total: usize,
    /// How many of `total` were confirmed recently and answer all that was asked well. The others
    /// come after them, under their own heading.
    pub leading: usize,
    /// How many of `total` nobody confirmed recently.
    pub unconfirmed: usize,
    /// Nearer services left out because they are for other areas.
    pub elsewhere: usize,
    /// Services that answer, and of which nothing tells where they are or whom they serve.
    pub nowhere: usize,
    pub results: Vec<Found>,
    pub facets: Vec<FacetGroup>,
    /// Where nothing was found: the ways on.
    pub ways_on: Option<WaysOn>,
    /// The moment that capacity and age were judged at.
    pub asked_at: Timestamp,
}

impl Findings {
    /// Whether results are withheld because the place was not understood.
    #[must_use]
    pub fn is_withheld(&self) -> bool {
        !matches!(
            self.understood.place,
            PlaceUnderstood::NotAsked | PlaceUnderstood::Near(_) | PlaceUnderstood::Within(_)
        )
    }

    /// How many pages there are, as far as one may page.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.total.min(super::question::FURTHEST_RESULT).div_ceil(self.question.per_page.max(1))
    }
}

/// How the question was taken.
#[derive(Clone, Debug)]
pub struct Understood {
    pub terms: Vec<Term>,
    /// Whom the words describe by age or sex, beside other ideas: it ranks and does not find.
    pub people: Vec<CircumstanceId>,
    /// Whether it is for somebody who cannot leave home, so that only what comes to them is near.
    pub housebound: bool,
    /// What must not match, as typed.
    pub without: Vec<String>,
    pub corrected: Option<Correction>,
    pub matching: Matching,
    pub place: PlaceUnderstood,
    /// Words that are a place, as they were typed: the one asked about, unless another was given.
    pub place_in_words: Option<String>,
    pub urgent: Option<&'static Urgent>,
    pub faults: Vec<Fault>,
}

/// One idea in the words, with the needs that it was widened by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub text: String,
    /// Whether it is two things or more with "or" between, of which one will do.
    pub either: bool,
    pub needs: Vec<NeedShown>,
    /// Facts that it names, as people read them: "on Sundays".
    pub facts: Vec<String>,
}

/// A need by its id and plain name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedShown {
    pub id: NeedId,
    pub label: String,
    /// Read from a description and not stated by anybody.
    pub inferred: bool,
}

/// Words that were read as others, because as typed they found little.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    pub from: String,
    pub to: String,
}

/// How much of the words a result has to match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Matching {
    /// Every idea.
    #[default]
    All,
    /// Too little matched every idea, so some may be missing.
    Most { at_least: usize, of: usize },
}

/// How the place was taken. Unless it was found or not asked for, results are withheld.
#[derive(Clone, Debug, Default)]
pub enum PlaceUnderstood {
    #[default]
    NotAsked,
    /// A spot, or the middle of something wider.
    Near(Box<Whereabouts>),
    /// A whole area with a boundary.
    Within(Box<Place>),
    Several {
        text: String,
        candidates: Vec<Candidate>,
    },
    NotFound {
        text: String,
        did_you_mean: Vec<Candidate>,
    },
    NotCovered {
        what: String,
        reason: NotCovered,
    },
}

/// One service in the answer.
#[derive(Clone, Debug)]
pub struct Found {
    /// From 1, over all pages.
    pub rank: usize,
    pub record: ServiceRecord,
    pub needs: Vec<NeedShown>,
    /// The blend of the factors, in (0, 1].
    pub score: f32,
    pub factors: Vec<FactorShown>,
    pub serves: Serves,
    pub distance: Option<Distance>,
    /// Which of the service's venues is nearest, where one may be shown.
    pub venue: Option<usize>,
    pub door: DoorShown,
    pub freshness: Freshness,
    pub confirmed_recently: bool,
    /// Whether it is among those that come first: called as was typed, or confirmed recently and
    /// answering all that was asked well.
    pub leads: bool,
    /// Whether its whole name is what was typed.
    pub called: bool,
    /// The next session, with the venue that it is at.
    pub next: Option<(Occurrence, Option<usize>)>,
    /// The strongest reasons in words.
    pub reasons: Vec<String>,
}

/// A factor of the ranking with what it stands on.
#[derive(Clone, Debug, PartialEq)]
pub struct FactorShown {
    pub key: &'static str,
    pub label: &'static str,
    /// In (0, 1].
    pub value: f32,
    /// Its share of the blend, in (0, 1].
    pub share: f32,
    pub reason: String,
}

/// Whether and how it serves the place asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Serves {
    pub how: ServesHow,
    pub reason: String,
}

/// The ways in which a service can be for a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServesHow {
    NotAsked,
    /// It states an area, and the place is inside.
    Inside,
    /// It states no area and has a venue within reach.
    Venue,
    /// It reaches people where they are.
    Remote,
    /// It serves part of what was asked for.
    Part,
    /// It is for other areas.
    Elsewhere,
}

/// How far the nearest venue is, as exactly as may be said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Distance {
    Measured(Metres),
    /// Only which band it lies in: the place was not exact, or the listing is sensitive.
    Band(Metres),
}

/// Whether it takes people, as last stated and still counting.
#[derive(Clone, Debug, PartialEq)]
pub struct DoorShown {
    /// None where nothing counts any more.
    pub status: Option<CapacityStatus>,
    /// The statement that counts, or else the newest that has lapsed.
    pub statement: Option<Capacity>,
}

/// A group of filters with counts of distinct services under all other filters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetGroup {
    /// The key in the address.
    pub key: &'static str,
    pub label: &'static str,
    pub values: Vec<FacetValue>,
}

/// One value to filter by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    pub value: String,
    pub label: String,
    pub count: usize,
    pub chosen: bool,
}

/// Where to go when nothing was found.
#[derive(Clone, Debug, Default)]
pub struct WaysOn {
    /// Each single thing asked for that could be left out, with what would then be found.
    pub without: Vec<Relaxation>,
    /// Broader needs with how many services answer them here.
    pub broader: Vec<(NeedShown, usize)>,
    /// How many remote services serve the place, whatever was asked.
    pub remote: usize,
    /// The nearest organisation that covers the place for many needs.
    pub anchor: Option<Box<Found>>,
}

/// The question with one thing left out.
#[derive(Clone, Debug)]
pub struct Relaxation {
    /// What is left out, in words.
    pub label: String,
    pub question: Question,
    pub count: usize,
}
