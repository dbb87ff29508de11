//! Which places a point, a postcode or a rough spot is in.

use std::collections::BTreeSet;

use super::{Base, ENGLAND, Gazetteer, PlaceRef, part_code};
use crate::{
    domain::{PlaceCode, PlaceKind, Point},
    geo::{Metres, PackPostcode, Postcode, PostcodePart, shipped::PartRow},
};

/// Codes, narrowest kind first.
pub type CodeSet = BTreeSet<(PlaceKind, PlaceCode)>;

/// The places that hold a point.
#[derive(Debug)]
pub struct Held {
    pub codes: CodeSet,
    /// Whether no boundary held it, so that the nearest sector had to tell.
    pub by_sector: bool,
}

/// As far as a point may be from the nearest sector and still be in England, where no boundary
/// tells: twice the sector's own spread, within these. Of the 1,484,600 English postcodes of May
/// 2025 all but Lundy's are inside the longest, all but about one in 1,500 inside the shortest.
const SECTOR_REACHES: [f64; 2] = [8_000.0, 18_000.0];

/// A postcode this near has, as good as always, the point's own LSOA and sector.
const NEXT_DOOR: Metres = Metres(100.0);

impl Gazetteer {
    /// Every place that holds the point: what a venue there carries. By boundaries where they
    /// are known, else by the nearest postcode sector; none for a point outside England.
    #[must_use]
    pub fn codes_at(&self, point: Point) -> Vec<PlaceCode> {
        self.held_at(point).map(|held| listed(held.codes)).unwrap_or_default()
    }

    /// Every place that holds the postcode, by the codes that its source gave it; `None` where
    /// the postcode is not known one by one.
    #[must_use]
    pub fn codes_of(&self, postcode: &Postcode) -> Option<Vec<PlaceCode>> {
        self.base.known(*postcode).map(|known| listed(self.held_by(&known)))
    }

    pub(super) fn held_by(&self, known: &PackPostcode) -> CodeSet {
        let mut codes = self.base.own_codes(known);
        if let Some(point) = known.point {
            codes.extend(self.custom.containing(point));
        }
        codes
    }

    pub(super) fn held_at(&self, point: Point) -> Option<Held> {
        let mut held = self.base.held_at(point)?;
        held.codes.extend(self.custom.containing(point));
        Some(held)
    }

    /// Every place known to share a part with a sector or outward code.
    pub(super) fn sharing_part(&self, part: &PartRow) -> CodeSet {
        let code = part_code(&part.part);
        let mut codes = self.base.overlapping(code.as_str());
        let part = if part.is_sector() {
            PostcodePart::Sector(part.part.clone())
        } else {
            PostcodePart::Outcode(part.part.clone())
        };
        self.add_homes(&mut codes, &part, |_| true);
        codes.extend(self.custom.overlapping(&code));
        codes
    }

    /// Every place known to share a part with the spot called by a name: the areas of the homes
    /// within its spread, and always its nearest sector. Of a sector whose homes are not known
    /// one by one, its council when its middle is within the spread.
    pub(super) fn sharing_spot(
        &self,
        point: Point,
        spread: Metres,
        own: Option<&PlaceCode>,
    ) -> CodeSet {
        let base = &self.base;
        let mut codes = CodeSet::new();
        if let Some(council) = own {
            base.add_with_above(&mut codes, council.as_str());
        }
        if let Some((sector, _)) = base.nearest_sector(point) {
            base.add_sector(&mut codes, sector);
        }
        for (sector, distance) in base.sectors_near(point, Metres(spread.0 + SECTOR_MARGIN)) {
            let part = PostcodePart::Sector(sector.part.clone());
            let within = |home: Point| Metres::between(home, point) <= spread;
            let homes = self.add_homes(&mut codes, &part, within);
            if homes.unwrap_or(distance <= spread) {
                base.add_sector(&mut codes, sector);
            }
            if homes.is_none() && distance <= spread {
                base.add_with_above(&mut codes, &sector.lad);
            }
        }
        codes.extend(self.custom.containing(point));
        codes
    }

