//! The geo pack: the postcodes, places, names and outlines that an operator imported, in one file.
//!
//! A pack is made by `geo::import`, replaced as a whole, and read into memory at the start. Nothing
//! in it is needed: without one the program answers from the facts that it ships.

mod builder;
mod codes;
mod edition;
mod figures;
mod format;
mod outlines;
mod postcodes;
mod record;
mod wire;

use std::{collections::HashMap, path::Path};

pub(crate) use builder::{NewPostcode, PostcodeTableBuilder};
pub use edition::{Edition, PackName, PackNameKind};
pub(crate) use edition::{Fact, FactSource};
pub(crate) use figures::{FigureColumn, Figures};
pub use format::PackError;
pub(crate) use postcodes::PostcodeTable;
pub use postcodes::{PackPostcode, Quality};
use serde::{Serialize, de::DeserializeOwned};

use super::{Metres, Postcode, PostcodePart, boundary::BoundarySet};
use crate::domain::{Indicator, Place, PlaceCode, Point};

/// What was imported: loaded once, never changed, shared between threads.
#[derive(Debug, Default)]
pub struct Pack {
    parts: PackParts,
    by_code: HashMap<PlaceCode, u32>,
}

/// What a pack is made of; importers fill these.
#[derive(Debug, Default)]
pub(crate) struct PackParts {
    pub(crate) editions: Vec<Edition>,
    pub(crate) postcodes: PostcodeTable,
    pub(crate) boundaries: BoundarySet,
    pub(crate) names: Vec<PackName>,
    /// Names, centres and parents as their files gave them.
    pub(crate) facts: Vec<FactSource>,
    /// Need indicators as their files gave them, by LSOA or MSOA.
    pub(crate) stated: Figures,
    /// The same, summed up to wider places.
    pub(crate) derived: Figures,
    /// Places drawn together from all of these; their indicators are in the figures.
    pub(crate) places: Vec<Place>,
}

impl Pack {
    /// Reads the pack in a folder (`<state>/geo`). `Ok(None)` when none was imported yet; an error
    /// names the file and says what to do.
    pub fn open(folder: &Path) -> Result<Option<Self>, PackError> {
        let Some(mut sections) = format::Sections::open(folder)? else { return Ok(None) };
        // Only an import needs what the files said one by one; here it is checked and let go.
        sections.get("facts")?;
        PackParts::read(&mut sections).map(|parts| Some(Self::from_parts(parts)))
    }

    /// A postcode, terminated ones too.
    #[must_use]
    pub fn postcode(&self, postcode: &Postcode) -> Option<PackPostcode> {
        self.parts.postcodes.find(*postcode)
    }

