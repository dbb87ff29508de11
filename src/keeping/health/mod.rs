//! How the listings of a steward's part stand: figures by place, and the listings behind each.
//!
//! *Invariants.* A figure is the length of the list behind it. A total counts each listing once,
//! however many places it counts in. Where a venue is kept secret, it counts in no smaller place.

mod facts;
mod survey;

use std::collections::HashMap;

use jiff::Timestamp;

pub use survey::Survey;

pub(super) use self::{facts::Facts, survey::Known};
use crate::{
    domain::{Person, PlaceCode, PlaceKind, Role, Scope, ServiceId, months_before},
    geo::{Gazetteer, PlaceRef},
    store::{Reading, ServiceRecord, Store, Subject},
};

use super::error::KeepingError;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Figure {
    Listed,
    Within3Months,
    Within6Months,
    Within12Months,
    /// Confirmed longer ago than that, or never.
    Longer,
    /// Nobody looks after it as its provider.
    Unclaimed,
    /// Not known if it takes people.
    NoDoor,
    NoWhom,
    NoAccess,
    NoContact,
    GoneFromFeed,
    Reported,
}

impl Figure {
    /// Every figure, in the order in which they are shown.
    pub const ALL: [Self; 12] = [
        Self::Listed,
        Self::Within3Months,
        Self::Within6Months,
        Self::Within12Months,
        Self::Longer,
        Self::Unclaimed,
        Self::NoDoor,
        Self::NoWhom,
        Self::NoAccess,
        Self::NoContact,
        Self::GoneFromFeed,
        Self::Reported,
    ];
}

/// How many listings count in each figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally([usize; Figure::ALL.len()]);

impl Tally {
    /// How many count in a figure.
    #[must_use]
    pub fn of(&self, figure: Figure) -> usize {
        self.0[figure as usize]
    }

    fn add(&mut self, figures: &[Figure]) {
        for figure in figures {
            self.0[*figure as usize] += 1;
        }
    }
}

/// How a steward's listings stand.
#[derive(Clone, Debug)]
pub struct Health {
    /// Of all parts together, each listing once.
    pub total: Tally,
    pub parts: Vec<PartHealth>,
    /// Open reports, of which a listing may have several, and since when the oldest waits.
    pub reports: usize,
    pub oldest_report: Option<Timestamp>,
}

/// How the listings of one part stand.
#[derive(Clone, Debug)]
pub struct PartHealth {
    pub part: Part,
    pub total: Tally,
    /// The places inside it in which anything is listed.
    pub rows: Vec<(PlaceRef, Tally)>,
    /// How many places inside it have nothing of their own.
    pub without: usize,
}

/// A part of the directory that somebody is a steward of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub scope: Scope,
    pub name: String,
}

impl Part {
    /// What stands for it in an address.
    #[must_use]
    pub fn key(&self) -> String {
        match &self.scope {
            Scope::Everywhere => "everywhere".to_owned(),
            Scope::Organisation { id } => id.to_string(),
            Scope::Place { code } => code.to_string(),
            Scope::Partnership { id } => id.to_string(),
        }
    }
}

/// Which listings are asked for: those that count in a figure, in a part, in a place inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    pub figure: Figure,
    /// The key of a part; all of them where there is none.
    pub part: Option<String>,
    pub place: Option<PlaceCode>,
}

/// A stretch of the listings behind a figure: those that nobody confirmed for longest first.
#[derive(Clone, Debug)]
pub struct Listings {
    pub records: Vec<ServiceRecord>,
    pub total: usize,
    /// Where they are: the names of the parts, or of the place.
    pub place: String,
}

/// The parts of the directory that somebody is a steward of, each once.
pub fn parts(
    store: &Store,
    gazetteer: &Gazetteer,
    steward: &Person,
) -> Result<Vec<Part>, KeepingError> {
    let mut scopes: Vec<&Scope> = steward.scopes_as(Role::Steward).collect();
    scopes.sort();
    scopes.dedup();
    let part = |scope: &Scope| {
        let name = match scope {
            Scope::Place { code } => gazetteer.place_ref(code).map(|place| place.name),
            Scope::Partnership { id } => store.find_partnership(*id)?.map(|found| found.name),
            Scope::Everywhere => Some("The whole directory".to_owned()),
            Scope::Organisation { .. } => None,
        };
        let part = Part { scope: scope.clone(), name: String::new() };
        Ok(Part { name: name.unwrap_or_else(|| part.key()), ..part })
    };
    scopes.into_iter().map(part).collect()
}

