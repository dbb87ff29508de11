//! The search engine of Hereabouts: text, place and capacity in one ranked answer.
//!
//! It speaks in plain values only: an [`Entry`] goes in, a [`Query`] is asked,
//! an [`Answer`] of [`Hit`]s comes out. It knows no database, no web and no
//! vocabulary; it alone names tantivy.

mod answer;
mod bits;
mod document;
mod entry;
mod error;
mod geo;
mod index;
pub mod limits;
mod names;
mod payload;
mod query;
mod rows;
mod schema;
mod sealed;
mod search;
mod segment;
mod segments;
mod spelling;
mod suggest;
mod text;
mod writer;

pub use answer::{
    Answer, Counts, DoorSeen, FacetCount, Factor, Few, Fit, Hit, MatchedNeed, Reached, Supply,
};
pub use entry::{Door, DoorStatus, Entry, EntryId, EntryNeed, Facet, NeedTier, Point, Venue};
pub use error::{OpenError, SearchError, WriteError};
pub use index::Index;
pub use query::{
    Filter, Group, Kin, Page, Person, Query, Ranking, Shape, Sort, Text, Wanted, Weights, Where,
};
pub use spelling::Correction;
pub use suggest::{Suggested, Suggestion};
pub use writer::{Pace, Writer};
