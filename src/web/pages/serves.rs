//! Whether a service is for a place that somebody asked about, in words.

use crate::{app::App, domain::Service, geo::Resolution, search::Serving};

/// A sentence; nothing where no place was asked about.
#[must_use]
pub fn in_words(service: &Service, near: &str, app: &App) -> Option<String> {
    if near.is_empty() {
        return None;
    }
    let spot = match app.search.resolve(near) {
        Resolution::Found(spot) => spot,
        Resolution::Several { .. } => {
            return Some(
                "There are several places of that name. A postcode tells which".to_owned(),
            );
        }
        Resolution::NotFound { .. } => {
            return Some("That place is not known here. Try a postcode".to_owned());
        }
        Resolution::NotCovered { .. } => {
            return Some(
                "That place is outside England, which is all that is covered here".to_owned(),
            );
        }
    };
    let label = &spot.label;
    Some(match app.search.serving(service, &spot) {
        Serving::NotStated => format!("It states no area, so ask whether it serves {label}"),
        Serving::Yes => format!("Yes, it serves {label}"),
        Serving::LeftOut => format!("No, it leaves out {label}"),
        Serving::YesOrPart => {
            format!("It serves {label} or a part of it. A full postcode tells")
        }
        Serving::No => format!("No, {label} is outside the area it serves"),
    })
}
