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
/// Others that are mentioned beside an answer.
const MOST_OTHERS: usize = 30;

impl Gazetteer {
    /// Everything called this. A town takes the area of its own name with it.
    pub(super) fn hits(&self, folded: &str) -> Vec<Hit<'_>> {
        let called = self.custom.names.called(folded).chain(self.base.names.called(folded));
        let mut hits: Vec<Hit<'_>> =
            called.map(|(how, named)| Hit { how, named, area: named.code.as_ref() }).collect();
        let areas: Vec<(&str, &PlaceCode)> = hits
            .iter()
            .filter(
                |hit| matches!(hit.named.kind, NameKind::Area(kind) if kind >= PlaceKind::Council),
            )
            .filter_map(|hit| Some((&*hit.named.name, hit.area?)))
            .collect();
        let mut absorbed: Vec<&PlaceCode> = Vec::new();
        for hit in
            hits.iter_mut().filter(|hit| hit.area.is_none() && hit.named.kind <= NameKind::Suburb)
        {
            let holds = self.council_and_above(hit.named);
            let area = areas.iter().find(|(name, code)| {
                area_key(name) == fold(&hit.named.name) && holds.contains(code)
            });
            if let Some((_, code)) = area {
                hit.area = Some(code);
                absorbed.push(code);
            }
        }
        hits.retain(|hit| hit.named.code.as_ref().is_none_or(|code| !absorbed.contains(&code)));
        hits
    }

    /// The one that is meant with the others beside it, or all of them.
    pub(super) fn choose(
        &self,
        text: &str,
        mut hits: Vec<Hit<'_>>,
        home: Option<Point>,
    ) -> Resolution {
        hits.sort_by_cached_key(|hit| {
            let distance = home.map(|home| Metres::between(home, hit.named.point).0 as u64);
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
        let candidates = hits.iter().map(|hit| self.candidate(hit, home)).collect();
        Resolution::Several { text: excerpt(text), candidates }
    }

    pub(super) fn candidate(&self, hit: &Hit<'_>, home: Option<Point>) -> Candidate {
        let named = hit.named;
        let council = named.council.as_ref().and_then(|code| self.place_ref(code));
        Candidate {
            label: self.label(named),
            kind: named.kind,
            council: council.map(|place| place.name),
            point: named.point,
            code: hit.area.cloned(),
            key: self.key(hit),
            distance: home.map(|home| Metres::between(home, named.point)),
        }
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
            None => named.name.to_string(),
        }
    }

    /// A text that resolves to this place and no other: its code, its label, or its name with
    /// its position where the council has two of the name.
    fn key(&self, hit: &Hit<'_>) -> String {
        if let Some(code) = hit.area {
            return code.to_string();
        }
        let named = hit.named;
        let alike = self
            .base
            .names
            .called(&fold(&named.name))
            .filter(|(how, other)| *how == Match::Whole && other.council == named.council);
        let label = self.label(named);
        if alike.count() == 1 && label.contains(", ") {
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

/// Whether the first of these is meant without a doubt: it alone is called just this, or it is
/// a city, town or wider area among lesser places.
fn stands_out(hits: &[Hit<'_>], near: bool) -> bool {
    let Some((first, others)) = hits.split_first() else { return false };
    let alike = |hit: &&Hit<'_>| hit.how == first.how || hit.named.kind.is_major();
    let rivals: Vec<&Hit<'_>> = others.iter().filter(alike).collect();
    let people = first.named.population.unwrap_or(0);
    let fewer = |hit: &&Hit<'_>| hit.named.population.unwrap_or(0) < people.max(1).div_ceil(10);
    let lesser = |hit: &&Hit<'_>| !hit.named.kind.is_major() && fewer(hit);
    rivals.is_empty()
        || (near && first.named.kind.is_major() && rivals.iter().all(lesser))
        || (people >= KNOWN_BY_ALL && rivals.iter().all(fewer))
}
