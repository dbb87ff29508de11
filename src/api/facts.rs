//! The facts of a listing, on the wire. What may not leave the server is not in any of these.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{Answer, Contact, ContactVisibility, Location, Schedule, ServiceAtLocation, Session},
    search::Labelled,
};

/// A venue, with its sessions.
#[derive(Serialize, ToSchema)]
pub struct VenueWire {
    id: String,
    name: String,
    address: Vec<String>,
    town: Option<String>,
    postcode: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    /// `yes`, `no` or `not-stated` for each access fact that was stated.
    access: BTreeMap<&'static str, &'static str>,
    getting_there: Option<String>,
    sessions: Vec<SessionWire>,
}

/// A session, as rules and in words.
#[derive(Serialize, ToSchema)]
pub struct SessionWire {
    name: Option<String>,
    /// `weekly`, `monthly` or `once`.
    freq: &'static str,
    interval: u16,
    /// Days as in RFC 5545: `TU`, `2TU`, `-1FR`.
    days: Vec<String>,
    starts: Option<String>,
    until: Option<String>,
    /// Local time in `zone`.
    opens: Option<String>,
    closes: Option<String>,
    except: Vec<String>,
    zone: String,
    term_time_only: bool,
    description: Option<String>,
    note: Option<String>,
    /// Whether to book first: `yes`, `no`, `not-stated`.
    booking: &'static str,
}

/// A way to reach somebody.
#[derive(Serialize, ToSchema)]
pub struct ContactWire {
    name: Option<String>,
    role: Option<String>,
    phone: Option<String>,
    phone_note: Option<String>,
    email: Option<String>,
}

/// `yes`, `no` or `not-stated`.
pub fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::NotStated => "not-stated",
    }
}

/// The contacts that everybody may see.
pub fn contacts(contacts: &[Contact]) -> Vec<ContactWire> {
    let public = contacts.iter().filter(|known| known.visibility == ContactVisibility::Public);
    public
        .map(|known| ContactWire {
            name: known.name.clone(),
            role: known.role.clone(),
            phone: known.phone.clone(),
            phone_note: known.phone_note.clone(),
            email: known.email.clone(),
        })
        .collect()
}

/// Sessions on the wire.
pub fn sessions(sessions: &[Session]) -> Vec<SessionWire> {
    sessions.iter().map(SessionWire::from).collect()
}

impl VenueWire {
    /// A venue that may be shown: whoever calls this has asked whether it may.
    #[must_use]
    pub fn new(venue: &ServiceAtLocation, location: &Location) -> Self {
        let address = location.address.as_ref();
        let mut access = location.access.clone();
        access.extend(venue.access.clone());
        let point = location.point.filter(|_| location.point_source.is_exact());
        Self {
            id: location.id.to_string(),
            name: location.name.clone(),
            address: address.map(|known| known.lines.clone()).unwrap_or_default(),
            town: address.and_then(|known| known.town.clone()),
            postcode: address.and_then(|known| known.postcode.clone()),
            lat: point.map(|point| point.lat),
            lon: point.map(|point| point.lon),
            access: access
                .into_iter()
                .map(|(feature, said)| (feature.key(), answer(said)))
                .collect(),
            getting_there: location.getting_there.clone(),
            sessions: sessions(&venue.sessions),
        }
    }
}

impl From<&Session> for SessionWire {
    fn from(session: &Session) -> Self {
        let Schedule { freq, interval, days, starts, until, opens, closes, except, zone, .. } =
            &session.schedule;
        Self {
            name: session.name.clone(),
            freq: match freq {
                crate::domain::Freq::Weekly => "weekly",
                crate::domain::Freq::Monthly => "monthly",
                crate::domain::Freq::Once => "once",
            },
            interval: *interval,
            days: days.iter().map(|rule| String::from(*rule)).collect(),
            starts: starts.map(|date| date.to_string()),
            until: until.map(|date| date.to_string()),
            opens: opens.map(|time| time.to_string()),
            closes: closes.map(|time| time.to_string()),
            except: except.iter().map(ToString::to_string).collect(),
            zone: zone.clone(),
            term_time_only: session.schedule.term_time_only,
            description: session.schedule.description.clone(),
            note: session.note.clone(),
            booking: answer(session.booking),
        }
    }
}
