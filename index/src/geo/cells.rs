//! Squares of the Morton grid.

use super::morton::decode;

/// How a cell lies to an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    Outside,
    Inside,
    Crosses,
}

/// A square of the grid: all codes that begin with the same `2 × level` bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cell {
    pub(crate) first: u64,
    pub(crate) last: u64,
    pub(crate) level: u32,
    /// Bounds in degrees, of the positions that codes in it decode to.
    pub(crate) south: f64,
    pub(crate) north: f64,
    pub(crate) west: f64,
    pub(crate) east: f64,
}

impl Cell {
    /// The whole earth.
    pub(crate) fn root() -> Self {
        Self::new(0, 0)
    }

    fn new(first: u64, level: u32) -> Self {
        let last = first | u64::MAX.checked_shr(2 * level).unwrap_or(0);
        let (low, high) = (decode(first), decode(last));
        Self { first, last, level, south: low.lat, north: high.lat, west: low.lon, east: high.lon }
    }

    /// The four squares that it is made of.
    pub(crate) fn children(&self) -> [Self; 4] {
        let level = self.level + 1;
        [0, 1, 2, 3].map(|quarter: u64| {
            let shift = 64_u32.saturating_sub(2 * level);
            Self::new(self.first | quarter.checked_shl(shift).unwrap_or(0), level)
        })
    }
}
