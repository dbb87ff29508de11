//! Names of places: folding, finding, spelling.

mod fold;
mod index;
mod spelling;

pub use fold::fold;
use fold::{inner_starts, short_of};
pub use index::{Match, NameIndex, NameKind, Named};
use spelling::{edits, edits_allowed};
