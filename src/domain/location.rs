//! Sites where services happen.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    access::AccessFeature, eligibility::Answer, id::LocationId, provenance::Provenance,
    upkeep::Upkeep,
};

/// A WGS84 position in degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    pub lat: f64,
    pub lon: f64,
}

impl Point {
    /// A position somewhere in or near the British Isles; anything else, (0, 0) above all, is a fault of its source.
    #[must_use]
    pub fn parse(lat: f64, lon: f64) -> Option<Self> {
        ((49.0..=61.5).contains(&lat) && (-9.5..=2.5).contains(&lon)).then_some(Self { lat, lon })
    }
}

/// A site. One that is confidential is known by its area only, outside the store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Location {
    pub id: LocationId,
    pub kind: LocationKind,
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub address: Option<Address>,
    #[serde(default)]
    pub point: Option<Point>,
    #[serde(default)]
    pub point_source: PointSource,
    /// The unique property reference number, where known.
    #[serde(default)]
    pub uprn: Option<String>,
    /// A feature that is not here was not stated.
    #[serde(default)]
    pub access: BTreeMap<AccessFeature, Answer>,
    /// How to get there: buses, where to park, which door.
    #[serde(default)]
    pub getting_there: Option<String>,
    #[serde(default)]
    pub confidential: bool,
    #[serde(default)]
    pub upkeep: Upkeep,
    #[serde(default)]
    pub provenance: Provenance,
}

impl Location {
    /// Its postcode as it is kept, where one is known.
    #[must_use]
    pub fn postcode(&self) -> Option<&str> {
        self.address.as_ref()?.postcode.as_deref()
    }
}

/// What sort of site it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LocationKind {
    Physical,
    Postal,
    Virtual,
}

/// Where the point of a location came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PointSource {
    /// No point is known.
    #[default]
    None,
    /// The source gave coordinates.
    Stated,
    /// The full postcode's own point.
    Postcode,
    /// Only the middle of a wider postcode area: never measured from in metres.
    WiderPostcode,
}

impl PointSource {
    /// Whether distances may be measured from it.
    #[must_use]
    pub fn is_exact(self) -> bool {
        matches!(self, Self::Stated | Self::Postcode)
    }
}

/// A postal address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    pub lines: Vec<String>,
    pub town: Option<String>,
    pub county: Option<String>,
    /// As written by the source where it cannot be read, else in its usual form.
    pub postcode: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_null_island_and_swapped_coordinates_are_not_positions() {
        assert_eq!(Point::parse(0.0, 0.0), None);
        assert_eq!(Point::parse(-2.63, 53.54), None);
        assert_eq!(Point::parse(99.999_999, 0.0), None);
        assert_eq!(Point::parse(f64::NAN, -2.0), None);
        assert!(Point::parse(53.54, -2.63).is_some());
    }
}
