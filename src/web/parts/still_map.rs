//! The map that the server draws: equirectangular, with longitude shrunk by the cosine of the
//! latitude, so that a mile is as long either way. It is all there is without scripts, and on paper.

use geo::MultiPolygon;
use maud::{Markup, html};

use crate::{
    domain::Point,
    search::wording,
    web::chart::{Bounds, Chart, Pin},
};

/// How wide and how high a drawing is, in its own units.
pub const WIDTH: f64 = 600.0;
/// See [`WIDTH`].
pub const HEIGHT: f64 = 360.0;
/// Room around what is shown, so that no pin is cut off.
const MARGIN: f64 = 34.0;
/// Pins nearer than this stand in a row.
const APART: f64 = 31.0;
/// How many pins stand in one line.
const A_LINE: usize = 5;

/// The drawing, with a sentence that says what is on it.
#[must_use]
pub fn still_map(chart: &Chart) -> Markup {
    let frame = Frame::of(chart.bounds);
    let origin = chart
        .origin
        .as_ref()
        .map(|origin| (frame.place(origin.point), frame.length(origin.spread.0)));
    html! {
        svg class="ha-map__still" viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label=(sentence(chart)) {
            @if let Some(outline) = outline(chart, &frame) { path class="ha-map__area" d=(outline) {} }
            @if let Some(((x, y), spread)) = origin {
                @if spread > 1.0 { circle class="ha-map__radius" cx=(tenths(x)) cy=(tenths(y)) r=(tenths(spread)) {} }
                circle class="ha-map__origin" cx=(tenths(x)) cy=(tenths(y)) r="7" {}
            }
            @for (pin, x, y) in spaced(&chart.pins, &frame) {
                circle class="ha-map__dot" cx=(tenths(x)) cy=(tenths(y)) r="15" {}
                text class="ha-map__digit" x=(tenths(x)) y=(tenths(y + 5.0)) { (pin.number) }
            }
        }
    }
}

/// The outline of a place, with a sentence that says which.
#[must_use]
pub fn still_area(chart: &Chart, label: &str) -> Markup {
    let outline = outline(chart, &Frame::of(chart.bounds));
    html! {
        svg class="ha-map__still" viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label=(label) {
            @if let Some(outline) = outline { path class="ha-map__area" d=(outline) {} }
        }
    }
}

/// What is on the map, in a sentence.
#[must_use]
pub fn sentence(chart: &Chart) -> String {
    let pins = wording::counted(chart.pins.len(), "numbered place", "numbered places");
    let from = chart.origin.as_ref().map(|origin| origin.label.as_str());
    match (from, chart.farthest()) {
        (Some(from), Some(farthest)) if chart.pins.len() > 1 => {
            format!(
                "{pins}, all within {} of {from}",
                crate::geo::Metres::from_miles(farthest.miles().ceil())
            )
        }
        (Some(from), _) => format!("{pins} around {from}"),
        (None, _) => pins,
    }
}

/// How degrees become units of the drawing.
pub struct Frame {
    west: f64,
    north: f64,
    /// Units in a degree of latitude, and of longitude.
    tall: f64,
    broad: f64,
    left: f64,
    top: f64,
}

impl Frame {
    /// The frame of a drawing that shows a box.
    #[must_use]
    pub fn of(bounds: Bounds) -> Self {
        let shrink = f64::midpoint(bounds.south, bounds.north).to_radians().cos();
        let (lat, lon) = (bounds.north - bounds.south, (bounds.east - bounds.west) * shrink);
        let (room_x, room_y) = (WIDTH - 2.0 * MARGIN, HEIGHT - 2.0 * MARGIN);
        let tall = (room_x / lon).min(room_y / lat);
        Self {
            west: bounds.west,
            north: bounds.north,
            tall,
            broad: tall * shrink,
            left: (WIDTH - lon * tall) / 2.0,
            top: (HEIGHT - lat * tall) / 2.0,
        }
    }

    fn place(&self, point: Point) -> (f64, f64) {
        self.at(point.lat, point.lon)
    }

    fn at(&self, lat: f64, lon: f64) -> (f64, f64) {
        (
            (lon - self.west).mul_add(self.broad, self.left),
            (self.north - lat).mul_add(self.tall, self.top),
        )
    }

    /// How many degrees of latitude are so many units.
    #[must_use]
    pub fn degrees(&self, units: f64) -> f64 {
        units / self.tall
    }

    fn length(&self, metres: f64) -> f64 {
        metres / 111_195.0 * self.tall
    }
}

/// The outline of the place as a path.
fn outline(chart: &Chart, frame: &Frame) -> Option<String> {
    chart.area.as_ref().map(|area| path(area, frame))
}

/// An outline as the path of a drawing.
#[must_use]
pub fn path(area: &MultiPolygon, frame: &Frame) -> String {
    use std::fmt::Write;
    let mut path = String::new();
    for polygon in area {
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            for (index, coord) in ring.coords().enumerate() {
                let (x, y) = frame.at(coord.y, coord.x);
                let step = if index == 0 { 'M' } else { 'L' };
                // Writing to a text cannot fail.
                let _ = write!(path, "{step}{x:.1} {y:.1}");
            }
            path.push('Z');
        }
    }
    path
}

/// Each pin with its place on the drawing; those that would cover each other stand side by side.
fn spaced<'a>(pins: &'a [Pin], frame: &Frame) -> Vec<(&'a Pin, f64, f64)> {
    let mut rows: Vec<((f64, f64), Vec<&Pin>)> = Vec::new();
    for pin in pins {
        let (x, y) = frame.place(pin.point);
        match rows.iter_mut().find(|((rx, ry), _)| (rx - x).hypot(ry - y) < APART) {
            Some((_, row)) => row.push(pin),
            None => rows.push(((x, y), vec![pin])),
        }
    }
    rows.into_iter().flat_map(|((x, y), row)| side_by_side(row, x, y)).collect()
}

/// Pins of one spot around it, a few to a line.
fn side_by_side(pins: Vec<&Pin>, x: f64, y: f64) -> Vec<(&Pin, f64, f64)> {
    let wide = steps(pins.len().min(A_LINE));
    let high = steps(pins.len().div_ceil(A_LINE));
    let left = (x - wide / 2.0).clamp(15.0, (WIDTH - 15.0 - wide).max(15.0));
    let top = (y - high / 2.0).clamp(15.0, (HEIGHT - 15.0 - high).max(15.0));
    let placed = pins.into_iter().enumerate();
    placed
        .map(|(at, pin)| (pin, left + steps(at % A_LINE + 1), top + steps(at / A_LINE + 1)))
        .collect()
}

/// The length of a line of so many pins, from the first one's middle to the last one's.
fn steps(pins: usize) -> f64 {
    (1..pins).fold(0.0, |length, _| length + APART)
}

fn tenths(units: f64) -> String {
    format!("{units:.1}")
}
