//! One outline in whole millionths of a degree, and the test whether a point is inside.

use std::sync::OnceLock;

use geo::{Coord, LineString, MultiPolygon, Polygon};

/// Parts of an area, each a ring with its holes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outline {
    bounds: [i32; 4],
    pub(crate) parts: Box<[Part]>,
}

/// A polygon: closed rings one after another, the outer one first.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// West, south, east, north.
    bounds: [i32; 4],
    /// Longitude and latitude.
    points: Box<[[i32; 2]]>,
    /// Where each ring ends in `points`.
    ends: Box<[u32]>,
    bands: OnceLock<Bands>,
}

/// The edges by bands of latitude, so that only a few are looked at.
#[derive(Debug, Clone)]
struct Bands {
    height: i64,
    starts: Vec<u32>,
    edges: Vec<u32>,
}

/// Parts with fewer points are quicker to walk round than to sort into bands.
const WALKED: usize = 96;

impl Outline {
    pub(crate) fn new(parts: Vec<Part>) -> Self {
        let bounds = parts
            .iter()
            .map(|part| part.bounds)
            .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]);
        Self { bounds: bounds.unwrap_or_default(), parts: parts.into() }
    }

    pub(crate) fn from_shape(shape: &MultiPolygon<f64>) -> Self {
        Self::new(shape.iter().filter_map(Part::from_polygon).collect())
    }

    pub(crate) fn to_shape(&self) -> MultiPolygon<f64> {
        MultiPolygon(self.parts.iter().map(Part::to_polygon).collect())
    }

    pub(crate) fn contains(&self, x: i32, y: i32) -> bool {
        self.parts.iter().any(|part| part.contains(x, y))
    }

    pub(crate) fn bounds(&self) -> [i32; 4] {
        self.bounds
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    pub(crate) fn points(&self) -> usize {
        self.parts.iter().map(|part| part.points.len()).sum()
    }

    pub(crate) fn memory(&self) -> usize {
        self.parts.iter().map(|part| part.points.len() * 8 + part.ends.len() * 4 + 136).sum()
    }
}

impl Part {
    /// Closed rings, the outer one first; none where the outer one has no area.
    pub(crate) fn new(rings: impl Iterator<Item = Vec<[i32; 2]>>) -> Option<Self> {
        let mut points = Vec::new();
        let mut ends = Vec::new();
        for (at, ring) in rings.enumerate() {
            let ring = closed(ring);
            let area = doubled_area(&ring);
            if area == 0 && at == 0 {
                return None;
            }
            if area == 0 {
                continue;
            }
            let outward = (area > 0) == (at == 0);
            if outward {
                points.extend(ring);
            } else {
                points.extend(ring.into_iter().rev());
            }
            ends.push(u32::try_from(points.len()).ok()?);
        }
        let bounds = points
            .iter()
            .map(|[x, y]| [*x, *y, *x, *y])
            .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])?;
        Some(Self { bounds, points: points.into(), ends: ends.into(), bands: OnceLock::new() })
    }

    fn from_polygon(polygon: &Polygon<f64>) -> Option<Self> {
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        let whole = |ring: &LineString<f64>| -> Vec<[i32; 2]> {
            let finite = ring.coords().filter(|at| at.x.is_finite() && at.y.is_finite());
            finite.map(|at| [millionths(at.x), millionths(at.y)]).collect()
        };
        Self::new(rings.map(whole))
    }

    /// The rings, closed, the outer one first.
    pub(crate) fn rings(&self) -> impl Iterator<Item = &[[i32; 2]]> {
        let starts = std::iter::once(0).chain(self.ends.iter().map(|end| *end as usize));
        starts.zip(&self.ends).filter_map(|(start, end)| self.points.get(start..*end as usize))
    }

    pub(crate) fn bounds(&self) -> [i32; 4] {
        self.bounds
    }

    fn to_polygon(&self) -> Polygon<f64> {
        let degrees = |[x, y]: &[i32; 2]| Coord { x: f64::from(*x) / 1e6, y: f64::from(*y) / 1e6 };
        let mut rings = self.rings().map(|ring| LineString(ring.iter().map(degrees).collect()));
        let outer = rings.next().unwrap_or_else(LineString::empty);
        Polygon::new(outer, rings.collect())
    }

    pub(crate) fn contains(&self, x: i32, y: i32) -> bool {
        let [west, south, east, north] = self.bounds;
        if x < west || x > east || y < south || y > north {
            return false;
        }
        if self.points.len() < WALKED {
            let edges = self.rings().flat_map(|ring| ring.array_windows());
            return edges.filter(|[a, b]| crosses(*a, *b, x, y)).count() % 2 == 1;
        }
        let bands = self.bands.get_or_init(|| Bands::of(self));
        let edges = bands.at(i64::from(y) - i64::from(south));
        let crossed = edges.iter().filter(|edge| {
            let at = **edge as usize;
            matches!(self.points.get(at..at + 2), Some([a, b]) if crosses(*a, *b, x, y))
        });
        crossed.count() % 2 == 1
    }
}

