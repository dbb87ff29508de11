//! The geometry of a feature: polygons in degrees, or on the national grid in spite of the standard.

use std::{cell::RefCell, fmt};

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::{
    domain::Point,
    geo::{
        boundary::{Outline, Part, crosses_itself, millionths},
        grid_to_point,
        import::fault::Fault,
    },
};

/// A geometry as the file gave it.
pub(in crate::geo::import) struct Drawn {
    kind: String,
    coordinates: Nested,
}

/// Arrays in arrays, as far as polygons go.
#[derive(Default)]
enum Nested {
    #[default]
    Nothing,
    Number(f64),
    Position([f64; 2]),
    Line(Vec<[f64; 2]>),
    Rings(Vec<Vec<[f64; 2]>>),
    Polygons(Vec<Vec<Vec<[f64; 2]>>>),
}

/// Reads a geometry while points are left.
pub(super) struct Seed<'a>(pub(super) &'a RefCell<u64>);

/// Reads coordinates so many arrays deep.
#[derive(Clone, Copy)]
struct Coordinates<'a> {
    left: &'a RefCell<u64>,
    depth: u8,
}

/// The outline of a geometry, and whether some ring of it crosses itself.
pub(in crate::geo::import) fn outline(drawn: Option<&Drawn>) -> Result<(Outline, bool), Fault> {
    let wrong =
        |expected: &str, found: &str| Err(Fault::of("", expected, found).in_column("geometry"));
    let Some(drawn) = drawn else { return wrong("a Polygon or MultiPolygon", "no geometry") };
    let polygons: Vec<&Vec<Vec<[f64; 2]>>> = match (drawn.kind.as_str(), &drawn.coordinates) {
        ("Polygon", Nested::Rings(rings)) => vec![rings],
        ("MultiPolygon", Nested::Polygons(polygons)) => polygons.iter().collect(),
        ("Polygon" | "MultiPolygon", _) => return wrong("rings of positions", "something else"),
        (kind, _) => return wrong("a Polygon or MultiPolygon", kind),
    };
    let all = || polygons.iter().flat_map(|rings| rings.iter().flatten());
    let on_grid = all().any(|[x, y]| x.abs() > 180.0 || y.abs() > 90.0);
    let mut parts = Vec::with_capacity(polygons.len());
    let mut crossing = false;
    for rings in &polygons {
        let rings: Result<Vec<_>, Fault> = rings.iter().map(|ring| whole(ring, on_grid)).collect();
        let rings = rings?;
        crossing |= rings.iter().any(|ring| crosses_itself(ring));
        parts.extend(Part::new(rings.into_iter()));
    }
    if parts.is_empty() {
        let found = if crossing { "one that crosses itself and has none" } else { "none" };
        return wrong("an outline with an area", found);
    }
    Ok((Outline::new(parts), crossing))
}

/// A ring in whole millionths of a degree.
fn whole(ring: &[[f64; 2]], on_grid: bool) -> Result<Vec<[i32; 2]>, Fault> {
    if ring.len() < 4 {
        let found = format!("{} of them", ring.len());
        return Err(Fault::of("", "rings of four positions or more", found).in_column("geometry"));
    }
    let point = |&[x, y]: &[f64; 2]| {
        let point = if on_grid { grid_to_point(x, y) } else { Point::parse(y, x) };
        let point = point.ok_or_else(|| {
            let expected =
                "longitude and latitude (or eastings and northings) in the British Isles";
            Fault::of("", expected, format!("{x}, {y}")).in_column("geometry")
        })?;
        Ok([millionths(point.lon), millionths(point.lat)])
    };
    ring.iter().map(point).collect()
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Option<Drawn>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Option<Drawn>, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Option<Drawn>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a geometry")
    }

    fn visit_unit<E>(self) -> Result<Option<Drawn>, E> {
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Option<Drawn>, A::Error> {
        let mut drawn = Drawn { kind: String::new(), coordinates: Nested::Nothing };
        while let Some(name) = members.next_key::<String>()? {
            match name.as_str() {
                "type" => drawn.kind = members.next_value()?,
                "coordinates" => {
                    let coordinates = Coordinates { left: self.0, depth: 4 };
                    drawn.coordinates = members.next_value_seed(coordinates)?;
                }
                _ => drop(members.next_value::<IgnoredAny>()?),
            }
        }
        Ok(Some(drawn))
    }
}

impl<'de> DeserializeSeed<'de> for Coordinates<'_> {
    type Value = Nested;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Nested, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Coordinates<'_> {
    type Value = Nested;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("coordinates of a polygon")
    }

    fn visit_f64<E>(self, value: f64) -> Result<Nested, E> {
        Ok(Nested::Number(value))
    }

    #[expect(clippy::cast_precision_loss, reason = "no metre and no degree has sixteen digits")]
    fn visit_i64<E>(self, value: i64) -> Result<Nested, E> {
        Ok(Nested::Number(value as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "no metre and no degree has sixteen digits")]
    fn visit_u64<E>(self, value: u64) -> Result<Nested, E> {
        Ok(Nested::Number(value as f64))
    }

    fn visit_unit<E>(self) -> Result<Nested, E> {
        Ok(Nested::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Nested, A::Error> {
        let Some(depth) = self.depth.checked_sub(1) else {
            return Err(A::Error::custom("coordinates are nested too deeply for a polygon"));
        };
        let inner = Coordinates { depth, ..self };
        let Some(first) = values.next_element_seed(inner)? else { return Ok(Nested::Nothing) };
        let mut nested = match first {
            Nested::Nothing => return Err(A::Error::custom("an empty array among coordinates")),
            Nested::Number(x) => return self.position(x, values),
            Nested::Position(position) => Nested::Line(vec![position]),
            Nested::Line(line) => Nested::Rings(vec![line]),
            Nested::Rings(rings) => Nested::Polygons(vec![rings]),
            Nested::Polygons(_) => {
                return Err(A::Error::custom("coordinates are nested too deeply for a polygon"));
            }
        };
        while let Some(next) = values.next_element_seed(inner)? {
            match (&mut nested, next) {
                (Nested::Line(line), Nested::Position(position)) => line.push(position),
                (Nested::Rings(rings), Nested::Line(line)) => rings.push(line),
                (Nested::Polygons(polygons), Nested::Rings(rings)) => polygons.push(rings),
                _ => return Err(A::Error::custom("coordinates of mixed depth")),
            }
        }
        Ok(nested)
    }
}

impl Coordinates<'_> {
    /// A position after its first number; heights are passed over.
    fn position<'de, A: SeqAccess<'de>>(self, x: f64, mut values: A) -> Result<Nested, A::Error> {
        let Some(y) = values.next_element::<f64>()? else {
            return Err(A::Error::custom("a position with one number"));
        };
        while values.next_element::<IgnoredAny>()?.is_some() {}
        let left = self.left.borrow().checked_sub(1);
        *self.left.borrow_mut() =
            left.ok_or_else(|| A::Error::custom("more points than the limit allows"))?;
        Ok(Nested::Position([x, y]))
    }
}
