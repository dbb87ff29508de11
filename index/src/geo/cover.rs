//! An area as a few ranges of Morton codes.

use super::{Area, Cell, Relation};

/// More cells fit an area better and cost more binary searches; 64 is where it stops paying.
const MOST_CELLS: usize = 64;
/// Squares of a few metres: nothing is gained by splitting further.
const DEEPEST: u32 = 22;

/// Codes from `first` to `last`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) first: u64,
    pub(crate) last: u64,
    /// Whether every code of it is inside; otherwise each venue must be looked at.
    pub(crate) inside: bool,
}

/// Spans that together hold every position of `area`, in order.
///
/// Cells are split breadth first, dropping those outside, until more would be too many.
pub(crate) fn cover(area: &impl Area) -> Vec<Span> {
    let mut cells = vec![(Cell::root(), Relation::Crosses)];
    loop {
        let split: Vec<_> = cells.iter().flat_map(|c| split(area, c)).collect();
        let settled = split.len() == cells.len()
            && split.iter().all(|(cell, how)| *how == Relation::Inside || cell.level >= DEEPEST);
        if split.len() > MOST_CELLS {
            break;
        }
        cells = split;
        if settled || cells.is_empty() {
            break;
        }
    }
    spans(&cells)
}

fn split(area: &impl Area, (cell, how): &(Cell, Relation)) -> Vec<(Cell, Relation)> {
    if *how == Relation::Inside || cell.level >= DEEPEST {
        return vec![(*cell, *how)];
    }
    let children = cell.children().into_iter();
    children
        .map(|child| (child, area.relation(&child)))
        .filter(|(_, how)| *how != Relation::Outside)
        .collect()
}

/// Cells in order, neighbours of one kind made one.
fn spans(cells: &[(Cell, Relation)]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::with_capacity(cells.len());
    for (cell, how) in cells {
        let inside = *how == Relation::Inside;
        match spans.last_mut() {
            Some(before)
                if before.inside == inside && before.last.checked_add(1) == Some(cell.first) =>
            {
                before.last = cell.last;
            }
            _ => spans.push(Span { first: cell.first, last: cell.last, inside }),
        }
    }
    spans
}