/// How the listings stand that somebody is a steward of.
pub fn health(
    (survey, store, gazetteer): (&Survey, &Store, &Gazetteer),
    steward: &Person,
    now: Timestamp,
) -> Result<Health, KeepingError> {
    let parts = parts(store, gazetteer, steward)?;
    let count = |known: &Known| {
        let theirs = Theirs { known, when: When::new(now), parts: &parts };
        theirs.health(gazetteer)
    };
    Ok(survey.look(store, gazetteer, count)?)
}

/// A stretch of the listings behind a figure. Of what is not theirs there is none.
pub fn listings_behind(
    (survey, store, gazetteer): (&Survey, &Store, &Gazetteer),
    steward: &Person,
    asked: &Behind,
    (skip, limit): (usize, usize),
    now: Timestamp,
) -> Result<Listings, KeepingError> {
    let mut parts = parts(store, gazetteer, steward)?;
    if let Some(key) = &asked.part {
        parts.retain(|part| part.key() == *key);
    }
    if parts.is_empty() {
        return Err(KeepingError::NotTheirs);
    }
    let place = match &asked.place {
        None => None,
        Some(code) => Some(place_in(gazetteer, &parts, code)?),
    };
    let find = |known: &Known| {
        let theirs = Theirs { known, when: When::new(now), parts: &parts };
        theirs.behind(asked)
    };
    let ids = survey.look(store, gazetteer, find)?;
    let some: Vec<ServiceId> = ids.iter().skip(skip).take(limit).copied().collect();
    let names: Vec<String> = parts.into_iter().map(|part| part.name).collect();
    Ok(Listings {
        records: store.services_by_ids(&some)?,
        total: ids.len(),
        place: place.map_or_else(|| names.join(", "), |place| place.name),
    })
}

/// A place inside one of these parts.
fn place_in(
    gazetteer: &Gazetteer,
    parts: &[Part],
    code: &PlaceCode,
) -> Result<PlaceRef, KeepingError> {
    let mut inside = parts.iter().flat_map(|part| places_inside(gazetteer, &part.scope));
    let found = inside.find(|place| place.code == *code);
    found.ok_or_else(|| KeepingError::NotFound(Subject::Place(code.clone())))
}

/// The kinds of places that a part is shown by, the best first.
const KINDS: [PlaceKind; 6] = [
    PlaceKind::Council,
    PlaceKind::Ward,
    PlaceKind::Custom,
    PlaceKind::Msoa,
    PlaceKind::Sector,
    PlaceKind::Lsoa,
];

/// The places of the best kind inside a part: of a council its wards, of what is wider councils.
fn places_inside(gazetteer: &Gazetteer, scope: &Scope) -> Vec<PlaceRef> {
    let Scope::Place { code } = scope else { return gazetteer.list(PlaceKind::Council) };
    let Some(area) = gazetteer.area(code) else { return Vec::new() };
    let breadth = area.place.kind.breadth();
    let mut inside: Vec<PlaceRef> =
        area.inside.iter().filter_map(|code| gazetteer.place_ref(code)).collect();
    let kind = KINDS
        .into_iter()
        .find(|kind| kind.breadth() < breadth && inside.iter().any(|place| place.kind == *kind));
    inside.retain(|place| Some(place.kind) == kind);
    inside.sort_by(|a, b| (&a.name, &a.code).cmp(&(&b.name, &b.code)));
    inside
}

/// The moments that divide the listings by age.
struct When {
    now: Timestamp,
    ages: [(Figure, Timestamp); 3],
}

impl When {
    fn new(now: Timestamp) -> Self {
        let ages = [
            (Figure::Within3Months, months_before(now, 3)),
            (Figure::Within6Months, months_before(now, 6)),
            (Figure::Within12Months, months_before(now, 12)),
        ];
        Self { now, ages }
    }
}

/// What is known, as somebody counts it who is a steward of these parts.
struct Theirs<'a> {
    known: &'a Known,
    when: When,
    parts: &'a [Part],
}

