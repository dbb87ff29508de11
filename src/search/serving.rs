//! Whether a service is for a place, told exactly where the place is exact.

use geo::Contains;

use super::ask::Search;
use crate::{
    domain::Service,
    geo::{FootprintCodes, Resolution, Whereabouts},
};

/// Whether a service is for a place that somebody asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Serving {
    Yes,
    /// The place is wide: it serves all or a part of it.
    YesOrPart,
    /// It leaves this place out of an area that holds it.
    LeftOut,
    No,
    /// It states no area.
    NotStated,
}

impl Search {
    /// The place that somebody means, as searching reads it.
    #[must_use]
    pub fn resolve(&self, near: &str) -> Resolution {
        self.gazetteer.resolve(near, self.home())
    }

    /// Whether a service is for somebody at a spot.
    #[must_use]
    pub fn serving(&self, service: &Service, spot: &Whereabouts) -> Serving {
        let Some(footprint) = &service.footprint else { return Serving::NotStated };
        let area = FootprintCodes::of(footprint, &self.gazetteer);
        let codes = codes(spot, &area);
        let holds = |listed: &[String]| codes.iter().any(|code| listed.contains(code));
        let is_whole = spot.precision.is_exact();
        match (holds(&area.serves), holds(&area.serves_not)) {
            (true, false) if is_whole => Serving::Yes,
            (true, true) if is_whole => Serving::LeftOut,
            (true, _) => Serving::YesOrPart,
            (false, _) => Serving::No,
        }
    }
}

/// The codes of a spot, with those of the drawn areas that hold it.
fn codes(spot: &Whereabouts, area: &FootprintCodes) -> Vec<String> {
    let at = geo::Point::new(spot.point.lon, spot.point.lat);
    let drawn = area.drawn.iter().filter(|(_, shape)| shape.contains(&at));
    let drawn = drawn.map(|(code, _)| code.to_string());
    spot.codes.iter().map(ToString::to_string).chain(drawn).collect()
}
