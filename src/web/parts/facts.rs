//! The facts of a card in a few words each. What nobody stated is said to be not stated.

use jiff::civil::Date;

use crate::{
    domain::{
        Address, Capacity, Contact, ContactVisibility, CostOption, Location, Occurrence,
        ReferralRoute, Service, Who,
    },
    search::{Distance, Found, ServesHow, by_remote_means, shows_where, wording},
    store::ServiceRecord,
};

/// How far it is, or how it reaches the person. Nothing that would give a hidden address away.
#[must_use]
pub fn whereabouts(found: &Found) -> String {
    let service = &found.record.service;
    match found.distance {
        Some(Distance::Measured(metres)) => metres.to_string(),
        Some(Distance::Band(metres)) => wording::capitalised(&metres.band().to_string()),
        None if service.is_remote() => wording::capitalised(&by_remote_means(service)),
        None => venue(&found.record, found.venue)
            .and_then(town)
            .unwrap_or_else(|| "Address not shown".to_owned()),
    }
}

/// The name of the site that a session is at, where there are several sites and it may be named.
#[must_use]
pub fn site_of_session(record: &ServiceRecord, at: Option<usize>) -> Option<&str> {
    let venue = record.service.venues.get(at?)?;
    let location = record.location(venue.location)?;
    let is_shown = record.service.venues.len() > 1 && shows_where(&record.service, location);
    is_shown.then_some(location.name.as_str())
}

/// Every session of a service by its rule, each with its site.
#[must_use]
pub fn times(record: &ServiceRecord) -> Vec<String> {
    let service = &record.service;
    let own = service.sessions.iter().map(|session| (session, None));
    let at_venues = service
        .venues
        .iter()
        .enumerate()
        .flat_map(|(at, venue)| venue.sessions.iter().map(move |session| (session, Some(at))));
    let mut times: Vec<String> = Vec::new();
    for (session, at) in own.chain(at_venues) {
        let rule = wording::when(&session.schedule);
        let said = match site_of_session(record, at) {
            Some(site) => format!("{rule}, at {site}"),
            None => rule,
        };
        if !said.is_empty() && !times.contains(&said) {
            times.push(said);
        }
    }
    times
}

/// When it is next.
#[must_use]
pub fn next(service: &Service, next: Option<&Occurrence>, today: Date) -> String {
    let Some(occurrence) = next else {
        return said_times(service);
    };
    let day = if occurrence.date == today {
        "today".to_owned()
    } else {
        wording::short_day(occurrence.date)
    };
    match wording::hours(occurrence.opens, occurrence.closes).as_str() {
        "" => format!("Next: {day}"),
        hours => format!("Next: {day}, {hours}"),
    }
}

/// What the provider says of its times, where no date can be worked out.
fn said_times(service: &Service) -> String {
    let said = service.all_sessions().find_map(|session| session.schedule.description.clone());
    said.map_or_else(|| "Times not stated".to_owned(), |said| shortened(&said, 60))
}

/// What it costs on a day.
#[must_use]
pub fn cost(service: &Service, today: Date) -> String {
    let holds = |option: &&CostOption| {
        option.valid_from.is_none_or(|from| from <= today)
            && option.valid_to.is_none_or(|to| today <= to)
    };
    let costs: Vec<String> =
        service.costs.iter().filter(holds).take(2).map(wording::cost).collect();
    if costs.is_empty() { "Cost not stated".to_owned() } else { costs.join(", or ") }
}

/// Who can make the first step.
#[must_use]
pub fn referral(routes: &[ReferralRoute]) -> String {
    let mut ways: Vec<&str> = Vec::new();
    for route in routes {
        let way = match route.who {
            Who::DropIn => "turn up",
            Who::Own => "ask for it yourself",
            Who::LinkWorker => "through a link worker",
            Who::Professional => "through a professional",
            Who::Gp => "through a GP",
        };
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    if ways.is_empty() {
        "How to start not stated".to_owned()
    } else {
        wording::capitalised(&ways.join(" or "))
    }
}

/// That it is not for the place asked for, or for a part of it only, where so.
#[must_use]
pub fn reservation(found: &Found) -> Option<String> {
    let how = found.serves.how;
    matches!(how, ServesHow::Elsewhere | ServesHow::Part)
        .then(|| wording::capitalised(&found.serves.reason))
}

/// The venue to show: the one that is meant, or else the first that may be shown.
#[must_use]
pub fn venue(record: &ServiceRecord, meant: Option<usize>) -> Option<&Location> {
    let meant = meant.and_then(|at| record.service.venues.get(at));
    let mut venues = meant.into_iter().chain(&record.service.venues);
    venues.find_map(|venue| {
        record.location(venue.location).filter(|location| shows_where(&record.service, location))
    })
}

/// A line of address; nothing where there is none.
#[must_use]
pub fn address(address: &Address) -> String {
    let lines = address.lines.iter().map(String::as_str);
    let rest = [&address.town, &address.postcode].into_iter().flatten().map(String::as_str);
    lines.chain(rest).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The name of a venue and its address, which often begins with that name.
#[must_use]
pub fn site(location: &Location) -> String {
    match location.address.as_ref().map(address).unwrap_or_default() {
        address if address.is_empty() => location.name.clone(),
        address if address.starts_with(&location.name) => address,
        address => format!("{}, {address}", location.name),
    }
}

/// The site that a statement is about, where there are others and it may be named.
#[must_use]
pub fn site_said_of<'a>(record: &'a ServiceRecord, said: &Capacity) -> Option<&'a str> {
    let (venue, location) = record.venues().find(|(venue, _)| Some(venue.id) == said.venue)?;
    let is_one_of_several = record.service.venues.iter().any(|other| other.id != venue.id);
    let is_shown = is_one_of_several && record.service.shows_where(location);
    is_shown.then_some(location.name.as_str())
}

/// The first contact that everybody may see and that has a telephone number.
#[must_use]
pub fn phone(record: &ServiceRecord) -> Option<&Contact> {
    let contacts = record.service.contacts.iter().chain(&record.organisation.contacts);
    contacts
        .filter(|contact| contact.visibility == ContactVisibility::Public)
        .find(|contact| contact.phone.is_some())
}

fn town(location: &Location) -> Option<String> {
    location.address.as_ref().and_then(|address| address.town.clone())
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole} …")
}
