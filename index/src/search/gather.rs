//! What one segment adds to an answer: its counts, and its best few.

use std::borrow::Cow;
use std::cell::RefCell;

use tantivy::{SegmentReader, TantivyError};

use super::blend::factors;
use super::facets::Counter;
use super::facts::{Facts, Judge, Said, Walk};
use super::filters::Passes;
use super::place::measured_from;
use super::top::{Ranked, Tier, by_distance, key};
use super::{Gathered, Pass};
use crate::bits::Bits;
use crate::entry::{DoorStatus, Facet};
use crate::geo::Circle;
use crate::query::Sort;

/// The rings in which the nearest are looked for, in metres: from the first, each twice as wide.
const FIRST_RING: f64 = 400.0;
const LAST_RING: f64 = 52_000.0;
/// So many are looked at first, of those that could come first; then four times as many.
const FIRST_BATCH: usize = 256;
/// What the logarithm of a score may be out by.
const ROUNDING: f32 = 1e-4;

/// A document that could be among the best, and what it could be sorted by at its best.
#[derive(Clone, Copy)]
struct Hopeful {
    least: f32,
    doc: u32,
}

thread_local! {
    /// Room for what could be among the best: to ask the system for it each time costs more than
    /// to fill it.
    static ROOM: RefCell<Vec<Hopeful>> = const { RefCell::new(Vec::new()) };
}

