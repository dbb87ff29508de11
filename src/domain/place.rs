//! Named areas, their figures and who decides there.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{contact::Contact, footprint::Breadth, location::Point};

/// The code of a place: an ONS code such as `E08000010`, an ODS code such as `U12345`, or an operator's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PlaceCode(pub String);

impl PlaceCode {
    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for PlaceCode {
    fn from(code: &str) -> Self {
        Self(code.to_owned())
    }
}

impl fmt::Display for PlaceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What sort of area a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceKind {
    Lsoa,
    Msoa,
    Ward,
    /// An area that an operator drew or put together.
    Custom,
    /// A named town, village or suburb without a boundary.
    Named,
    Sector,
    Outcode,
    Pcn,
    Parish,
    Constituency,
    Council,
    County,
    SubIcb,
    Icb,
    NhsRegion,
    Region,
    Nation,
}

impl PlaceKind {
    /// How wide a place of this kind is, as far as ranking cares.
    #[must_use]
    pub fn breadth(self) -> Breadth {
        match self {
            Self::Lsoa | Self::Msoa | Self::Sector => Breadth::Neighbourhood,
            Self::Ward | Self::Parish => Breadth::Ward,
            Self::Custom | Self::Named | Self::Outcode | Self::Pcn | Self::Constituency => {
                Breadth::Town
            }
            Self::Council | Self::SubIcb => Breadth::Council,
            Self::County | Self::Icb => Breadth::System,
            Self::Region | Self::NhsRegion => Breadth::Region,
            Self::Nation => Breadth::Nation,
        }
    }
}

/// A named area. Its boundary lives with the geography, under the same code and edition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    pub code: PlaceCode,
    pub kind: PlaceKind,
    pub name: String,
    /// The edition of code and boundary, such as `2025`.
    pub edition: String,
    #[serde(default)]
    pub centre: Option<Point>,
    #[serde(default)]
    pub population: Option<u32>,
    #[serde(default)]
    pub indicators: Vec<Indicator>,
    /// The places that it lies in, nearest first.
    #[serde(default)]
    pub parents: Vec<PlaceCode>,
    #[serde(default)]
    pub governance: Governance,
}

/// A figure about a place, with its source and year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    /// Such as `imd_decile` or `lonely_pct`.
    pub name: String,
    pub value: f64,
    pub source: String,
    pub year: u16,
}

/// Who decides in a place, and how to be heard there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Governance {
    pub who_decides: Option<String>,
    pub who_commissions: Option<String>,
    pub how_to_engage: Option<String>,
    pub priorities: Vec<String>,
    /// The measures of success that the place has chosen.
    pub measures: Vec<String>,
    pub contacts: Vec<Contact>,
    pub stated_on: Option<Date>,
}
