//! Where: postcodes, place names, boundaries, footprints and distance.

mod boundary;
mod distance;
mod grid;
pub mod import;
mod names;
mod pack;
mod postcode;
mod shipped;

pub use boundary::{BoundarySet, Overlap};
pub use distance::{Metres, MilesBand, middle};
pub use grid::grid_to_point;
pub use pack::{Edition, Pack, PackError, PackName, PackNameKind, PackPostcode, Quality};
pub use postcode::{NotAPostcode, Postcode, PostcodePart, Territory};
