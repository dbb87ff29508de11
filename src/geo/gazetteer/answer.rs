//! What the gazetteer says to "where?".

use std::fmt;

use jiff::civil::Date;

use crate::{
    domain::{PlaceCode, PlaceKind, Point},
    geo::{Metres, names::NameKind},
};

/// The answer to a place as somebody typed it.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolution {
    Found(Box<Whereabouts>),
    /// The name stands for several places, the directory's own area first.
    Several {
        text: String,
        candidates: Vec<Candidate>,
    },
    /// No such place; the text is cut to a hundred characters.
    NotFound {
        text: String,
        did_you_mean: Vec<Candidate>,
    },
    /// A real place that this directory of England does not cover. `what` is the part of the
    /// postcode or the name that tells, never a whole postcode.
    NotCovered {
        reason: NotCovered,
        what: String,
    },
}

/// Why a place is not covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotCovered {
    Wales,
    Scotland,
    NorthernIreland,
    CrownDependency,
    /// A postcode of the forces, of a bank: no place on the ground.
    NonGeographic,
    /// A position in the sea or in another country.
    OutsideEngland,
}

/// A point, an area, and how sure.
#[derive(Clone, Debug, PartialEq)]
pub struct Whereabouts {
    /// What was understood. May be a full postcode: not for logs or links.
    pub label: String,
    /// An outward code, a place's name or its code: may go into links. Resolves again.
    pub short_label: String,
    pub point: Point,
    pub precision: Precision,
    /// How far from the point the place meant may well be; 0 when exact.
    pub spread: Metres,
    /// Every place that holds it, narrowest kind first. Of something wider than a postcode,
    /// every place known to share a part with it: the answer is then "serves part of it".
    pub codes: Vec<PlaceCode>,
    /// Those of the codes that have a name, for display.
    pub places: Vec<PlaceRef>,
    /// The place itself, when what was typed is one: a council, a ward, the operator's own area.
    pub place: Option<PlaceCode>,
    pub note: Option<Note>,
    /// What else the name stands for.
    pub others: Vec<Candidate>,
}

/// How exactly a place is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Precision {
    /// A point as given.
    Exact,
    Postcode,
    Sector,
    Outcode,
    /// A town, village or suburb.
    Name,
    /// A place with a boundary.
    Area,
}

/// What should be said along with the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The postcode went out of use then.
    Terminated { year: u16, month: u8 },
    /// The postcode's point is a guess from its neighbours.
    LowQuality,
    /// The postcode is not known, perhaps too new: this part of it was used.
    NotInPack { used: Precision },
    /// No boundary held the point: its areas are those of the nearest part postcode.
    AreasOfNearestSector,
    /// The name's point is only the centre of its outward code.
    Approximate,
    /// The place is no more; this one took over, and may be wider.
    Replaced { name: String, since: Option<Date> },
}

/// A place, for display.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PlaceRef {
    pub code: PlaceCode,
    pub kind: PlaceKind,
    pub name: String,
}

/// One of several places that may have been meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Such as `Newton, Wirral`.
    pub label: String,
    pub kind: NameKind,
    /// The name of its council.
    pub council: Option<String>,
    pub point: Point,
    pub code: Option<PlaceCode>,
    /// A text that resolves to this place and no other.
    pub key: String,
    /// How far it is from the directory's home.
    pub distance: Option<Metres>,
}

impl Precision {
    /// Whether a distance in metres may be measured from the point.
    #[must_use]
    pub fn is_exact(self) -> bool {
        matches!(self, Self::Exact | Self::Postcode)
    }
}

impl Resolution {
    /// The whereabouts, where there is one answer.
    #[must_use]
    pub fn found(&self) -> Option<&Whereabouts> {
        match self {
            Self::Found(whereabouts) => Some(whereabouts),
            Self::Several { .. } | Self::NotFound { .. } | Self::NotCovered { .. } => None,
        }
    }
}

/// In words, after a name: `Hindley (ward)`.
impl fmt::Display for NameKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::City => "city",
            Self::Town => "town",
            Self::Suburb => "suburb",
            Self::Village => "village",
            Self::Locality => "locality",
            Self::Area(kind) => kind_in_words(*kind),
        })
    }
}

/// A kind of place in words.
#[must_use]
pub fn kind_in_words(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Lsoa => "LSOA",
        PlaceKind::Msoa => "MSOA neighbourhood",
        PlaceKind::Ward => "ward",
        PlaceKind::Custom => "local area",
        PlaceKind::Named => "place",
        PlaceKind::Sector => "postcode sector",
        PlaceKind::Outcode => "postcode district",
        PlaceKind::Pcn => "primary care network",
        PlaceKind::Parish => "parish",
        PlaceKind::Constituency => "constituency",
        PlaceKind::Council => "council area",
        PlaceKind::County => "county",
        PlaceKind::SubIcb => "sub-ICB location",
        PlaceKind::Icb => "integrated care board",
        PlaceKind::NhsRegion => "NHS region",
        PlaceKind::Region => "region",
        PlaceKind::Nation => "country",
    }
}

/// Several of a kind in words.
#[must_use]
pub fn kinds_in_words(kind: PlaceKind) -> String {
    let one = kind_in_words(kind);
    match kind {
        PlaceKind::Parish => format!("{one}es"),
        PlaceKind::Constituency | PlaceKind::County | PlaceKind::Nation => {
            format!("{}ies", one.trim_end_matches('y'))
        }
        _ => format!("{one}s"),
    }
}
