//! How much there is in each of several places, by the values of a facet.
//!
//! All places are counted from one commit, so that their figures agree with each other; and by
//! the same passes as a search, so that they agree with the lists that a search gives.

use std::collections::HashMap;

use tantivy::{Searcher, TantivyError};

use super::Pass;
use super::facts::Judge;
use super::filters::Passes;
use super::plan::Plan;
use crate::answer::{Counts, Few, Supply};
use crate::entry::{DoorStatus, Facet};
use crate::error::SearchError;
use crate::index::Inner;
use crate::limits;
use crate::query::Query;
use crate::segment::Values;

/// Counts what each query finds, the way that `run` would.
pub(crate) fn supply(
    inner: &Inner,
    queries: &[Query],
    facet: Facet,
) -> Result<Vec<Supply>, SearchError> {
    let searcher = inner.reader.searcher();
    let each = queries.iter().map(|query| {
        limits::check(query)?;
        Ok(of_one(inner, &searcher, query, facet)?)
    });
    each.collect()
}

fn of_one(
    inner: &Inner,
    searcher: &Searcher,
    query: &Query,
    facet: Facet,
) -> Result<Supply, TantivyError> {
    let plan = Plan::new(query, &inner.fields, searcher)?;
    let mut supply = Supply::default();
    for reader in searcher.segment_readers() {
        let segment = inner.segments.get(reader)?;
        let alive = inner.segments.alive(reader);
        let pass = Pass::prepare(&plan, reader, &segment, alive.as_deref(), &[])?;
        let judge = Judge::new(&plan, reader, &segment, &pass.candidates, &pass.groups)?;
        let recent = segment.confirmed_since(query.confirmed_since);
        let values = segment.facet(facet);
        let runs = segment.facet(Facet::Organisation);
        let mut all = Here::default();
        let mut each = vec![Here::default(); values.map_or(0, Values::len)];
        for doc in pass.candidates.scope.iter() {
            let status = judge.status(doc);
            if pass.filters.passes(doc, status) != Passes::All {
                continue;
            }
            let one = Counts {
                services: 1,
                open: usize::from(status == DoorStatus::Open),
                confirmed: usize::from(recent.contains(doc)),
                inside: usize::from(pass.candidates.is_inside(doc)),
            };
            let by = runs.and_then(|runs| runs.of(doc).first().copied());
            all.add(one, by);
            for number in values.map_or(&[][..], |values| values.of(doc)) {
                if let Some(here) = each.get_mut(*number as usize) {
                    here.add(one, by);
                }
            }
        }
        let names = Names { runs };
        names.add(all, &mut supply.all, &mut supply.providers)?;
        add_values(values, &each, &names, &mut supply.by_value)?;
    }
    Ok(supply)
}

fn add_values(
    values: Option<&Values>,
    each: &[Here],
    names: &Names<'_>,
    by_value: &mut HashMap<String, (Counts, Few)>,
) -> Result<(), TantivyError> {
    let Some(values) = values else { return Ok(()) };
    let found: Vec<(u64, Here)> =
        (0..).zip(each.iter().copied()).filter(|(_, here)| here.counts.services > 0).collect();
    let numbers: Vec<u64> = found.iter().map(|(number, _)| *number).collect();
    let mut known = Vec::with_capacity(found.len());
    values.each_named(&numbers, |value| known.push(value))?;
    for (value, (_, here)) in known.into_iter().zip(found) {
        let (counts, providers) = by_value.entry(value).or_default();
        names.add(here, counts, providers)?;
    }
    Ok(())
}

/// What one segment has of something, its providers by the segment's own numbers.
#[derive(Clone, Copy, Default)]
struct Here {
    counts: Counts,
    by: By,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum By {
    #[default]
    Nobody,
    One(u32),
    Several,
}

impl Here {
    fn add(&mut self, one: Counts, by: Option<u32>) {
        self.counts += one;
        self.by = match (self.by, by) {
            (before, None) => before,
            (By::Nobody, Some(by)) => By::One(by),
            (By::One(before), Some(by)) if before == by => By::One(by),
            _ => By::Several,
        };
    }
}

/// The organisations of a segment.
struct Names<'s> {
    runs: Option<&'s Values>,
}

impl Names<'_> {
    fn add(&self, here: Here, counts: &mut Counts, few: &mut Few) -> Result<(), TantivyError> {
        *counts += here.counts;
        let more = match (here.by, self.runs) {
            (By::One(number), Some(runs)) => {
                let mut name = Few::Nobody;
                runs.each_named(&[u64::from(number)], |id| name = Few::One(id))?;
                name
            }
            (By::Several, _) => Few::Several,
            _ => Few::Nobody,
        };
        let before = std::mem::take(few);
        *few = before.with(more);
        Ok(())
    }
}
