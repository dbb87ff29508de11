//! What a map of results shows: worked out once, then drawn by the server and again by the script.
//!
//! Only venues that may be shown and whose point is known exactly are here, so nothing on a map
//! can give a hidden address away.

use geo::{CoordsIter, MultiPolygon, Simplify};
use serde_json::{Value, json};

use super::parts::facts;
use crate::{
    config,
    domain::{LocationKind, Point},
    geo::{Gazetteer, Metres},
    search::{Findings, Found, PlaceUnderstood},
};

/// A map of results.
#[derive(Debug)]
pub struct Chart {
    pub pins: Vec<Pin>,
    pub origin: Option<Origin>,
    pub area: Option<MultiPolygon>,
    pub bounds: Bounds,
}

/// A numbered venue.
#[derive(Debug)]
pub struct Pin {
    pub number: usize,
    pub point: Point,
    pub label: String,
}

/// Where the search is from.
#[derive(Debug)]
pub struct Origin {
    pub point: Point,
    pub label: String,
    /// Whether it is this very spot.
    pub is_exact: bool,
    /// How far around the point it may well be, where no outline says it better.
    pub spread: Metres,
}

/// The box of what is shown, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    pub south: f64,
    pub west: f64,
    pub north: f64,
    pub east: f64,
}

/// Outlines are drawn to about thirty metres.
const FINE_ENOUGH: f64 = 0.0003;
/// A map shows half a mile or so at the least.
const LEAST_SPAN: f64 = 0.008;
const METRES_IN_A_DEGREE: f64 = 111_195.0;

impl Chart {
    /// The map of some results; nothing where there is nothing to put on it.
    #[must_use]
    pub fn of(findings: &Findings, gazetteer: &Gazetteer) -> Option<Self> {
        let pins: Vec<Pin> = findings.results.iter().filter_map(pin).collect();
        let area = area(&findings.understood.place, gazetteer);
        let origin = origin(&findings.understood.place, area.is_some());
        let bounds = bounds(&pins, origin.as_ref(), area.as_ref())?;
        Some(Self { pins, origin, area, bounds })
    }

    /// The outline of a place and nothing else.
    #[must_use]
    pub fn of_area(shape: &MultiPolygon) -> Option<Self> {
        let area = shape.simplify(FINE_ENOUGH);
        let bounds = bounds(&[], None, Some(&area))?;
        Some(Self { pins: Vec::new(), origin: None, area: Some(area), bounds })
    }

    /// The farthest pin from where the search is, where that spot is exact.
    #[must_use]
    pub fn farthest(&self) -> Option<Metres> {
        let origin = self.origin.as_ref().filter(|origin| origin.is_exact)?;
        let away = self.pins.iter().map(|pin| Metres::between(origin.point, pin.point).0);
        away.reduce(f64::max).map(Metres)
    }

    /// What the script draws the live map from.
    #[must_use]
    pub fn data(&self, map: &config::Map) -> Value {
        let Bounds { south, west, north, east } = self.bounds;
        let base = (!map.raster.is_empty()).then(
            || json!({ "kind": "raster", "url": map.raster, "attribution": map.attribution }),
        );
        let pins: Vec<Value> = self.pins.iter().map(pin_data).collect();
        let origin = self.origin.as_ref();
        json!({
            "bounds": [[rounded(south), rounded(west)], [rounded(north), rounded(east)]],
            "base": base,
            "areas": self.area.iter().map(area_data).collect::<Vec<_>>(),
            "pins": pins,
            "origin": origin.map(|origin| json!({
                "lat": rounded(origin.point.lat), "lon": rounded(origin.point.lon), "label": origin.label,
            })),
            "radius_metres": origin.map(|origin| origin.spread.0.round()).filter(|spread| *spread > 0.0),
        })
    }
}

