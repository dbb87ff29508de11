//! The only translator between a record of the directory and an entry of the index.

use std::collections::BTreeSet;

use hereabouts_index::{
    Door, DoorStatus, Entry, EntryId, EntryNeed, Facet, NeedTier, Point, Venue,
};

use crate::{
    domain::{
        AccessFeature, Answer, Capacity, CapacityStatus, Exclusions, Location, NeedId, PlaceCode,
        PointSource, Service, ServiceId, ServiceStatus,
    },
    geo::{FootprintCodes, Gazetteer},
    store::ServiceRecord,
    vocabulary::{Inferred, Vocabulary},
};

use super::{
    labels::{Labelled, NOT_STATED},
    shown::shows_where,
    values::Must,
};

/// Where the words and places of a record are looked up.
#[derive(Clone, Copy)]
pub struct Translator<'a> {
    pub gazetteer: &'a Gazetteer,
    pub vocabulary: &'a Vocabulary,
}

/// The id that the index knows a service by.
#[must_use]
pub fn entry_id(id: ServiceId) -> EntryId {
    EntryId(*id.0.as_bytes())
}

/// The service that the index knows by this id.
#[must_use]
pub fn service_id(id: EntryId) -> ServiceId {
    ServiceId(uuid::Uuid::from_bytes(id.0))
}

/// Needs of a service, those stated first, and then those that only its words show.
#[must_use]
pub fn needs_of(service: &Service, vocabulary: &Vocabulary) -> Vec<(NeedId, NeedTier)> {
    let stated = service.needs.iter().map(|need| (need.clone(), NeedTier::Stated));
    let texts = [
        ("name", service.name.as_str()),
        ("summary", service.summary.as_str()),
        ("description", service.description.as_str()),
    ];
    // One who states a coarse need, as feeds do, still says more in words.
    let is_new = |need: &NeedId| {
        !service.needs.iter().any(|own| own == need || vocabulary.broader(own).contains(need))
    };
    let inferred = vocabulary.infer(&texts).into_iter().filter(|found| is_new(&found.need));
    let tier = |found: &Inferred| {
        // Where there is no summary, the description is all that says what it is about.
        let is_prominent = found.field != "description" || service.summary.is_empty();
        if is_prominent { NeedTier::Inferred } else { NeedTier::Mentioned }
    };
    stated
        .chain(inferred.map(|found| {
            let tier = tier(&found);
            (found.need, tier)
        }))
        .collect()
}

/// The code under which services are kept that do not say where they are or whom they serve, so
/// that a search with a place can count them rather than lose them.
pub const NOWHERE: &str = "nowhere";

/// Whether nothing at all is known of where a service is: no area, no way to reach people where
/// they are, and no venue that could be placed.
fn is_nowhere(record: &ServiceRecord) -> bool {
    record.service.footprint.is_none()
        && !record.service.is_remote()
        && record.venues().all(|(_, location)| public_point(&record.service, location).is_none())
}

