//! Places that the directory of England does not cover, and that deserve to be told so.

use super::{NotCovered, Resolution};
use crate::geo::{PostcodePart, Territory};

/// Postcode areas wholly outside England. Those that straddle a border are judged by whether
/// their outward code has English postcodes.
const WELSH: &[&str] = &["CF", "SA"];
const SCOTTISH: &[&str] =
    &["AB", "DD", "EH", "FK", "G", "HS", "IV", "KA", "KW", "KY", "ML", "PA", "PH", "ZE"];
/// Areas of which an outward code without English postcodes is on the other side of the border.
const WELSH_BORDER: &[&str] = &["LL", "LD", "NP", "SY", "CH", "HR"];
const SCOTTISH_BORDER: &[&str] = &["DG", "TD", "CA"];

/// Names by which people elsewhere begin.
const NAMES: &[(&str, NotCovered)] = &[
    ("wales", NotCovered::Wales),
    ("cardiff", NotCovered::Wales),
    ("swansea", NotCovered::Wales),
    ("wrexham", NotCovered::Wales),
    ("aberystwyth", NotCovered::Wales),
    ("llandudno", NotCovered::Wales),
    ("merthyr tydfil", NotCovered::Wales),
    ("scotland", NotCovered::Scotland),
    ("edinburgh", NotCovered::Scotland),
    ("glasgow", NotCovered::Scotland),
    ("aberdeen", NotCovered::Scotland),
    ("dundee", NotCovered::Scotland),
    ("inverness", NotCovered::Scotland),
    ("stirling", NotCovered::Scotland),
    ("dumfries", NotCovered::Scotland),
    ("paisley", NotCovered::Scotland),
    ("northern ireland", NotCovered::NorthernIreland),
    ("belfast", NotCovered::NorthernIreland),
    ("derry", NotCovered::NorthernIreland),
    ("londonderry", NotCovered::NorthernIreland),
    ("lisburn", NotCovered::NorthernIreland),
    ("newry", NotCovered::NorthernIreland),
    ("jersey", NotCovered::CrownDependency),
    ("guernsey", NotCovered::CrownDependency),
    ("isle of man", NotCovered::CrownDependency),
    ("alderney", NotCovered::CrownDependency),
    ("st helier", NotCovered::CrownDependency),
    ("st peter port", NotCovered::CrownDependency),
    ("ireland", NotCovered::OutsideEngland),
    ("dublin", NotCovered::OutsideEngland),
];

/// Why a postcode is not covered, where its letters alone tell.
#[must_use]
pub fn postcode(part: &PostcodePart) -> Option<Resolution> {
    let outcode = part.outcode();
    let reason = match Territory::of(outcode) {
        Territory::NorthernIreland => NotCovered::NorthernIreland,
        Territory::CrownDependency => NotCovered::CrownDependency,
        Territory::NonGeographic => NotCovered::NonGeographic,
        Territory::GreatBritain if WELSH.contains(&area(outcode)) => NotCovered::Wales,
        Territory::GreatBritain if SCOTTISH.contains(&area(outcode)) => NotCovered::Scotland,
        Territory::GreatBritain => return None,
    };
    Some(Resolution::NotCovered { reason, what: outcode.to_owned() })
}

/// Across which border an outward code without any English postcode lies.
#[must_use]
pub fn across_a_border(outcode: &str) -> Option<NotCovered> {
    let area = area(outcode);
    if WELSH_BORDER.contains(&area) {
        return Some(NotCovered::Wales);
    }
    SCOTTISH_BORDER.contains(&area).then_some(NotCovered::Scotland)
}

/// Why a name is not covered, where it is that of a place elsewhere.
#[must_use]
pub fn name(folded: &str) -> Option<Resolution> {
    let bare = super::qualifier::bare(folded);
    let (name, reason) = NAMES.iter().find(|(name, _)| *name == bare)?;
    Some(Resolution::NotCovered { reason: *reason, what: (*name).to_owned() })
}

fn area(outcode: &str) -> &str {
    outcode.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default()
}
