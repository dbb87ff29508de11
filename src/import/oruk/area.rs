//! Service areas to footprints.

use serde_json::Value;

use super::node::Node;
use crate::{
    domain::{AreaPart, Footprint, PlaceCode, PlaceKind, Ring},
    import::fault::Kind,
    text::tidy,
};

/// The most corners that a drawn area may have.
const CORNERS: usize = 20_000;

/// The footprint of the service areas, or none where nothing is stated.
pub(super) fn footprint(node: Node<'_>) -> Option<Footprint> {
    let mut footprint = Footprint::default();
    for (part, note) in node.each("service_areas", |row| Some(part(row))) {
        footprint.parts.extend(part.filter(|part| !footprint.parts.contains(part)));
        footprint.note = footprint.note.or(note);
    }
    (!footprint.parts.is_empty()).then_some(footprint)
}

/// A code in the address, a shape, or a name; a sentence is a note beside its name.
fn part(row: Node<'_>) -> (Option<AreaPart>, Option<String>) {
    let name = row.line("name").or_else(|| row.line("service_area"));
    let note =
        row.line("description").or_else(|| name.clone().filter(|name| name.chars().count() > 60));
    let code = ["uri", "extent", "id"]
        .iter()
        .find_map(|field| row.line(field).and_then(|text| gss(&text)));
    if let Some(code) = code {
        return (Some(place(&code, name.unwrap_or_default())), note);
    }
    if let Some(drawn) = drawn(row, name.as_deref()) {
        return (Some(drawn), note);
    }
    (name.map(|name| AreaPart::Named { name: tidy::cut(&name, 200) }), note)
}

/// A place by its code alone: its kind is told by the letters, its edition is not known yet.
pub(in crate::import) fn place(code: &str, name: String) -> AreaPart {
    AreaPart::Place { code: PlaceCode::from(code), kind: kind(code), name, edition: String::new() }
}

/// The statistical code in an address such as `…/statistical-geography/E06000023`.
pub(in crate::import) fn gss(text: &str) -> Option<String> {
    let last = text.trim().trim_end_matches('/').rsplit('/').next()?;
    let letter = last.chars().next().filter(|c| "EWSNK".contains(c.to_ascii_uppercase()))?;
    let rest = last.get(letter.len_utf8()..)?;
    (rest.len() == 8 && rest.bytes().all(|c| c.is_ascii_digit())).then(|| last.to_uppercase())
}

fn kind(code: &str) -> PlaceKind {
    match code.get(..3).unwrap_or_default() {
        "E01" | "W01" => PlaceKind::Lsoa,
        "E02" | "W02" => PlaceKind::Msoa,
        "E05" | "W05" | "S13" => PlaceKind::Ward,
        "E04" | "W04" => PlaceKind::Parish,
        "E10" | "E11" | "E13" | "E47" => PlaceKind::County,
        "E12" => PlaceKind::Region,
        "E14" | "W07" | "S14" => PlaceKind::Constituency,
        "E38" => PlaceKind::SubIcb,
        "E40" => PlaceKind::NhsRegion,
        "E54" => PlaceKind::Icb,
        "E92" | "W92" | "S92" | "N92" | "K02" | "K03" | "K04" => PlaceKind::Nation,
        _ => PlaceKind::Council,
    }
}

/// `GeoJSON` polygons, given as an object or as text.
fn drawn(row: Node<'_>, name: Option<&str>) -> Option<AreaPart> {
    let parsed;
    let shape = match row.get("extent")? {
        Value::String(text) if text.trim_start().starts_with('{') => {
            parsed = serde_json::from_str::<Value>(text).ok()?;
            &parsed
        }
        object @ Value::Object(_) => object,
        _ => return None,
    };
    let shape = shape.get("geometry").unwrap_or(shape);
    let coordinates = shape.get("coordinates")?.clone();
    let polygons: Option<Vec<Vec<Ring>>> = match shape.get("type")?.as_str()? {
        "Polygon" => serde_json::from_value(coordinates).ok().map(|polygon| vec![polygon]),
        "MultiPolygon" => serde_json::from_value(coordinates).ok(),
        _ => None,
    };
    let polygons = polygons.filter(|polygons| is_sound(polygons));
    if polygons.is_none() {
        row.fault(
            Kind::ValueLeftOut,
            "extent",
            "GeoJSON polygons in or near England",
            "another shape",
        );
    }
    polygons.map(|polygons| AreaPart::Drawn { name: name.unwrap_or_default().to_owned(), polygons })
}

fn is_sound(polygons: &[Vec<Ring>]) -> bool {
    let rings = || polygons.iter().flatten();
    let near = |[lon, lat]: &[f64; 2]| (49.0..=61.5).contains(lat) && (-9.5..=2.5).contains(lon);
    rings().map(Vec::len).sum::<usize>() <= CORNERS
        && rings().next().is_some()
        && rings().all(|ring| ring.len() >= 4 && ring.iter().all(near))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_from_its_address() {
        let uri = "http://statistics.data.gov.uk/id/statistical-geography/E06000023";
        assert_eq!(gss(uri).as_deref(), Some("E06000023"));
        assert_eq!(gss("e08000009").as_deref(), Some("E08000009"));
        for none in ["", "http://www.example.com", "E0600002", "é06000023"] {
            assert_eq!(gss(none), None, "{none}");
        }
    }
}
