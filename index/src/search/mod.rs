//! From a question to its answer.
//!
//! Each segment is asked in turn: the place gives its candidates, the groups and filters
//! narrow them as sets of documents, and one pass over what is left works out facts, factors and
//! counts. Sets make totals exact; the pass reads columns only for documents that are found.

mod blend;
mod doors;
mod facets;
mod facts;
mod filters;
mod gather;
mod groups;
mod person;
mod place;
mod plan;
mod postings;
mod standing;
mod supply;
mod texts;
mod top;

use std::sync::Arc;

use tantivy::{SegmentReader, TantivyError};

use crate::answer::{Answer, Hit, MatchedNeed};
use crate::bits::Bits;
use crate::entry::{EntryId, Facet};
use crate::error::SearchError;
use crate::index::Inner;
use crate::limits;
use crate::query::{Query, Where};
use crate::segment::Segment;
use blend::{Asked, AtBest, Blend, Distance, FACTORS, factors, score, weight_of};
use facets::Totals;
use facts::{Facts, Judge};
use filters::{Filters, Passes};
use groups::{GroupHits, called, narrow, strong};
use place::{Candidates, measured_from};
use plan::Plan;
pub(crate) use standing::Standing;
pub(crate) use supply::supply;
use top::{Ranked, Tier, Top};

/// Answers `query` from the last commit.
pub(crate) fn run(inner: &Inner, query: &Query) -> Result<Answer, SearchError> {
    limits::check(query)?;
    let searcher = inner.reader.searcher();
    let plan = Plan::new(query, &inner.fields, &searcher)?;
    let readers = searcher.segment_readers();
    let segments = readers.iter().map(|reader| inner.segments.get(reader));
    let segments: Vec<Arc<Segment>> = segments.collect::<Result<_, TantivyError>>()?;
    let facets = asked_facets(query);
    let mut gathered = Gathered::new(&plan);
    for (reader, segment) in readers.iter().zip(&segments) {
        let pass = Pass::prepare(
            &plan,
            reader,
            segment,
            inner.segments.alive(reader).as_deref(),
            &facets,
        )?;
        pass.gather(reader, &facets, &mut gathered)?;
    }
    Ok(gathered.into_answer(&plan, &facets))
}

/// The ids of all that `run` would count.
pub(crate) fn matching(inner: &Inner, query: &Query) -> Result<Vec<EntryId>, SearchError> {
    limits::check(query)?;
    let searcher = inner.reader.searcher();
    let plan = Plan::new(query, &inner.fields, &searcher)?;
    let mut ids = Vec::new();
    for reader in searcher.segment_readers() {
        let segment = inner.segments.get(reader)?;
        Pass::prepare(&plan, reader, &segment, inner.segments.alive(reader).as_deref(), &[])?
            .ids(reader, &mut ids)?;
    }
    Ok(ids)
}

/// The facets to count, each once.
fn asked_facets(query: &Query) -> Vec<Facet> {
    let mut facets: Vec<Facet> = Vec::new();
    for facet in &query.facets {
        if !facets.contains(facet) {
            facets.push(*facet);
        }
    }
    facets
}

/// What has been found in the segments so far.
struct Gathered<'s> {
    asked: Asked,
    blend: Blend,
    at_best: AtBest,
    total: usize,
    leading: usize,
    called: usize,
    unconfirmed: usize,
    top: Top<'s>,
    totals: Totals,
}

impl Gathered<'_> {
    fn new(plan: &Plan<'_>) -> Self {
        let page = plan.query.page;
        Self {
            asked: asked(plan),
            blend: Blend::new(&plan.query.ranking.weights),
            at_best: AtBest::new(&plan.query.ranking.weights, asked(plan)),
            total: 0,
            leading: 0,
            called: 0,
            unconfirmed: 0,
            top: Top::new(page.offset + page.limit),
            totals: Totals::default(),
        }
    }

    fn into_answer(self, plan: &Plan<'_>, facets: &[Facet]) -> Answer {
        let page = plan.query.page;
        let ordered = self.top.into_ordered().into_iter();
        let hits = ordered.skip(page.offset).take(page.limit);
        Answer {
            total: self.total,
            leading: self.leading,
            called: self.called,
            unconfirmed: self.unconfirmed,
            hits: hits.map(|ranked| hit(&ranked, plan)).collect(),
            facets: self.totals.into_answer(facets, plan.query),
        }
    }
}