impl Translator<'_> {
    /// The entry for a record.
    #[must_use]
    pub fn entry(&self, record: &ServiceRecord) -> Entry {
        let service = &record.service;
        let needs = needs_of(service, self.vocabulary);
        let area = service.footprint.as_ref().map(|area| FootprintCodes::of(area, self.gazetteer));
        let (ages, fits, fits_not) = people(service);
        Entry {
            id: entry_id(service.id),
            name: service.name.clone(),
            also_known_as: also_known_as(record),
            organisation: record.organisation.name.clone(),
            summary: service.summary.clone(),
            body: body(record),
            need_words: self.need_words(&needs),
            facets: self.facets(record, &needs),
            states_area: area.is_some() || is_nowhere(record),
            serves: match &area {
                Some(area) => area.serves.clone(),
                None if is_nowhere(record) => self.hidden_councils(record),
                None => Vec::new(),
            },
            serves_not: area.as_ref().map(|area| area.serves_not.clone()).unwrap_or_default(),
            breadth: area.as_ref().map_or(0.0, breadth),
            venues: venues(record),
            venue_places: self.venue_places(record),
            remote: service.is_remote(),
            ages,
            fits,
            only_these: service.eligibility.only_for_these == Answer::Yes,
            fits_not,
            doors: doors(record).into_iter().map(|(door, _)| door).collect(),
            confirmed_at: service.upkeep.confirmed.as_ref().map(|by| by.at.as_second()),
            completeness: completeness(service),
            experience: record.experiences.share_that_worked(),
            needs: needs.into_iter().map(|(need, tier)| EntryNeed { need: need.0, tier }).collect(),
        }
    }

    /// The councils of venues that may not be shown, so that their services are still found there;
    /// else the code of those that are nowhere.
    fn hidden_councils(&self, record: &ServiceRecord) -> Vec<String> {
        let points = record.venues().filter_map(|(_, location)| location.point);
        let codes = points.flat_map(|point| self.gazetteer.codes_at(point));
        let is_council = |code: &PlaceCode| {
            self.gazetteer
                .place(code)
                .is_some_and(|place| place.kind == crate::domain::PlaceKind::Council)
        };
        let councils: Vec<String> = codes.filter(is_council).map(|code| code.0).collect();
        if councils.is_empty() { vec![NOWHERE.to_owned()] } else { councils }
    }

    fn need_words(&self, needs: &[(NeedId, NeedTier)]) -> Vec<String> {
        let known = needs.iter().filter_map(|(need, _)| self.vocabulary.need(need.as_str()));
        known.map(|need| need.label.clone()).collect()
    }

    /// The codes of the places that its venues are in; one that may not be shown is known by its council and wider only.
    fn venue_places(&self, record: &ServiceRecord) -> Vec<String> {
        let mut codes = BTreeSet::new();
        for (_, location) in record.venues() {
            let Some(point) = location.point else { continue };
            let places = self.codes_of(location, point).into_iter();
            let shown = shows_where(&record.service, location);
            codes.extend(places.filter(|code| shown || self.is_wide(code)));
        }
        codes.into_iter().map(|code| code.0).collect()
    }

    /// The places of a site: as published for its postcode where that is where it is, for which
    /// no outline has to be looked at; else those that hold its point.
    fn codes_of(&self, location: &Location, point: crate::domain::Point) -> Vec<PlaceCode> {
        let postcode =
            location.postcode().filter(|_| location.point_source == PointSource::Postcode);
        let published = postcode.and_then(|text| self.gazetteer.codes_of(&text.parse().ok()?));
        published.unwrap_or_else(|| self.gazetteer.codes_at(point))
    }

    fn is_wide(&self, code: &PlaceCode) -> bool {
        let place = self.gazetteer.place(code);
        place.is_some_and(|place| place.kind.breadth() >= crate::domain::Breadth::Council)
    }

    fn facets(&self, record: &ServiceRecord, needs: &[(NeedId, NeedTier)]) -> Vec<(Facet, String)> {
        let service = &record.service;
        let mut facets = Vec::new();
        // To mention a need in passing is not to answer it: words find it, figures do not count it.
        for (need, _) in needs.iter().filter(|(_, tier)| *tier != NeedTier::Mentioned) {
            facets.push((Facet::Need, need.to_string()));
            let broader = self.vocabulary.broader(need).iter();
            facets.extend(broader.map(|need| (Facet::Need, need.to_string())));
        }
        let people = &service.eligibility.for_people;
        or_not_stated(&mut facets, Facet::Who, people.iter().map(ToString::to_string));
        or_not_stated(
            &mut facets,
            Facet::Day,
            keys(service.all_sessions().flat_map(|session| session.schedule.weekdays())),
        );
        or_not_stated(
            &mut facets,
            Facet::Time,
            keys(service.all_sessions().filter_map(|session| session.schedule.part_of_day())),
        );
        or_not_stated(&mut facets, Facet::Cost, keys(service.costs.iter().map(|cost| cost.kind)));
        or_not_stated(&mut facets, Facet::Delivery, keys(service.delivery.iter().copied()));
        or_not_stated(&mut facets, Facet::Access, keys(access(record)));
        if service.first_visit.someone_can_come == Answer::Yes {
            facets.push((Facet::Access, Must::Company.key().to_owned()));
        }
        or_not_stated(&mut facets, Facet::Language, service.languages.iter().cloned());
        or_not_stated(
            &mut facets,
            Facet::Referral,
            keys(service.access_routes.routes.iter().map(|route| route.who)),
        );
        or_not_stated(&mut facets, Facet::Sector, keys(record.organisation.sector));
        facets.push((Facet::Organisation, record.organisation.id.to_string()));
        facets.sort();
        facets.dedup();
        facets
    }
}

