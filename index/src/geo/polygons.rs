//! Polygons, and whether a position is in them.

use super::{Area, Cell, Relation};
use crate::entry::Point;
use crate::query::Shape;

/// Lists of edges by latitude, so that a test looks at those beside the position only.
const MOST_BANDS: usize = 4_096;

/// Any of several polygons with holes.
///
/// A position is in a polygon where a ray from it crosses the polygon's edges an odd number of
/// times (the even-odd rule; W. R. Franklin, *PNPOLY*). Rings that cross themselves are therefore
/// no error, and a ring need not be closed. Vertices that are no numbers are left out.
#[derive(Clone, Debug)]
pub(crate) struct Polygons {
    edges: Vec<Edge>,
    /// Positions in `edges`, for each band of latitude from the south.
    bands: Vec<Vec<u32>>,
    south: f64,
    north: f64,
}

#[derive(Clone, Copy, Debug)]
struct Edge {
    polygon: u32,
    from: [f64; 2],
    to: [f64; 2],
}

impl Polygons {
    /// `None` where the shape has no extent at all.
    pub(crate) fn new(shape: &Shape) -> Option<Self> {
        let mut edges = Vec::new();
        for (polygon, rings) in (0_u32..).zip(&shape.polygons) {
            for ring in rings {
                add_ring(&mut edges, polygon, ring);
            }
        }
        let lats = || edges.iter().flat_map(|e: &Edge| [e.from[1], e.to[1]]);
        let south = lats().reduce(f64::min)?;
        let north = lats().reduce(f64::max)?;
        let bands = vec![Vec::new(); (edges.len() / 2).clamp(1, MOST_BANDS)];
        let mut polygons = Self { edges, bands, south, north };
        polygons.fill_bands();
        Some(polygons)
    }

    fn fill_bands(&mut self) {
        for (index, edge) in (0_u32..).zip(&self.edges) {
            let (low, high) = ordered(edge.from[1], edge.to[1]);
            let range = band(low, self.south, self.north, self.bands.len())
                ..=band(high, self.south, self.north, self.bands.len());
            for at in range {
                self.bands[at].push(index);
            }
        }
    }

    fn beside(&self, lat: f64) -> &[u32] {
        &self.bands[band(lat, self.south, self.north, self.bands.len())]
    }

    /// Whether any edge comes into a cell, or might.
    fn any_edge_in(&self, cell: &Cell) -> bool {
        let first = band(cell.south, self.south, self.north, self.bands.len());
        let last = band(cell.north, self.south, self.north, self.bands.len());
        let mut near = self.bands[first..=last].iter().flatten();
        near.any(|&index| self.edges[index as usize].may_touch(cell))
    }
}

impl Area for Polygons {
    fn relation(&self, cell: &Cell) -> Relation {
        if cell.north < self.south || cell.south > self.north {
            Relation::Outside
        } else if self.any_edge_in(cell) {
            Relation::Crosses
        } else if self.contains(Point { lat: cell.south, lon: cell.west }) {
            Relation::Inside
        } else {
            Relation::Outside
        }
    }

    fn contains(&self, point: Point) -> bool {
        if !(self.south..=self.north).contains(&point.lat) {
            return false;
        }
        // Edges come polygon by polygon, so one running count is enough.
        let (mut polygon, mut odd) = (u32::MAX, false);
        for &index in self.beside(point.lat) {
            let edge = &self.edges[index as usize];
            if edge.polygon != polygon {
                if odd {
                    return true;
                }
                polygon = edge.polygon;
            }
            odd ^= edge.is_crossed_from(point);
        }
        odd
    }
}

impl Edge {
    /// Whether a ray going east from `point` crosses it. One end counts and the other does not,
    /// so that a vertex is crossed once.
    fn is_crossed_from(&self, point: Point) -> bool {
        let ([x1, y1], [x2, y2]) = (self.from, self.to);
        (y1 > point.lat) != (y2 > point.lat)
            && point.lon < (x2 - x1) * (point.lat - y1) / (y2 - y1) + x1
    }

