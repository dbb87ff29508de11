//! The operator's own areas.

use std::{
    collections::{BTreeSet, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
};

use geo::{BoundingRect, CoordsIter, MultiPolygon};

use super::{Base, Gazetteer, Shipped, codes::CodeSet, known::SECTOR_REACH, part_code};
use crate::{
    domain::{Governance, Place, PlaceCode, PlaceKind, Point},
    geo::{
        BoundarySet, Metres, Pack, PostcodePart, middle,
        names::{NameIndex, NameKind, Named},
        shipped::Outline,
    },
};

/// Areas that an operator drew or put together, and how they lie to the other places.
#[derive(Debug, Default)]
pub struct CustomAreas {
    pub(super) areas: HashMap<PlaceCode, CustomArea>,
    pub(super) boundaries: BoundarySet,
    pub(super) names: NameIndex,
    /// A number that changes when any of the areas does.
    basis: u64,
}

#[derive(Debug)]
pub struct CustomArea {
    pub(super) place: Place,
    /// Every place that shares ground or homes with it.
    pub(super) overlapping: CodeSet,
    /// Those of them that lie wholly inside.
    pub(super) inside: BTreeSet<PlaceCode>,
}

/// A place of which the area takes this share lies in it: outlines differ by a little.
const WHOLE: f64 = 0.99;

impl Gazetteer {
    /// The same gazetteer with these areas of the operator's in the place of any before. One
    /// without an outline is known by code and name, and holds no points.
    #[must_use]
    pub fn with_custom(&self, places: Vec<(Place, Option<MultiPolygon>)>) -> Self {
        let mut custom = CustomAreas { basis: basis(&places), ..CustomAreas::default() };
        for (place, shape) in &places {
            if let Some(shape) = shape {
                custom.boundaries.insert(place.code.clone(), place.kind, shape);
            }
        }
        for (place, shape) in places {
            let area = self.base.place_custom(place, shape.as_ref(), &custom.boundaries);
            if let Some(named) = named(&area) {
                custom.names.insert(named, []);
            }
            custom.areas.insert(area.place.code.clone(), area);
        }
        custom.names.finish();
        Self { base: self.base.clone(), custom: custom.into() }
    }

    /// A number that changes when anything that answers are made with does: the shipped facts,
    /// what was imported, the operator's own areas. What was derived under another is out of date.
    #[must_use]
    pub fn basis(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        Shipped::basis().hash(&mut hasher);
        for edition in self.base.pack.iter().flat_map(Pack::editions) {
            (&edition.what, &edition.edition, &edition.file).hash(&mut hasher);
            (edition.rows, edition.imported_at).hash(&mut hasher);
        }
        self.custom.basis.hash(&mut hasher);
        hasher.finish()
    }

    /// The invented neighbourhoods of the demonstration, to give to `with_custom`.
    #[must_use]
    pub fn demonstration_areas() -> Vec<(Place, Option<MultiPolygon>)> {
        let outlines = &Shipped::facts().neighbourhoods;
        let place = |outline: &Outline| Place {
            code: PlaceCode::from(outline.code.as_str()),
            kind: PlaceKind::Custom,
            name: outline.name.clone(),
            edition: outline.edition.clone(),
            centre: None,
            population: None,
            indicators: Vec::new(),
            parents: Vec::new(),
            governance: Governance::default(),
        };
        outlines.iter().map(|outline| (place(outline), Some(outline.shape.clone()))).collect()
    }
}

impl CustomAreas {
    pub(super) fn containing(&self, point: Point) -> CodeSet {
        let held = self.boundaries.containing(point);
        held.into_iter().map(|(kind, code)| (kind, code.clone())).collect()
    }

    /// The areas that share a part with a place.
    pub(super) fn overlapping(&self, code: &PlaceCode) -> CodeSet {
        let sharing = self
            .areas
            .values()
            .filter(|area| area.overlapping.iter().any(|(_, other)| other == code));
        sharing.map(|area| (area.place.kind, area.place.code.clone())).collect()
    }

    /// The areas that lie wholly in a place.
    pub(super) fn inside(&self, outer: &PlaceCode) -> CodeSet {
        let held = self.areas.values().filter(|area| area.place.parents.contains(outer));
        held.map(|area| (area.place.kind, area.place.code.clone())).collect()
    }
}

fn named(area: &CustomArea) -> Option<Named> {
    let place = &area.place;
    let council = area.overlapping.iter().find(|(kind, _)| *kind == PlaceKind::Council);
    Some(Named {
        name: place.name.as_str().into(),
        kind: NameKind::Area(place.kind),
        point: place.centre?,
        population: place.population,
        council: council.map(|(_, code)| code.clone()),
        code: Some(place.code.clone()),
        approximate: false,
    })
}

impl Base {
    fn place_custom(
        &self,
        mut place: Place,
        shape: Option<&MultiPolygon>,
        customs: &BoundarySet,
    ) -> CustomArea {
        let mut overlapping = CodeSet::new();
        let mut inside = BTreeSet::new();
        for set in [self.boundaries(), customs] {
            for overlap in shape.map(|shape| set.overlapping(shape)).unwrap_or_default() {
                overlapping.insert((overlap.kind, overlap.code.clone()));
                if overlap.share >= WHOLE {
                    inside.insert(overlap.code.clone());
                }
            }
        }
        let homes = shape.map(|shape| self.homes(shape, customs, &place.code)).unwrap_or_default();
        overlapping.extend(homes.overlapping);
        inside.extend(homes.inside);
        place.centre = place.centre.or(homes.middle).or_else(|| shape.and_then(centre));
        self.add_wider(&mut overlapping, &mut place);
        overlapping.remove(&(place.kind, place.code.clone()));
        inside.remove(&place.code);
        self.sum_up(&mut place, &inside);
        CustomArea { place, overlapping, inside }
    }

    /// What the area's homes tell of the places that have no outline: LSOAs and postcode parts.
    fn homes(&self, shape: &MultiPolygon, customs: &BoundarySet, own: &PlaceCode) -> Homes {
        let mut homes = Homes::default();
        let mut points = Vec::new();
        let mut split: BTreeSet<PlaceCode> = BTreeSet::new();
        for sector in self.sectors_around(shape) {
            for known in self.known_within(&PostcodePart::Sector(sector.clone())) {
                let Some(point) = known.point else { continue };
                let within = customs.contains(own, point) == Some(true);
                let small = known.codes.iter().filter(|code| code.as_str().starts_with("E01"));
                let parts =
                    [part_code(&known.postcode.sector()), part_code(known.postcode.outcode())];
                let codes: Vec<PlaceCode> = small.cloned().chain(parts).collect();
                if within {
                    points.push(point);
                    for code in codes {
                        self.add(&mut homes.overlapping, code);
                    }
                } else {
                    split.extend(codes);
                }
            }
        }
        // An outward code reaches further than the sectors that were looked at.
        let whole = homes
            .overlapping
            .iter()
            .filter(|(kind, code)| *kind != PlaceKind::Outcode && !split.contains(code));
        homes.inside = whole.map(|(_, code)| code.clone()).collect();
        homes.middle = middle(points);
        homes
    }

    /// The sectors that may have a home in the shape.
    fn sectors_around(&self, shape: &MultiPolygon) -> Vec<String> {
        let Some(bounds) = shape.bounding_rect() else { return Vec::new() };
        let centre = Point { lat: bounds.center().y, lon: bounds.center().x };
        let corner = Point { lat: bounds.max().y, lon: bounds.max().x };
        let reach = Metres(Metres::between(centre, corner).0 + SECTOR_REACH.0);
        let near = self.sectors.within(centre, reach);
        near.filter_map(|(at, _)| Some(self.facts.sectors.get(at)?.part.clone())).collect()
    }

    /// Adds what the overlapping places lie in; where that is one place of its kind, the area
    /// lies in it.
    fn add_wider(&self, overlapping: &mut CodeSet, place: &mut Place) {
        let narrow: Vec<PlaceCode> = overlapping.iter().map(|(_, code)| code.clone()).collect();
        for code in narrow {
            let above = self.atlas.id(code.as_str()).map(|id| self.atlas.above(id));
            for id in above.unwrap_or_default() {
                let wider = self.atlas.get(id).map(|wider| (wider.kind, wider.code.clone()));
                overlapping.extend(wider);
            }
        }
        if !place.parents.is_empty() {
            return;
        }
        for kind in WIDER {
            let mut of_kind = overlapping.iter().filter(|(other, _)| *other == kind);
            if let (Some((_, only)), None) = (of_kind.next(), of_kind.next()) {
                place.parents.push(only.clone());
            }
        }
    }

    /// The residents of the LSOAs inside, where the operator gave no population and the LSOAs
    /// are known.
    fn sum_up(&self, place: &mut Place, inside: &BTreeSet<PlaceCode>) {
        let small = inside.iter().filter_map(|code| self.atlas.place(code));
        let people: u32 = small
            .filter(|inner| inner.kind == PlaceKind::Lsoa)
            .filter_map(|inner| inner.population)
            .sum();
        place.population = place.population.or(Some(people).filter(|people| *people > 0));
    }
}

/// Kinds that an operator's area may lie in.
const WIDER: [PlaceKind; 6] = [
    PlaceKind::Council,
    PlaceKind::County,
    PlaceKind::SubIcb,
    PlaceKind::Icb,
    PlaceKind::Region,
    PlaceKind::Nation,
];

#[derive(Debug, Default)]
struct Homes {
    overlapping: CodeSet,
    inside: BTreeSet<PlaceCode>,
    middle: Option<Point>,
}

fn basis(places: &[(Place, Option<MultiPolygon>)]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (place, shape) in places {
        (&place.code, &place.name, &place.edition, place.kind, &place.parents).hash(&mut hasher);
        for at in shape.iter().flat_map(CoordsIter::coords_iter) {
            (at.x.to_bits(), at.y.to_bits()).hash(&mut hasher);
        }
    }
    hasher.finish()
}

fn centre(shape: &MultiPolygon) -> Option<Point> {
    let bounds = shape.bounding_rect()?;
    Some(Point { lat: bounds.center().y, lon: bounds.center().x })
}
