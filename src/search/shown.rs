//! From a hit and its record to what is shown of it.

use hereabouts_index::{Door, DoorSeen, DoorStatus, Hit, Reached};
use jiff::Timestamp;

use crate::{
    domain::{
        Breadth, CapacityStatus, Location, Occurrence, Service, Session, Weekday, clock_in_england,
    },
    geo::{FootprintCodes, Whereabouts},
    store::ServiceRecord,
};

use super::{
    ask::Search,
    document::{doors, needs_of, public_venues, service_id},
    explain::{self, Evidence},
    findings::{Distance, DoorShown, Found, NeedShown, PlaceUnderstood, Understood},
    question::Question,
    values::Answerable,
    wording,
};

/// What showing a hit needs to know.
pub(super) struct Showing<'a> {
    pub search: &'a Search,
    pub question: &'a Question,
    pub understood: &'a Understood,
    pub now: Timestamp,
}

/// Whether the address and point of a site may leave the server for this service.
#[must_use]
pub fn shows_where(service: &Service, location: &Location) -> bool {
    service.shows_where(location)
}

/// The next session of a service that is not over at `now`, with the venue that it is at.
#[must_use]
pub fn next_session(service: &Service, now: Timestamp) -> Option<Next> {
    next_of(service, now, |_, _| true, |_| true)
}

/// A session, with the venue that it is at.
type Next = (Occurrence, Option<usize>);

/// The next of the sessions and days that fit.
fn next_of(
    service: &Service,
    now: Timestamp,
    fits: impl Fn(&Session, Option<usize>) -> bool,
    on: impl Fn(Weekday) -> bool,
) -> Option<Next> {
    let own = service.sessions.iter().map(|session| (session, None));
    let at_venues = service
        .venues
        .iter()
        .enumerate()
        .flat_map(|(at, venue)| venue.sessions.iter().map(move |session| (session, Some(at))));
    let today = wording::date_of(now);
    let clock = clock_in_england(now);
    // One that says when it opens and not when it closes may well still go on.
    let is_over = |next: &Occurrence| {
        next.date == today
            && next.closes.is_some_and(|closes| next.opens < Some(closes) && closes <= clock)
    };
    let next = own.chain(at_venues).filter(|(session, at)| fits(session, *at)).filter_map(
        |(session, at)| {
            let days = session.schedule.next(today, LOOKED_AT).into_iter();
            let next =
                days.into_iter().find(|next| on(Weekday::of(next.date)) && !is_over(next))?;
            Some((next, at))
        },
    );
    next.min_by_key(|(next, _)| (next.date, next.opens))
}

/// So many days of a session are looked at for one that fits: a week of daily ones, and today.
const LOOKED_AT: usize = 8;

/// Whether a service takes people at `now`, as the index has it: at a venue what was said of that,
/// else of the whole; where no venue is asked about, the best of all of them. Where nothing counts any
/// more, the newest statement is given, to be shown as what was said.
#[must_use]
pub fn door_of(record: &ServiceRecord, venue: Option<usize>, now: Timestamp) -> DoorShown {
    let at = now.as_second();
    let venue = venue.and_then(|venue| u16::try_from(venue).ok());
    let doors = doors(record);
    // They stand newest first for each venue, and for the whole.
    let newest = |about: Option<u16>| {
        let begun = doors.iter().find(|(door, _)| door.venue == about && door.from <= at);
        begun.filter(|(door, _)| at < door.until)
    };
    let whole = newest(None);
    let counts = match venue {
        Some(_) => newest(venue).or(whole),
        None if doors.iter().all(|(door, _)| door.venue.is_none()) => whole,
        None => {
            let venues =
                public_venues(record).chain(doors.iter().filter_map(|(door, _)| door.venue));
            let at_venues = venues.filter_map(|venue| newest(Some(venue)).or(whole));
            let beside = whole.filter(|_| record.service.is_remote());
            let rank = |(door, _): &&(Door, _)| (door.status, std::cmp::Reverse(door.from));
            at_venues.chain(beside).min_by_key(rank)
        }
    };
    let concerns = |door: &Door| venue.is_none() || door.venue.is_none() || door.venue == venue;
    match counts {
        Some((_, said)) => DoorShown {
            status: said.map_or(Some(CapacityStatus::Paused), |said| Some(said.status)),
            statement: said.cloned(),
        },
        None => DoorShown {
            status: None,
            statement: doors
                .iter()
                .find(|(door, _)| concerns(door))
                .and_then(|(_, said)| said.cloned()),
        },
    }
}

