//! Whether a service is for a place that somebody asked about, in words.

use geo::Contains;

use crate::{
    app::App,
    domain::Service,
    geo::{FootprintCodes, Resolution, Whereabouts},
};

/// A sentence; nothing where no place was asked about.
#[must_use]
pub fn in_words(service: &Service, near: &str, app: &App) -> Option<String> {
    if near.is_empty() {
        return None;
    }
    let spot = match app.gazetteer.resolve(near, app.search.home()) {
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
    let Some(footprint) = &service.footprint else {
        return Some(format!("It states no area, so ask whether it serves {label}"));
    };
    let area = FootprintCodes::of(footprint, &app.gazetteer);
    let codes = codes(&spot, &area);
    let holds = |listed: &[String]| codes.iter().any(|code| listed.contains(code));
    let is_whole = spot.precision.is_exact();
    Some(match (holds(&area.serves), holds(&area.serves_not)) {
        (true, false) if is_whole => format!("Yes, it serves {label}"),
        (true, true) if is_whole => format!("No, it leaves out {label}"),
        (true, _) => format!("It serves {label} or a part of it. A full postcode tells"),
        (false, _) => format!("No, {label} is outside the area it serves"),
    })
}

/// The codes of a spot, with those of the drawn areas that hold it.
fn codes(spot: &Whereabouts, area: &FootprintCodes) -> Vec<String> {
    let at = geo::Point::new(spot.point.lon, spot.point.lat);
    let drawn = area.drawn.iter().filter(|(_, shape)| shape.contains(&at));
    let drawn = drawn.map(|(code, _)| code.to_string());
    spot.codes.iter().map(ToString::to_string).chain(drawn).collect()
}
