//! Where is it? Postcodes, names, codes and positions to a point, its areas, and how sure.

mod answer;
mod area;
mod asked;
mod atlas;
mod attribution;
mod by_name;
mod choose;
mod codes;
mod custom;
mod describe;
mod elsewhere;
mod ground;
mod homes;
mod known;
mod naming;
mod nearest;
mod qualifier;
mod resolve;
mod stated;
mod suggest;

use std::{
    path::Path,
    sync::{Arc, LazyLock},
};

pub use answer::{
    Candidate, NotCovered, Note, PlaceRef, Precision, Resolution, Whereabouts, kind_in_words,
    kinds_in_words,
};
pub use area::Area;
use atlas::Atlas;
pub use attribution::Attribution;
use by_name::AreaNames;
pub use by_name::Remap;
use custom::CustomAreas;
pub use ground::{ENGLAND, part_code};
pub use homes::Home;
use nearest::Nearest;

use super::{
    BoundarySet, Pack, PackError,
    names::NameIndex,
    shipped::{PartRow, Shipped},
};
use crate::domain::{PlaceCode, PlaceKind};

/// All that is known of places. It never changes: build another one and swap it in. Copies
/// share what they know.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    base: Arc<Base>,
    custom: Arc<CustomAreas>,
}

/// What does not depend on the operator's own areas.
#[derive(Debug)]
struct Base {
    facts: &'static Shipped,
    pack: Option<Pack>,
    atlas: Atlas,
    /// Of the demonstration area; ask `Base::boundaries`.
    boundaries: BoundarySet,
    /// Whether a point in no council is in no part of England.
    all_councils_outlined: bool,
    names: NameIndex,
    area_names: AreaNames,
    /// The middles of the sectors, numbered as in the facts.
    sectors: Nearest,
    /// The demonstration's postcodes, numbered as in the facts.
    postcodes: Nearest,
}

static SHIPPED: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::build(Shipped::facts(), None));

impl Gazetteer {
    /// The gazetteer of the facts that come with the program. The first call takes some tens of
    /// milliseconds.
    #[must_use]
    pub fn shipped() -> Self {
        SHIPPED.clone()
    }

    /// The gazetteer of the pack in a folder (`<state>/geo`) with the shipped facts behind it. A
    /// pack that cannot be read is reported, and the shipped facts go on alone.
    #[must_use]
    pub fn open(folder: &Path) -> (Self, Option<PackError>) {
        match Pack::open(folder) {
            Ok(Some(pack)) => (Self::of(pack), None),
            Ok(None) => (Self::shipped(), None),
            Err(fault) => (Self::shipped(), Some(fault)),
        }
    }

    /// The gazetteer of a pack with the shipped facts behind it.
    #[must_use]
    pub fn of(pack: Pack) -> Self {
        Self::build(Shipped::facts(), Some(pack))
    }

    fn build(facts: &'static Shipped, pack: Option<Pack>) -> Self {
        let atlas = ground::atlas(facts, pack.as_ref());
        let imported = pack.as_ref().map(Pack::boundaries).into_iter().flat_map(BoundarySet::iter);
        let councils = imported.filter(|(kind, _)| *kind == PlaceKind::Council).count();
        let base = Base {
            all_councils_outlined: councils * 50 >= facts.councils.len() * 49,
            names: naming::index(facts, &atlas, pack.as_ref()),
            area_names: AreaNames::new(facts, &atlas),
            sectors: Nearest::new(facts.sectors.iter().map(PartRow::point)),
            postcodes: Nearest::new(facts.demo_postcodes.iter().map(|row| row.point)),
            boundaries: shipped_boundaries(facts, &atlas),
            facts,
            atlas,
            pack,
        };
        Self { base: Arc::new(base), custom: Arc::default() }
    }
}

impl Base {
    /// The outlines of the pack, or of the demonstration area where the pack has none.
    fn boundaries(&self) -> &BoundarySet {
        let imported = self.pack.as_ref().map(Pack::boundaries);
        imported.filter(|set| !set.is_empty()).unwrap_or(&self.boundaries)
    }
}

fn shipped_boundaries(facts: &Shipped, atlas: &Atlas) -> BoundarySet {
    let mut boundaries = BoundarySet::default();
    for outline in &facts.outlines {
        let code = PlaceCode::from(outline.code.as_str());
        if let Some(kind) = atlas.place(&code).map(|place| place.kind) {
            boundaries.insert(code, kind, &outline.shape);
        }
    }
    boundaries
}

#[cfg(test)]
mod tests;
