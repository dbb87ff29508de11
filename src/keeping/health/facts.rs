//! What is kept in memory of each listing: ids and flags, so that figures are counted without
//! reading every record again.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;

use super::Figure;
use crate::{
    domain::{
        Answer, Contact, ContactVisibility, OrganisationId, PartnershipId, PlaceCode, Scope,
        Service, ServiceId, ServiceStatus,
    },
    geo::Gazetteer,
    keeping::{
        calls::contact_to_ring,
        duplicates::Marks,
        listing::{around, came, holding, last_confirmed, named},
    },
    store::ServiceRecord,
};

/// A listing, as far as figures are counted of it.
#[derive(Clone, Debug)]
pub struct Facts {
    pub id: ServiceId,
    pub organisation: OrganisationId,
    pub confirmed: Option<Timestamp>,
    pub came: Option<Timestamp>,
    /// Whether there is a number to ring.
    pub has_phone: bool,
    /// The figures that it counts in at any hour.
    pub counts_in: Box<[Figure]>,
    /// From when until when something counts that was said of its door.
    doors: Box<[(Timestamp, Timestamp)]>,
    /// The places that hold a venue whose address is shown, and those that it says it serves.
    pub at: Box<[u32]>,
    /// The places that decide whose it is to look after.
    places: Box<[u32]>,
    partnerships: Box<[PartnershipId]>,
    /// What tells it from others.
    pub marks: Marks,
    /// Whether other listings lead to it.
    pub stands_for_others: bool,
}

/// Numbers for the codes of places, which take less room.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    of: HashMap<PlaceCode, u32>,
}

impl Numbers {
    /// The number of a place, where any listing has to do with it.
    #[must_use]
    pub fn find(&self, code: &PlaceCode) -> Option<u32> {
        self.of.get(code).copied()
    }

    fn number(&mut self, code: PlaceCode) -> u32 {
        let next = u32::try_from(self.of.len()).unwrap_or(u32::MAX);
        *self.of.entry(code).or_insert(next)
    }

    fn all(&mut self, codes: BTreeSet<PlaceCode>) -> Box<[u32]> {
        let mut numbers: Vec<u32> = codes.into_iter().map(|code| self.number(code)).collect();
        numbers.sort_unstable();
        numbers.into()
    }
}

impl Facts {
    /// What there is to count of a listing that is in these partnerships.
    #[must_use]
    pub fn of(
        record: &ServiceRecord,
        partnerships: BTreeSet<PartnershipId>,
        gazetteer: &Gazetteer,
        numbers: &mut Numbers,
    ) -> Self {
        let service = &record.service;
        let (at, places) = whereabouts(record, gazetteer);
        let figures = [Figure::NoWhom, Figure::NoAccess, Figure::NoContact, Figure::GoneFromFeed];
        Self {
            id: service.id,
            organisation: service.organisation,
            confirmed: last_confirmed(service),
            came: came(service),
            has_phone: contact_to_ring(record).is_some(),
            counts_in: figures.into_iter().filter(|figure| counts(*figure, record)).collect(),
            doors: doors(record),
            at: numbers.all(at),
            places: numbers.all(places),
            partnerships: partnerships.into_iter().collect(),
            marks: Marks::of(record),
            stands_for_others: !service.stands_for.is_empty(),
        }
    }

    /// Whether it is known at `now` if it takes people.
    #[must_use]
    pub fn has_a_door(&self, now: Timestamp) -> bool {
        self.doors.iter().any(|(from, until)| *from <= now && now < *until)
    }

    /// Whether it is inside a part of the directory, as [`Scope::holds`] says it.
    #[must_use]
    pub fn is_in(&self, scope: &Scope, numbers: &Numbers) -> bool {
        match scope {
            Scope::Everywhere => true,
            Scope::Organisation { id } => self.organisation == *id,
            Scope::Partnership { id } => self.partnerships.contains(id),
            Scope::Place { code } => {
                numbers.find(code).is_some_and(|number| self.places.binary_search(&number).is_ok())
            }
        }
    }
}

/// The places that it is shown in, and those that decide whose it is.
fn whereabouts(
    record: &ServiceRecord,
    gazetteer: &Gazetteer,
) -> (BTreeSet<PlaceCode>, BTreeSet<PlaceCode>) {
    let named = named(record, gazetteer);
    // The ward of a venue that is kept secret would be as good as a clue to its address.
    let shown = record.locations.iter().filter(|site| record.service.shows_where(site));
    let hidden = record.locations.iter().filter(|site| !record.service.shows_where(site));
    let mut at = holding(shown, gazetteer);
    at.extend(named.iter().cloned());
    let mut places = at.clone();
    places.extend(holding(hidden, gazetteer));
    places.extend(around(&named, gazetteer));
    (at, places)
}

fn counts(figure: Figure, record: &ServiceRecord) -> bool {
    match figure {
        Figure::NoWhom => !says_whom(&record.service),
        Figure::NoAccess => !says_access(record),
        Figure::NoContact => !can_be_reached(record),
        Figure::GoneFromFeed => record.service.provenance.missing_since.is_some(),
        _ => false,
    }
}

fn says_whom(service: &Service) -> bool {
    let said = &service.eligibility;
    said.description.is_some()
        || said.open_to_all == Answer::Yes
        || !said.ages.is_empty()
        || !said.for_people.is_empty()
}

fn says_access(record: &ServiceRecord) -> bool {
    let venues = record.service.venues.iter().flat_map(|venue| venue.access.values());
    let sites = record.locations.iter().flat_map(|site| site.access.values());
    let mut answers = record.service.access.values().chain(venues).chain(sites);
    answers.any(|answer| *answer != Answer::NotStated)
}

fn can_be_reached(record: &ServiceRecord) -> bool {
    let (service, organisation) = (&record.service, &record.organisation);
    let mut contacts = service.contacts.iter().chain(&organisation.contacts);
    let is_way = |contact: &Contact| {
        contact.visibility == ContactVisibility::Public
            && (contact.phone.is_some() || contact.email.is_some())
    };
    let mut routes = service.access_routes.routes.iter();
    contacts.any(is_way)
        || service.website.is_some()
        || organisation.website.is_some()
        || routes.any(|route| route.to.is_some())
}

/// When what was said of the whole service counts: each statement until it lapses or the next one
/// is made. What was said about some people only counts where nothing else was said.
fn doors(record: &ServiceRecord) -> Box<[(Timestamp, Timestamp)]> {
    if record.service.status == ServiceStatus::TemporarilyClosed {
        return [(Timestamp::MIN, Timestamp::MAX)].into();
    }
    let speaks_of_all = record.capacity.iter().any(|said| said.for_whom.is_none());
    let mut said: Vec<_> = record
        .capacity
        .iter()
        .filter(|said| said.for_whom.is_none() || !speaks_of_all)
        .filter(|said| said.venue.is_none())
        .map(|said| (said.as_of, said.lapses_at))
        .collect();
    said.sort_unstable_by_key(|(from, _)| std::cmp::Reverse(*from));
    let mut newer = Timestamp::MAX;
    for (from, until) in &mut said {
        *until = newer.min(*until);
        newer = *from;
    }
    said.into()
}
