//! A type for each shipped table. `|` separates several values in one field.

use std::cmp::Ordering;

use jiff::civil::Date;
use serde::Deserialize;

use crate::domain::Point;

/// A council of 2025.
#[derive(Debug, Deserialize)]
pub struct CouncilRow {
    pub code: String,
    pub name: String,
    pub lat: f64,
    pub lon: f64,
    pub population: u32,
    pub region_code: String,
    icbs: String,
    bbox: String,
}

/// A county with two tiers of council, or a metropolitan county.
#[derive(Debug, Deserialize)]
pub struct CountyRow {
    pub code: String,
    pub name: String,
    lads: String,
}

/// An integrated care board of 2024.
#[derive(Debug, Deserialize)]
pub struct IcbRow {
    pub code: String,
    pub name: String,
    pub lat: f64,
    pub lon: f64,
    pub population: u32,
}

#[derive(Debug, Deserialize)]
pub struct RegionRow {
    pub code: String,
    pub name: String,
    pub lat: f64,
    pub lon: f64,
    pub population: u32,
}

/// A sector or outward code: its middle, and the councils and boards that it touches.
#[derive(Debug, Deserialize)]
pub struct PartRow {
    #[serde(alias = "sector", alias = "outcode")]
    pub part: String,
    pub lat: f64,
    pub lon: f64,
    /// Nine in ten of its postcodes are within this of its middle.
    pub spread_metres: f64,
    /// The council of most of its postcodes.
    pub lad: String,
    icb: String,
    lads: String,
    #[serde(default)]
    icbs: String,
}

/// A name that people search by.
#[derive(Debug, Deserialize)]
pub struct NameRow {
    pub name: String,
    pub kind: String,
    pub lat: f64,
    pub lon: f64,
    pub population: Option<u32>,
    pub lad: String,
    aliases: String,
    approx: String,
}

/// An LSOA of the demonstration area and its figures.
#[derive(Debug, Deserialize)]
pub struct LsoaRow {
    pub lsoa: String,
    pub msoa: String,
    /// The ward of most of its postcodes.
    pub ward: String,
    pub residents: u32,
    pub imd_decile: u8,
    pub lonely_pct: f64,
    pub disabled_pct: f64,
}

/// A council that is no more, or has another code now.
#[derive(Debug, Deserialize)]
pub struct ReplacedRow {
    pub code: String,
    pub name: String,
    pub since: Option<Date>,
    replaced_by: String,
    whole: String,
}

impl CouncilRow {
    /// The boards that share its residents, most first.
    pub fn icbs(&self) -> impl Iterator<Item = &str> {
        several(&self.icbs)
    }

    /// Its south-west and north-east corners.
    #[must_use]
    pub fn corners(&self) -> Option<[Point; 2]> {
        let sides: Vec<f64> = several(&self.bbox).filter_map(|side| side.parse().ok()).collect();
        let [west, south, east, north] = *sides.first_chunk::<4>()?;
        Some([Point { lat: south, lon: west }, Point { lat: north, lon: east }])
    }
}

impl CountyRow {
    pub fn councils(&self) -> impl Iterator<Item = &str> {
        several(&self.lads)
    }
}

impl PartRow {
    #[must_use]
    pub fn point(&self) -> Point {
        Point { lat: self.lat, lon: self.lon }
    }

    #[must_use]
    pub fn outcode(&self) -> &str {
        self.part.split(' ').next().unwrap_or_default()
    }

    #[must_use]
    pub fn is_sector(&self) -> bool {
        self.part.contains(' ')
    }

    /// The councils that it touches, most postcodes first.
    pub fn councils(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.lad.as_str()).chain(several(&self.lads))
    }

    /// The boards that it touches, most postcodes first; for a sector only the first is known.
    pub fn icbs(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.icb.as_str()).chain(several(&self.icbs))
    }
}

impl NameRow {
    pub fn aliases(&self) -> impl Iterator<Item = &str> {
        several(&self.aliases)
    }

    /// Whether the point is only the centre of an outward code.
    #[must_use]
    pub fn is_approximate(&self) -> bool {
        self.approx == "1"
    }
}

impl ReplacedRow {
    pub fn successors(&self) -> impl Iterator<Item = &str> {
        several(&self.replaced_by)
    }

    /// Whether its successors cover its area and no more.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.whole == "1"
    }
}

fn several(field: &str) -> impl Iterator<Item = &str> {
    field.split('|').filter(|value| !value.is_empty())
}

pub(super) fn sorted_parts(mut parts: Vec<PartRow>) -> Vec<PartRow> {
    parts.sort_unstable_by(|a, b| a.part.cmp(&b.part));
    parts
}

pub(super) fn find_part<'a>(parts: &'a [PartRow], part: &str) -> Option<&'a PartRow> {
    let at = parts.binary_search_by(|row| row.part.as_str().cmp(part)).ok()?;
    parts.get(at)
}

/// The run of sorted rows for which `order` is equal.
pub(super) fn under<Row>(rows: &[Row], order: impl Fn(&Row) -> Ordering) -> &[Row] {
    let from = rows.partition_point(|row| order(row).is_lt());
    let to = rows.partition_point(|row| order(row).is_le());
    rows.get(from..to).unwrap_or_default()
}