    /// Whether it comes into a cell: its box does, and the corners are not all to one side of it.
    fn may_touch(&self, cell: &Cell) -> bool {
        let (west, east) = ordered(self.from[0], self.to[0]);
        let (south, north) = ordered(self.from[1], self.to[1]);
        if west > cell.east || east < cell.west || south > cell.north || north < cell.south {
            return false;
        }
        let sides = [cell.west, cell.east]
            .map(|lon| [cell.south, cell.north].map(|lat| self.side(lon, lat)));
        let sides = sides.as_flattened();
        !(sides.iter().all(|s| *s > TOUCH) || sides.iter().all(|s| *s < -TOUCH))
    }

    /// Twice the area of the triangle with a position: its sign says on which side that is.
    fn side(&self, lon: f64, lat: f64) -> f64 {
        let ([x1, y1], [x2, y2]) = (self.from, self.to);
        (x2 - x1) * (lat - y1) - (y2 - y1) * (lon - x1)
    }
}

/// Below this a side is too close to call, and the cell counts as touched.
const TOUCH: f64 = 1e-12;

fn add_ring(edges: &mut Vec<Edge>, polygon: u32, ring: &[[f64; 2]]) {
    let real: Vec<[f64; 2]> =
        ring.iter().copied().filter(|[lon, lat]| lon.is_finite() && lat.is_finite()).collect();
    if real.len() < 3 {
        return;
    }
    let after = real.iter().skip(1).chain(real.first());
    let sides = real.iter().zip(after).filter(|(from, to)| !same(from, to));
    edges.extend(sides.map(|(from, to)| Edge { polygon, from: *from, to: *to }));
}

/// Whether two corners are one, bit for bit: an edge between them would have no direction.
fn same(a: &[f64; 2], b: &[f64; 2]) -> bool {
    a.map(f64::to_bits) == b.map(f64::to_bits)
}

fn ordered(a: f64, b: f64) -> (f64, f64) {
    (a.min(b), a.max(b))
}

/// The band that a latitude falls in; beyond the ends, the end's.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "the cast saturates and the result is capped"
)]
fn band(lat: f64, south: f64, north: f64, bands: usize) -> usize {
    let share = (lat - south) / (north - south);
    ((share * bands as f64) as usize).min(bands - 1)
}

#[cfg(test)]
mod tests {
    use super::Polygons;
    use crate::entry::Point;
    use crate::geo::Area;
    use crate::query::Shape;

    fn square(west: f64, south: f64, side: f64) -> Vec<[f64; 2]> {
        let (east, north) = (west + side, south + side);
        vec![[west, south], [east, south], [east, north], [west, north]]
    }

    fn holds(polygons: Vec<Vec<Vec<[f64; 2]>>>, lon: f64, lat: f64) -> bool {
        let polygons = Polygons::new(&Shape { polygons });
        polygons.is_some_and(|p| p.contains(Point { lat, lon }))
    }

    #[test]
    fn a_hole_is_outside() {
        let ring = vec![square(0.0, 50.0, 3.0), square(1.0, 51.0, 1.0)];
        assert!(holds(vec![ring.clone()], 0.5, 50.5));
        assert!(!holds(vec![ring], 1.5, 51.5));
    }

    #[test]
    fn overlapping_polygons_do_not_cancel_each_other() {
        let both = vec![vec![square(0.0, 50.0, 3.0)], vec![square(1.0, 51.0, 3.0)]];
        assert!(holds(both, 2.0, 52.0));
    }

    #[test]
    fn a_ring_that_crosses_itself_has_two_halves() {
        let bow = vec![[0.0, 50.0], [2.0, 52.0], [2.0, 50.0], [0.0, 52.0]];
        assert!(holds(vec![vec![bow.clone()]], 0.2, 51.0));
        assert!(!holds(vec![vec![bow]], 1.0, 51.9));
    }

    #[test]
    fn shapes_without_extent_hold_nothing() {
        let line = vec![[0.0, 50.0], [1.0, 50.0]];
        let nan = vec![[f64::NAN, 50.0]; 5];
        let point = vec![[1.0, 50.0]; 9];
        for rings in [vec![], vec![vec![]], vec![line], vec![nan], vec![point]] {
            assert!(!holds(vec![rings], 1.0, 50.0));
        }
        assert!(Polygons::new(&Shape { polygons: vec![] }).is_none());
    }

    #[test]
    fn a_flat_shape_does_no_harm() {
        let flat = vec![[0.0, 50.0], [1.0, 50.0], [2.0, 50.0]];
        assert!(!holds(vec![vec![flat]], 0.5, 50.0));
    }
}