fn keys<T: Labelled>(values: impl IntoIterator<Item = T>) -> impl Iterator<Item = String> {
    values.into_iter().map(|value| value.key().to_owned())
}

fn or_not_stated(
    facets: &mut Vec<(Facet, String)>,
    facet: Facet,
    values: impl Iterator<Item = String>,
) {
    let before = facets.len();
    facets.extend(values.map(|value| (facet, value)));
    if facets.len() == before {
        facets.push((facet, NOT_STATED.to_owned()));
    }
}

fn breadth(area: &FootprintCodes) -> f32 {
    area.breadth
}

/// Features that somebody said yes to, at any public venue or of the service itself.
fn access(record: &ServiceRecord) -> Vec<AccessFeature> {
    let at_venues = record.venues().flat_map(|(venue, location)| {
        let own = |feature: &AccessFeature| venue.access.contains_key(feature);
        let of_site = location.access.iter().filter(move |(feature, _)| !own(feature));
        venue.access.iter().chain(of_site)
    });
    let all = record.service.access.iter().chain(at_venues);
    all.filter(|(_, answer)| **answer == Answer::Yes).map(|(feature, _)| *feature).collect()
}

fn also_known_as(record: &ServiceRecord) -> Vec<String> {
    let service = record.service.aliases.iter();
    let organisation = record.organisation.aliases.iter();
    service.chain([&record.organisation.name]).chain(organisation).cloned().collect()
}

fn body(record: &ServiceRecord) -> String {
    let service = &record.service;
    let mut body = vec![service.description.as_str()];
    body.extend(service.in_short.iter().map(String::as_str));
    body.extend(service.eligibility.description.as_deref());
    body.extend(service.first_visit.what_happens.as_deref());
    body.extend(service.all_sessions().filter_map(|session| session.name.as_deref()));
    for (_, location) in record.venues().filter(|(_, location)| shows_where(service, location)) {
        body.push(&location.name);
        body.extend(location.address.iter().filter_map(|address| address.town.as_deref()));
    }
    body.join("\n")
}

fn venues(record: &ServiceRecord) -> Vec<Venue> {
    let numbered = record.service.venues.iter().enumerate();
    numbered
        .filter_map(|(ordinal, venue)| {
            let location = record.location(venue.location)?;
            let point = public_point(&record.service, location)?;
            Some(Venue { ordinal: u16::try_from(ordinal).ok()?, point })
        })
        .collect()
}

/// The numbers of the venues whose points may be known.
pub fn public_venues(record: &ServiceRecord) -> impl Iterator<Item = u16> {
    venues(record).into_iter().map(|venue| venue.ordinal)
}

/// The point of a site, where it may be known.
fn public_point(service: &Service, location: &Location) -> Option<Point> {
    let point = location.point.filter(|_| shows_where(service, location))?;
    Some(Point { lat: point.lat, lon: point.lon })
}

/// Who is left out where a service is only for the first.
const OTHERS: [(&str, &str); 4] =
    [("women", "men"), ("men", "women"), ("girls", "boys"), ("boys", "girls")];

fn is_for_only(service: &Service, only: &str) -> bool {
    let people = &service.eligibility.for_people;
    let opposite = OTHERS.iter().find(|(one, _)| *one == only).map(|(_, other)| *other);
    people.iter().any(|who| who.as_str() == only)
        && !people.iter().any(|who| Some(who.as_str()) == opposite)
}

