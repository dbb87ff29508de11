//! What is known of one place, and how it lies to the others.

use std::collections::BTreeSet;

use geo::{BoundingRect, CoordsIter, MultiPolygon};

use super::{Base, Gazetteer, PlaceRef, codes::listed};
use crate::{
    domain::{Place, PlaceCode, PlaceKind, Point},
    geo::{
        Metres,
        shipped::{CouncilRow, PartRow},
    },
};

/// A place with its outline and with the codes by which services are found for it.
#[derive(Clone, Debug)]
pub struct Area {
    pub place: Place,
    /// The place itself, all that hold it, all that lie in it and all that share a part with
    /// it: a service for any of these serves some part of the place.
    pub overlapping: Vec<PlaceCode>,
    /// The place itself and those wholly inside: a venue that carries any of these is in it.
    pub inside: Vec<PlaceCode>,
    /// For drawing and for drawn areas; not to decide membership from.
    pub shape: Option<MultiPolygon>,
    pub centre: Option<Point>,
}

/// How far outside a border its neighbour is looked for, in degrees of latitude: 40 m.
const STEP: f64 = 0.000_36;
/// As many points of an outline are enough to meet every neighbour.
const PROBES: usize = 600;
/// How far a place reaches of which nothing else is known: counties, boards, regions.
const WIDE: Metres = Metres(50_000.0);
/// Sectors for large users have homes all over a county, and say nothing of neighbours.
const COMPACT_SECTOR: f64 = 10_000.0;

impl From<&Place> for PlaceRef {
    fn from(place: &Place) -> Self {
        Self { code: place.code.clone(), kind: place.kind, name: place.name.clone() }
    }
}

impl Gazetteer {
    /// A place by its code, with its figures and the places that it lies in.
    #[must_use]
    pub fn place(&self, code: &PlaceCode) -> Option<Place> {
        if let Some(area) = self.custom.areas.get(code) {
            return Some(area.place.clone());
        }
        let mut place = self.base.atlas.place(code)?.clone();
        if let Some(pack) = &self.base.pack {
            let figures = pack.indicators(code);
            place.indicators = if figures.is_empty() { place.indicators } else { figures };
        }
        Some(place)
    }

    /// A place by its code, for display.
    #[must_use]
    pub fn place_ref(&self, code: &PlaceCode) -> Option<PlaceRef> {
        let custom = self.custom.areas.get(code).map(|area| &area.place);
        custom.or_else(|| self.base.atlas.place(code)).map(PlaceRef::from)
    }

    /// A place with everything that shares a part with it.
    #[must_use]
    pub fn area(&self, code: &PlaceCode) -> Option<Area> {
        let place = self.place(code)?;
        let (mut overlapping, mut inside) = match self.custom.areas.get(code) {
            Some(area) => (
                area.overlapping.iter().map(|(_, code)| code.clone()).collect(),
                area.inside.iter().cloned().collect(),
            ),
            None => self.base.around(code),
        };
        let custom_inside = self.custom.inside(code);
        overlapping.extend(listed(&self.custom.overlapping(code) | &custom_inside));
        inside.extend(listed(custom_inside));
        for codes in [&mut overlapping, &mut inside] {
            codes.retain(|other| other != code);
            codes.push(code.clone());
        }
        Some(Area { centre: place.centre, shape: self.shape(code), overlapping, inside, place })
    }

    /// How far the furthest corner of a place is from its middle; by its people where it has no
    /// outline.
    pub(super) fn reach(&self, area: &Area, middle: Point) -> Metres {
        if let Some(bounds) = area.shape.as_ref().and_then(BoundingRect::bounding_rect) {
            let corners = [bounds.min(), bounds.max()];
            let far = corners.map(|at| Metres::between(middle, Point { lat: at.y, lon: at.x }).0);
            return Metres(far[0].max(far[1]));
        }
        let row = self.base.facts.councils.iter().find(|row| row.code == area.place.code.as_str());
        let corners = row
            .and_then(CouncilRow::corners)
            .map(|corners| corners.map(|corner| Metres::between(middle, corner).0));
        corners.map_or(WIDE, |far| Metres(far[0].max(far[1])))
    }

    /// The outline of a place, where it is known.
    #[must_use]
    pub fn shape(&self, code: &PlaceCode) -> Option<MultiPolygon> {
        self.custom.boundaries.shape(code).or_else(|| self.base.boundaries().shape(code))
    }

    /// All places of a kind, by name.
    #[must_use]
    pub fn list(&self, kind: PlaceKind) -> Vec<PlaceRef> {
        let custom = self.custom.areas.values().map(|area| &area.place);
        let all = self.base.atlas.places().chain(custom);
        sorted(all.filter(|place| place.kind == kind).map(PlaceRef::from))
    }

