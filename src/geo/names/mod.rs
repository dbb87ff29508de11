//! Names of places: folding, finding, spelling.

mod fold;
mod spelling;

pub use fold::{fold, inner_starts, short_of};
pub use spelling::{edits, edits_allowed};
