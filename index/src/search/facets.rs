//! Counts of services by the values of facets.

use std::collections::HashMap;

use tantivy::TantivyError;

use super::filters::{CAPACITY, Passes};
use crate::answer::FacetCount;
use crate::entry::{DoorStatus, Facet};
use crate::limits::FACET_VALUES;
use crate::query::Query;
use crate::segment::Segment;

/// Counts in one segment, by the segment's own numbers for values.
pub(crate) struct Counter<'s> {
    segment: &'s Segment,
    counts: Vec<(Facet, Vec<u32>)>,
}

impl<'s> Counter<'s> {
    pub(crate) fn new(facets: &[Facet], segment: &'s Segment) -> Self {
        let counts = facets.iter().map(|facet| {
            let values = match facet {
                Facet::Capacity => CAPACITY.len(),
                stored => {
                    segment.facet(*stored).map_or(0, |column| column.dictionary().num_terms())
                }
            };
            (*facet, vec![0; values])
        });
        Self { counts: counts.collect(), segment }
    }

    pub(crate) fn counts_capacity(&self) -> bool {
        self.counts.iter().any(|(facet, _)| *facet == Facet::Capacity)
    }

    /// Counts a service for each facet under whose other filters it is found.
    pub(crate) fn count(&mut self, doc: u32, passes: Passes, status: DoorStatus) {
        for (facet, counts) in &mut self.counts {
            let counted = match passes {
                Passes::All => true,
                Passes::AllBut(failed) => failed == *facet,
                Passes::No => false,
            };
            if counted {
                add(self.segment, *facet, counts, doc, status);
            }
        }
    }
}

fn add(segment: &Segment, facet: Facet, counts: &mut [u32], doc: u32, status: DoorStatus) {
    let mut add_one = |at: usize| {
        if let Some(count) = counts.get_mut(at) {
            *count += 1;
        }
    };
    if facet == Facet::Capacity {
        CAPACITY.iter().position(|(known, _)| *known == status).into_iter().for_each(add_one);
    } else if let Some(column) = segment.facet(facet) {
        let ords = column.term_ords(doc).filter_map(|ord| usize::try_from(ord).ok());
        ords.for_each(&mut add_one);
    }
}

/// Counts of all segments, by value.
#[derive(Default)]
pub(crate) struct Totals {
    counts: HashMap<Facet, HashMap<String, usize>>,
}

impl Totals {
    pub(crate) fn add(&mut self, counter: Counter<'_>) -> Result<(), TantivyError> {
        for (facet, counts) in counter.counts {
            let totals = self.counts.entry(facet).or_default();
            let (ords, counts): (Vec<u64>, Vec<u32>) =
                (0..).zip(counts).filter(|(_, count)| *count > 0).unzip();
            let mut left = counts.iter().map(|count| *count as usize);
            let mut add = |value: String| {
                *totals.entry(value).or_default() += left.next().unwrap_or(0);
            };
            if facet == Facet::Capacity {
                let places = ords.iter().filter_map(|ord| usize::try_from(*ord).ok());
                let names = places.filter_map(|at| CAPACITY.get(at));
                names.for_each(|(_, value)| add((*value).to_owned()));
            } else if let Some(column) = counter.segment.facet(facet) {
                let name = |term: &[u8]| add(String::from_utf8_lossy(term).into_owned());
                column.dictionary().sorted_ords_to_term_cb(&ords, name)?;
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
