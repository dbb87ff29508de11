//! The postcodes of the demonstration area, Wigan Borough.

use serde::Deserialize;

use super::{Shipped, rows::under};
use crate::{
    domain::Point,
    geo::{Postcode, PostcodePart},
};

/// A live postcode of the demonstration area and the areas that it lies in.
#[derive(Debug, Deserialize)]
#[serde(try_from = "DemoRow")]
pub struct DemoPostcode {
    pub postcode: Postcode,
    pub point: Point,
    pub lsoa: String,
    pub msoa: String,
    pub ward: String,
}

#[derive(Deserialize)]
struct DemoRow {
    postcode: String,
    lat: f64,
    lon: f64,
    lsoa: String,
    msoa: String,
    ward: String,
}

impl TryFrom<DemoRow> for DemoPostcode {
    type Error = crate::geo::NotAPostcode;

    fn try_from(row: DemoRow) -> Result<Self, Self::Error> {
        Ok(Self {
            postcode: row.postcode.parse()?,
            point: Point { lat: row.lat, lon: row.lon },
            lsoa: row.lsoa,
            msoa: row.msoa,
            ward: row.ward,
        })
    }
}

pub(super) fn sorted(mut postcodes: Vec<DemoPostcode>) -> Vec<DemoPostcode> {
    postcodes.sort_unstable_by_key(|row| row.postcode);
    postcodes
}

impl Shipped {
    /// Where a postcode comes among the demonstration's.
    #[must_use]
    pub fn demo_number(&self, postcode: Postcode) -> u32 {
        let before = self.demo_postcodes.partition_point(|row| row.postcode < postcode);
        u32::try_from(before).unwrap_or(u32::MAX)
    }

    /// The demonstration's postcodes in a postcode, sector or outward code.
    #[must_use]
    pub fn demo_within(&self, part: &PostcodePart) -> &[DemoPostcode] {
        let rows = &self.demo_postcodes;
        match part {
            PostcodePart::Full(postcode) => under(rows, |row| row.postcode.cmp(postcode)),
            PostcodePart::Outcode(outcode) => {
                under(rows, |row| row.postcode.outcode().cmp(outcode))
            }
            PostcodePart::Sector(sector) => under(rows, |row| row.postcode.sector().cmp(sector)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postcodes_are_found_by_any_part() {
        let count = |text: &str| {
            let part = PostcodePart::parse(text).unwrap();
            let found = Shipped::facts().demo_within(&part);
            assert!(
                found.iter().all(|row| row.postcode.to_string().starts_with(&part.to_string()))
            );
            found.len()
        };
        assert_eq!(count("WN1 1YF"), 1);
        assert_eq!(count("WN1 1"), 132);
        assert!(count("WN1") > 132);
        assert_eq!(count("TQ2"), 0);
    }
}