    /// Adds the areas of the living postcodes of a part whose point is wanted. Tells whether
    /// there were any; nothing where its postcodes are not known one by one.
    fn add_homes(
        &self,
        codes: &mut CodeSet,
        part: &PostcodePart,
        wanted: impl Fn(Point) -> bool,
    ) -> Option<bool> {
        let homes = self.base.homes_of(part);
        if homes.is_empty() {
            return None;
        }
        let mut fresh = CodeSet::new();
        let mut areas = BTreeSet::new();
        for (point, number) in homes.into_iter().filter(|(point, _)| wanted(*point)) {
            areas.insert(number);
            fresh.extend(self.custom.containing(point));
        }
        for code in areas.iter().flat_map(|number| self.base.home_areas(*number)) {
            self.base.add(&mut fresh, code);
        }
        self.base.add_above(&mut fresh);
        codes.extend(fresh);
        Some(!areas.is_empty())
    }

    /// What can be shown of the codes: those with a name, postcode parts left out.
    pub(super) fn refs(&self, codes: &CodeSet) -> Vec<PlaceRef> {
        let shown = codes
            .iter()
            .filter(|(kind, _)| !matches!(kind, PlaceKind::Sector | PlaceKind::Outcode));
        shown.filter_map(|(_, code)| self.place_ref(code)).collect()
    }
}

/// A city has more sectors than are worth reading for its smallest areas.
const MOST_SECTORS: usize = 150;
/// The middle of a sector may lie this far outside a spot in which it has homes.
const SECTOR_MARGIN: f64 = 2_500.0;

impl Base {
    fn own_codes(&self, known: &PackPostcode) -> CodeSet {
        let mut codes = CodeSet::new();
        for code in &known.codes {
            self.add(&mut codes, code.clone());
        }
        self.add_above(&mut codes);
        let postcode = &known.postcode;
        self.add(&mut codes, part_code(&postcode.sector()));
        self.add(&mut codes, part_code(postcode.outcode()));
        codes
    }

    fn held_at(&self, point: Point) -> Option<Held> {
        let mut codes = self.held_by_boundaries(point);
        if !has_council(&codes) && self.all_councils_outlined {
            // A pier or a beach may lie outside a coast that was drawn by generalising.
            let beside = beside(point).map(|point| self.held_by_boundaries(point));
            codes = beside.into_iter().find(has_council)?;
        }
        if let Some(known) = self.known_near(point, NEXT_DOOR).filter(|known| agrees(&codes, known))
        {
            codes.extend(self.own_codes(&known));
            return Some(Held { codes, by_sector: false });
        }
        let by_sector = !has_council(&codes);
        match self.nearest_sector(point) {
            Some((sector, distance)) => {
                if by_sector {
                    self.add_sector_areas(&mut codes, sector);
                }
                if by_sector || distance.0 <= sector.spread_metres {
                    self.add_sector(&mut codes, sector);
                }
            }
            None if by_sector => return None,
            None => {}
        }
        Some(Held { codes, by_sector })
    }

    fn held_by_boundaries(&self, point: Point) -> CodeSet {
        let mut codes = CodeSet::new();
        for (_, code) in self.boundaries().containing(point) {
            self.add(&mut codes, code.clone());
        }
        self.add_above(&mut codes);
        codes
    }

    /// The nearest sector, unless it is too far for the point to be in England.
    pub(super) fn nearest_sector(&self, point: Point) -> Option<(&PartRow, Metres)> {
        let [least, most] = SECTOR_REACHES;
        let (at, distance) = self.sectors.nearest(point, Metres(most))?;
        let sector = self.facts.sectors.get(at)?;
        let reach = (2.0 * sector.spread_metres).clamp(least, most);
        (distance.0 <= reach).then_some((sector, distance))
    }

    /// The sectors whose middle is within reach, nearest first.
    fn sectors_near(&self, point: Point, reach: Metres) -> Vec<(&PartRow, Metres)> {
        let mut near: Vec<_> = self
            .sectors
            .within(point, reach)
            .filter_map(|(at, distance)| Some((self.facts.sectors.get(at)?, distance)))
            .collect();
        near.sort_by(|a, b| a.1.0.total_cmp(&b.1.0));
        near.truncate(MOST_SECTORS);
        near
    }

    /// A sector and its outward code.
    fn add_sector(&self, codes: &mut CodeSet, sector: &PartRow) {
        self.add(codes, part_code(&sector.part));
        self.add(codes, part_code(sector.outcode()));
    }

