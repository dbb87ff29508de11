//! One name, several places: which is meant, and how the others are offered.

use std::cmp::Reverse;

use super::{Candidate, Gazetteer, Resolution, asked::excerpt, by_name::area_key};
use crate::{
    domain::{PlaceCode, PlaceKind, Point},
    geo::{
        Metres,
        names::{Match, NameKind, Named, fold},
    },
};

/// A place that the name may stand for.
#[derive(Clone, Copy, Debug)]
pub struct Hit<'a> {
    pub how: Match,
    pub named: &'a Named,
    /// The council or region of the same name that the town is in: Wigan of Wigan.
    pub area: Option<&'a PlaceCode>,
}

/// The directory's own area, when nothing more is known of it.
const HOME: Metres = Metres(25_000.0);
/// Counties, boards and regions reach further than their middles tell.
const WIDE_HOME: Metres = Metres(80_000.0);
/// With so many people, and ten times as many as any other of its name, a place is meant
/// wherever the question is asked.
const KNOWN_BY_ALL: u32 = 100_000;
/// As far from a village lies the middle of the ward or neighbourhood that is named after it.
const AROUND: Metres = Metres(15_000.0);
/// Others that are mentioned beside an answer.
const MOST_OTHERS: usize = 30;

impl Gazetteer {
    /// Everything called this. A town takes the area of its own name with it.
    pub(super) fn hits(&self, folded: &str) -> Vec<Hit<'_>> {
        let called = self.custom.names.called(folded).chain(self.base.names.called(folded));
        let mut hits: Vec<Hit<'_>> =
            called.map(|(how, named)| Hit { how, named, area: self.own_area(named) }).collect();
        let towns = hits.iter().filter(|hit| hit.named.code.is_none());
        let taken: Vec<&PlaceCode> = towns.filter_map(|hit| hit.area).collect();
        hits.retain(|hit| hit.named.code.as_ref().is_none_or(|code| !taken.contains(&code)));
        hits
    }

    /// A place's own code, or that of the council or region that a town is named as.
    fn own_area<'a>(&'a self, named: &'a Named) -> Option<&'a PlaceCode> {
        if named.code.is_some() || named.kind > NameKind::Suburb {
            return named.code.as_ref();
        }
        let atlas = &self.base.atlas;
        let council = atlas.id(named.council.as_ref()?.as_str())?;
        let name = fold(&named.name);
        let above = atlas.above(council).into_iter().filter_map(|id| atlas.get(id));
        let mut alike =
            above.filter(|place| place.kind >= PlaceKind::Council && area_key(&place.name) == name);
        alike.next().map(|place| &place.code)
    }

    /// The one that is meant with the others beside it, or all of them.
    pub(super) fn choose(
        &self,
        text: &str,
        mut hits: Vec<Hit<'_>>,
        home: Option<Point>,
    ) -> Resolution {
        hits.sort_by_cached_key(|hit| {
            let distance = home.map(|home| Metres::between(home, hit.named.point).0.to_bits());
            let people = Reverse(hit.named.population.unwrap_or(0));
            (
                !is_near(hit, home),
                hit.how,
                hit.named.kind.rank(),
                people,
                distance,
                hit.named.approximate,
            )
        });
        let near = hits.iter().filter(|hit| is_near(hit, home)).count();
        let asked = if near > 0 { &hits[..near] } else { &hits[..] };
        if stands_out(asked, near > 0)
            && let Some((first, others)) = hits.split_first()
        {
            let others = others.iter().take(MOST_OTHERS);
            let others = others.map(|hit| self.candidate(hit, home)).collect();
            return Resolution::Found(Box::new(self.named_whereabouts(first, others)));
        }
        let mut candidates: Vec<Candidate> =
            hits.iter().map(|hit| self.candidate(hit, home)).collect();
        self.tell_apart(&mut candidates);
        Resolution::Several { text: excerpt(text), candidates }
    }

    /// Says what each is, and in which postcode district, where two have one label.
    fn tell_apart(&self, candidates: &mut [Candidate]) {
        let labels: Vec<String> = candidates.iter().map(|found| found.label.clone()).collect();
        for (at, candidate) in candidates.iter_mut().enumerate() {
            if labels.iter().filter(|label| **label == labels[at]).count() > 1 {
                let sector = self.base.nearest_sector(candidate.point);
                let outcode = sector.map(|(row, _)| format!(", {}", row.outcode()));
                let outcode = outcode.unwrap_or_default();
                candidate.label = format!("{} ({}{outcode})", candidate.label, candidate.kind);
            }
        }
    }

    pub(super) fn candidate(&self, hit: &Hit<'_>, home: Option<Point>) -> Candidate {
        let named = hit.named;
        let council = named.council.as_ref().and_then(|code| self.place_ref(code));
        Candidate {
            label: self.label_of(hit),
            kind: named.kind,
            council: council.map(|place| place.name),
            point: named.point,
            code: hit.area.cloned(),
            key: self.key(hit),
            distance: home.map(|home| Metres::between(home, named.point)),
        }
    }

    /// The label of a name, or of the area that it stands for.
    pub(super) fn label_of(&self, hit: &Hit<'_>) -> String {
        if hit.area.is_some() && hit.named.code.is_none() {
            return hit.named.name.to_string();
        }
        self.label(hit.named)
    }

    /// `Newton, Wirral`; a place of its council's own name, or wider than one, stands alone.
    pub(super) fn label(&self, named: &Named) -> String {
        let council = named.council.as_ref().and_then(|code| self.place_ref(code));
        let council = council.filter(|council| {
            area_key(&council.name) != fold(&named.name)
                && Some(&council.code) != named.code.as_ref()
        });
        match council {
            Some(council) => format!("{}, {}", named.name, council.name),
            // "Bristol, City of" is said Bristol.
            None => match named.name.split_once(", ") {
                Some((name, "City of" | "County of")) => name.to_owned(),
                _ => named.name.to_string(),
            },
        }
    }

    /// A text that resolves to this place and no other: its code, its label, or its name with
    /// its position where another may be called so.
    fn key(&self, hit: &Hit<'_>) -> String {
        if let Some(code) = hit.area {
            return code.to_string();
        }
        let named = hit.named;
        let label = self.label(named);
        let is_it = |hit: &Hit<'_>| hit.named.point == named.point && hit.named.name == named.name;
        if label.contains(", ") && matches!(self.named_by(&label).as_slice(), [only] if is_it(only))
        {
            return label;
        }
        format!("{} @{:.3},{:.3}", named.name, named.point.lat, named.point.lon)
    }

    pub(super) fn council_and_above(&self, named: &Named) -> Vec<PlaceCode> {
        let id = named.council.as_ref().and_then(|code| self.base.atlas.id(code.as_str()));
        id.map(|id| self.base.atlas.codes(self.base.atlas.above(id))).unwrap_or_default()
    }
}

