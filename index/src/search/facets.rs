//! Counts of services by the values of facets.

use std::collections::HashMap;

use tantivy::TantivyError;

use super::filters::{CAPACITY, Filters, Passes};
use crate::answer::FacetCount;
use crate::bits::Bits;
use crate::entry::{DoorStatus, Facet};
use crate::limits::FACET_VALUES;
use crate::query::Query;
use crate::segment::{Segment, Values};

/// Counts in one segment, by the segment's own numbers for values.
pub(crate) struct Counter<'s> {
    columns: Vec<Counted<'s>>,
}

struct Counted<'s> {
    facet: Facet,
    /// What documents have of it; none for capacity, which is worked out.
    values: Option<&'s Values>,
    counts: Vec<u32>,
}

impl<'s> Counter<'s> {
    pub(crate) fn new(facets: &[Facet], segment: &'s Segment) -> Self {
        let columns = facets.iter().map(|facet| {
            let values = segment.facet(*facet);
            let different = values.map_or(CAPACITY.len(), Values::len);
            Counted { facet: *facet, values, counts: vec![0; different] }
        });
        Self { columns: columns.collect() }
    }

    /// Counts whole sets: for each facet, all of `scope` that passes the filters of the others.
    pub(crate) fn count_sets(&mut self, scope: &Bits, filters: &Filters) {
        for column in &mut self.columns {
            let mut counted = scope.clone();
            filters.narrow(&mut counted, &[column.facet]);
            let Some(values) = column.values else { continue };
            match values.sets(counted.len()) {
                Some(sets) => {
                    let each = column.counts.iter_mut().zip(sets);
                    each.for_each(|(count, set)| *count += counted.count_with(set));
                }
                None => counted.iter().for_each(|doc| column.add(doc, DoorStatus::NotKnown)),
            }
        }
    }

    /// Counts a service by whether it takes people.
    pub(crate) fn count_status(&mut self, status: DoorStatus) {
        for column in self.columns.iter_mut().filter(|column| column.values.is_none()) {
            column.add_status(status);
        }
    }

    /// Counts a service for each facet under whose other filters it is found.
    pub(crate) fn count(&mut self, doc: u32, passes: Passes, status: DoorStatus) {
        for column in &mut self.columns {
            let counted = match passes {
                Passes::All => true,
                Passes::AllBut(failed) => failed == column.facet,
                Passes::No => false,
            };
            if counted {
                column.add(doc, status);
            }
        }
    }
}

impl Counted<'_> {
    fn add(&mut self, doc: u32, status: DoorStatus) {
        if let Some(values) = self.values {
            for number in values.of(doc) {
                if let Some(count) = self.counts.get_mut(*number as usize) {
                    *count += 1;
                }
            }
        } else {
            self.add_status(status);
        }
    }

    fn add_status(&mut self, status: DoorStatus) {
        if let Some(at) = CAPACITY.iter().position(|(known, _)| *known == status) {
            self.counts[at] += 1;
        }
    }
}

/// Counts of all segments, by value.
#[derive(Default)]
pub(crate) struct Totals {
    counts: HashMap<Facet, HashMap<String, usize>>,
}

impl Totals {
    pub(crate) fn add(&mut self, counter: Counter<'_>) -> Result<(), TantivyError> {
        for Counted { facet, values, counts } in counter.columns {
            let totals = self.counts.entry(facet).or_default();
            let (ords, counts): (Vec<u64>, Vec<u32>) =
                (0..).zip(counts).filter(|(_, count)| *count > 0).unzip();
            let mut left = counts.iter().map(|count| *count as usize);
            let mut add = |value: String| {
                *totals.entry(value).or_default() += left.next().unwrap_or(0);
            };
            if let Some(values) = values {
                values.each_named(&ords, add)?;
            } else {
                let places = ords.iter().filter_map(|ord| usize::try_from(*ord).ok());
                let names = places.filter_map(|at| CAPACITY.get(at));
                names.for_each(|(_, value)| add((*value).to_owned()));
            }
        }
        Ok(())
    }

    /// Each facet asked for, once, its values by count and then by name.
    pub(crate) fn into_answer(
        mut self,
        facets: &[Facet],
        query: &Query,
    ) -> Vec<(Facet, Vec<FacetCount>)> {
        let each = facets.iter().map(|facet| {
            let counts = self.counts.remove(facet).unwrap_or_default();
            (*facet, listed(counts, *facet, query))
        });
        each.collect()
    }
}

fn listed(mut counts: HashMap<String, usize>, facet: Facet, query: &Query) -> Vec<FacetCount> {
    let filters = query.filters.iter().filter(|filter| filter.facet == facet);
    let chosen: Vec<&String> = filters.flat_map(|filter| &filter.any_of).collect();
    for value in &chosen {
        counts.entry((*value).clone()).or_default();
    }
    let counts = counts.into_iter().map(|(value, count)| FacetCount { value, count });
    let mut counts: Vec<FacetCount> = counts.collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    let mut place = 0;
    counts.retain(|count| {
        place += 1;
        place <= FACET_VALUES || chosen.contains(&&count.value)
    });
    counts
}