    /// The councils and boards of a sector, and what they lie in.
    fn add_sector_areas(&self, codes: &mut CodeSet, sector: &PartRow) {
        for council in sector.councils() {
            self.add_with_above(codes, council);
        }
        for board in sector.icbs() {
            self.add(codes, PlaceCode::from(board));
        }
    }

    fn overlapping(&self, code: &str) -> CodeSet {
        let mut codes = CodeSet::new();
        if let Some(id) = self.atlas.id(code) {
            for place in self.atlas.overlapping(id).into_iter().filter_map(|id| self.atlas.get(id))
            {
                codes.insert((place.kind, place.code.clone()));
            }
        }
        codes
    }

    /// Adds a code of a place that is known, or whose kind its letters tell.
    pub(super) fn add(&self, codes: &mut CodeSet, code: PlaceCode) {
        let known = self.atlas.place(&code).map(|place| place.kind);
        if let Some(kind) = known.or_else(|| kind_of_code(code.as_str())) {
            codes.insert((kind, code));
        }
    }

    fn add_with_above(&self, codes: &mut CodeSet, code: &str) {
        let above = self.atlas.id(code).map(|id| self.atlas.above(id)).unwrap_or_default();
        for place in above.into_iter().filter_map(|id| self.atlas.get(id)) {
            codes.insert((place.kind, place.code.clone()));
        }
    }

    /// Adds what the places lie in, but no second place of a kind that was given: a postcode's
    /// own ward stands, whatever ward most of its LSOA is in.
    fn add_above(&self, codes: &mut CodeSet) {
        let given: BTreeSet<PlaceKind> = codes.iter().map(|(kind, _)| *kind).collect();
        let mut above = CodeSet::new();
        for (_, code) in &*codes {
            self.add_with_above(&mut above, code.as_str());
        }
        codes.extend(above.into_iter().filter(|(kind, _)| !given.contains(kind)));
        if !codes.is_empty() {
            codes.insert((PlaceKind::Nation, PlaceCode::from(ENGLAND)));
        }
    }
}

fn has_council(codes: &CodeSet) -> bool {
    codes.iter().any(|(kind, _)| *kind == PlaceKind::Council)
}

/// Four points 300 m off.
fn beside(point: Point) -> [Point; 4] {
    let (lat, lon) = (0.0027, 0.0045);
    [(lat, 0.0), (-lat, 0.0), (0.0, lon), (0.0, -lon)]
        .map(|(north, east)| Point { lat: point.lat + north, lon: point.lon + east })
}

/// Whether a postcode next door is in the same MSOA and ward as the boundaries say of the point.
fn agrees(codes: &CodeSet, known: &PackPostcode) -> bool {
    codes
        .iter()
        .filter(|(kind, _)| matches!(kind, PlaceKind::Lsoa | PlaceKind::Msoa | PlaceKind::Ward))
        .all(|(_, code)| known.codes.contains(code))
}

/// The codes alone, narrowest kind first.
#[must_use]
pub fn listed(codes: CodeSet) -> Vec<PlaceCode> {
    codes.into_iter().map(|(_, code)| code).collect()
}

/// The kind that the first letters of an ONS or ODS code tell.
#[must_use]
pub fn kind_of_code(code: &str) -> Option<PlaceKind> {
    if code.starts_with('U') && code.len() == 6 {
        return Some(PlaceKind::Pcn);
    }
    if code.len() != 9 || !code.get(1..)?.bytes().all(|c| c.is_ascii_digit()) {
        return None;
    }
    Some(match code.get(..3)? {
        "E01" => PlaceKind::Lsoa,
        "E02" => PlaceKind::Msoa,
        "E04" => PlaceKind::Parish,
        "E05" => PlaceKind::Ward,
        "E06" | "E07" | "E08" | "E09" => PlaceKind::Council,
        "E10" | "E11" | "E47" => PlaceKind::County,
        "E12" => PlaceKind::Region,
        "E14" => PlaceKind::Constituency,
        "E38" => PlaceKind::SubIcb,
        "E40" => PlaceKind::NhsRegion,
        "E54" => PlaceKind::Icb,
        "E92" => PlaceKind::Nation,
        _ => return None,
    })
}
