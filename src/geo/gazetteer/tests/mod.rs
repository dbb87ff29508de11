//! Claims about where things are.

mod areas;
mod names;
mod packed;
mod postcodes;

use super::*;
use crate::{
    domain::{PlaceKind, Point},
    geo::{Metres, PackPostcode, Quality},
};

const WIGAN: Point = Point { lat: 53.5430, lon: -2.6371 };
const TORBAY: Point = Point { lat: 50.4620, lon: -3.5252 };

fn shipped() -> Gazetteer {
    Gazetteer::shipped()
}

/// The demonstration: the shipped facts with the invented neighbourhoods.
fn demo() -> Gazetteer {
    static DEMO: LazyLock<Gazetteer> =
        LazyLock::new(|| shipped().with_custom(Gazetteer::demonstration_areas()));
    DEMO.clone()
}

fn found(text: &str, home: Option<Point>) -> Whereabouts {
    match demo().resolve(text, home) {
        Resolution::Found(whereabouts) => *whereabouts,
        other => panic!("{text}: {other:?}"),
    }
}

fn labels(candidates: &[Candidate]) -> Vec<&str> {
    candidates.iter().map(|candidate| candidate.label.as_str()).collect()
}

fn several(text: &str, home: Option<Point>) -> Vec<Candidate> {
    match demo().resolve(text, home) {
        Resolution::Several { candidates, .. } => candidates,
        other => panic!("{text}: {other:?}"),
    }
}

fn has(whereabouts: &Whereabouts, code: &str) -> bool {
    whereabouts.codes.contains(&PlaceCode::from(code))
}

fn not_covered(text: &str) -> Option<NotCovered> {
    match shipped().resolve(text, Some(WIGAN)) {
        Resolution::NotCovered { reason, .. } => Some(reason),
        _ => None,
    }
}
