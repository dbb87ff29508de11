//! The venue of a row.

use super::{language::VenueRule, row::RowReader};
use crate::{
    domain::{
        AccessFeature, Address, Answer, Location, LocationId, LocationKind, Point, PointSource,
        ServiceAtLocation, ServiceAtLocationId, Session,
    },
    import::oruk,
    text::{html, tidy, words},
};

impl RowReader<'_> {
    /// The service at its location.
    pub(super) fn venue(
        &self,
        location: &Location,
        key: &str,
        sessions: Vec<Session>,
    ) -> ServiceAtLocation {
        let own = format!("{key}@{}", location.id);
        let id = ServiceAtLocationId::derive(&self.setting.source.name, &own);
        ServiceAtLocation { sessions, ..ServiceAtLocation::at(id, location.id) }
    }

    /// The site, or none where the row names no place at all.
    pub(super) fn location(&mut self, rule: &VenueRule, service: &str) -> Option<Location> {
        let lines: Vec<String> = self
            .all(&rule.address)
            .iter()
            .flat_map(|line| oruk::split(&html::to_line(line)))
            .collect();
        let postcode = self.first(&rule.postcode).map(|text| oruk::usual(&text));
        let point = self.point(rule);
        if lines.is_empty() && postcode.is_none() && point.is_none() {
            return None;
        }
        let said_name = self.first(&rule.name).map(|name| html::to_line(&name));
        let name =
            said_name.or_else(|| lines.first().cloned()).unwrap_or_else(|| service.to_owned());
        let town = self.first(&rule.town);
        let key = tidy::line(&[lines.join(","), postcode.clone().unwrap_or_default()].join("|"))
            .to_lowercase();
        let key = if key == "|" { format!("of {service}").to_lowercase() } else { key };
        let mut access = words::features(&self.all(&rule.access).join(". "));
        if let Some(text) = self.first(&rule.step_free) {
            access.extend(words::features(&text));
            access.insert(AccessFeature::StepFree, words::answer(&text));
            access.retain(|_, answer| *answer != Answer::NotStated);
        }
        Some(Location {
            kind: rule.kind.unwrap_or(LocationKind::Physical),
            description: Some(self.paragraphs(&rule.description)).filter(|text| !text.is_empty()),
            address: Some(Address { lines, town, county: None, postcode }),
            point,
            point_source: if point.is_some() { PointSource::Stated } else { PointSource::None },
            access,
            getting_there: Some(self.paragraphs(&rule.getting_there))
                .filter(|text| !text.is_empty()),
            provenance: self.setting.source.provenance(&key, self.setting.now),
            ..Location::named(LocationId::derive(&self.setting.source.name, &key), name)
        })
    }

    fn point(&mut self, rule: &VenueRule) -> Option<Point> {
        let parts = self.all(&rule.point);
        let text = parts.join(",");
        let numbers: Vec<f64> =
            text.split(',').filter_map(|part| part.trim().parse().ok()).collect();
        let point = match numbers.as_slice() {
            [lat, lon] => Point::parse(*lat, *lon),
            _ => None,
        };
        if point.is_none() && !text.is_empty() {
            self.left_out("point", "latitude and longitude of a point in or near England", &text);
        }
        point
    }
}
