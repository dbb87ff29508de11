//! Distances on the earth, and all places within one.

use std::f64::consts::{FRAC_PI_2, PI};

use super::{Area, Cell, Relation};
use crate::entry::Point;

/// Mean radius of the earth in metres (IUGG; Moritz, *Geodetic Reference System 1980*).
pub(super) const EARTH_RADIUS: f64 = 6_371_008.8;

/// A cell this close to the edge, in metres, is looked at venue by venue.
const SLACK: f64 = 0.5;

/// Metres between two positions along the surface, by the haversine formula (R. W. Sinnott,
/// *Virtues of the Haversine*, Sky and Telescope 68, 1984). The earth is taken as a sphere:
/// up to 0.3% off near the latitudes of England.
#[cfg(test)]
pub(crate) fn metres_between(a: Point, b: Point) -> f64 {
    metres(a.lat.to_radians(), b.lat.to_radians(), (b.lon - a.lon).to_radians())
}

fn metres(lat_a: f64, lat_b: f64, lon_apart: f64) -> f64 {
    let north = ((lat_b - lat_a) / 2.0).sin().powi(2);
    let east = (lon_apart / 2.0).sin().powi(2);
    let h = north + lat_a.cos() * lat_b.cos() * east;
    2.0 * EARTH_RADIUS * h.clamp(0.0, 1.0).sqrt().asin()
}

/// Within this many radians (127 km) of latitude, and twice that of longitude, series of few terms
/// do for sines and cosines: what they leave out is less than a millionth of a metre.
const NEARBY: f64 = 0.02;

/// All places within `radius` metres of `centre`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Circle {
    centre: Point,
    radius: f64,
    /// The centre's latitude in radians, with its sine and cosine.
    lat: f64,
    sin_lat: f64,
    cos_lat: f64,
}

impl Circle {
    /// `None` where nothing can be within it: no real centre, or no real radius.
    pub(crate) fn new(centre: Point, radius: f64) -> Option<Self> {
        let real = super::on_earth(centre) && radius >= 0.0;
        let lat = centre.lat.to_radians();
        real.then_some(Self { centre, radius, lat, sin_lat: lat.sin(), cos_lat: lat.cos() })
    }

    /// Metres to a position by its latitude and how far apart in longitude it is, both in radians.
    fn metres_to(&self, lat: f64, lon_apart: f64) -> f64 {
        let north = lat - self.lat;
        if north.abs() > NEARBY || lon_apart.abs() > 2.0 * NEARBY {
            return metres(self.lat, lat, lon_apart);
        }
        // sin²(x/2) = x²/4 − x⁴/48 + x⁶/1440 − …; cos(φ + x) = cos φ cos x − sin φ sin x.
        let (n, e) = (north * north, lon_apart * lon_apart);
        let half_sine_squared = |x2: f64| x2 / 4.0 * (1.0 - x2 / 12.0 * (1.0 - x2 / 30.0));
        let cos_north = 1.0 - n / 2.0 * (1.0 - n / 12.0 * (1.0 - n / 30.0));
        let sin_north = north * (1.0 - n / 6.0 * (1.0 - n / 20.0));
        let cos_lat = self.cos_lat * cos_north - self.sin_lat * sin_north;
        let h = half_sine_squared(n) + self.cos_lat * cos_lat * half_sine_squared(e);
        // asin √h = √h (1 + h/6 + 3h²/40 + 15h³/336 + …)
        let h = h.max(0.0);
        2.0 * EARTH_RADIUS * h.sqrt() * (1.0 + h / 6.0 + h * h * (3.0 / 40.0 + h * 15.0 / 336.0))
    }

    /// Metres from the centre to the nearest position of a cell.
    ///
    /// On any parallel distance grows with the difference of longitude, so the nearest meridian
    /// of the cell has it. Along that meridian the cosine of the distance is
    /// `sin φ₀ sin φ + cos φ₀ cos φ cos λ`, a wave with its top at `atan2(sin φ₀, cos φ₀ cos λ)`.
    fn nearest(&self, cell: &Cell) -> f64 {
        let apart = self.lon_apart(cell);
        // Within the cell's own meridians the top is the centre's parallel.
        let top =
            if apart > 0.0 { self.sin_lat.atan2(self.cos_lat * apart.cos()) } else { self.lat };
        let (south, north) = (cell.south.to_radians(), cell.north.to_radians());
        let closest = top.clamp(south, north);
        // Past a pole the wave's top is out of range, and either end may be the nearer.
        [closest, south, north]
            .map(|to| self.metres_to(to, apart))
            .into_iter()
            .fold(f64::INFINITY, f64::min)
    }

