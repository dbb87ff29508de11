//! What is stated of where a service is, settled on the ground: a postcode's point, a name's area.

use super::{Gazetteer, Precision};
use crate::{
    domain::{AreaPart, PlaceCode, Point, PointSource},
    geo::PostcodePart,
};

impl Gazetteer {
    /// The point of a postcode, or of a part of one, and which of the two it is.
    #[must_use]
    pub fn point_of_postcode(&self, postcode: &str) -> Option<(Point, PointSource)> {
        PostcodePart::parse(postcode).ok()?;
        let resolution = self.resolve(postcode, None);
        let found = resolution.found()?;
        let source = match found.precision {
            Precision::Exact | Precision::Postcode => PointSource::Postcode,
            Precision::Sector | Precision::Outcode => PointSource::WiderPostcode,
            Precision::Name | Precision::Area => return None,
        };
        Some((found.point, source))
    }

    /// The parts of a footprint that somebody means by the name of an area; none where there is
    /// any doubt. `hint` is where the service is.
    #[must_use]
    pub fn area_parts(&self, name: &str, hint: Option<Point>) -> Vec<AreaPart> {
        let places = self.area_by_name(name, hint);
        places.iter().filter_map(|place| self.area_part(&place.code)).collect()
    }

    /// The part of a footprint that is this place.
    #[must_use]
    pub fn area_part(&self, code: &PlaceCode) -> Option<AreaPart> {
        let place = self.place(code)?;
        Some(AreaPart::Place {
            code: place.code,
            kind: place.kind,
            name: place.name,
            edition: place.edition,
        })
    }
}
