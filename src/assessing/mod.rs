//! What there is in a place, measured: for those who commission, and anybody who asks them why.
//!
//! Every figure here is the count of a list that a search gives, and carries what is needed to
//! give it. Nothing is a score: a figure has a definition, a moment and, where it is a rate, the
//! source of the people that it is a rate of.

mod assessment;
mod concern;
mod measure;
mod sheet;

pub use assessment::{Assessment, MOST_PARTS, Measured};
pub use concern::{Concern, Grade, Why, concerns};
pub use measure::{DEFINITIONS, Measure, PEOPLE_SOURCE, Rate};
pub use sheet::{definitions_sheet, supply_table};
