//! From what was typed to where it is.

use super::{
    Gazetteer, NotCovered, Note, Precision, Resolution, Whereabouts,
    asked::{Asked, excerpt, read},
    choose::Hit,
    codes::{CodeSet, listed},
    elsewhere,
};
use crate::{
    domain::{PlaceCode, PlaceKind, Point},
    geo::{
        Metres, PackPostcode, Postcode, PostcodePart,
        names::{NameKind, Named, fold},
        shipped::PartRow,
    },
};

/// People to the square kilometre of a built-up place, for how far it reaches.
const PEOPLE_PER_SQUARE_KM: f64 = 3_200.0;
const SMALL_PLACE: Metres = Metres(1_000.0);
const LARGEST_PLACE: Metres = Metres(15_000.0);
/// The position in a key and that of its place differ by rounding only.
const PINNED: Metres = Metres(1_000.0);

impl Gazetteer {
    /// Finds the place that somebody typed: a postcode whole or in part, a name with or without
    /// its council, a code, or `latitude,longitude`. `home` is the middle of the directory's
    /// own area; of several places of one name it decides. Never fails: see `Resolution`.
    #[must_use]
    pub fn resolve(&self, text: &str, home: Option<Point>) -> Resolution {
        if let Some(found) = self.resolve_code(text.trim()) {
            return found;
        }
        match read(text) {
            Asked::Position(lat, lon) => self.resolve_position(lat, lon),
            Asked::Pinned { name, lat, lon } => self.resolve_pinned(&name, lat, lon),
            Asked::Postcode { part, alone } => self
                .resolve_part(&part)
                .or_else(|| (!alone).then(|| self.resolve_words(text, home)))
                .unwrap_or_else(|| self.unknown_part(&part)),
            Asked::Words(words) => self.resolve_words(&words, home),
            Asked::Nothing => not_found(text),
        }
    }

    /// A place's code in any case, `pc:WN1`, or the code of a council that is no more.
    fn resolve_code(&self, text: &str) -> Option<Resolution> {
        if text.len() > 40 {
            return None;
        }
        if let Some(part) = text.strip_prefix("pc:") {
            return self.resolve_part(&PostcodePart::parse(part).ok()?);
        }
        let codes = [PlaceCode::from(text), PlaceCode(text.to_ascii_uppercase())];
        if let Some(code) = codes.iter().find(|code| self.place_ref(code).is_some()) {
            return self.area_whereabouts(code, None).map(found);
        }
        let remap = codes.iter().find_map(|code| self.successor(code))?;
        self.resolve_replaced(&remap)
    }

    fn resolve_replaced(&self, remap: &super::Remap) -> Option<Resolution> {
        if let [only] = remap.to.as_slice() {
            let note = Note::Replaced { name: remap.from.name.clone(), since: remap.since };
            return self.area_whereabouts(&only.code, Some(note)).map(found);
        }
        let names = remap.to.iter().flat_map(|place| self.hits(&fold(&place.name)));
        let meant = names.filter(|hit| remap.to.iter().any(|place| Some(&place.code) == hit.area));
        let candidates = meant.map(|hit| self.candidate(&hit, None)).collect();
        Some(Resolution::Several { text: remap.from.name.clone(), candidates })
    }

    fn resolve_position(&self, lat: f64, lon: f64) -> Resolution {
        let outside = || Resolution::NotCovered {
            reason: NotCovered::OutsideEngland,
            what: "this position".to_owned(),
        };
        let Some(point) = Point::parse(lat, lon) else { return outside() };
        let Some(held) = self.held_at(point) else { return outside() };
        let outcode = held.codes.iter().find(|(kind, _)| *kind == PlaceKind::Outcode);
        let outcode = outcode.map(|(_, code)| code.as_str().trim_start_matches("pc:").to_owned());
        let sector = || self.base.nearest_sector(point).map(|(row, _)| row.outcode().to_owned());
        let note = held.by_sector.then_some(Note::AreasOfNearestSector);
        let mut whereabouts =
            self.whereabouts(String::new(), point, Precision::Exact, Metres(0.0), held.codes);
        let around = whereabouts.places.iter().find(|place| place.kind > PlaceKind::Lsoa);
        whereabouts.label =
            around.map_or_else(|| "this position".to_owned(), |place| format!("in {}", place.name));
        whereabouts.short_label = outcode.or_else(sector).unwrap_or_default();
        found(Whereabouts { note, ..whereabouts })
    }