    /// The least difference of longitude to a cell, in radians.
    fn lon_apart(&self, cell: &Cell) -> f64 {
        if (cell.west..=cell.east).contains(&self.centre.lon) {
            return 0.0;
        }
        self.lon_to(cell.west).min(self.lon_to(cell.east))
    }

    /// The difference of longitude to a meridian the short way round, in radians.
    fn lon_to(&self, lon: f64) -> f64 {
        let apart = (lon - self.centre.lon).abs().to_radians();
        apart.min(2.0 * PI - apart)
    }

    /// Whether the four corners being within means that all of the cell is: so for cells up to a
    /// quarter of the way round and no further than that, and radii below a quarter of a meridian.
    fn holds_corners(&self, cell: &Cell) -> bool {
        let small = cell.level >= 2 && self.radius < FRAC_PI_2 * EARTH_RADIUS;
        let beside = [cell.west, cell.east].iter().all(|edge| self.lon_to(*edge) <= FRAC_PI_2);
        small
            && beside
            && [cell.south, cell.north].iter().all(|&lat| {
                [cell.west, cell.east].iter().all(|&lon| {
                    let apart = (lon - self.centre.lon).to_radians();
                    self.metres_to(lat.to_radians(), apart) <= self.radius - SLACK
                })
            })
    }
}

impl Area for Circle {
    fn relation(&self, cell: &Cell) -> Relation {
        if self.nearest(cell) > self.radius + SLACK {
            Relation::Outside
        } else if self.holds_corners(cell) {
            Relation::Inside
        } else {
            Relation::Crosses
        }
    }

    fn contains(&self, point: Point) -> bool {
        let apart = (point.lon - self.centre.lon).to_radians();
        self.metres_to(point.lat.to_radians(), apart) <= self.radius
    }
}

#[cfg(test)]
mod tests {
    use super::{Circle, metres_between};
    use crate::entry::Point;
    use crate::geo::Area;

    const AT_53: Point = Point { lat: 53.0, lon: -1.5 };

    #[test]
    fn london_to_leeds_is_273_kilometres() {
        let london = Point { lat: 51.5074, lon: -0.1278 };
        let leeds = Point { lat: 53.8008, lon: -1.5491 };
        let metres = metres_between(london, leeds);
        assert!((metres - 272_800.0).abs() < 1_000.0, "{metres}");
    }

    #[test]
    fn a_circle_of_10_km_at_53_north_reaches_10_km_each_way() {
        let circle = Circle::new(AT_53, 10_000.0).unwrap();
        // One degree of latitude is 111.195 km on this sphere; of longitude, cos 53° of that.
        let (lat, lon) = (1.0 / 111.195, 1.0 / (111.195 * 53_f64.to_radians().cos()));
        for (km, inside) in [(9.99, true), (10.01, false)] {
            for (dlat, dlon) in [(km, 0.0), (-km, 0.0), (0.0, km), (0.0, -km)] {
                let point = Point { lat: 53.0 + dlat * lat, lon: -1.5 + dlon * lon };
                assert_eq!(circle.contains(point), inside, "{km} {dlat} {dlon}");
            }
        }
    }

    #[test]
    fn nearby_the_series_give_what_the_formula_gives() {
        for lat in [-89.9, -60.0, 0.0, 49.9, 53.0, 55.8, 80.0] {
            let circle = Circle::new(Point { lat, lon: -1.5 }, 1.0).unwrap();
            for north in [-1.14, -0.5, -1e-6, 0.0, 1e-5, 0.3, 1.14] {
                for east in [-2.28, -0.7, 0.0, 1e-6, 0.01, 2.28] {
                    let to = Point { lat: lat + north, lon: -1.5 + east };
                    let series = circle.metres_to(to.lat.to_radians(), f64::to_radians(east));
                    let formula = metres_between(circle.centre, to);
                    assert!(
                        (series - formula).abs() < 1e-6,
                        "{lat} {north} {east}: {series} {formula}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_circle_without_a_real_centre_or_radius_is_none() {
        let nowhere = Point { lat: f64::NAN, lon: 0.0 };
        assert!(Circle::new(nowhere, 10.0).is_none());
        assert!(Circle::new(AT_53, f64::NAN).is_none());
        assert!(Circle::new(AT_53, -1.0).is_none());
    }
}