impl Theirs<'_> {
    fn health(&self, gazetteer: &Gazetteer) -> Health {
        let mut counting: Vec<Counting<'_>> =
            self.parts.iter().map(|part| Counting::new(part, gazetteer, self.known)).collect();
        let mut total = Tally::default();
        let (mut reports, mut oldest_report) = (0, None::<Timestamp>);
        for facts in self.known.listings.values().filter(|facts| self.is_theirs(facts)) {
            let figures = self.figures(facts);
            total.add(&figures);
            for part in &mut counting {
                part.count(facts, &figures, self.known);
            }
            if let Some(reported) = self.known.reported.get(&facts.id) {
                reports += reported.count;
                let oldest = oldest_report.map_or(reported.oldest, |at| reported.oldest.min(at));
                oldest_report = Some(oldest);
            }
        }
        let parts = counting.into_iter().map(Counting::done).collect();
        Health { total, parts, reports, oldest_report }
    }

    fn behind(&self, asked: &Behind) -> Vec<ServiceId> {
        let number = asked.place.as_ref().map(|code| self.known.numbers.find(code));
        let is_there = |facts: &&Facts| match number {
            None => true,
            Some(number) => number.is_some_and(|number| facts.at.binary_search(&number).is_ok()),
        };
        let listings = self.known.listings.values().filter(|facts| self.is_theirs(facts));
        let mut found: Vec<&Facts> = listings
            .filter(is_there)
            .filter(|facts| self.figures(facts).contains(&asked.figure))
            .collect();
        found.sort_unstable_by_key(|facts| (facts.confirmed, facts.came, facts.id));
        found.into_iter().map(|facts| facts.id).collect()
    }

    fn is_theirs(&self, facts: &Facts) -> bool {
        self.parts.iter().any(|part| facts.is_in(&part.scope, &self.known.numbers))
    }

    /// Every figure that a listing counts in.
    fn figures(&self, facts: &Facts) -> Vec<Figure> {
        let age =
            |(_, since): &&(Figure, Timestamp)| facts.confirmed.is_some_and(|at| at >= *since);
        let ages: Vec<Figure> =
            self.when.ages.iter().filter(age).map(|(figure, _)| *figure).collect();
        let others = [
            (Figure::Listed, true),
            (Figure::Longer, ages.is_empty()),
            (Figure::Unclaimed, !self.known.claimed.contains(&facts.organisation)),
            (Figure::NoDoor, !facts.has_a_door(self.when.now)),
            (Figure::Reported, self.known.reported.contains_key(&facts.id)),
        ];
        let others = others.into_iter().filter(|(_, holds)| *holds).map(|(figure, _)| figure);
        ages.iter().chain(facts.counts_in.iter()).copied().chain(others).collect()
    }
}

/// A part while its listings are counted.
struct Counting<'a> {
    part: &'a Part,
    total: Tally,
    rows: Vec<(PlaceRef, Tally)>,
    /// Which row a place has, by its number.
    row_of: HashMap<u32, usize>,
}

impl<'a> Counting<'a> {
    fn new(part: &'a Part, gazetteer: &Gazetteer, known: &Known) -> Self {
        let rows = places_inside(gazetteer, &part.scope);
        let rows: Vec<_> = rows.into_iter().map(|place| (place, Tally::default())).collect();
        let number = |(at, (place, _)): (usize, &(PlaceRef, Tally))| {
            Some((known.numbers.find(&place.code)?, at))
        };
        let row_of = rows.iter().enumerate().filter_map(number).collect();
        Self { part, total: Tally::default(), rows, row_of }
    }

    fn count(&mut self, facts: &Facts, figures: &[Figure], known: &Known) {
        if !facts.is_in(&self.part.scope, &known.numbers) {
            return;
        }
        self.total.add(figures);
        for number in &facts.at {
            if let Some(row) = self.row_of.get(number).and_then(|at| self.rows.get_mut(*at)) {
                row.1.add(figures);
            }
        }
    }

    fn done(mut self) -> PartHealth {
        let all = self.rows.len();
        self.rows.retain(|(_, tally)| tally.of(Figure::Listed) > 0);
        let without = all - self.rows.len();
        PartHealth { part: self.part.clone(), total: self.total, rows: self.rows, without }
    }
}
