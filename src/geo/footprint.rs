//! A footprint as the codes that search compares with those of a person's whereabouts.

use geo::{ChamberlainDuquetteArea, Coord, LineString, MultiPolygon, Polygon};
use sha2::{Digest, Sha256};

use super::{Gazetteer, PostcodePart, Remap, part_code};
use crate::domain::{AreaPart, Breadth, Footprint, PlaceCode, Point, Ring};

/// The codes of a footprint. A person is served when one of their codes is in `serves` and none
/// is in `serves_not`; the drawn areas are found by `DrawnAreas`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FootprintCodes {
    pub serves: Vec<String>,
    pub serves_not: Vec<String>,
    /// Every drawn area among them, by its code.
    pub drawn: Vec<(PlaceCode, MultiPolygon)>,
    /// From 0 (a neighbourhood) to 1 (a nation), by the widest part.
    pub breadth: f32,
    /// Parts that serve nobody yet, each in words that say why.
    pub unresolved: Vec<String>,
    /// Councils that are no more, for which their successors stand.
    pub remapped: Vec<Remap>,
}

/// A drawn area up to so many km² is as wide as this. In the demonstration area an MSOA is
/// about 5 km², a ward 8, a town such as Leigh 20, a council 190; Greater Manchester is 1,280,
/// and the smallest region but London 12,900.
const BREADTHS: [(f64, Breadth); 6] = [
    (3.0, Breadth::Neighbourhood),
    (10.0, Breadth::Ward),
    (50.0, Breadth::Town),
    (700.0, Breadth::Council),
    (6_000.0, Breadth::System),
    (35_000.0, Breadth::Region),
];

/// No drawn area needs more points; a file of them is not a footprint.
const MOST_POINTS: usize = 20_000;

impl FootprintCodes {
    /// Turns a footprint into codes. A place of an unknown but well-formed code keeps it, as an
    /// import may bring that place, and is reported.
    #[must_use]
    pub fn of(footprint: &Footprint, gazetteer: &Gazetteer) -> Self {
        let mut codes = Self::default();
        for part in &footprint.parts {
            let found = codes.read(part, gazetteer, Side::Serves);
            codes.serves.extend(found);
        }
        for part in &footprint.except {
            let found = codes.read(part, gazetteer, Side::Except);
            codes.serves_not.extend(found);
        }
        for list in [&mut codes.serves, &mut codes.serves_not] {
            list.sort_unstable();
            list.dedup();
        }
        let widest = footprint.parts.iter().map(part_breadth).max();
        codes.breadth = widest.unwrap_or(Breadth::Neighbourhood).as_share();
        codes
    }

    fn read(&mut self, part: &AreaPart, gazetteer: &Gazetteer, side: Side) -> Vec<String> {
        match part {
            AreaPart::Place { code, name, .. } => self.place(code, name, gazetteer, side),
            AreaPart::Postcodes { prefix } => self.postcodes(prefix, gazetteer),
            AreaPart::Drawn { name, polygons } => self.draw(name, polygons),
            AreaPart::Named { name } => self.report(name, "is not a place that we know"),
        }
    }

    fn place(
        &mut self,
        code: &PlaceCode,
        name: &str,
        gazetteer: &Gazetteer,
        side: Side,
    ) -> Vec<String> {
        let label = if name.is_empty() { code.as_str() } else { name };
        if gazetteer.place_ref(code).is_some() {
            return vec![code.to_string()];
        }
        let Some(remap) = gazetteer.successor(code) else {
            self.report(label, "has a code that is not among the places loaded");
            return vec![code.to_string()];
        };
        // To leave out more than was meant would turn people away, to serve more is seen by all.
        if side == Side::Except && !remap.whole {
            return self.report(label, "is no more, and what took over is wider than was left out");
        }
        let successors = remap.to.iter().map(|place| place.code.to_string()).collect();
        self.remapped.push(remap);
        successors
    }

    /// The code of a sector or outward code, or those of all outward codes of an area (`WN`).
    fn postcodes(&mut self, prefix: &str, gazetteer: &Gazetteer) -> Vec<String> {
        match PostcodePart::parse(prefix) {
            Ok(part @ (PostcodePart::Sector(_) | PostcodePart::Outcode(_))) => {
                return vec![part_code(&part.to_string()).to_string()];
            }
            Ok(PostcodePart::Full(postcode)) => {
                return self
                    .report(postcode.outcode(), "is cut from a full postcode, which is no area");
            }
            Err(_) => {}
        }
        let outcodes = gazetteer.outcodes_of_area(prefix.trim());
        if outcodes.is_empty() {
            return self.report(prefix, "is not the beginning of a postcode in England");
        }
        outcodes.iter().map(|outcode| part_code(outcode).to_string()).collect()
    }