    fn resolve_pinned(&self, name: &str, lat: f64, lon: f64) -> Resolution {
        let Some(pin) = Point::parse(lat, lon) else { return self.resolve_position(lat, lon) };
        let hits = self.hits(&fold(name));
        let apart = |hit: &Hit<'_>| Metres::between(hit.named.point, pin);
        let nearest = hits.iter().min_by(|a, b| apart(a).0.total_cmp(&apart(b).0));
        match nearest.filter(|hit| apart(hit) <= PINNED) {
            Some(hit) => found(self.named_whereabouts(hit, Vec::new())),
            None => self.resolve_position(lat, lon),
        }
    }

    /// A postcode or part of one; `None` where nothing is known of it or its outward code.
    fn resolve_part(&self, part: &PostcodePart) -> Option<Resolution> {
        if let Some(elsewhere) = elsewhere::postcode(part) {
            return Some(elsewhere);
        }
        let facts = self.base.facts;
        match part {
            PostcodePart::Full(postcode) => self.resolve_postcode(postcode),
            PostcodePart::Sector(sector) => {
                facts.sector(sector).map(|row| found(self.part_whereabouts(row, Precision::Sector)))
            }
            PostcodePart::Outcode(_) => None,
        }
        .or_else(|| {
            let row = facts.outcode(part.outcode())?;
            let whereabouts = self.part_whereabouts(row, Precision::Outcode);
            let note = (!matches!(part, PostcodePart::Outcode(_)))
                .then_some(Note::NotInPack { used: Precision::Outcode });
            Some(found(Whereabouts { note, ..whereabouts }))
        })
    }

    fn resolve_postcode(&self, postcode: &Postcode) -> Option<Resolution> {
        let sector = self.base.facts.sector(&postcode.sector());
        let known = self.base.known(postcode);
        if let Some((point, known)) = known.and_then(|known| Some((known.point?, known))) {
            return Some(found(self.known_whereabouts(&known, point, sector)));
        }
        let whereabouts = self.part_whereabouts(sector?, Precision::Sector);
        let note = Some(Note::NotInPack { used: Precision::Sector });
        Some(found(Whereabouts { note, ..whereabouts }))
    }

    fn known_whereabouts(
        &self,
        known: &PackPostcode,
        point: Point,
        sector: Option<&PartRow>,
    ) -> Whereabouts {
        let exact = known.quality.is_exact();
        let (precision, spread) = match sector.filter(|_| !exact) {
            Some(sector) => (Precision::Sector, Metres(sector.spread_metres)),
            None => (Precision::Postcode, Metres(0.0)),
        };
        let label = known.postcode.to_string();
        let codes = self.held_by(known);
        let mut whereabouts = self.whereabouts(label, point, precision, spread, codes);
        known.postcode.outcode().clone_into(&mut whereabouts.short_label);
        whereabouts.note = match known.terminated {
            Some((year, month)) => Some(Note::Terminated { year, month }),
            None => (!exact).then_some(Note::LowQuality),
        };
        whereabouts
    }

    fn part_whereabouts(&self, row: &PartRow, precision: Precision) -> Whereabouts {
        let spread = Metres(row.spread_metres);
        let codes = self.sharing_part(row);
        let whereabouts = self.whereabouts(row.part.clone(), row.point(), precision, spread, codes);
        Whereabouts { short_label: row.outcode().to_owned(), ..whereabouts }
    }

