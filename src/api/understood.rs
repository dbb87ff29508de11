//! How a question was taken, on the wire.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    geo::{Candidate, NotCovered, Precision, Whereabouts},
    search::{Matching, NeedShown, PlaceUnderstood, Understood},
};

/// How the question was taken.
#[derive(Serialize, ToSchema)]
pub struct UnderstoodWire {
    /// Each idea in the words, with the needs that it was widened by.
    words: Vec<TermWire>,
    /// Every need that the words were widened by.
    needs: Vec<NeedWire>,
    /// Circumstances that the words describe beside other ideas: what is for them comes first.
    people: Vec<String>,
    /// What must not match.
    without: Vec<String>,
    /// The words as they were corrected, where as typed they found too little.
    corrected: Option<CorrectionWire>,
    /// `all` where every idea has to match, `most` where too little matched all.
    matching: &'static str,
    place: PlaceTaken,
    /// Words that are a place and were not searched for: `in Leigh`. It is the place asked about,
    /// unless another was given.
    place_in_words: Option<String>,
    /// How exactly the place is known: `exact`, `postcode`, `sector`, `outcode`, `name`, `area`.
    precision: Option<&'static str>,
    /// Words that ask for help now raise this panel's name.
    urgent: Option<String>,
}

/// One idea.
#[derive(Serialize, ToSchema)]
pub struct TermWire {
    text: String,
    needs: Vec<String>,
    /// Facts that it names, and that meet it as its words do: `on Sundays`.
    facts: Vec<String>,
}

/// A need.
#[derive(Serialize, ToSchema)]
pub struct NeedWire {
    pub id: String,
    pub label: String,
    /// Read from the description, and stated by nobody.
    pub inferred: bool,
}

/// A correction.
#[derive(Serialize, ToSchema)]
pub struct CorrectionWire {
    from: String,
    to: String,
}

/// The place as it was taken.
#[derive(Serialize, ToSchema)]
pub struct PlaceTaken {
    /// `not_asked`, `near`, `within`, `several`, `not_found` or `not_covered`. Unless one of the
    /// first three, results are withheld.
    status: &'static str,
    label: Option<String>,
    /// The ONS code, where the place has one of its own.
    code: Option<String>,
    /// The other places that may have been meant.
    candidates: Vec<CandidateWire>,
    /// Why the place is not covered.
    reason: Option<&'static str>,
}

/// A place that may have been meant.
#[derive(Serialize, ToSchema)]
pub struct CandidateWire {
    label: String,
    /// What to send as `near` to mean this one.
    near: String,
}

impl From<&NeedShown> for NeedWire {
    fn from(need: &NeedShown) -> Self {
        Self { id: need.id.to_string(), label: need.label.clone(), inferred: need.inferred }
    }
}

impl From<&Candidate> for CandidateWire {
    fn from(candidate: &Candidate) -> Self {
        Self { label: candidate.label.clone(), near: candidate.key.clone() }
    }
}

impl From<&Understood> for UnderstoodWire {
    fn from(understood: &Understood) -> Self {
        let ids = |needs: &[NeedShown]| needs.iter().map(|need| need.id.to_string()).collect();
        let words = understood.terms.iter();
        let corrected = understood.corrected.as_ref();
        Self {
            words: words
                .map(|term| TermWire {
                    text: term.text.clone(),
                    needs: ids(&term.needs),
                    facts: term.facts.clone(),
                })
                .collect(),
            needs: understood
                .terms
                .iter()
                .flat_map(|term| &term.needs)
                .map(NeedWire::from)
                .collect(),
            people: understood.people.iter().map(ToString::to_string).collect(),
            without: understood.without.clone(),
            corrected: corrected
                .map(|said| CorrectionWire { from: said.from.clone(), to: said.to.clone() }),
            matching: match understood.matching {
                Matching::All => "all",
                Matching::Most { .. } => "most",
            },
            precision: precision(&understood.place),
            place: PlaceTaken::from(&understood.place),
            place_in_words: understood.place_in_words.clone(),
            urgent: understood.urgent.map(|panel| panel.id.clone()),
        }
    }
}

impl PlaceTaken {
    fn bare(status: &'static str) -> Self {
        Self { status, label: None, code: None, candidates: Vec::new(), reason: None }
    }

    fn near(spot: &Whereabouts) -> Self {
        Self {
            label: Some(spot.label.clone()),
            code: spot.place.as_ref().map(ToString::to_string),
            candidates: spot.others.iter().map(CandidateWire::from).collect(),
            ..Self::bare("near")
        }
    }
}

impl From<&PlaceUnderstood> for PlaceTaken {
    fn from(place: &PlaceUnderstood) -> Self {
        let wires = |candidates: &[Candidate]| candidates.iter().map(CandidateWire::from).collect();
        match place {
            PlaceUnderstood::NotAsked => Self::bare("not_asked"),
            PlaceUnderstood::Near(spot) => Self::near(spot),
            PlaceUnderstood::Within(place) => Self {
                label: Some(place.name.clone()),
                code: Some(place.code.to_string()),
                ..Self::bare("within")
            },
            PlaceUnderstood::Several { text, candidates } => Self {
                label: Some(text.clone()),
                candidates: wires(candidates),
                ..Self::bare("several")
            },
            PlaceUnderstood::NotFound { text, did_you_mean } => Self {
                label: Some(text.clone()),
                candidates: wires(did_you_mean),
                ..Self::bare("not_found")
            },
            PlaceUnderstood::NotCovered { what, reason } => Self {
                label: Some(what.clone()),
                reason: Some(not_covered(*reason)),
                ..Self::bare("not_covered")
            },
        }
    }
}

fn precision(place: &PlaceUnderstood) -> Option<&'static str> {
    match place {
        PlaceUnderstood::Near(spot) => Some(match spot.precision {
            Precision::Exact => "exact",
            Precision::Postcode => "postcode",
            Precision::Sector => "sector",
            Precision::Outcode => "outcode",
            Precision::Name => "name",
            Precision::Area => "area",
        }),
        PlaceUnderstood::Within(_) => Some("area"),
        _ => None,
    }
}

fn not_covered(reason: NotCovered) -> &'static str {
    match reason {
        NotCovered::Wales => "wales",
        NotCovered::Scotland => "scotland",
        NotCovered::NorthernIreland => "northern_ireland",
        NotCovered::CrownDependency => "crown_dependency",
        NotCovered::NonGeographic => "non_geographic",
        NotCovered::OutsideEngland => "outside_england",
    }
}
