//! An operator's own areas from `GeoJSON`: neighbourhoods, partnership footprints.

use geo::MultiPolygon;
use serde::Deserialize;

use super::{
    fault::{Fault, Faults, GeoImportError},
    geojson::{self, Feature, outline},
    source::Limits,
};
use crate::domain::PlaceCode;

/// An area that an operator drew.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomPlace {
    /// The property `code` or `id`, else made of the name.
    pub code: PlaceCode,
    pub name: String,
    /// In WGS84 degrees, outer rings anticlockwise.
    pub shape: MultiPolygon<f64>,
}

impl Limits {
    /// What an area drawn by hand may ask for: 8 MB and 200,000 points.
    #[must_use]
    pub fn for_custom() -> Self {
        Self { geojson_bytes: 8 << 20, vertices: 200_000, ..Self::default() }
    }
}

#[derive(Deserialize)]
struct Top {
    r#type: String,
}

/// Reads a `FeatureCollection`, a `Feature` or a bare `Polygon` or `MultiPolygon`, in degrees or on the
/// national grid. Unlike a published boundary, an area that crosses itself is refused: whoever
/// drew it can say what was meant. All faults are told at once.
pub fn custom_footprint(text: &str, limits: &Limits) -> Result<Vec<CustomPlace>, GeoImportError> {
    let label = "the area";
    let mut faults = Faults::default();
    if text.len() as u64 > limits.geojson_bytes {
        let expected = format!("at most {} bytes", limits.geojson_bytes);
        faults.file(Fault::of(label, expected, format!("{}", text.len())));
        return Err(GeoImportError::Refused(faults));
    }
    let whole = collection(text);
    let mut places = Vec::new();
    let read =
        geojson::each(
            whole.as_bytes(),
            label,
            limits.vertices,
            &mut |feature, number| match place(&feature, number) {
                Ok(place) => places.push(place),
                Err(fault) => {
                    faults.file(Fault { file: label.to_owned(), ..fault.of_feature(number) });
                }
            },
        );
    match read {
        Err(fault) => faults.file(fault),
        Ok(0) => faults.file(Fault::of(label, "a feature", "none")),
        Ok(_) => same_codes(label, &places, &mut faults),
    }
    if faults.count == 0 { Ok(places) } else { Err(GeoImportError::Refused(faults)) }
}

/// The text as a collection: a feature or a geometry alone is wrapped.
fn collection(text: &str) -> std::borrow::Cow<'_, str> {
    let top = serde_json::from_str::<Top>(text).map(|top| top.r#type);
    match top.as_deref() {
        Ok("Feature") => format!("{{\"features\":[{text}]}}").into(),
        Ok("Polygon" | "MultiPolygon") => {
            format!("{{\"features\":[{{\"properties\":{{}},\"geometry\":{text}}}]}}").into()
        }
        _ => text.into(),
    }
}

fn place(feature: &Feature, number: u64) -> Result<CustomPlace, Fault> {
    let (outline, crossing) = outline(feature.geometry.as_ref())?;
    if crossing {
        let fault = Fault::of("", "an outline that does not cross itself", "one that does");
        return Err(fault.in_column("geometry"));
    }
    let property = |names: &[&str]| {
        let named = names.iter().find_map(|name| feature.properties.get(*name));
        named.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    };
    let name =
        property(&["name", "title", "label", "nm"]).unwrap_or_else(|| format!("Area {number}"));
    let code = property(&["code", "id", "cd"]).unwrap_or_else(|| slug(&name));
    Ok(CustomPlace { code: PlaceCode(code), name, shape: outline.to_shape() })
}

fn same_codes(label: &str, places: &[CustomPlace], faults: &mut Faults) {
    let mut codes: Vec<&str> = places.iter().map(|place| place.code.as_str()).collect();
    codes.sort_unstable();
    for [a, b] in codes.array_windows() {
        if a == b {
            faults.file(Fault::of(
                label,
                "a code of its own for each area",
                format!("{a:?} twice"),
            ));
        }
    }
}

/// `custom-scholes-and-ince` of "Scholes & Ince".
fn slug(name: &str) -> String {
    let plain = name.to_lowercase().replace('&', " and ");
    let words: Vec<&str> =
        plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!("custom-{}", words.join("-"))
}