impl Bands {
    fn of(part: &Part) -> Self {
        let [_, south, _, north] = part.bounds;
        let count = (part.points.len() / 8).clamp(1, 8192);
        let height = (i64::from(north) - i64::from(south)) / i64::try_from(count).unwrap_or(1) + 1;
        let band =
            |y: i32| usize::try_from((i64::from(y) - i64::from(south)) / height).unwrap_or(0);
        let mut bands = vec![Vec::new(); count];
        let mut first = 0u32;
        for ring in part.rings() {
            for (at, [a, b]) in (first..).zip(ring.array_windows()) {
                let (low, high) = (band(a[1].min(b[1])), band(a[1].max(b[1])));
                let crossed = bands.get_mut(low..=high).unwrap_or_default();
                for band in crossed {
                    band.push(at);
                }
            }
            first += u32::try_from(ring.len()).unwrap_or_default();
        }
        let mut packed = Self { height, starts: vec![0], edges: Vec::new() };
        for band in bands {
            packed.edges.extend(band);
            packed.starts.push(u32::try_from(packed.edges.len()).unwrap_or(u32::MAX));
        }
        packed
    }

    /// The edges that may be met at a height above the southern bound.
    fn at(&self, height: i64) -> &[u32] {
        let band = usize::try_from(height / self.height).unwrap_or(usize::MAX - 1);
        let range = self.starts.get(band).zip(self.starts.get(band + 1));
        range.and_then(|(a, b)| self.edges.get(*a as usize..*b as usize)).unwrap_or_default()
    }
}

/// Whether a line eastward from the point meets the edge. Exact, and the same for either direction
/// of the edge, so that neighbours agree about their border.
fn crosses(a: [i32; 2], b: [i32; 2], x: i32, y: i32) -> bool {
    if (a[1] > y) == (b[1] > y) {
        return false;
    }
    let [ax, ay, bx, by] = [a[0], a[1], b[0], b[1]].map(i64::from);
    let side = (bx - ax) * (i64::from(y) - ay) - (i64::from(x) - ax) * (by - ay);
    if by > ay { side > 0 } else { side < 0 }
}

/// Twice the signed area, positive when anticlockwise, in square millionths.
pub(crate) fn doubled_area(ring: &[[i32; 2]]) -> i128 {
    let edges = ring.array_windows().map(|[a, b]| {
        let [ax, ay, bx, by] = [a[0], a[1], b[0], b[1]].map(i64::from);
        i128::from(ax * by - bx * ay)
    });
    edges.sum()
}

/// Degrees in whole millionths, held to the globe.
#[expect(clippy::cast_possible_truncation, reason = "clamped to 360 degrees")]
pub(crate) fn millionths(degrees: f64) -> i32 {
    (degrees.clamp(-360.0, 360.0) * 1e6).round() as i32
}

fn closed(mut ring: Vec<[i32; 2]>) -> Vec<[i32; 2]> {
    ring.dedup();
    if ring.first() != ring.last() {
        ring.extend(ring.first().copied());
    }
    ring
}
