//! The outlines of places: which places hold a point, and which an area touches.
//!
//! Outlines are kept in whole millionths of a degree (0.11 m). A point on a border that two
//! places share exactly is in one of them, never in both or neither.

mod crossing;
mod outline;
mod overlap;

use std::{
    collections::{BTreeSet, HashMap},
    sync::OnceLock,
};

pub(crate) use crossing::crosses_itself;
use geo::MultiPolygon;
pub(crate) use outline::{Outline, Part, millionths};
pub use overlap::Overlap;
use rstar::{
    AABB, RTree,
    primitives::{GeomWithData, Rectangle},
};

use crate::domain::{PlaceCode, PlaceKind, Point};

/// A box around an outline, and the outline's number.
type Box = GeomWithData<Rectangle<[f64; 2]>, u32>;

/// Outlines by code, with a tree over their boxes that is grown when it is first asked.
#[derive(Debug, Default)]
pub struct BoundarySet {
    bounded: Vec<Bounded>,
    by_code: HashMap<PlaceCode, u32>,
    boxes: OnceLock<RTree<Box>>,
}

/// A place with its outline.
#[derive(Debug, Clone)]
pub(crate) struct Bounded {
    pub(crate) code: PlaceCode,
    pub(crate) kind: PlaceKind,
    pub(crate) outline: Outline,
}

impl BoundarySet {
    /// Takes a shape in WGS84 degrees (x is the longitude). A shape of a known code replaces the
    /// old one. Rings need not be wound in any direction; those without an area are passed over.
    pub fn insert(&mut self, code: PlaceCode, kind: PlaceKind, shape: &MultiPolygon<f64>) {
        self.insert_outline(Bounded { code, kind, outline: Outline::from_shape(shape) });
    }

    /// The places that hold a point, narrow kinds first.
    #[must_use]
    pub fn containing(&self, point: Point) -> Vec<(PlaceKind, &PlaceCode)> {
        let (x, y) = (outline::millionths(point.lon), outline::millionths(point.lat));
        let at = AABB::from_point([f64::from(x), f64::from(y)]);
        let near = self.boxes().locate_in_envelope_intersecting(&at);
        let bounded = near.filter_map(|found| self.bounded.get(found.data as usize));
        let inside = bounded.filter(|bounded| bounded.outline.contains(x, y));
        let mut places: Vec<_> = inside.map(|bounded| (bounded.kind, &bounded.code)).collect();
        places.sort_unstable();
        places
    }

    /// Whether a place holds a point; none where its outline is not known.
    #[must_use]
    pub fn contains(&self, code: &PlaceCode, point: Point) -> Option<bool> {
        let outline = &self.bounded(code)?.outline;
        Some(outline.contains(outline::millionths(point.lon), outline::millionths(point.lat)))
    }

    /// The outline of a place in WGS84 degrees: outer rings anticlockwise, closed.
    #[must_use]
    pub fn shape(&self, code: &PlaceCode) -> Option<MultiPolygon<f64>> {
        Some(self.bounded(code)?.outline.to_shape())
    }

    /// The kind of a place whose outline is known.
    #[must_use]
    pub fn kind(&self, code: &PlaceCode) -> Option<PlaceKind> {
        Some(self.bounded(code)?.kind)
    }

    /// The places that share ground with a shape, and how much of each it takes; narrow kinds first.
    #[must_use]
    pub fn overlapping(&self, shape: &MultiPolygon<f64>) -> Vec<Overlap<'_>> {
        overlap::overlapping(self, &Outline::from_shape(shape))
    }

    /// The places that share ground with another, itself left out.
    #[must_use]
    pub fn overlapping_place(&self, code: &PlaceCode) -> Vec<Overlap<'_>> {
        let Some(bounded) = self.bounded(code) else { return Vec::new() };
        let mut overlaps = overlap::overlapping(self, &bounded.outline);
        overlaps.retain(|overlap| overlap.code != code);
        overlaps
    }

    /// Every outline's place.
    pub fn iter(&self) -> impl Iterator<Item = (PlaceKind, &PlaceCode)> {
        self.bounded.iter().map(|bounded| (bounded.kind, &bounded.code))
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.bounded.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bounded.is_empty()
    }

    /// Bytes held in memory, without what is grown when first asked.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.bounded.iter().map(|bounded| bounded.outline.memory() + 150).sum()
    }

    pub(crate) fn insert_outline(&mut self, bounded: Bounded) {
        if bounded.outline.is_empty() {
            return;
        }
        self.boxes = OnceLock::new();
        let next = u32::try_from(self.bounded.len()).unwrap_or(u32::MAX);
        let at = *self.by_code.entry(bounded.code.clone()).or_insert(next);
        match self.bounded.get_mut(at as usize) {
            Some(known) => *known = bounded,
            None => self.bounded.push(bounded),
        }
    }

    /// Takes all outlines of a kind out.
    pub(crate) fn remove_kind(&mut self, kind: PlaceKind) {
        self.keep(|bounded| bounded.kind != kind);
    }

    /// Takes the outlines of some codes out.
    pub(crate) fn remove(&mut self, codes: &BTreeSet<PlaceCode>) {
        self.keep(|bounded| !codes.contains(&bounded.code));
    }

    fn keep(&mut self, wanted: impl Fn(&Bounded) -> bool) {
        let kept = std::mem::take(self).bounded.into_iter().filter(wanted);
        kept.for_each(|bounded| self.insert_outline(bounded));
    }

    pub(crate) fn all(&self) -> &[Bounded] {
        &self.bounded
    }

    pub(crate) fn bounded(&self, code: &PlaceCode) -> Option<&Bounded> {
        self.bounded.get(*self.by_code.get(code)? as usize)
    }

    fn boxes(&self) -> &RTree<Box> {
        self.boxes.get_or_init(|| {
            let numbered = (0u32..).zip(&self.bounded);
            RTree::bulk_load(numbered.map(|(at, bounded)| boxed(at, &bounded.outline)).collect())
        })
    }
}

fn boxed(at: u32, outline: &Outline) -> Box {
    let [west, south, east, north] = outline.bounds().map(f64::from);
    GeomWithData::new(Rectangle::from_corners([west, south], [east, north]), at)
}

#[cfg(test)]
mod tests;