impl Showing<'_> {
    /// The results of a page. A service that was removed since the index last looked is left out.
    pub fn results(&self, hits: &[Hit], records: Vec<ServiceRecord>, first: usize) -> Vec<Found> {
        let mut by_id: std::collections::HashMap<_, _> =
            records.into_iter().map(|record| (record.service.id, record)).collect();
        let found = hits.iter().filter_map(|hit| Some((hit, by_id.remove(&service_id(hit.id))?)));
        found.enumerate().map(|(at, (hit, record))| self.found(hit, record, first + at)).collect()
    }

    fn found(&self, hit: &Hit, record: ServiceRecord, rank: usize) -> Found {
        let venue = Self::venue(hit, &record);
        let door = door_seen(&record, venue, hit.door, self.now);
        let place = &self.understood.place;
        let distance = self.distance(hit, &record);
        let serves = explain::serves(hit, &record, place, self.serves_part(hit, &record));
        let evidence = Evidence {
            hit,
            record: &record,
            question: self.question,
            terms: &self.understood.terms,
            people: &self.understood.people,
            housebound: self.understood.housebound,
            distance,
            door: &door,
            serves: &serves,
            vocabulary: self.search.vocabulary,
            now: self.now,
        };
        let (factors, reasons) = (evidence.factors(), evidence.reasons());
        Found {
            rank,
            needs: self.needs(&record.service),
            score: hit.score,
            factors,
            reasons,
            freshness: record.service.upkeep.freshness(self.now),
            confirmed_recently: hit.confirmed_recently,
            leads: hit.leads,
            called: hit.called,
            next: self.next(&record.service, venue),
            serves,
            distance,
            venue,
            door,
            record,
        }
    }

    /// The next session that is as was asked for, near by first; else the next one of all.
    fn next(&self, service: &Service, near: Option<usize>) -> Option<Next> {
        let (days, times) = (&self.question.days, &self.question.times);
        let on = |day: Weekday| days.is_empty() || days.contains(&Answerable::Stated(day));
        let at_time = |session: &Session| {
            let part = session.schedule.part_of_day();
            times.is_empty() || part.is_some_and(|part| times.contains(&Answerable::Stated(part)))
        };
        let is_near = |at: Option<usize>| near.is_none() || at.is_none() || at == near;
        next_of(service, self.now, |session, at| at_time(session) && is_near(at), on)
            .or_else(|| next_of(service, self.now, |session, _| at_time(session), on))
            .or_else(|| next_of(service, self.now, |_, at| is_near(at), |_| true))
            .or_else(|| next_session(service, self.now))
    }

    fn needs(&self, service: &Service) -> Vec<NeedShown> {
        let needs = needs_of(service, self.search.vocabulary).into_iter();
        needs
            .map(|(need, tier)| NeedShown {
                inferred: tier != hereabouts_index::NeedTier::Stated,
                ..self.search.need(&need)
            })
            .collect()
    }

    /// The nearest venue, or else the only one, where it may be shown.
    fn venue(hit: &Hit, record: &ServiceRecord) -> Option<usize> {
        let only = (record.service.venues.len() == 1).then_some(0);
        let at = hit.nearest.map(|(ordinal, _)| usize::from(ordinal)).or(only)?;
        let location = record.location(record.service.venues.get(at)?.location)?;
        shows_where(&record.service, location).then_some(at)
    }

    fn distance(&self, hit: &Hit, record: &ServiceRecord) -> Option<Distance> {
        let spot_is_exact = match &self.understood.place {
            PlaceUnderstood::Near(spot) => spot.precision.is_exact(),
            _ => return None,
        };
        let (ordinal, _) = hit.nearest?;
        let venue = record.service.venues.get(usize::from(ordinal))?;
        let location = record.location(venue.location)?;
        if !shows_where(&record.service, location) {
            return None;
        }
        explain::distance(hit, spot_is_exact && location.point_source.is_exact())
    }

    /// Whether the areas it states cover only part of what was asked for.
    fn serves_part(&self, hit: &Hit, record: &ServiceRecord) -> bool {
        let (Reached::Serves, Some(area)) = (hit.reached, &record.service.footprint) else {
            return false;
        };
        let area = FootprintCodes::of(area, &self.search.gazetteer);
        let serves = |code: &crate::domain::PlaceCode| {
            area.serves.iter().any(|served| served == code.as_str())
        };
        match &self.understood.place {
            PlaceUnderstood::Near(spot) if spot.precision.is_exact() => false,
            PlaceUnderstood::Near(spot) => !self.serves_all_of(spot, serves),
            PlaceUnderstood::Within(place) => {
                !serves(&place.code) && !place.parents.iter().any(serves)
            }
            _ => false,
        }
    }

    /// A wide spot is served whole where every council, or system, or region that it touches is.
    fn serves_all_of(
        &self,
        spot: &Whereabouts,
        serves: impl Fn(&crate::domain::PlaceCode) -> bool,
    ) -> bool {
        [Breadth::Council, Breadth::System, Breadth::Region, Breadth::Nation].into_iter().any(
            |breadth| {
                let mut touched = spot
                    .codes
                    .iter()
                    .filter(|code| {
                        let place = self.search.gazetteer.place(code);
                        place.is_some_and(|place| place.kind.breadth() == breadth)
                    })
                    .peekable();
                touched.peek().is_some() && touched.all(&serves)
            },
        )
    }
}

/// The door that the engine saw, with the statement behind it.
fn door_seen(
    record: &ServiceRecord,
    venue: Option<usize>,
    seen: DoorSeen,
    now: Timestamp,
) -> DoorShown {
    let said = seen.door.and_then(|at| doors(record).into_iter().nth(usize::from(at)));
    match (seen.status, said) {
        (DoorStatus::NotKnown, _) | (_, None) => door_of(record, venue, now),
        (_, Some((_, statement))) => DoorShown {
            status: statement.map_or(Some(CapacityStatus::Paused), |said| Some(said.status)),
            statement: statement.cloned(),
        },
    }
}
