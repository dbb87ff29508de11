//! A position made ready for many distances.

use super::circle::EARTH_RADIUS;
use crate::entry::Point;

/// A position as a point of the unit sphere.
///
/// The straight line between two such points is `2 √h`, where `h` is what the haversine formula
/// takes the root of; so distances are the same without a sine or cosine for each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot([f64; 3]);

impl Spot {
    pub(crate) fn new(point: Point) -> Self {
        let (lat, lon) = (point.lat.to_radians(), point.lon.to_radians());
        Self([lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()])
    }

    /// The square of the straight line to another: it grows as the distance does.
    #[inline]
    pub(crate) fn line_squared(&self, other: &Self) -> f64 {
        let part = |at: usize| (self.0[at] - other.0[at]).powi(2);
        part(0) + part(1) + part(2)
    }
}

/// The metres along the surface that belong to a squared line.
pub(crate) fn metres_of_line(squared: f64) -> f64 {
    2.0 * EARTH_RADIUS * (squared.sqrt() / 2.0).clamp(0.0, 1.0).asin()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Spot, metres_of_line};
    use crate::entry::Point;
    use crate::geo::metres_between;

    fn anywhere() -> impl Strategy<Value = Point> {
        (-90.0_f64..=90.0, -180.0_f64..=180.0).prop_map(|(lat, lon)| Point { lat, lon })
    }

    proptest! {
        #[test]
        fn distances_are_those_of_the_haversine_formula(a in anywhere(), b in anywhere()) {
            let by_line = metres_of_line(Spot::new(a).line_squared(&Spot::new(b)));
            // Towards the far side of the earth both formulas lose a few centimetres.
            prop_assert!((by_line - metres_between(a, b)).abs() < 0.5);
        }

        #[test]
        fn they_are_so_within_a_millimetre_nearby(a in anywhere(), dlat in -0.5_f64..0.5, dlon in -0.5_f64..0.5) {
            let b = Point { lat: (a.lat + dlat).clamp(-90.0, 90.0), lon: a.lon + dlon };
            let by_line = metres_of_line(Spot::new(a).line_squared(&Spot::new(b)));
            prop_assert!((by_line - metres_between(a, b)).abs() < 0.001);
        }
    }
}
