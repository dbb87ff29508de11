//! Where: postcodes, place names, boundaries, footprints and distance.

mod postcode;

pub use postcode::{NotAPostcode, Postcode, PostcodePart, Territory};
