//! Where: postcodes, place names, boundaries, footprints and distance.

mod boundary;
mod distance;
mod drawn;
mod footprint;
mod gazetteer;
mod grid;
pub mod import;
mod names;
mod pack;
mod postcode;
mod shipped;

pub use boundary::{BoundarySet, Overlap};
pub use distance::{Metres, MilesBand, middle};
pub use drawn::DrawnAreas;
pub use footprint::{FootprintCodes, breadth_of, drawn_code, shape};
pub use gazetteer::{
    Area, Attribution, Candidate, ENGLAND, Gazetteer, Home, NotCovered, Note, PlaceRef, Precision,
    Remap, Resolution, Whereabouts, kind_in_words, kinds_in_words, part_code,
};
pub use grid::grid_to_point;
pub use names::{NameKind, fold};
pub use pack::{Edition, Pack, PackError, PackName, PackNameKind, PackPostcode, Quality};
pub use postcode::{NotAPostcode, Postcode, PostcodePart, Territory};