    /// The places one step inside this one, the operator's own among them.
    #[must_use]
    pub fn children(&self, code: &PlaceCode) -> Vec<PlaceRef> {
        let atlas = &self.base.atlas;
        let own = atlas.id(code.as_str()).map(|id| atlas.children(id)).unwrap_or_default();
        let own = own.into_iter().filter_map(|id| atlas.get(id));
        let custom = self.custom.areas.values().map(|area| &area.place);
        let custom = custom.filter(|place| place.parents.contains(code));
        sorted(own.chain(custom).map(PlaceRef::from))
    }

    /// The places that this one lies in, narrowest kind first.
    #[must_use]
    pub fn parents(&self, code: &PlaceCode) -> Vec<PlaceRef> {
        let parents = self.place(code).map(|place| place.parents).unwrap_or_default();
        parents.iter().filter_map(|code| self.place_ref(code)).collect()
    }

    /// The places of the same kind next to this one. Found along its outline; councils without
    /// one are next to those with which they share a postcode sector.
    #[must_use]
    pub fn neighbours(&self, code: &PlaceCode) -> Vec<PlaceRef> {
        let Some(place) = self.place_ref(code) else { return Vec::new() };
        let mut found = BTreeSet::new();
        if let Some(shape) = self.shape(code) {
            found.extend(self.along(&shape, place.kind));
        }
        if place.kind == PlaceKind::Council {
            found.extend(self.base.sharing_a_sector(code));
        }
        found.remove(code);
        sorted(found.iter().filter_map(|code| self.place_ref(code)))
    }

    /// The places of a kind met just beside the points of an outline.
    fn along(&self, shape: &MultiPolygon, kind: PlaceKind) -> BTreeSet<PlaceCode> {
        let every = shape.coords_count() / PROBES + 1;
        let mut met = BTreeSet::new();
        for at in shape.coords_iter().step_by(every) {
            for (lat, lon) in [(STEP, 0.0), (-STEP, 0.0), (0.0, 1.7 * STEP), (0.0, -1.7 * STEP)] {
                let point = Point { lat: at.y + lat, lon: at.x + lon };
                let official = self.base.boundaries().containing(point);
                let custom = self.custom.boundaries.containing(point);
                let held = official.into_iter().chain(custom);
                met.extend(held.filter(|(of, _)| *of == kind).map(|(_, code)| code.clone()));
            }
        }
        met
    }
}

impl Base {
    /// What shares a part with a place, and what lies wholly in it.
    fn around(&self, code: &PlaceCode) -> (Vec<PlaceCode>, Vec<PlaceCode>) {
        let atlas = &self.atlas;
        let Some(id) = atlas.id(code.as_str()) else { return Default::default() };
        let (mut overlapping, mut inside) = (atlas.overlapping(id), atlas.below(id));
        // Of wider places the lookups tell; measuring every outline would take long.
        if atlas.get(id).is_some_and(|place| place.kind < PlaceKind::Council) {
            let councils = self.councils_of(code);
            for overlap in self.boundaries().overlapping_place(code) {
                // A ward never lies in two councils; that its drawn border strays over the other's
                // by a few metres is no reason to say that what is for the other serves it.
                let theirs = self.councils_of(overlap.code);
                if !councils.is_empty() && !theirs.is_empty() && councils.is_disjoint(&theirs) {
                    continue;
                }
                let other = atlas.id(overlap.code.as_str());
                overlapping.extend(other);
                inside.extend(other.filter(|_| overlap.share > 0.99));
            }
        }
        (atlas.codes(overlapping), atlas.codes(inside))
    }

    /// The councils that the lookups put a place of the statistical and electoral nest in, or that it
    /// is itself; none of other kinds, which may cross borders.
    fn councils_of(&self, code: &PlaceCode) -> BTreeSet<&PlaceCode> {
        let nested = [PlaceKind::Lsoa, PlaceKind::Msoa, PlaceKind::Ward, PlaceKind::Council];
        let place = self.atlas.place(code).filter(|place| nested.contains(&place.kind));
        let Some(place) = place else { return BTreeSet::new() };
        let is_council = |code: &&PlaceCode| {
            self.atlas.place(code).is_some_and(|place| place.kind == PlaceKind::Council)
        };
        std::iter::once(&place.code).chain(&place.parents).filter(is_council).collect()
    }

    fn sharing_a_sector(&self, code: &PlaceCode) -> Vec<PlaceCode> {
        let compact = self.facts.sectors.iter().filter(|row| row.spread_metres < COMPACT_SECTOR);
        let shared = compact.filter(|row| row.councils().any(|council| council == code.as_str()));
        shared.flat_map(PartRow::councils).map(PlaceCode::from).collect()
    }
}

fn sorted(places: impl Iterator<Item = PlaceRef>) -> Vec<PlaceRef> {
    let mut places: Vec<PlaceRef> = places.collect();
    places.sort_by(|a, b| (a.kind, &a.name, &a.code).cmp(&(b.kind, &b.name, &b.code)));
    places
}
