//! From what was typed to where it is.

use super::{
    Gazetteer, NotCovered, Note, Precision, Resolution, Whereabouts,
    asked::{Asked, excerpt, read},
    choose::Hit,
    elsewhere,
};
use crate::{
    domain::{PlaceCode, PlaceKind, Point},
    geo::{Metres, Postcode, PostcodePart, names::fold},
};

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
            PostcodePart::Full(postcode) => self.resolve_postcode(*postcode),
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

    fn resolve_postcode(&self, postcode: Postcode) -> Option<Resolution> {
        let sector = self.base.facts.sector(&postcode.sector());
        let known = self.base.known(postcode);
        if let Some((point, known)) = known.and_then(|known| Some((known.point?, known))) {
            return Some(found(self.known_whereabouts(&known, point, sector)));
        }
        let whereabouts = self.part_whereabouts(sector?, Precision::Sector);
        let note = Some(Note::NotInPack { used: Precision::Sector });
        Some(found(Whereabouts { note, ..whereabouts }))
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
}

pub(super) fn found(whereabouts: Whereabouts) -> Resolution {
    Resolution::Found(Box::new(whereabouts))
}

fn not_found(text: &str) -> Resolution {
    Resolution::NotFound { text: excerpt(text), did_you_mean: Vec::new() }
}
