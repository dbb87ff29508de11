//! Postcodes whose point and areas are known one by one: those of the pack, else those of the
//! demonstration area.

use super::Base;
use crate::{
    domain::{PlaceCode, Point},
    geo::{Metres, PackPostcode, Postcode, PostcodePart, Quality, shipped::DemoPostcode},
};

/// The council of the demonstration area.
pub const DEMONSTRATION: &str = "E08000010";

/// How many sectors about a point are searched for its nearest postcode.
const SECTORS_SEARCHED: usize = 3;

impl Base {
    pub(super) fn known(&self, postcode: Postcode) -> Option<PackPostcode> {
        match self.postcode_pack() {
            Some(pack) => pack.postcode(&postcode),
            None => self.known_within(&PostcodePart::Full(postcode)).next(),
        }
    }

    /// The known postcodes of a part, terminated ones too.
    pub(super) fn known_within(
        &self,
        part: &PostcodePart,
    ) -> Box<dyn Iterator<Item = PackPostcode> + '_> {
        match self.postcode_pack() {
            Some(pack) => Box::new(pack.within(part)),
            None => Box::new(self.facts.demo_within(part).iter().map(of_demonstration)),
        }
    }

    /// Where the living postcodes of a part are, with a number for the areas of each.
    pub(super) fn homes_of(&self, part: &PostcodePart) -> Vec<(Point, u32)> {
        if let Some(pack) = self.postcode_pack() {
            return pack.living(part).collect();
        }
        let rows = self.facts.demo_within(part);
        let first = rows.first().map_or(0, |row| self.facts.demo_number(row.postcode));
        rows.iter().map(|row| row.point).zip(first..).collect()
    }

    /// The areas of such a number.
    pub(super) fn home_areas(&self, number: u32) -> Vec<PlaceCode> {
        if let Some(pack) = self.postcode_pack() {
            return pack.areas(number).cloned().collect();
        }
        let row = self.facts.demo_postcodes.get(number as usize);
        row.map(|row| of_demonstration(row).codes).unwrap_or_default()
    }

    /// The nearest living postcode, when it is this near.
    pub(super) fn known_near(&self, point: Point, reach: Metres) -> Option<PackPostcode> {
        let Some(pack) = self.postcode_pack() else {
            let (at, _) = self.postcodes.nearest(point, reach)?;
            return self.facts.demo_postcodes.get(at).map(of_demonstration);
        };
        let mut sectors: Vec<_> = self.sectors.within(point, SECTOR_REACH).collect();
        sectors.sort_by(|a, b| a.1.0.total_cmp(&b.1.0));
        sectors
            .into_iter()
            .take(SECTORS_SEARCHED)
            .filter_map(|(at, _)| self.facts.sectors.get(at))
            .filter_map(|row| pack.nearest(&PostcodePart::Sector(row.part.clone()), point))
            .filter_map(|known| Some((Metres::between(known.point?, point), known)))
            .filter(|(distance, _)| *distance <= reach)
            .min_by(|a, b| a.0.0.total_cmp(&b.0.0))
            .map(|(_, known)| known)
    }

    fn postcode_pack(&self) -> Option<&crate::geo::Pack> {
        self.pack.as_ref().filter(|pack| pack.postcode_counts().0 > 0)
    }
}

/// Few homes are further from the middle of their sector.
pub const SECTOR_REACH: Metres = Metres(6_000.0);

fn of_demonstration(row: &DemoPostcode) -> PackPostcode {
    let codes = [row.lsoa.as_str(), &row.msoa, &row.ward, DEMONSTRATION].map(PlaceCode::from);
    PackPostcode {
        postcode: row.postcode,
        point: Some(row.point),
        quality: Quality::from_indicator(1),
        terminated: None,
        codes: codes.into(),
    }
}
