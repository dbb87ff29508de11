//! The drawn areas of all footprints: which of them hold a point.

use std::collections::HashMap;

use geo::MultiPolygon;

use super::BoundarySet;
use crate::domain::{PlaceCode, PlaceKind, Point};

/// Drawn areas by code. Two footprints with the same drawing share a code, so each insertion
/// counts, and the area stays until it was removed as often.
#[derive(Debug, Default)]
pub struct DrawnAreas {
    areas: HashMap<PlaceCode, (MultiPolygon, usize)>,
    boundaries: BoundarySet,
}

impl DrawnAreas {
    /// Takes an area of a footprint.
    pub fn insert(&mut self, code: &PlaceCode, shape: &MultiPolygon) {
        if let Some((_, count)) = self.areas.get_mut(code) {
            *count += 1;
            return;
        }
        self.boundaries.insert(code.clone(), PlaceKind::Custom, shape);
        self.areas.insert(code.clone(), (shape.clone(), 1));
    }

    /// Takes an area out when no footprint has it any more.
    pub fn remove(&mut self, code: &PlaceCode) {
        let Some((_, count)) = self.areas.get_mut(code) else { return };
        *count -= 1;
        if *count > 0 {
            return;
        }
        self.areas.remove(code);
        let mut boundaries = BoundarySet::default();
        for (code, (shape, _)) in &self.areas {
            boundaries.insert(code.clone(), PlaceKind::Custom, shape);
        }
        self.boundaries = boundaries;
    }

    /// The codes of the areas that hold a point: a person's codes besides those of the gazetteer.
    #[must_use]
    pub fn containing(&self, point: Point) -> Vec<PlaceCode> {
        self.boundaries.containing(point).into_iter().map(|(_, code)| code.clone()).collect()
    }

    /// The codes of the areas that share ground with a shape: for the question who serves any
    /// part of a place.
    #[must_use]
    pub fn overlapping(&self, shape: &MultiPolygon) -> Vec<PlaceCode> {
        self.boundaries.overlapping(shape).into_iter().map(|found| found.code.clone()).collect()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use geo::polygon;

    use super::*;

    #[test]
    fn an_area_stays_until_its_last_footprint_goes() {
        let shape: MultiPolygon = polygon![
            (x: -2.6, y: 53.5), (x: -2.5, y: 53.5), (x: -2.5, y: 53.6), (x: -2.6, y: 53.6)
        ]
        .into();
        let code = PlaceCode::from("drawn:1");
        let inside = Point { lat: 53.55, lon: -2.55 };
        let mut drawn = DrawnAreas::default();
        drawn.insert(&code, &shape);
        drawn.insert(&code, &shape);
        drawn.remove(&code);
        assert_eq!(drawn.containing(inside).len(), 1);
        assert_eq!(drawn.containing(Point { lat: 53.65, lon: -2.55 }), []);
        assert_eq!(drawn.overlapping(&shape).len(), 1);
        drawn.remove(&code);
        assert!(drawn.containing(inside).is_empty() && drawn.is_empty());
        drawn.remove(&code);
    }
}
