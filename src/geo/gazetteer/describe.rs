//! Whereabouts of what was found: point, reach, areas, and how sure.

use super::{
    Candidate, Gazetteer, Note, Precision, Whereabouts,
    choose::Hit,
    codes::{CodeSet, listed},
    kind_in_words,
};
use crate::{
    domain::{PlaceCode, PlaceKind, Point},
    geo::{
        Metres, PackPostcode,
        names::{NameKind, Named},
        shipped::PartRow,
    },
};

/// People to the square kilometre of a built-up place, for how far it reaches.
const PEOPLE_PER_SQUARE_KM: f64 = 3_200.0;
const SMALL_PLACE: Metres = Metres(1_000.0);
const LARGEST_PLACE: Metres = Metres(15_000.0);

impl Gazetteer {
    pub(super) fn known_whereabouts(
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

    pub(super) fn part_whereabouts(&self, row: &PartRow, precision: Precision) -> Whereabouts {
        let spread = Metres(row.spread_metres);
        let codes = self.sharing_part(row);
        let whereabouts = self.whereabouts(row.part.clone(), row.point(), precision, spread, codes);
        Whereabouts { short_label: row.outcode().to_owned(), ..whereabouts }
    }

    pub(super) fn named_whereabouts(&self, hit: &Hit<'_>, others: Vec<Candidate>) -> Whereabouts {
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
        let label = match area.place.kind {
            kind if kind < PlaceKind::Council && kind != PlaceKind::Custom => {
                format!("{} ({})", area.place.name, kind_in_words(kind))
            }
            _ => area.place.name.clone(),
        };
        Some(Whereabouts {
            label,
            short_label: code.to_string(),
            point,
            precision: Precision::Area,
            spread: self.reach(&area, point),
            places: self.place_ref(code).into_iter().chain(self.parents(code)).collect(),
            codes: area.overlapping,
            place: Some(code.clone()),
            note,
            others: Vec::new(),
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
