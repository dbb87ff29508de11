//! The nearest of many points.

use crate::{domain::Point, geo::Metres};

/// Points sorted by latitude, each with its number.
#[derive(Debug, Default)]
pub struct Nearest {
    points: Vec<(Point, u32)>,
}

/// Metres in a degree of latitude, on the low side, so that a band is never too narrow.
const METRES_IN_A_DEGREE: f64 = 111_000.0;

impl Nearest {
    /// Numbers the points in the order in which they come.
    pub fn new(points: impl Iterator<Item = Point>) -> Self {
        let mut points: Vec<(Point, u32)> = points.zip(0..).collect();
        points.sort_by(|a, b| a.0.lat.total_cmp(&b.0.lat));
        Self { points }
    }

    /// The number of the nearest point within reach, and how far it is.
    #[must_use]
    pub fn nearest(&self, to: Point, reach: Metres) -> Option<(usize, Metres)> {
        // Most questions have an answer near by, in a tenth of the band.
        [Metres(reach.0 / 10.0), reach]
            .into_iter()
            .find_map(|reach| self.within(to, reach).min_by(|a, b| a.1.0.total_cmp(&b.1.0)))
    }

    /// The numbers of all points within reach.
    pub fn within(&self, to: Point, reach: Metres) -> impl Iterator<Item = (usize, Metres)> + '_ {
        let degrees = reach.0 / METRES_IN_A_DEGREE;
        let from = self.points.partition_point(|(point, _)| point.lat < to.lat - degrees);
        self.points
            .iter()
            .skip(from)
            .take_while(move |(point, _)| point.lat <= to.lat + degrees)
            // In England a degree of longitude is more than half a degree of latitude.
            .filter(move |(point, _)| (point.lon - to.lon).abs() <= degrees * 2.0)
            .map(move |(point, number)| (*number as usize, Metres::between(*point, to)))
            .filter(move |(_, distance)| *distance <= reach)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_is_the_one_that_a_walk_over_all_finds() {
        let points: Vec<Point> = (0..400_u32)
            .map(|n| Point {
                lat: 53.0 + f64::from(n * 37 % 101) / 100.0,
                lon: -3.0 + f64::from(n * 53 % 97) / 100.0,
            })
            .collect();
        let nearest = Nearest::new(points.iter().copied());
        for probe in 0..50_u32 {
            let at =
                Point { lat: 53.0 + f64::from(probe) / 50.0, lon: -2.9 + f64::from(probe) / 70.0 };
            let walked = points.iter().map(|point| Metres::between(*point, at).0).reduce(f64::min);
            let found = nearest.nearest(at, Metres(200_000.0)).map(|(_, distance)| distance.0);
            assert_eq!(found, walked);
        }
        assert_eq!(nearest.nearest(Point { lat: 50.0, lon: 0.0 }, Metres(1000.0)), None);
    }
}
