//! Filters, and which of them a candidate fails.

use tantivy::{SegmentReader, TantivyError};

use super::plan::Plan;
use super::postings::any_of;
use crate::bits::Bits;
use crate::entry::{DoorStatus, Facet};

/// The values of the capacity facet.
pub(crate) const CAPACITY: [(DoorStatus, &str); 5] = [
    (DoorStatus::Open, "open"),
    (DoorStatus::Waiting, "waiting"),
    (DoorStatus::Full, "full"),
    (DoorStatus::Paused, "paused"),
    (DoorStatus::NotKnown, "not-known"),
];

/// How a candidate stands to the filters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Passes {
    All,
    /// It would be found without the filters of this one facet.
    AllBut(Facet),
    No,
}

/// The filters in one segment: for each facet, what passes all of its filters.
pub(crate) struct Filters {
    stored: Vec<(Facet, Bits)>,
    /// Statuses that pass, where capacity is filtered by.
    capacity: Option<Vec<DoorStatus>>,
}

impl Filters {
    pub(crate) fn find(plan: &Plan<'_>, reader: &SegmentReader) -> Result<Self, TantivyError> {
        let mut stored: Vec<(Facet, Bits)> = Vec::new();
        for filter in &plan.query.filters {
            let fields = &plan.fields.facets;
            let Some((_, field)) = fields.iter().find(|(facet, _)| *facet == filter.facet) else {
                continue;
            };
            let bits = any_of(reader, *field, &filter.any_of)?;
            match stored.iter_mut().find(|(facet, _)| *facet == filter.facet) {
                Some((_, before)) => before.keep(&bits),
                None => stored.push((filter.facet, bits)),
            }
        }
        Ok(Self { stored, capacity: statuses(plan) })
    }

    /// Takes out of `scope` what fails a facet that nobody wants counted without it.
    pub(crate) fn narrow(&self, scope: &mut Bits, counted: &[Facet]) {
        for (facet, bits) in &self.stored {
            if !counted.contains(facet) {
                scope.keep(bits);
            }
        }
    }

    /// Whether nothing is filtered by.
    pub(crate) fn is_empty(&self) -> bool {
        self.stored.is_empty() && self.capacity.is_none()
    }

    /// Whether capacity is filtered by.
    pub(crate) fn by_door(&self) -> bool {
        self.capacity.is_some()
    }

    pub(crate) fn passes(&self, doc: u32, status: DoorStatus) -> Passes {
        let mut failed = None;
        for (facet, bits) in &self.stored {
            if !bits.contains(doc) && failed.replace(*facet).is_some() {
                return Passes::No;
            }
        }
        if let Some(wanted) = &self.capacity
            && !wanted.contains(&status)
            && failed.replace(Facet::Capacity).is_some()
        {
            return Passes::No;
        }
        failed.map_or(Passes::All, Passes::AllBut)
    }
}

/// Takes out of `scope` what lacks anything that it must have.
pub(crate) fn demand(
    plan: &Plan<'_>,
    reader: &SegmentReader,
    scope: &mut Bits,
) -> Result<(), TantivyError> {
    for (facet, value) in &plan.query.must {
        let fields = &plan.fields.facets;
        if let Some((_, field)) = fields.iter().find(|(known, _)| known == facet) {
            scope.keep(&any_of(reader, *field, [value])?);
        }
    }
    Ok(())
}

/// The statuses that pass every capacity filter of the query, if it has one.
fn statuses(plan: &Plan<'_>) -> Option<Vec<DoorStatus>> {
    let filters = plan.query.filters.iter();
    let mut filters = filters.filter(|filter| filter.facet == Facet::Capacity).peekable();
    filters.peek()?;
    let mut statuses: Vec<(DoorStatus, &str)> = CAPACITY.to_vec();
    for filter in filters {
        statuses.retain(|(_, name)| filter.any_of.iter().any(|value| value == name));
    }
    Some(statuses.into_iter().map(|(status, _)| status).collect())
}