    fn draw(&mut self, name: &str, polygons: &[Vec<Ring>]) -> Vec<String> {
        let label = if name.is_empty() { "a drawn area" } else { name };
        match shape(polygons) {
            Ok(shape) => {
                let code = drawn_code(&shape);
                let text = code.to_string();
                self.drawn.push((code, shape));
                vec![text]
            }
            Err(fault) => self.report(label, fault),
        }
    }

    fn report(&mut self, what: &str, why: &str) -> Vec<String> {
        self.unresolved.push(format!("{what}: {why}"));
        Vec::new()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Serves,
    Except,
}

/// How wide a part is: a drawn area by its size.
fn part_breadth(part: &AreaPart) -> Breadth {
    match part {
        AreaPart::Drawn { polygons, .. } => {
            shape(polygons).map_or(part.breadth(), |shape| breadth_of(&shape))
        }
        AreaPart::Postcodes { prefix } if prefix.trim().len() <= 2 && !has_digit(prefix) => {
            Breadth::Council
        }
        AreaPart::Place { .. } | AreaPart::Postcodes { .. } | AreaPart::Named { .. } => {
            part.breadth()
        }
    }
}

fn has_digit(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

/// How wide an area of this size is.
#[must_use]
pub fn breadth_of(shape: &MultiPolygon) -> Breadth {
    let square_km = shape.chamberlain_duquette_unsigned_area() / 1e6;
    let breadth = BREADTHS.iter().find(|(most, _)| square_km <= *most);
    breadth.map_or(Breadth::Nation, |(_, breadth)| *breadth)
}

/// The polygons of a drawn area, or why they are none.
pub fn shape(polygons: &[Vec<Ring>]) -> Result<MultiPolygon, &'static str> {
    if polygons.iter().flatten().map(Vec::len).sum::<usize>() > MOST_POINTS {
        return Err("has more than 20,000 points");
    }
    let polygons: Result<Vec<Polygon>, _> = polygons.iter().map(|rings| polygon(rings)).collect();
    match polygons? {
        polygons if polygons.is_empty() => Err("has no outline"),
        polygons => Ok(MultiPolygon(polygons)),
    }
}

fn polygon(rings: &[Ring]) -> Result<Polygon, &'static str> {
    let lines: Result<Vec<LineString>, _> = rings.iter().map(line).collect();
    let mut lines = lines?.into_iter();
    let outer = lines.next().ok_or("has a part without an outline")?;
    Ok(Polygon::new(outer, lines.collect()))
}

fn line(ring: &Ring) -> Result<LineString, &'static str> {
    if ring.iter().any(|[lon, lat]| Point::parse(*lat, *lon).is_none()) {
        return Err("has a point outside the British Isles: each is longitude, then latitude");
    }
    let line: LineString = ring.iter().map(|[lon, lat]| Coord { x: *lon, y: *lat }).collect();
    let corners = ring.len() - usize::from(line.is_closed() && ring.len() > 1);
    if corners < 3 {
        return Err("has an outline of fewer than three points");
    }
    Ok(line)
}

