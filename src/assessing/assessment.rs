//! A place and the places inside it, measured at one moment.

use jiff::Timestamp;

use super::measure::Rate;
use crate::{
    domain::{Place, PlaceCode, PlaceKind},
    geo::{Area, Gazetteer},
    search::{Search, SearchError, Stock, Supply},
};

/// The most places inside another that are measured side by side.
pub const MOST_PARTS: usize = 400;

/// A place, measured, with the places of one kind inside it.
#[derive(Clone, Debug)]
pub struct Assessment {
    pub whole: Measured,
    /// The kinds of places inside it, with how many there are of each, the widest kind first.
    pub kinds: Vec<(PlaceKind, usize)>,
    /// The kind of the parts; none where it has no parts, or too many of each kind.
    pub kind: Option<PlaceKind>,
    /// By name.
    pub parts: Vec<Measured>,
    /// The share of its people who live in one of the parts, where that is known.
    pub covered: Option<f64>,
    pub as_of: Timestamp,
}

/// A place with what there is in it.
#[derive(Clone, Debug)]
pub struct Measured {
    pub area: Area,
    pub supply: Supply,
}

impl Measured {
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.area.place
    }

    /// Services for each 10,000 who live there. Nothing for places smaller than a council: most of
    /// what serves them serves their neighbours too, and the rate would say how few live there.
    #[must_use]
    pub fn rate(&self, stock: Stock) -> Option<Rate> {
        let is_wide = self.place().kind >= PlaceKind::Council;
        Rate::of(stock.services, self.place()).filter(|_| is_wide)
    }

    /// Services with a venue there for each 10,000 who live there. A venue is in one place of a kind,
    /// so places can be told apart by it.
    #[must_use]
    pub fn venue_rate(&self, stock: Stock) -> Option<Rate> {
        Rate::of(stock.inside, self.place())
    }

    /// Whether listings were gathered there, as far as can be told: where nothing has a venue in a
    /// whole council, they may not have been.
    #[must_use]
    pub fn is_gathered(&self) -> bool {
        self.place().kind < PlaceKind::Council || self.supply.all.inside > 0
    }
}

impl Assessment {
    /// Measures a place, and what lies inside it: of the kind asked for, where it has that, else of
    /// the one that tells most. Nothing where no such place is known.
    pub fn of(
        (search, gazetteer): (&Search, &Gazetteer),
        code: &PlaceCode,
        asked: Option<PlaceKind>,
        now: Timestamp,
    ) -> Result<Option<Self>, SearchError> {
        let Some(whole) = gazetteer.area(code) else { return Ok(None) };
        let sets = parts_of(gazetteer, &whole);
        let chosen = asked.and_then(|asked| sets.iter().find(|set| set.kind == asked));
        let chosen = chosen.or_else(|| most_telling(&sets));
        let inside = chosen.map(|set| set.places.as_slice()).unwrap_or_default();
        let parts: Vec<Area> = inside.iter().filter_map(|code| gazetteer.area(code)).collect();
        let (kind, covered) = (chosen.map(|set| set.kind), chosen.and_then(|set| set.covered));
        let kinds = sets.iter().map(|set| (set.kind, set.places.len())).collect();
        let areas: Vec<Area> = std::iter::once(whole).chain(parts).collect();
        let supplies = search.supply(&areas, now)?;
        let mut measured =
            areas.into_iter().zip(supplies).map(|(area, supply)| Measured { area, supply });
        let Some(whole) = measured.next() else { return Ok(None) };
        Ok(Some(Self { whole, kinds, kind, parts: measured.collect(), covered, as_of: now }))
    }
}

/// The places of one kind that a place is divided into.
struct PartSet {
    kind: PlaceKind,
    /// By name.
    places: Vec<PlaceCode>,
    covered: Option<f64>,
}

/// Kinds into which places are divided.
const KINDS: [PlaceKind; 12] = [
    PlaceKind::Region,
    PlaceKind::NhsRegion,
    PlaceKind::Icb,
    PlaceKind::SubIcb,
    PlaceKind::County,
    PlaceKind::Council,
    PlaceKind::Constituency,
    PlaceKind::Parish,
    PlaceKind::Pcn,
    PlaceKind::Custom,
    PlaceKind::Ward,
    PlaceKind::Msoa,
];
/// With less than this share of its people, the parts say little of the whole.
const ENOUGH: f64 = 0.9;

/// The ways in which a place is divided: those whose parts hold nearly all of its people, as far as
/// that is known, the widest parts first. A board is divided into councils whose people it shares.
fn parts_of(gazetteer: &Gazetteer, whole: &Area) -> Vec<PartSet> {
    let narrower =
        |kind: &PlaceKind| *kind < whole.place.kind || whole.place.kind == PlaceKind::Custom;
    let small = [PlaceKind::Lsoa].into_iter().filter(|_| whole.place.kind < PlaceKind::Council);
    let kinds = KINDS.into_iter().chain(small).filter(narrower);
    let is_board =
        matches!(whole.place.kind, PlaceKind::Icb | PlaceKind::SubIcb | PlaceKind::NhsRegion);
    let sets = kinds.filter_map(|kind| {
        let codes =
            if is_board && kind == PlaceKind::Council { &whole.overlapping } else { &whole.inside };
        let places = codes.iter().filter(|code| **code != whole.place.code);
        let places = places.filter_map(|code| gazetteer.place(code));
        let mut places: Vec<Place> = places.filter(|place| place.kind == kind).collect();
        places.sort_by(|a, b| (&a.name, &a.code).cmp(&(&b.name, &b.code)));
        places.dedup_by(|a, b| a.code == b.code);
        let covered = covered(&places, &whole.place);
        let is_enough = covered.is_none_or(|share| share >= ENOUGH);
        let sound = !places.is_empty() && places.len() <= MOST_PARTS && is_enough;
        let places = places.into_iter().map(|place| place.code).collect();
        sound.then_some(PartSet { kind, places, covered })
    });
    sets.collect()
}

/// The share of a place's people who live in any of its parts; nothing where one is not known. Of
/// councils that reach beyond a board, all people count.
fn covered(parts: &[Place], whole: &Place) -> Option<f64> {
    let people: Option<u32> = parts.iter().map(|part| part.population).sum();
    let all = whole.population.filter(|people| *people > 0)?;
    Some((f64::from(people?) / f64::from(all)).min(1.0))
}

/// As many parts as one can take in at a glance, where there are so many of a kind.
fn most_telling(sets: &[PartSet]) -> Option<&PartSet> {
    let several = sets.iter().find(|set| set.places.len() >= 4);
    several.or(sets.first())
}
