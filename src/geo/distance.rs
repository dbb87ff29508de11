//! How far it is, and how that is said.

use std::fmt;

use crate::domain::Point;

/// A length in metres.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Metres(pub f64);

/// A distance said roughly, for points that are themselves rough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MilesBand {
    UnderOne,
    OneToThree,
    ThreeToFive,
    FiveToTen,
    OverTen,
}

/// The international mile.
const METRES_IN_A_MILE: f64 = 1609.344;

/// The mean radius R1 of the Earth, IUGG 1980.
const EARTH_RADIUS: f64 = 6_371_008.8;

impl Metres {
    /// The great-circle distance, by the haversine formula (R. W. Sinnott, "Virtues of the
    /// Haversine", Sky and Telescope 68, 1984). On a sphere: within 0.5% of the ellipsoid.
    #[must_use]
    pub fn between(a: Point, b: Point) -> Self {
        let half_lat = ((b.lat - a.lat).to_radians() / 2.0).sin();
        let half_lon = ((b.lon - a.lon).to_radians() / 2.0).sin();
        let cosines = a.lat.to_radians().cos() * b.lat.to_radians().cos();
        let chord = half_lat.mul_add(half_lat, cosines * half_lon * half_lon);
        Self(2.0 * EARTH_RADIUS * chord.clamp(0.0, 1.0).sqrt().asin())
    }

    #[must_use]
    pub fn from_miles(miles: f64) -> Self {
        Self(miles * METRES_IN_A_MILE)
    }

    /// In whole metres, as addresses carry them; at most what fits.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "what is too large or below zero ends at the bounds"
    )]
    pub fn whole(self) -> u32 {
        self.0.round() as u32
    }

    #[must_use]
    pub fn miles(self) -> f64 {
        self.0 / METRES_IN_A_MILE
    }

    /// The band that it falls in; a bound belongs to the band above it.
    #[must_use]
    pub fn band(self) -> MilesBand {
        match self.miles() {
            miles if miles < 1.0 => MilesBand::UnderOne,
            miles if miles < 3.0 => MilesBand::OneToThree,
            miles if miles < 5.0 => MilesBand::ThreeToFive,
            miles if miles < 10.0 => MilesBand::FiveToTen,
            _ => MilesBand::OverTen,
        }
    }
}

/// In miles, as people in England say it: `0.4 miles`, `1 mile`, `12 miles`.
impl fmt::Display for Metres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let miles = self.miles();
        if miles < 0.05 {
            return f.write_str("under 0.1 miles");
        }
        if miles >= 9.95 {
            return write!(f, "{miles:.0} miles");
        }
        match format!("{miles:.1}").as_str() {
            "1.0" => f.write_str("1 mile"),
            text => write!(f, "{} miles", text.strip_suffix(".0").unwrap_or(text)),
        }
    }
}

impl fmt::Display for MilesBand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnderOne => "under 1 mile",
            Self::OneToThree => "1 to 3 miles",
            Self::ThreeToFive => "3 to 5 miles",
            Self::FiveToTen => "5 to 10 miles",
            Self::OverTen => "over 10 miles",
        })
    }
}

/// The middle of some points: the median of each coordinate, so that one far venue does not
/// pull a directory's home away from its people. `None` of none.
#[must_use]
pub fn middle(points: impl IntoIterator<Item = Point>) -> Option<Point> {
    let (mut lats, mut lons): (Vec<f64>, Vec<f64>) =
        points.into_iter().map(|point| (point.lat, point.lon)).unzip();
    Some(Point { lat: median(&mut lats)?, lon: median(&mut lons)? })
}

fn median(numbers: &mut [f64]) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::{
        MilesBand::{FiveToTen, OneToThree, OverTen, ThreeToFive, UnderOne},
        *,
    };

    const WIGAN: Point = Point { lat: 53.5430, lon: -2.6371 };

    #[test]
    fn a_circle_of_ten_kilometres_at_53_degrees_reaches_ten_kilometres() {
        // A degree of longitude is 111.195 km × cos(latitude); Mercator metres would give 6.
        let east =
            Point { lon: WIGAN.lon + 10.0 / (111.195 * 53.543_f64.to_radians().cos()), ..WIGAN };
        assert!((Metres::between(WIGAN, east).0 - 10_000.0).abs() < 10.0);
    }

    #[test]
    fn wigan_to_leigh_is_about_six_miles() {
        let leigh = Point { lat: 53.4964, lon: -2.5197 };
        assert_eq!(Metres::between(WIGAN, leigh).to_string(), "5.8 miles");
        assert_eq!(Metres::between(WIGAN, WIGAN), Metres(0.0));
    }

    #[test]
    fn distances_are_said_in_miles() {
        let said: Vec<String> = [10.0, 644.0, 1609.0, 3219.0, 15_990.0, 20_000.0]
            .into_iter()
            .map(|metres| Metres(metres).to_string())
            .collect();
        assert_eq!(
            said,
            ["under 0.1 miles", "0.4 miles", "1 mile", "2 miles", "9.9 miles", "12 miles"]
        );
    }

    #[test]
    fn bands_begin_at_their_lower_bound() {
        let bands = [0.99, 1.0, 3.0, 5.0, 10.0].map(|miles| Metres::from_miles(miles).band());
        assert_eq!(bands, [UnderOne, OneToThree, ThreeToFive, FiveToTen, OverTen]);
    }

    #[test]
    fn one_far_venue_does_not_move_the_middle() {
        let london = Point { lat: 51.5, lon: -0.1 };
        assert_eq!(middle([WIGAN, london, WIGAN]), Some(WIGAN));
        assert_eq!(middle([]), None);
    }
}