/// A code that the same outline always has: of its coordinates to a millionth of a degree.
#[must_use]
pub fn drawn_code(shape: &MultiPolygon) -> PlaceCode {
    let mut hash = Sha256::new();
    for polygon in shape {
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            hash.update(b"ring");
            for at in ring.coords() {
                hash.update(format!("{:.6},{:.6};", at.x, at.y));
            }
        }
    }
    let digest = hash.finalize();
    let hex = digest.iter().take(8).map(|byte| format!("{byte:02x}"));
    PlaceCode(format!("drawn:{}", hex.collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::PlaceKind;

    fn place(code: &str, name: &str) -> AreaPart {
        AreaPart::Place {
            code: PlaceCode::from(code),
            kind: PlaceKind::Council,
            name: name.to_owned(),
            edition: String::new(),
        }
    }

    fn postcodes(prefix: &str) -> AreaPart {
        AreaPart::Postcodes { prefix: prefix.to_owned() }
    }

    /// A square about Leigh, this many degrees of latitude across.
    fn square(size: f64) -> AreaPart {
        let (w, s) = (-2.52, 53.49);
        let ring =
            vec![[w, s], [w + size * 1.68, s], [w + size * 1.68, s + size], [w, s + size], [w, s]];
        AreaPart::Drawn { name: "Round here".to_owned(), polygons: vec![vec![ring]] }
    }

    fn codes(parts: Vec<AreaPart>, except: Vec<AreaPart>) -> FootprintCodes {
        let footprint = Footprint { parts, except, ..Footprint::default() };
        FootprintCodes::of(&footprint, &Gazetteer::shipped())
    }

    #[test]
    fn places_and_postcodes_become_codes() {
        let found = codes(
            vec![place("E08000010", "Wigan"), postcodes("wn8"), postcodes("WN1 1")],
            vec![postcodes("WN7")],
        );
        assert_eq!(found.serves, ["E08000010", "pc:WN1 1", "pc:WN8"]);
        assert_eq!(found.serves_not, ["pc:WN7"]);
        assert!((found.breadth - 0.4).abs() < f32::EPSILON);
        assert!(found.unresolved.is_empty() && found.remapped.is_empty());
    }

    #[test]
    fn a_postcode_area_is_all_its_outward_codes() {
        let found = codes(vec![postcodes("WN")], vec![]);
        assert!(found.serves.contains(&"pc:WN1".to_owned()) && found.serves.len() >= 8);
        assert!((found.breadth - 0.4).abs() < f32::EPSILON);
        assert!(!codes(vec![postcodes("L")], vec![]).serves.contains(&"pc:LN1".to_owned()));
    }

    #[test]
    fn what_cannot_be_resolved_is_reported_and_serves_nobody() {
        let named = AreaPart::Named { name: "the valley".to_owned() };
        let found = codes(vec![named, postcodes("WN1 1YF"), postcodes("banana")], vec![]);
        assert!(found.serves.is_empty());
        assert_eq!(found.unresolved.len(), 3, "{:?}", found.unresolved);
        assert!(!found.unresolved.join(" ").contains("1YF"));
    }

    #[test]
    fn a_code_that_is_not_loaded_is_kept_and_reported() {
        let found = codes(vec![place("E05000001", "Aldersgate")], vec![]);
        assert_eq!(found.serves, ["E05000001"]);
        assert_eq!(found.unresolved.len(), 1);
    }

    #[test]
    fn a_council_merged_in_2023_serves_by_its_successor_and_says_so() {
        let found =
            codes(vec![place("E07000026", "Allerdale"), place("E10000006", "Cumbria")], vec![]);
        assert_eq!(found.serves, ["E06000063", "E06000064"]);
        let told: Vec<_> = found.remapped.iter().map(|r| (r.from.name.as_str(), r.whole)).collect();
        assert_eq!(told, [("Allerdale", false), ("Cumbria", true)]);
        assert!(found.unresolved.is_empty());
    }

    #[test]
    fn an_exclusion_is_never_widened() {
        let found = codes(vec![place("E06000063", "")], vec![place("E07000026", "Allerdale")]);
        assert!(found.serves_not.is_empty());
        assert_eq!(found.unresolved.len(), 1);
    }

    #[test]
    fn a_drawn_area_keeps_its_code_and_is_as_wide_as_its_size() {
        let (a, b) = (codes(vec![square(0.01)], vec![]), codes(vec![square(0.01)], vec![]));
        assert_eq!(a.serves, b.serves);
        assert!(a.serves[0].starts_with("drawn:") && a.drawn.len() == 1);
        let wide = |size| codes(vec![square(size)], vec![]).breadth;
        assert!(wide(0.01) < f32::EPSILON && wide(0.05) > 0.2 && wide(0.5) > 0.5);
    }

    #[test]
    fn a_drawing_that_is_none_is_reported() {
        let drawn =
            |ring: Ring| AreaPart::Drawn { name: String::new(), polygons: vec![vec![ring]] };
        for ring in [
            vec![],
            vec![[-2.5, 53.5], [-2.4, 53.5], [-2.5, 53.5]],
            vec![[53.5, -2.5], [53.6, -2.5], [53.6, -2.6]],
            vec![[f64::NAN, 53.5], [-2.4, 53.5], [-2.4, 53.6]],
        ] {
            let found = codes(vec![drawn(ring)], vec![]);
            assert_eq!((found.serves.len(), found.unresolved.len()), (0, 1));
        }
    }
}