fn pin(found: &Found) -> Option<Pin> {
    let location = facts::venue(&found.record, found.venue)?;
    let is_a_place = location.kind == LocationKind::Physical && location.point_source.is_exact();
    let point = location.point.filter(|_| is_a_place)?;
    Some(Pin { number: found.rank, point, label: found.record.service.name.clone() })
}

fn origin(place: &PlaceUnderstood, is_outlined: bool) -> Option<Origin> {
    match place {
        PlaceUnderstood::Near(spot) => Some(Origin {
            point: spot.point,
            label: spot.label.clone(),
            is_exact: spot.precision.is_exact(),
            spread: if is_outlined { Metres(0.0) } else { spot.spread },
        }),
        _ => None,
    }
}

/// The boundary of the place asked for, where it is one that has a boundary.
fn area(place: &PlaceUnderstood, gazetteer: &Gazetteer) -> Option<MultiPolygon> {
    let code = match place {
        PlaceUnderstood::Near(spot) => spot.place.as_ref()?,
        PlaceUnderstood::Within(place) => &place.code,
        _ => return None,
    };
    Some(gazetteer.area(code)?.shape?.simplify(FINE_ENOUGH))
}

fn bounds(pins: &[Pin], origin: Option<&Origin>, area: Option<&MultiPolygon>) -> Option<Bounds> {
    let pinned = pins.iter().map(|pin| (pin.point.lat, pin.point.lon));
    let outlined = area.into_iter().flat_map(|area| area.coords_iter().map(|c| (c.y, c.x)));
    let around = origin.into_iter().flat_map(|origin| corners(origin.point, origin.spread));
    let all = pinned.chain(outlined).chain(around);
    all.map(|(lat, lon)| Bounds { south: lat, west: lon, north: lat, east: lon })
        .reduce(Bounds::with)
        .map(Bounds::wide_enough)
}

/// The corners of the box around a circle.
fn corners(point: Point, radius: Metres) -> [(f64, f64); 2] {
    let lat = radius.0 / METRES_IN_A_DEGREE;
    let lon = lat / point.lat.to_radians().cos();
    [(point.lat - lat, point.lon - lon), (point.lat + lat, point.lon + lon)]
}

impl Bounds {
    /// The box around some outlines; nothing where there are none.
    pub fn of_areas<'a>(areas: impl Iterator<Item = &'a MultiPolygon>) -> Option<Self> {
        let coords = areas.flat_map(CoordsIter::coords_iter);
        let points = coords.map(|c| Self { south: c.y, west: c.x, north: c.y, east: c.x });
        points.reduce(Self::with).map(Self::wide_enough)
    }

    fn with(self, other: Self) -> Self {
        Self {
            south: self.south.min(other.south),
            west: self.west.min(other.west),
            north: self.north.max(other.north),
            east: self.east.max(other.east),
        }
    }

    fn wide_enough(self) -> Self {
        let missing = |span: f64| ((LEAST_SPAN - span) / 2.0).max(0.0);
        let (lat, lon) = (missing(self.north - self.south), missing(self.east - self.west));
        Self {
            south: self.south - lat,
            west: self.west - lon,
            north: self.north + lat,
            east: self.east + lon,
        }
    }
}

fn pin_data(pin: &Pin) -> Value {
    json!({
        "n": pin.number,
        "lat": rounded(pin.point.lat),
        "lon": rounded(pin.point.lon),
        "label": pin.label,
        "href": format!("#r{}", pin.number),
    })
}

fn area_data(area: &MultiPolygon) -> Value {
    let ring = |ring: &geo::LineString| {
        ring.coords().map(|c| json!([rounded(c.x), rounded(c.y)])).collect::<Value>()
    };
    let polygons: Vec<Value> = area
        .iter()
        .map(|polygon| {
            std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect()
        })
        .collect();
    json!({ "type": "Feature", "properties": {}, "geometry": { "type": "MultiPolygon", "coordinates": polygons } })
}

/// To about a metre.
fn rounded(degrees: f64) -> f64 {
    (degrees * 100_000.0).round() / 100_000.0
}
