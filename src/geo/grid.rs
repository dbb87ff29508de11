//! The national grid of Great Britain (OSGB36, EPSG:27700) to WGS84.

use std::sync::OnceLock;

use proj4rs::{Proj, transform::transform};

use crate::domain::Point;

const GRID: &str = "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 \
    +ellps=airy +towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489 +units=m +no_defs";
const WGS84: &str = "+proj=longlat +ellps=WGS84 +datum=WGS84 +no_defs";

/// Eastings and northings in metres as a WGS84 point, within two metres (a Helmert shift);
/// none outside Great Britain.
#[must_use]
pub fn grid_to_point(east: f64, north: f64) -> Option<Point> {
    let inside =
        (-200_000.0..=800_000.0).contains(&east) && (-50_000.0..=1_300_000.0).contains(&north);
    let (grid, wgs84) = projections()?;
    let mut at = (east, north, 0.0);
    transform(grid, wgs84, &mut at).ok().filter(|()| inside)?;
    Point::parse(at.1.to_degrees(), at.0.to_degrees())
}

fn projections() -> Option<&'static (Proj, Proj)> {
    static PROJECTIONS: OnceLock<Option<(Proj, Proj)>> = OnceLock::new();
    let make = || Proj::from_proj_string(GRID).ok().zip(Proj::from_proj_string(WGS84).ok());
    PROJECTIONS.get_or_init(make).as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postcodes_of_ons_are_met_within_two_metres() {
        // East, north, latitude, longitude of living postcodes in the NSPL of May 2025.
        let known = [
            (515_489.0, 206_498.0, 51.745_290, -0.328_600),
            (517_781.0, 183_683.0, 51.539_770, -0.303_090),
        ];
        for (east, north, lat, lon) in known {
            let point = grid_to_point(east, north).unwrap();
            assert!((point.lat - lat).abs() < 0.000_03, "{point:?}");
            assert!((point.lon - lon).abs() < 0.000_04, "{point:?}");
        }
    }

    #[test]
    fn what_is_not_on_the_grid_has_no_point() {
        assert_eq!(grid_to_point(f64::NAN, 0.0), None);
        assert_eq!(grid_to_point(f64::INFINITY, 1.0), None);
        assert_eq!(grid_to_point(5e6, 5e6), None);
        assert_eq!(grid_to_point(-2.6, f64::NEG_INFINITY), None);
    }
}
