//! What follows from the files together: parents, centres, and figures of wider places.

mod figures;
mod parents;

use std::collections::{BTreeMap, HashMap};

use super::kinds;
use crate::{
    domain::{Governance, Place, PlaceCode, PlaceKind, Point},
    geo::pack::{Fact, PackParts},
};

/// Draws the places together; what the reader of the report should know.
pub(super) fn derive(parts: &mut PackParts) -> Vec<String> {
    let parents = parents::parents(parts);
    let (derived, warnings) = figures::sum_up(&parts.stated, &parents);
    let centres = centres(parts);
    let mut places = known(parts);
    for place in places.values_mut() {
        place.centre = centres
            .get(&place.code)
            .copied()
            .or(place.centre)
            .or_else(|| middle(parts, &place.code));
        place.parents = parents
            .get(&place.code)
            .map(|parents| parents.values().cloned().collect())
            .unwrap_or_default();
        place.population = population(parts, &place.code, &derived);
    }
    parts.derived = derived;
    parts.places = places.into_values().collect();
    settle_names(parts);
    warnings
}

/// A place for each code that has a name and is in use.
fn known(parts: &PackParts) -> BTreeMap<PlaceCode, Place> {
    let mut places: BTreeMap<PlaceCode, Place> = BTreeMap::new();
    let facts = parts.facts.iter().flat_map(|source| &source.facts);
    for fact in facts.filter(|fact| !fact.name.is_empty() && fact.successor.is_none()) {
        match places.get_mut(&fact.code) {
            None => drop(places.insert(fact.code.clone(), place(fact))),
            Some(known) => {
                if is_statistical(&known.name) && !is_statistical(&fact.name) {
                    known.name.clone_from(&fact.name);
                }
                if fact.edition > known.edition {
                    known.edition.clone_from(&fact.edition);
                }
                known.centre = known.centre.or(fact.centre);
            }
        }
    }
    places
}

fn place(fact: &Fact) -> Place {
    Place {
        code: fact.code.clone(),
        kind: fact.kind,
        name: fact.name.clone(),
        edition: fact.edition.clone(),
        centre: fact.centre,
        population: None,
        indicators: Vec::new(),
        parents: Vec::new(),
        governance: Governance::default(),
    }
}

/// `Wigan 001` and `Wigan 001A`: names that the House of Commons Library has better ones for.
fn is_statistical(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or_default();
    let digits = last.trim_end_matches(|c: char| c.is_ascii_uppercase());
    digits.len() == 3 && digits.bytes().all(|c| c.is_ascii_digit())
}

/// The mean of the living postcodes of each code: where people are, not the middle of an outline.
fn centres(parts: &PackParts) -> HashMap<PlaceCode, Point> {
    let codes = parts.postcodes.codes();
    let mut sums: HashMap<u32, (f64, f64, f64)> = HashMap::new();
    for (set, living) in (0u32..).zip(parts.postcodes.living_by_set()) {
        for code in codes.members_of(set) {
            let sum = sums.entry(*code).or_default();
            *sum = (sum.0 + living.lat, sum.1 + living.lon, sum.2 + f64::from(living.placed));
        }
    }
    let mean = |(code, (lat, lon, count)): (u32, (f64, f64, f64))| {
        let code = codes.codes().get(code as usize)?.clone();
        let round = |degrees: f64| (degrees * 1e5).round() / 1e5;
        Some((code, Point::parse(round(lat / count), round(lon / count))?))
    };
    sums.into_iter().filter_map(mean).collect()
}

/// The middle of the box around an outline.
fn middle(parts: &PackParts, code: &PlaceCode) -> Option<Point> {
    let [west, south, east, north] =
        parts.boundaries.bounded(code)?.outline.bounds().map(f64::from);
    Point::parse(f64::midpoint(south, north) / 1e6, f64::midpoint(west, east) / 1e6)
}

fn population(
    parts: &PackParts,
    code: &PlaceCode,
    derived: &crate::geo::pack::Figures,
) -> Option<u32> {
    let of =
        |figures: &crate::geo::pack::Figures| figures.value(code, figures.column("population")?);
    let value = of(&parts.stated).or_else(|| of(derived))?;
    format!("{value:.0}").parse().ok()
}

/// Gives each named settlement its council: by outline, or else by the council's name in its row.
fn settle_names(parts: &mut PackParts) {
    let councils = parts.places.iter().filter(|place| place.kind == PlaceKind::Council);
    let named: HashMap<String, PlaceCode> =
        councils.map(|place| (place.name.to_lowercase(), place.code.clone())).collect();
    for name in parts.names.iter_mut().filter(|name| name.council.is_none()) {
        let inside = parts.boundaries.containing(name.point);
        let council = inside.into_iter().find(|(kind, _)| *kind == PlaceKind::Council);
        let by_name = || named.get(&name.context.as_ref()?.to_lowercase()).cloned();
        name.council = council.map(|(_, code)| code.clone()).or_else(by_name);
    }
}

/// The rank of a code's kind, where it has one.
fn rank(code: &PlaceCode) -> Option<u8> {
    kinds::kind_of(code.as_str()).map(kinds::rank)
}