    fn resolve_words(&self, text: &str, home: Option<Point>) -> Resolution {
        let hits = self.named_by(text);
        if !hits.is_empty() {
            return self.choose(text, hits, home);
        }
        if let [only] = self.area_by_name(text, home).as_slice() {
            let remapped =
                self.successor(&only.code).and_then(|remap| self.resolve_replaced(&remap));
            let area = || self.area_whereabouts(&only.code, None).map(found);
            if let Some(answer) = remapped.or_else(area) {
                return answer;
            }
        }
        if let Some(elsewhere) = elsewhere::name(&fold(text)) {
            return elsewhere;
        }
        let hits = self.named_in_part(text);
        if hits.is_empty() { self.unknown_name(text, home) } else { self.choose(text, hits, home) }
    }

    pub(super) fn named_whereabouts(
        &self,
        hit: &Hit<'_>,
        others: Vec<super::Candidate>,
    ) -> Whereabouts {
        let named = hit.named;
        let spread = self.spread(named);
        let candidate = self.candidate(hit, None);
        let area = hit.area.and_then(|code| self.area_whereabouts(code, None));
        let whereabouts = area.unwrap_or_else(|| {
            let codes = self.sharing_spot(named.point, spread, named.council.as_ref());
            let label = candidate.label.clone();
            let spot = self.whereabouts(label, named.point, Precision::Name, spread, codes);
            let note = named.approximate.then_some(Note::Approximate);
            Whereabouts { note, ..spot }
        });
        Whereabouts {
            label: candidate.label,
            short_label: candidate.key,
            // A town's own middle serves better than that of its council.
            point: named.point,
            others,
            ..whereabouts
        }
    }

    /// How far a named place reaches: as its people need at the usual density.
    fn spread(&self, named: &Named) -> Metres {
        if named.approximate
            && let Some((sector, _)) = self.base.nearest_sector(named.point)
            && let Some(outcode) = self.base.facts.outcode(sector.outcode())
        {
            return Metres(outcode.spread_metres);
        }
        let people = match named.kind {
            NameKind::City | NameKind::Town | NameKind::Village => named.population.unwrap_or(0),
            _ => 0,
        };
        let square_km = f64::from(people) / PEOPLE_PER_SQUARE_KM;
        let radius = (square_km / std::f64::consts::PI).sqrt() * 1000.0;
        Metres(radius.clamp(SMALL_PLACE.0, LARGEST_PLACE.0))
    }

    /// The whereabouts of a place with a boundary. `None` where it is unknown or has no middle.
    pub(super) fn area_whereabouts(
        &self,
        code: &PlaceCode,
        note: Option<Note>,
    ) -> Option<Whereabouts> {
        let area = self.area(code)?;
        let point = area.centre?;
        let mut codes = CodeSet::new();
        area.overlapping.iter().for_each(|code| self.add_any(&mut codes, code));
        let spread = self.reach(&area, point);
        let label = match area.place.kind {
            kind if kind < PlaceKind::Council && kind != PlaceKind::Custom => {
                format!("{} ({})", area.place.name, super::kind_in_words(kind))
            }
            _ => area.place.name.clone(),
        };
        let whereabouts = self.whereabouts(label, point, Precision::Area, spread, codes);
        Some(Whereabouts {
            short_label: code.to_string(),
            place: Some(code.clone()),
            note,
            ..whereabouts
        })
    }

    pub(super) fn whereabouts(
        &self,
        label: String,
        point: Point,
        precision: Precision,
        spread: Metres,
        codes: CodeSet,
    ) -> Whereabouts {
        Whereabouts {
            short_label: label.clone(),
            label,
            point,
            precision,
            spread,
            places: self.refs(&codes),
            codes: listed(codes),
            place: None,
            note: None,
            others: Vec::new(),
        }
    }
}

pub(super) fn found(whereabouts: Whereabouts) -> Resolution {
    Resolution::Found(Box::new(whereabouts))
}

fn not_found(text: &str) -> Resolution {
    Resolution::NotFound { text: excerpt(text), did_you_mean: Vec::new() }
}
