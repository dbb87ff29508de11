//! Where: postcodes, place names, boundaries, footprints and distance.

mod boundary;
mod grid;
pub mod import;
mod pack;
mod postcode;

pub use boundary::{BoundarySet, Overlap};
pub use grid::grid_to_point;
pub use pack::{Edition, Pack, PackError, PackName, PackNameKind, PackPostcode, Quality};
pub use postcode::{NotAPostcode, Postcode, PostcodePart, Territory};
