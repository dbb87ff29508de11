//! Where: postcodes, place names, boundaries, footprints and distance.

mod distance;
mod names;
mod postcode;
mod shipped;

pub use distance::{Metres, MilesBand, middle};
pub use postcode::{NotAPostcode, Postcode, PostcodePart, Territory};
