//! Many listings at once, in a spreadsheet: one row each, down and up again.
//!
//! A row is a form. What a cell says goes through the same sections, tiers and checks as what is
//! typed on a page, so that a sheet can do nothing that its sender could not do there.
//!
//! *Invariants.* Looking at a sheet changes nothing. A row is saved whole or not at all. A cell
//! that its sender left as it was changes nothing, whatever became of the listing since; one that
//! both changed is never written over. Saving what was saved already changes nothing.

mod cells;
mod columns;
mod desk;
mod guide;
mod hear;
mod lines;
mod plan;
mod save;
mod uploads;

pub use self::{
    desk::{Desk, MOST_ROWS},
    guide::{as_book, blank_sheet, sheet_of},
    plan::{CellChange, CellFault, Outcome, Plan, RowPlan, to_mend},
    save::{SavedRows, save},
    uploads::{Sent, find, forget, keep, list},
};

#[cfg(test)]
mod tests;
