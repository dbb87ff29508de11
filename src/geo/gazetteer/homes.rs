//! Where people live, for sampling.

use super::Gazetteer;
use crate::{
    domain::{PlaceCode, Point},
    geo::{PackPostcode, Postcode},
};

/// A spot where people live. A postcode is about fifteen homes, so that postcodes taken at random
/// are people taken at random.
#[derive(Clone, Debug, PartialEq)]
pub struct Home {
    pub point: Point,
    /// The full postcode; where only the shipped facts are known, none.
    pub postcode: Option<Postcode>,
    /// The postcode's sector, such as `WN1 1`.
    pub sector: Option<&'static str>,
}

impl Gazetteer {
    /// Every living postcode that has a point, in order; without a pack, the middle of each sector.
    #[must_use]
    pub fn homes(&self) -> Vec<Home> {
        let living = |known: PackPostcode| {
            let point = known.point.filter(|_| known.terminated.is_none())?;
            Some(Home { point, postcode: Some(known.postcode), sector: None })
        };
        let loaded = self.base.pack.iter().flat_map(|pack| pack.postcodes().filter_map(living));
        let homes: Vec<Home> = loaded.collect();
        if !homes.is_empty() {
            return homes;
        }
        let sectors = self.base.facts.sectors.iter();
        sectors
            .map(|row| Home { point: row.point(), postcode: None, sector: Some(&row.part) })
            .collect()
    }

    /// The codes of the places that a home is in.
    #[must_use]
    pub fn codes_of_home(&self, home: &Home) -> Vec<PlaceCode> {
        let known = home.postcode.and_then(|postcode| self.codes_of(&postcode));
        known.unwrap_or_else(|| self.codes_at(home.point))
    }
}
