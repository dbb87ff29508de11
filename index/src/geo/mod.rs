//! Where venues are: distances, shapes, and which venues lie in a shape.

mod cells;
mod circle;
mod cover;
mod morton;
mod polygons;
mod spot;
mod venues;

pub(crate) use cells::{Cell, Relation};
pub(crate) use circle::Circle;
#[cfg(test)]
pub(crate) use circle::metres_between;
pub(crate) use morton::{decode, encode};
pub(crate) use polygons::Polygons;
pub(crate) use spot::{Spot, metres_of_line};
pub(crate) use venues::VenueTable;

use crate::entry::Point;

/// An area on the map that a venue can be in.
pub(crate) trait Area {
    /// How a whole cell lies to the area. `Crosses` is always a safe answer.
    fn relation(&self, cell: &Cell) -> Relation;
    fn contains(&self, point: Point) -> bool;
}

/// Whether a position can be on the map at all.
pub(crate) fn on_earth(point: Point) -> bool {
    point.lat.abs() <= 90.0 && point.lon.abs() <= 180.0
}