impl<'a> Pass<'a> {
    pub(super) fn gather<'s>(
        &'s self,
        reader: &SegmentReader,
        facets: &[Facet],
        gathered: &mut Gathered<'a>,
    ) -> Result<(), TantivyError> {
        let judge = Judge::new(self.plan, reader, self.segment, &self.candidates, &self.groups)?;
        // A look at a document and an and of 64 of them cost about the same.
        let is_small = self.candidates.scope.count() < self.segment.max_doc as usize / 64;
        let needs_each = !facets.is_empty() || !self.filters.is_empty();
        if self.filters.by_door() || (is_small && needs_each) {
            return self.gather_each(reader, &judge, facets, gathered);
        }
        let mut passing = self.candidates.scope.clone();
        self.filters.narrow(&mut passing, &[]);
        let mut counter = Counter::new(facets, self.segment);
        counter.count_sets(&self.candidates.scope, &self.filters);
        if facets.contains(&Facet::Capacity) {
            passing.iter().for_each(|doc| counter.count_status(judge.status(doc)));
        }
        gathered.totals.add(counter)?;
        self.gather_best(reader, &judge, &passing, gathered)
    }

    /// Looks at every candidate: for counts of facets, and where passing is worked out for each.
    fn gather_each(
        &self,
        reader: &SegmentReader,
        judge: &Judge<'_>,
        facets: &[Facet],
        gathered: &mut Gathered<'a>,
    ) -> Result<(), TantivyError> {
        let mut walk = judge.walk(reader);
        let mut counter = Counter::new(facets, self.segment);
        let by_door = facets.contains(&Facet::Capacity) || self.filters.by_door();
        let recent = self.segment.confirmed_since(self.plan.query.confirmed_since);
        for doc in self.candidates.scope.iter() {
            let status = if by_door { judge.status(doc) } else { DoorStatus::NotKnown };
            let passes = self.filters.passes(doc, status);
            counter.count(doc, passes, status);
            if passes != Passes::All {
                continue;
            }
            let is_confirmed = recent.contains(doc);
            let leads = is_confirmed && self.strong.contains(doc) && judge.may_be_for(doc);
            let tier = match (&self.called, leads) {
                (Some(called), _) if called.contains(doc) => Tier::Called,
                (_, true) => Tier::Leading,
                (_, false) => Tier::Other,
            };
            gathered.total += 1;
            gathered.leading += usize::from(tier != Tier::Other);
            gathered.called += usize::from(tier == Tier::Called);
            gathered.unconfirmed += usize::from(!is_confirmed);
            if gathered.top.most() > 0 {
                self.consider(doc, tier, &mut walk, gathered)?;
            }
        }
        gathered.totals.add(counter)
    }

    /// Counts whole sets, and looks only at those that could be among the best.
    fn gather_best(
        &self,
        reader: &SegmentReader,
        judge: &Judge<'_>,
        passing: &Bits,
        gathered: &mut Gathered<'a>,
    ) -> Result<(), TantivyError> {
        let recent = self.segment.confirmed_since(self.plan.query.confirmed_since);
        let mut confirmed = passing.clone();
        confirmed.keep(&recent);
        let total = passing.count();
        gathered.total += total;
        gathered.unconfirmed += total - confirmed.count();
        let mut leading = confirmed;
        leading.keep(&self.strong);
        if judge.asks_about_a_person() {
            leading.retain(|doc| judge.may_be_for(doc));
        }
        let called = self.called.as_ref().map(|called| {
            let mut called = called.clone();
            called.keep(passing);
            called
        });
        if let Some(called) = &called {
            leading.drop_all(called);
            gathered.leading += called.count();
            gathered.called += called.count();
            self.consider_all(reader, judge, Tier::Called, called, gathered)?;
        }
        gathered.leading += leading.count();
        self.consider_all(reader, judge, Tier::Leading, &leading, gathered)?;
        // Once there are enough that lead, no other need be looked at.
        if gathered.leading < gathered.top.most() {
            let mut others = passing.clone();
            others.drop_all(&leading);
            if let Some(called) = &called {
                others.drop_all(called);
            }
            self.consider_all(reader, judge, Tier::Other, &others, gathered)?;
        }
        Ok(())
    }

    fn consider_all(
        &self,
        reader: &SegmentReader,
        judge: &Judge<'_>,
        tier: Tier,
        docs: &Bits,
        gathered: &mut Gathered<'a>,
    ) -> Result<(), TantivyError> {
        if gathered.top.most() == 0 {
            return Ok(());
        }
        let docs = match self.plan.query.sort {
            Sort::Distance => self.nearest_of(docs, gathered.top.most()),
            Sort::Best | Sort::Name | Sort::Confirmed => Cow::Borrowed(docs),
        };
        ROOM.with_borrow_mut(|hopeful| {
            hopeful.clear();
            let mut walk = judge.walk(reader);
            for doc in docs.iter() {
                let said = walk.said(doc);
                let least = self.least(doc, &said, judge, gathered);
                if gathered.top.might_keep(tier, f64::from(least)) {
                    hopeful.push(Hopeful { least, doc });
                }
            }
            self.in_batches(reader, judge, tier, hopeful, gathered)
        })
    }

    /// Looks first at what could come first: most of the others then cannot be among the best,
    /// and nothing more of them need be read.
    fn in_batches(
        &self,
        reader: &SegmentReader,
        judge: &Judge<'_>,
        tier: Tier,
        mut hopeful: &mut [Hopeful],
        gathered: &mut Gathered<'a>,
    ) -> Result<(), TantivyError> {
        let mut most = FIRST_BATCH;
        while !hopeful.is_empty() {
            if hopeful.len() > most {
                hopeful.select_nth_unstable_by(most, |a, b| a.least.total_cmp(&b.least));
            }
            let (batch, rest) = hopeful.split_at_mut(most.min(hopeful.len()));
            // What was found of words is read along ascending documents.
            batch.sort_unstable_by_key(|one| one.doc);
            let mut walk = judge.walk(reader);
            for one in &*batch {
                self.consider(one.doc, tier, &mut walk, gathered)?;
            }
            // All that is left could at best come after the last of the batch.
            let next = rest.iter().map(|one| one.least).min_by(f32::total_cmp);
            if next.is_none_or(|least| !gathered.top.might_keep(tier, f64::from(least))) {
                break;
            }
            hopeful = rest;
            most *= 4;
        }
        Ok(())
    }

    /// At least the `most` nearest of some documents, looked for in ever wider rings.
    fn nearest_of<'b>(&self, docs: &'b Bits, most: usize) -> Cow<'b, Bits> {
        let Some(point) = measured_from(&self.plan.query.place) else { return Cow::Borrowed(docs) };
        let mut ring = FIRST_RING;
        while ring < LAST_RING {
            if let Some(circle) = Circle::new(point, ring) {
                let mut near = self.segment.table.within(&circle, self.segment.max_doc);
                near.keep(docs);
                if near.count() >= most {
                    return Cow::Owned(near);
                }
            }
            ring *= 2.0;
        }
        Cow::Borrowed(docs)
    }

    /// What a document could be sorted by at its best, as far as is quickly known.
    fn least(&self, doc: u32, said: &Said, judge: &Judge<'_>, gathered: &Gathered<'_>) -> f32 {
        let query = self.plan.query;
        match query.sort {
            // Rounding must not make the best that could be less than what is.
            Sort::Best => {
                let standing = judge.standing(doc);
                -(gathered.at_best.log_score(said, standing, &query.ranking) + ROUNDING)
            }
            Sort::Distance => before(by_distance(judge.nearest(doc))),
            Sort::Name | Sort::Confirmed => f32::NEG_INFINITY,
        }
    }

    /// Takes a document in, unless even at its best it could not be among those kept. Documents
    /// must be asked for in ascending order.
    fn consider(
        &self,
        doc: u32,
        tier: Tier,
        walk: &mut Walk<'_>,
        gathered: &mut Gathered<'a>,
    ) -> Result<(), TantivyError> {
        let said = walk.said(doc);
        let least = self.least(doc, &said, walk.judge(), gathered);
        if !gathered.top.might_keep(tier, f64::from(least)) {
            return Ok(());
        }
        let place = walk.judge().place(doc);
        let hopes = walk.hopes(doc, said, place);
        let (_, key) = self.key(&hopes, gathered);
        if !gathered.top.might_keep(tier, key) {
            return Ok(());
        }
        let facts = walk.settle(doc, hopes)?;
        let (log_score, key) = self.key(&facts, gathered);
        if gathered.top.might_keep(tier, key) {
            gathered.top.offer(Ranked {
                tier,
                key,
                name: self.segment.names.folded(doc),
                id: self.segment.id(doc),
                facts,
                log_score,
            });
        }
        Ok(())
    }

    /// The score of facts, and what they are sorted by.
    fn key(&self, facts: &Facts, gathered: &Gathered<'_>) -> (f32, f64) {
        let query = self.plan.query;
        let log_score = gathered.blend.log_score(&factors(facts, gathered.asked, &query.ranking));
        (log_score, key(query.sort, log_score, facts))
    }
}

/// A number of metres that is not more, in fewer digits.
#[expect(clippy::cast_possible_truncation, reason = "made less by more than what is lost")]
fn before(metres: f64) -> f32 {
    (metres * (1.0 - 1e-6)) as f32
}