fn is_near(hit: &Hit<'_>, home: Option<Point>) -> bool {
    let reach = match hit.named.kind {
        NameKind::Area(kind) if kind > PlaceKind::Council => WIDE_HOME,
        _ => HOME,
    };
    home.is_some_and(|home| Metres::between(home, hit.named.point) <= reach)
}

/// Whether a name is that of a ward or neighbourhood about the place that is called the same.
fn is_part_of(first: &Hit<'_>, hit: &Hit<'_>) -> bool {
    let small = matches!(hit.named.kind, NameKind::Area(kind)
        if kind < PlaceKind::Council && kind != PlaceKind::Custom);
    small
        && first.named.council.is_some()
        && first.named.council == hit.named.council
        && Metres::between(first.named.point, hit.named.point) <= AROUND
}

/// Whether the first of these is meant without a doubt: it alone is called just this, or it is
/// a city, town or wider area among lesser places.
fn stands_out(hits: &[Hit<'_>], near: bool) -> bool {
    let Some((first, others)) = hits.split_first() else { return false };
    let alike = |hit: &&Hit<'_>| hit.how == first.how || hit.named.kind.is_major();
    let rivals: Vec<&Hit<'_>> =
        others.iter().filter(alike).filter(|hit| !is_part_of(first, hit)).collect();
    let people = first.named.population.unwrap_or(0);
    let fewer = |hit: &&Hit<'_>| hit.named.population.unwrap_or(0) < people.max(1).div_ceil(10);
    let own = |hit: &Hit<'_>| hit.named.kind == NameKind::Area(PlaceKind::Custom);
    let lesser = |hit: &&Hit<'_>| !hit.named.kind.is_major() && fewer(hit);
    rivals.is_empty()
        || (own(first) && !rivals.iter().any(|hit| own(hit)))
        || (near && first.named.kind.is_major() && rivals.iter().all(lesser))
        || (people >= KNOWN_BY_ALL && rivals.iter().all(fewer))
}
