//! What of a change is in force at once, and what waits for a steward.

use crate::domain::{Location, Part, PartValue, Role, Sensitivity, ServiceStatus, Site};

use super::{
    listing::{Caretaker, Kept},
    sections::{Edited, hidden},
};

/// What became of the parts that somebody changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    pub live: Vec<Part>,
    pub waits: Vec<Part>,
    pub for_later: Vec<Part>,
}

/// When a change is to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saving {
    Now,
    Later,
}

/// Which parts are in force at once, which wait, and which are for later. Of the venues, both may
/// be: what shows less of them is in force at once, whatever else waits.
#[must_use]
pub fn comes_to(
    kept: &Kept,
    by: &Caretaker,
    edited: &Edited,
    parts: Vec<Part>,
    saving: Saving,
) -> Saved {
    let mut saved = Saved::default();
    for part in parts {
        if saving == Saving::Later {
            saved.for_later.push(part);
        } else if goes_live(kept, by, edited, part) {
            saved.live.push(part);
        } else {
            let less = || shown_less(kept, edited).0;
            if part == Part::Sites && PartValue::Sites(less()) != part.of(&kept.record.service) {
                saved.live.push(part);
            }
            saved.waits.push(part);
        }
    }
    saved
}

/// Whether a change of a part is in force at once, the whole of it. Everything is for a steward,
/// and of a listing that nobody sees yet; of one that is shown with care, only what shows less.
fn goes_live(kept: &Kept, by: &Caretaker, edited: &Edited, part: Part) -> bool {
    let stored = &kept.record.service;
    if by.role == Role::Steward {
        return true;
    }
    match part {
        Part::Status => return false,
        _ if stored.status == ServiceStatus::Draft => return true,
        Part::Sites => {
            return PartValue::Sites(shown_less(kept, edited).0) == part.of(&edited.service);
        }
        Part::Sensitivity => return edited.service.sensitivity == Sensitivity::Sensitive,
        _ => {}
    }
    !part.waits_for_a_steward() && !kept.record.needs_care()
}

/// The venues as they stand, without those that are taken away and with those hidden that are to
/// be; and the sites that this needs.
pub(super) fn shown_less(kept: &Kept, edited: &Edited) -> (Vec<Site>, Vec<Location>) {
    let mut sites = Vec::new();
    let mut less = Vec::new();
    for was in &kept.record.service.venues {
        let Some(venue) = edited.service.venues.iter().find(|venue| venue.id == was.id) else {
            continue;
        };
        let stands = kept.record.location(was.location);
        let would_be = edited.sites.iter().find(|site| site.id == venue.location);
        let location = match (stands, would_be) {
            (Some(stands), Some(would_be)) if would_be.confidential && !stands.confidential => {
                let hidden = hidden(stands);
                sites.push(hidden.clone());
                hidden.id
            }
            _ => was.location,
        };
        less.push(Site { venue: was.id, location });
    }
    (less, sites)
}