type People = (Vec<(u8, u8)>, Vec<String>, Vec<String>);

fn people(service: &Service) -> People {
    let eligibility = &service.eligibility;
    let ages = eligibility.ages.iter().map(|range| (range.from, range.to)).collect();
    let fits = eligibility.for_people.iter().map(ToString::to_string).collect();
    let mut fits_not: Vec<String> = match &eligibility.exclusions {
        Exclusions::These { people, .. } => people.iter().map(ToString::to_string).collect(),
        Exclusions::NotStated | Exclusions::Nobody => Vec::new(),
    };
    if eligibility.only_for_these == Answer::Yes {
        let others = OTHERS.iter().filter(|(only, _)| is_for_only(service, only));
        fits_not.extend(others.map(|(_, other)| (*other).to_owned()));
    }
    (ages, fits, fits_not)
}

/// The statements of each venue and of the whole, newest first, so that a newer one ends the one before it.
pub fn doors(record: &ServiceRecord) -> Vec<(Door, Option<&Capacity>)> {
    if record.service.status == ServiceStatus::TemporarilyClosed {
        let closed =
            Door { venue: None, status: DoorStatus::Paused, from: i64::MIN, until: i64::MAX };
        return vec![(closed, None)];
    }
    let mut newest_first = about_everybody(record);
    newest_first.sort_by_key(|said| std::cmp::Reverse(said.as_of));
    let mut doors: Vec<(Door, Option<&Capacity>)> = Vec::new();
    for said in newest_first {
        let Some(venue) = door_venue(record, said) else { continue };
        let newer = doors.iter().rev().find(|(door, _)| door.venue == venue);
        let until = said.lapses_at.as_second();
        let door = Door {
            venue,
            status: status(said.status),
            from: said.as_of.as_second(),
            until: newer.map_or(until, |(newer, _)| until.min(newer.from)),
        };
        doors.push((door, Some(said)));
    }
    doors
}

/// Statements about some people only do not speak for the others; they count where there is nothing else.
fn about_everybody(record: &ServiceRecord) -> Vec<&Capacity> {
    let (some, all): (Vec<&Capacity>, Vec<&Capacity>) =
        record.capacity.iter().partition(|said| said.for_whom.is_some());
    if all.is_empty() { some } else { all }
}

/// The venue that a statement is about: none for the whole, nothing where the venue has gone.
#[expect(clippy::option_option, reason = "the whole service and a venue that has gone differ")]
fn door_venue(record: &ServiceRecord, said: &Capacity) -> Option<Option<u16>> {
    let Some(id) = said.venue else { return Some(None) };
    let at = record.service.venues.iter().position(|venue| venue.id == id)?;
    u16::try_from(at).ok().map(Some)
}

fn status(status: CapacityStatus) -> DoorStatus {
    match status {
        CapacityStatus::Open => DoorStatus::Open,
        CapacityStatus::WaitingList => DoorStatus::Waiting,
        CapacityStatus::Full => DoorStatus::Full,
        CapacityStatus::Paused => DoorStatus::Paused,
    }
}

/// The share of the facts that a reader decides by which are stated.
fn completeness(service: &Service) -> f32 {
    let eligibility = &service.eligibility;
    let stated = [
        !service.summary.is_empty(),
        service.description.len() >= 100,
        !eligibility.ages.is_empty()
            || eligibility.open_to_all == Answer::Yes
            || !eligibility.for_people.is_empty(),
        eligibility.exclusions != Exclusions::NotStated,
        !service.costs.is_empty(),
        !service.access_routes.routes.is_empty(),
        !service.delivery.is_empty(),
        !service.contacts.is_empty() || service.website.is_some(),
        service.all_sessions().next().is_some() || service.is_remote(),
        service.footprint.is_some(),
    ];
    let count = stated.iter().filter(|stated| **stated).count();
    f32::from(u8::try_from(count).unwrap_or(0)) / f32::from(u8::try_from(stated.len()).unwrap_or(1))
}
