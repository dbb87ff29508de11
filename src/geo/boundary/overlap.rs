//! Which places share ground with an area, and how much.

use geo::{Area, BooleanOps, MultiPolygon};
use rstar::AABB;

use super::{BoundarySet, Outline, outline::Part};
use crate::domain::{PlaceCode, PlaceKind};

/// A place that shares ground with an area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overlap<'a> {
    pub kind: PlaceKind,
    pub code: &'a PlaceCode,
    /// The share of the place that the area takes: 1 when the place lies wholly inside. Neighbours
    /// that merely share a border, and slivers below a hundredth of both, are left out.
    pub share: f64,
}

/// Slivers under this share of both areas are a matter of drawing, not of ground.
const SLIVER: f64 = 0.01;

pub(super) fn overlapping<'a>(set: &'a BoundarySet, area: &Outline) -> Vec<Overlap<'a>> {
    if area.is_empty() {
        return Vec::new();
    }
    let [west, south, east, north] = area.bounds().map(f64::from);
    let whole = AABB::from_corners([west, south], [east, north]);
    let near = set.boxes().locate_in_envelope_intersecting(&whole);
    let own = square(&area.to_shape());
    let mut overlaps: Vec<Overlap<'a>> = near
        .filter_map(|found| set.bounded.get(found.data as usize))
        .filter_map(|place| {
            let theirs = square(&place.outline.to_shape());
            let shared = shared(area, &place.outline);
            let counts = shared > theirs * SLIVER || shared > own * SLIVER;
            let share = (shared / theirs).min(1.0);
            counts.then_some(Overlap { kind: place.kind, code: &place.code, share })
        })
        .collect();
    overlaps.sort_by(|a, b| (a.kind, a.code).cmp(&(b.kind, b.code)));
    overlaps
}

/// The shared area in square degrees. Both are cut to the box that they share first, as a council
/// has a hundred times the edges that one of its wards meets.
fn shared(one: &Outline, other: &Outline) -> f64 {
    let (a, b) = (one.bounds(), other.bounds());
    let both = [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])];
    if both[0] >= both[2] || both[1] >= both[3] {
        return 0.0;
    }
    let (one, other) = (cut(one, both).to_shape(), cut(other, both).to_shape());
    square(&one.intersection(&other))
}

fn square(shape: &MultiPolygon<f64>) -> f64 {
    shape.unsigned_area()
}

/// An outline cut to a box. Edges that run along the box twice enclose nothing.
fn cut(outline: &Outline, within: [i32; 4]) -> Outline {
    let near = outline.parts.iter().filter(|part| {
        let bounds = part.bounds();
        bounds[0] < within[2]
            && bounds[2] > within[0]
            && bounds[1] < within[3]
            && bounds[3] > within[1]
    });
    let cut = |part: &Part| Part::new(part.rings().map(|ring| cut_ring(ring.to_vec(), within)));
    Outline::new(near.filter_map(cut).collect())
}

/// Sutherland and Hodgman's cut of a ring, side after side.
fn cut_ring(mut ring: Vec<[i32; 2]>, within: [i32; 4]) -> Vec<[i32; 2]> {
    for (side, limit) in within.into_iter().enumerate() {
        let axis = side % 2;
        let inside = |at: [i32; 2]| if side < 2 { at[axis] >= limit } else { at[axis] <= limit };
        let mut kept = Vec::with_capacity(ring.len());
        for [a, b] in ring.array_windows() {
            if inside(*a) {
                kept.push(*a);
            }
            if inside(*a) != inside(*b) {
                kept.push(meet(*a, *b, axis, limit));
            }
        }
        kept.extend(kept.first().copied());
        ring = kept;
    }
    ring
}

/// Where an edge meets the line on which the axis has the value `limit`.
#[expect(clippy::cast_possible_truncation, reason = "between two numbers that fit")]
fn meet(a: [i32; 2], b: [i32; 2], axis: usize, limit: i32) -> [i32; 2] {
    let other = 1 - axis;
    let along = f64::from(limit - a[axis]) / f64::from(b[axis] - a[axis]);
    let value = f64::from(a[other]) + along * f64::from(b[other] - a[other]);
    let mut at = [limit, limit];
    at[other] = value.round() as i32;
    at
}
