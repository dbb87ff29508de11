//! What one segment adds to an answer: its counts, and its best few.

use std::borrow::Cow;

use tantivy::{SegmentReader, TantivyError};

use super::blend::factors;
use super::facets::Counter;
use super::facts::{Facts, Judge, PlaceFacts, Walk};
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
/// What the logarithm of a score may be out by.
const ROUNDING: f32 = 1e-4;

impl<'a> Pass<'a> {
    pub(super) fn gather<'s>(
        &'s self,
        reader: &SegmentReader,
        facets: &[Facet],
        gathered: &mut Gathered<'a>,
    ) -> Result<(), TantivyError> {
        let judge = Judge::new(self.plan, reader, self.segment, &self.candidates, &self.groups)?;
        if facets.is_empty() && self.filters.is_empty() && !judge.asks_about_a_person() {
            return self.gather_best(reader, &judge, gathered);
        }
        self.gather_each(reader, &judge, facets, gathered)
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
            let place = by_door.then(|| judge.place(doc));
            let status = place.map_or(DoorStatus::NotKnown, |place| place.door.status);
            let passes = self.filters.passes(doc, status);
            counter.count(doc, passes, status);
            if passes != Passes::All {
                continue;
            }
            let is_confirmed = recent.contains(doc);
            let leads = is_confirmed && self.strong.contains(doc) && judge.may_be_for(doc);
            let tier = if leads { Tier::Leading } else { Tier::Other };
            gathered.total += 1;
            gathered.leading += usize::from(leads);
            gathered.unconfirmed += usize::from(!is_confirmed);
            self.consider(doc, tier, place, &mut walk, gathered)?;
        }
        gathered.totals.add(counter)
    }

    /// Counts whole sets, and looks only at those that could be among the best.
    fn gather_best(
        &self,
        reader: &SegmentReader,
        judge: &Judge<'_>,
        gathered: &mut Gathered<'a>,
    ) -> Result<(), TantivyError> {
        let scope = &self.candidates.scope;
        let recent = self.segment.confirmed_since(self.plan.query.confirmed_since);
        let mut leading = self.strong.clone();
        leading.keep(&recent);
        let mut confirmed = scope.clone();
        confirmed.keep(&recent);
        let total = scope.count();
        gathered.total += total;
        gathered.unconfirmed += total - confirmed.count();
        gathered.leading += leading.count();
        self.consider_all(reader, judge, Tier::Leading, &leading, gathered)?;
        // Once there are enough that lead, no other need be looked at.
        if gathered.leading < gathered.top.most() {
            let mut others = scope.clone();
            others.drop_all(&leading);
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
        let mut walk = judge.walk(reader);
        for doc in docs.iter() {
            self.consider(doc, tier, None, &mut walk, gathered)?;
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

    /// Takes a document in, unless even at its best it could not be among those kept. What is
    /// quickly known is looked at first.
    fn consider(
        &self,
        doc: u32,
        tier: Tier,
        place: Option<PlaceFacts>,
        walk: &mut Walk<'_>,
        gathered: &mut Gathered<'a>,
    ) -> Result<(), TantivyError> {
        let query = self.plan.query;
        let said = walk.said(doc);
        let least = match query.sort {
            // Rounding must not make the best that could be less than what is.
            Sort::Best => -f64::from(gathered.at_best.log_score(&said, &query.ranking) + ROUNDING),
            Sort::Distance => by_distance(walk.judge().nearest(doc)),
            Sort::Name | Sort::Confirmed => f64::NEG_INFINITY,
        };
        if !gathered.top.might_keep(tier, least) {
            return Ok(());
        }
        let place = place.unwrap_or_else(|| walk.judge().place(doc));
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