    /// All postcodes of a sector or an outward code, in order, terminated ones too.
    pub fn within(&self, part: &PostcodePart) -> impl Iterator<Item = PackPostcode> + '_ {
        self.parts.postcodes.within(part)
    }

    /// Where the living postcodes of a sector or outward code are, and a number for the areas of
    /// each: see `areas`. Far less work than `within`.
    pub fn living(&self, part: &PostcodePart) -> impl Iterator<Item = (Point, u32)> + '_ {
        self.parts.postcodes.living(part)
    }

    /// The areas of such a number, as in `PackPostcode::codes`.
    pub fn areas(&self, number: u32) -> impl Iterator<Item = &PlaceCode> {
        self.parts.postcodes.codes().set(number)
    }

    /// The living postcode of a sector or outward code that is nearest to a point.
    #[must_use]
    pub fn nearest(&self, part: &PostcodePart, to: Point) -> Option<PackPostcode> {
        self.parts.postcodes.first_by(part, |point| Metres::between(point, to).0)
    }

    /// Every postcode, in order.
    pub fn postcodes(&self) -> impl Iterator<Item = PackPostcode> + '_ {
        self.parts.postcodes.iter()
    }

    /// A place with its figures and parents.
    #[must_use]
    pub fn place(&self, code: &PlaceCode) -> Option<Place> {
        let place = self.parts.places.get(*self.by_code.get(code)? as usize)?;
        Some(Place { indicators: self.indicators(code), ..place.clone() })
    }

    /// All places by code, with parents and population but without indicators: ask `place` or
    /// `indicators` for those. Half a million figures are not held as records of their own.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.parts.places
    }

    /// The need indicators of a code, also of one whose name is not known.
    #[must_use]
    pub fn indicators(&self, code: &PlaceCode) -> Vec<Indicator> {
        let stated = self.parts.stated.of(code);
        if stated.is_empty() { self.parts.derived.of(code) } else { stated }
    }

    /// Named towns, villages and suburbs.
    #[must_use]
    pub fn names(&self) -> &[PackName] {
        &self.parts.names
    }

    /// The outlines of places.
    #[must_use]
    pub fn boundaries(&self) -> &BoundarySet {
        &self.parts.boundaries
    }

    /// What was imported, of which edition, and to whom it is attributed.
    #[must_use]
    pub fn editions(&self) -> &[Edition] {
        &self.parts.editions
    }

    /// How many postcodes there are, and how many of them went out of use.
    #[must_use]
    pub fn postcode_counts(&self) -> (usize, usize) {
        (self.parts.postcodes.len(), self.parts.postcodes.terminated())
    }

    /// Bytes that postcodes and outlines hold in memory.
    #[must_use]
    pub fn memory(&self) -> (usize, usize) {
        (self.parts.postcodes.memory(), self.parts.boundaries.memory())
    }

    /// A pack in memory of whatever a test needs.
    #[cfg(test)]
    pub(crate) fn made(
        postcodes: &[PackPostcode],
        places: Vec<Place>,
        names: Vec<PackName>,
        boundaries: BoundarySet,
    ) -> Self {
        let mut builder = PostcodeTableBuilder::default();
        for row in postcodes {
            builder.add_known(row);
        }
        let postcodes = builder.finish().0;
        Self::from_parts(PackParts { postcodes, boundaries, names, places, ..PackParts::default() })
    }

    pub(crate) fn from_parts(parts: PackParts) -> Self {
        let by_code = (0u32..).zip(&parts.places).map(|(at, place)| (place.code.clone(), at));
        Self { by_code: by_code.collect(), parts }
    }
}

impl PackParts {
    /// All that an import builds on.
    pub(crate) fn open(folder: &Path) -> Result<Option<Self>, PackError> {
        let Some(mut sections) = format::Sections::open(folder)? else { return Ok(None) };
        let facts = sections.parse("facts", from_json)?;
        Ok(Some(Self { facts, ..Self::read(&mut sections)? }))
    }

    /// All but the facts.
    fn read(sections: &mut format::Sections) -> Result<Self, PackError> {
        Ok(Self {
            editions: sections.parse("editions", from_json)?,
            postcodes: sections.parse("postcode", PostcodeTable::read)?,
            boundaries: sections.parse("outlines", outlines::read)?,
            names: sections.parse("names", from_json)?,
            facts: Vec::new(),
            stated: sections.parse("stated", Figures::read)?,
            derived: sections.parse("derived", Figures::read)?,
            places: sections.parse("places", from_json)?,
        })
    }

    /// Writes the pack in its folder in the place of the old one; its length in bytes.
    pub(crate) fn save(&self, folder: &Path) -> Result<u64, PackError> {
        let sections = [
            ("editions", to_json(&self.editions)),
            ("postcode", self.postcodes.write()),
            ("outlines", outlines::write(&self.boundaries)),
            ("names", to_json(&self.names)),
            ("facts", to_json(&self.facts)),
            ("stated", self.stated.write()),
            ("derived", self.derived.write()),
            ("places", to_json(&self.places)),
        ];
        format::write(folder, &sections)
    }
}

fn to_json<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

fn from_json<T: DeserializeOwned>(section: &[u8]) -> Option<T> {
    serde_json::from_slice(section).ok()
}

#[cfg(test)]
mod tests;