/// One segment, narrowed to what may be found in it.
struct Pass<'a> {
    plan: &'a Plan<'a>,
    segment: &'a Segment,
    candidates: Candidates,
    groups: Vec<GroupHits<'a>>,
    /// Candidates that meet every group well.
    strong: Bits,
    /// Candidates that are called as was typed, if any are.
    called: Option<Bits>,
    filters: Filters,
}

impl<'a> Pass<'a> {
    fn prepare(
        plan: &'a Plan<'a>,
        reader: &SegmentReader,
        segment: &'a Segment,
        alive: Option<&Bits>,
        facets: &[Facet],
    ) -> Result<Self, TantivyError> {
        let mut candidates = Candidates::find(&plan.place, plan.fields, reader, segment, alive)?;
        let filters = Filters::find(plan, reader)?;
        filters.narrow(&mut candidates.scope, facets);
        filters::demand(plan, reader, &mut candidates.scope)?;
        if let Some(since) = plan.query.only_since {
            candidates.scope.keep(&segment.confirmed_since(since));
        }
        let groups = narrow(plan, reader, &mut candidates.scope)?;
        let strong = strong(&candidates.scope, &groups);
        let called = called(plan, reader, &candidates.scope)?;
        Ok(Self { plan, segment, candidates, groups, strong, called, filters })
    }

    fn ids(&self, reader: &SegmentReader, ids: &mut Vec<EntryId>) -> Result<(), TantivyError> {
        let judge = Judge::new(self.plan, reader, self.segment, &self.candidates, &self.groups)?;
        for doc in self.candidates.scope.iter() {
            if self.filters.passes(doc, judge.status(doc)) == Passes::All {
                ids.push(self.segment.id(doc));
            }
        }
        Ok(())
    }
}

fn asked(plan: &Plan<'_>) -> Asked {
    Asked {
        words: plan.has_words(),
        needs: plan.has_needs(),
        distance: match measured_from(&plan.query.place) {
            None => Distance::NotAsked,
            Some(_) if plan.query.person.housebound => Distance::Housebound,
            Some(_) => Distance::ToVenues,
        },
        area: !matches!(plan.query.place, Where::Anywhere),
        now: plan.query.now,
    }
}

fn hit(ranked: &Ranked<'_>, plan: &Plan<'_>) -> Hit {
    let query = plan.query;
    let facts = &ranked.facts;
    let values = factors(facts, asked(plan), &query.ranking);
    let factors = FACTORS.into_iter().zip(values).filter_map(|(factor, value)| {
        Some((factor, value?, weight_of(factor, &query.ranking.weights)))
    });
    Hit {
        id: ranked.id,
        score: score(ranked.log_score),
        factors: factors.collect(),
        relevance: facts.said.relevance,
        groups_by_words: each_bit(facts.said.by_words, query.groups.len()),
        groups_by_facts: each_bit(facts.said.stated, query.groups.len()),
        need: matched_need(facts, query),
        reached: facts.reached,
        nearest: facts.nearest,
        fit: facts.fit,
        door: facts.door,
        confirmed_at: facts.confirmed_at,
        confirmed_recently: facts.confirmed_at.is_some_and(|at| at >= query.confirmed_since),
        leads: ranked.tier != Tier::Other,
        called: ranked.tier == Tier::Called,
    }
}

fn each_bit(bits: u32, count: usize) -> Vec<bool> {
    (0..count).map(|at| bits >> at & 1 == 1).collect()
}

fn matched_need(facts: &Facts, query: &Query) -> Option<MatchedNeed> {
    let (group, wanted, tier) = facts.said.need?;
    let need = query.groups.get(group)?.needs.get(wanted)?;
    Some(MatchedNeed { need: need.need.clone(), group, kin: need.kin, tier })
}
