//! Counting what is known of the listings of some parts.

use std::collections::HashMap;

use jiff::Timestamp;

use super::{
    Behind, Facts, Figure, Health, Known, Remit, RemitHealth, Tally, remit::places_inside,
};
use crate::{
    domain::{ServiceId, months_before},
    geo::{Gazetteer, PlaceRef},
};

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
pub(super) struct Theirs<'a> {
    known: &'a Known,
    when: When,
    parts: &'a [Remit],
}

impl<'a> Theirs<'a> {
    /// What is known, as it is at a moment.
    pub fn new(known: &'a Known, parts: &'a [Remit], now: Timestamp) -> Self {
        Self { known, when: When::new(now), parts }
    }

    /// How all of it stands, and each part.
    pub fn health(&self, gazetteer: &Gazetteer) -> Health {
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

    /// The listings that count in a figure, those that nobody confirmed for longest first.
    pub fn behind(&self, asked: &Behind) -> Vec<ServiceId> {
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
    part: &'a Remit,
    total: Tally,
    rows: Vec<(PlaceRef, Tally)>,
    /// Which row a place has, by its number.
    row_of: HashMap<u32, usize>,
}

impl<'a> Counting<'a> {
    fn new(part: &'a Remit, gazetteer: &Gazetteer, known: &Known) -> Self {
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

    fn done(mut self) -> RemitHealth {
        let all = self.rows.len();
        self.rows.retain(|(_, tally)| tally.of(Figure::Listed) > 0);
        let without = all - self.rows.len();
        RemitHealth { part: self.part.clone(), total: self.total, rows: self.rows, without }
    }
}
