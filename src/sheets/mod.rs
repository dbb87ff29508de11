//! Many listings at once, in a spreadsheet: one row each, down and up again.
//!
//! A row is a form. What a cell says goes through the same sections, tiers and checks as what is
//! typed on a page, so that a sheet can do nothing that its sender could not do there.
//!
//! *Invariants.* Looking at a sheet changes nothing. A row is saved whole or not at all. A cell
//! that its sender left as it was changes nothing, whatever became of the listing since; one that
//! both changed is never written over. Saving what was saved already changes nothing.

mod cells;
mod choose;
mod columns;
mod desk;
mod fields;
mod guide;
mod hear;
mod lines;
mod mark;
mod new;
mod plan;
mod prepare;
mod said;
mod save;
mod typed;
mod uploads;
mod venues;

pub use self::{
    desk::{Desk, MOST_ROWS},
    guide::{as_book, blank_sheet, sheet_of},
    plan::{CellChange, CellFault, Outcome, Plan, RowPlan, to_mend},
    save::{SavedRows, save},
    uploads::{Sent, find, forget, keep, list},
};
