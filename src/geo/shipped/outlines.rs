//! The outlines that come with the program: the demonstration area and its neighbours.

use geo::MultiPolygon;
use geojson::{Feature, FeatureCollection};

/// The outline of a place, with what its file says of it.
#[derive(Debug)]
pub struct Outline {
    pub code: String,
    pub name: String,
    /// `council`, `icb`, `ward`, `msoa` or `neighbourhood`.
    pub kind: String,
    pub edition: String,
    /// The council that it lies in; empty for a council or board.
    pub council: String,
    pub shape: MultiPolygon,
}

pub(super) fn read(text: &str) -> Vec<Outline> {
    let collection: Option<FeatureCollection> = text.parse().ok();
    collection
        .into_iter()
        .flat_map(|all| all.features)
        .filter_map(|feature| outline(&feature))
        .collect()
}

fn outline(feature: &Feature) -> Option<Outline> {
    let property =
        |name: &str| feature.property(name).and_then(|value| value.as_str()).map(str::to_owned);
    Some(Outline {
        code: property("code")?,
        name: property("name")?,
        kind: property("kind")?,
        edition: property("edition")?,
        council: property("lad")?,
        shape: multi_polygon(feature.geometry.clone()?)?,
    })
}

fn multi_polygon(geometry: geojson::Geometry) -> Option<MultiPolygon> {
    match geo::Geometry::try_from(geometry).ok()? {
        geo::Geometry::MultiPolygon(shape) => Some(shape),
        geo::Geometry::Polygon(polygon) => Some(polygon.into()),
        _ => None,
    }
}
