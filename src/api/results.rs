//! One result, on the wire.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{Capacity, CapacityStatus, Organisation},
    search::{Distance, DoorShown, Found, Labelled, ServesHow, shows_where},
};

use super::{facts::VenueWire, understood::NeedWire};

/// A service in the answer, with why it is there.
#[derive(Serialize, ToSchema)]
pub struct ResultWire {
    id: String,
    name: String,
    summary: String,
    organisation: OrganisationBrief,
    needs: Vec<NeedWire>,
    serves: ServesWire,
    /// Metres to the nearest venue, where both ends are known exactly; else null.
    distance_metres: Option<u32>,
    /// The band of miles that the nearest venue is in, where one may be said.
    distance_band: Option<String>,
    /// The nearest venue, where it may be shown.
    venue: Option<VenueWire>,
    capacity: CapacityWire,
    /// The date of the last confirmation by somebody who knows.
    confirmed_on: Option<String>,
    /// Whether it was confirmed recently enough to stand among the first.
    confirmed_recently: bool,
    /// Whether it is among those that come first.
    leads: bool,
    /// Whether its whole name is what was typed.
    called: bool,
    /// The date and hour of the next session.
    next_session: Option<String>,
    /// The weighted geometric mean of the factors, in (0, 1].
    score: f32,
    factors: Vec<FactorWire>,
}

/// An organisation in a few words.
#[derive(Serialize, ToSchema)]
pub struct OrganisationBrief {
    pub id: String,
    pub name: String,
    /// `voluntary`, `social-enterprise`, `private`, `nhs`, `local-authority`, `other`; null where not stated.
    pub sector: Option<&'static str>,
}

/// Whether and how it is for the place asked.
#[derive(Serialize, ToSchema)]
pub struct ServesWire {
    /// `inside`, `venue`, `remote`, `part`, `elsewhere` or `not_asked`.
    how: &'static str,
    reason: String,
}

/// Whether it takes people: a dated statement, or not known.
#[derive(Serialize, ToSchema)]
pub struct CapacityWire {
    /// `open`, `waiting`, `full`, `paused` or `not_known`.
    pub status: &'static str,
    /// When the statement was made, whether it still counts or not.
    pub as_of: Option<String>,
    /// When it stops counting, or stopped.
    pub expires: Option<String>,
    pub wait_weeks: Option<u16>,
    /// Who said so.
    pub by: Option<String>,
    pub note: Option<String>,
    pub for_whom: Option<String>,
    pub units: Option<UnitsWire>,
}

/// Places by number, as far as stated.
#[derive(Serialize, ToSchema)]
pub struct UnitsWire {
    unit: String,
    available: Option<u32>,
    maximum: Option<u32>,
    funded: Option<u32>,
}

/// One factor of the score.
#[derive(Serialize, ToSchema)]
pub struct FactorWire {
    /// `words`, `need`, `nearness`, `area`, `person`, `availability`, `confidence`.
    name: &'static str,
    /// In (0, 1].
    value: f32,
    /// Its share of the blend; the shares of all factors in play add up to 1.
    weight: f32,
    reason: String,
}

impl From<&Organisation> for OrganisationBrief {
    fn from(organisation: &Organisation) -> Self {
        Self {
            id: organisation.id.to_string(),
            name: organisation.name.clone(),
            sector: organisation.sector.map(Labelled::key),
        }
    }
}

impl From<&Found> for ResultWire {
    fn from(found: &Found) -> Self {
        let service = &found.record.service;
        let factors = found.factors.iter();
        Self {
            id: service.id.to_string(),
            name: service.name.clone(),
            summary: service.summary.clone(),
            organisation: OrganisationBrief::from(&found.record.organisation),
            needs: found.needs.iter().map(NeedWire::from).collect(),
            serves: ServesWire { how: how(found.serves.how), reason: found.serves.reason.clone() },
            distance_metres: metres(found.distance),
            distance_band: found.distance.map(band),
            venue: venue(found),
            capacity: CapacityWire::from(&found.door),
            confirmed_on: service
                .upkeep
                .confirmed
                .as_ref()
                .map(|by| crate::search::wording::date_of(by.at).to_string()),
            leads: found.leads,
            called: found.called,
            confirmed_recently: found.confirmed_recently,
            next_session: found.next.map(|(next, _)| match next.opens {
                Some(opens) => next.date.to_datetime(opens).to_string(),
                None => next.date.to_string(),
            }),
            score: found.score,
            factors: factors
                .map(|factor| FactorWire {
                    name: factor.key,
                    value: factor.value,
                    weight: factor.share,
                    reason: factor.reason.clone(),
                })
                .collect(),
        }
    }
}

impl From<&DoorShown> for CapacityWire {
    fn from(door: &DoorShown) -> Self {
        let said = door.statement.as_ref();
        Self {
            status: door.status.map_or("not_known", status),
            as_of: said.map(|said| said.as_of.to_string()),
            expires: said.map(|said| said.lapses_at.to_string()),
            wait_weeks: said.filter(|_| door.status.is_some()).and_then(|said| said.wait_weeks),
            by: said.map(|said| said.by.name.clone()),
            note: said.and_then(|said| said.note.clone()),
            for_whom: said.and_then(|said| said.for_whom.clone()),
            units: said.filter(|_| door.status.is_some()).and_then(units),
        }
    }
}

fn units(said: &Capacity) -> Option<UnitsWire> {
    said.units.as_ref().map(|units| UnitsWire {
        unit: units.unit.clone(),
        available: units.available,
        maximum: units.maximum,
        funded: units.funded,
    })
}

fn status(status: CapacityStatus) -> &'static str {
    status.key()
}

fn how(how: ServesHow) -> &'static str {
    match how {
        ServesHow::NotAsked => "not_asked",
        ServesHow::Inside => "inside",
        ServesHow::Venue => "venue",
        ServesHow::Remote => "remote",
        ServesHow::Part => "part",
        ServesHow::Elsewhere => "elsewhere",
    }
}

fn metres(distance: Option<Distance>) -> Option<u32> {
    match distance {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "no distance on earth is negative or over four million kilometres"
        )]
        Some(Distance::Measured(metres)) => Some(metres.0.round() as u32),
        _ => None,
    }
}

fn band(distance: Distance) -> String {
    match distance {
        Distance::Measured(metres) | Distance::Band(metres) => metres.band().to_string(),
    }
}

fn venue(found: &Found) -> Option<VenueWire> {
    let venue = found.record.service.venues.get(found.venue?)?;
    let location = found.record.location(venue.location)?;
    shows_where(&found.record.service, location).then(|| VenueWire::new(venue, location))
}
