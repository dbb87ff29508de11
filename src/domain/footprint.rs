//! The area that a service or partnership serves.

use serde::{Deserialize, Serialize};

use super::place::{PlaceCode, PlaceKind};

/// A closed line of `[longitude, latitude]` in WGS84 degrees.
pub type Ring = Vec<[f64; 2]>;

/// Any set of places, postcode districts and drawn areas, less exclusions.
///
/// A service that has no footprint states no area; one with an empty footprint is refused by the store.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Footprint {
    pub parts: Vec<AreaPart>,
    pub except: Vec<AreaPart>,
    /// In the provider's words, where they said more than codes can.
    pub note: Option<String>,
    /// Only people under this authority may come, however near others live.
    pub own_authority_only: bool,
}

/// A part of a footprint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "part")]
pub enum AreaPart {
    /// A named place by code and edition of its boundary.
    Place {
        code: PlaceCode,
        kind: PlaceKind,
        #[serde(default)]
        name: String,
        /// Such as `2025`; empty where the source gave none.
        #[serde(default)]
        edition: String,
    },
    /// An outward code or sector: `WN1`, `WN1 1`.
    Postcodes { prefix: String },
    /// A drawn area: polygons of an outer ring and its holes.
    Drawn {
        #[serde(default)]
        name: String,
        polygons: Vec<Vec<Ring>>,
    },
    /// A name that could not be resolved to a place; kept, shown and reported, but serves nobody yet.
    Named { name: String },
}

/// How wide an area is, from a neighbourhood to a nation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Breadth {
    Neighbourhood,
    Ward,
    Town,
    Council,
    System,
    Region,
    Nation,
}

impl Breadth {
    /// The breadth as a number from 0 (a neighbourhood) to 1 (a nation).
    #[must_use]
    pub fn as_share(self) -> f32 {
        match self {
            Self::Neighbourhood => 0.0,
            Self::Ward => 0.1,
            Self::Town => 0.25,
            Self::Council => 0.4,
            Self::System => 0.6,
            Self::Region => 0.8,
            Self::Nation => 1.0,
        }
    }
}

impl AreaPart {
    /// How wide the part is. A drawn area is judged by its size elsewhere; here it counts as a town.
    #[must_use]
    pub fn breadth(&self) -> Breadth {
        match self {
            Self::Place { kind, .. } => kind.breadth(),
            Self::Postcodes { prefix } if prefix.contains(' ') => Breadth::Neighbourhood,
            Self::Postcodes { .. } | Self::Drawn { .. } => Breadth::Town,
            Self::Named { .. } => Breadth::Council,
        }
    }
}

impl Footprint {
    /// The breadth of its widest part.
    #[must_use]
    pub fn breadth(&self) -> Breadth {
        let widest = self.parts.iter().map(AreaPart::breadth).max();
        widest.unwrap_or(Breadth::Neighbourhood)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_footprint_is_as_wide_as_its_widest_part() {
        let place = |code: &str, kind| AreaPart::Place {
            code: PlaceCode::from(code),
            kind,
            name: String::new(),
            edition: String::new(),
        };
        let parts = vec![
            place("E05000860", PlaceKind::Ward),
            place("E08000010", PlaceKind::Council),
            AreaPart::Postcodes { prefix: "WN1 1".to_owned() },
        ];
        let footprint = Footprint { parts, ..Footprint::default() };
        assert_eq!(footprint.breadth(), Breadth::Council);
    }
}
