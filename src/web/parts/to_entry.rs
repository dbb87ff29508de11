//! A service as it stands on a leaflet: for the person, in plain words.

use jiff::{Timestamp, civil::Date};

use super::{facts, suits};
use crate::{
    app::App,
    domain::{Answer, Freshness, Service},
    paper::{Entry, Leaflet, MessageLine},
    search::{Labelled, by_remote_means, shows_where, wording},
    web::{
        handed::{Handed, HandedService},
        paths,
    },
};

/// The leaflet of what is handed over.
#[must_use]
pub fn leaflet(handed: &Handed, is_large: bool, app: &App, now: Timestamp) -> Leaflet {
    let directory = &app.config.directory;
    let help = if directory.help_phone.is_empty() {
        String::new()
    } else {
        let name = if directory.help_name.is_empty() { "Help line" } else { &directory.help_name };
        format!(" {name}: {}.", directory.help_phone)
    };
    let printed = wording::long_date(wording::date_of(now));
    Leaflet {
        title: if handed.held.is_some() { handed.title() } else { directory.name.clone() },
        lead: None,
        entries: handed.services.iter().map(|service| entry(service, app, now)).collect(),
        foot: format!("Printed {printed} from {}. Ring before you travel.{help}", directory.name),
        is_large,
    }
}

/// A service on a leaflet.
#[must_use]
pub fn entry(handed: &HandedService, app: &App, now: Timestamp) -> Entry {
    let (record, service) = (&handed.record, handed.service());
    let contact = facts::phone(record);
    Entry {
        name: service.name.clone(),
        by: record.organisation.name.clone(),
        line: service.summary.clone(),
        note: Some(handed.note.as_str())
            .filter(|note| !note.is_empty())
            .map(|note| format!("Note for you: {note}")),
        phone: contact.and_then(|contact| contact.phone.clone()),
        phone_note: contact.and_then(|contact| contact.phone_note.clone()),
        facts: entry_facts(handed, app, now),
        warning: warning(handed),
        address: short_address(service, app),
    }
}

/// A service in a text message. One that is kept confidential is not named there.
#[must_use]
pub fn message_line(handed: &HandedService, app: &App, now: Timestamp) -> MessageLine {
    let (record, service) = (&handed.record, handed.service());
    let is_named = !record.needs_care();
    let is_dated = (is_named && handed.next.is_some()) || handed.is_closed();
    let site = handed.next.as_ref().and_then(|(_, at)| facts::site_of_session(record, *at));
    let at = site.filter(|_| !handed.is_closed()).map(|site| format!(" at {site}"));
    let next =
        is_dated.then(|| when(handed, wording::date_of(now)) + at.as_deref().unwrap_or_default());
    MessageLine {
        name: is_named.then(|| service.name.clone()),
        phone: facts::phone(record).and_then(|contact| contact.phone.clone()),
        next,
        note: Some(handed.note.clone()).filter(|note| is_named && !note.is_empty()),
        address: short_address(service, app),
    }
}

/// The whole of a listing's short address.
#[must_use]
pub fn short_address(service: &Service, app: &App) -> String {
    app.config.directory.link(&paths::short(service.id))
}

fn entry_facts(handed: &HandedService, app: &App, now: Timestamp) -> Vec<(String, String)> {
    let service = handed.service();
    let today = wording::date_of(now);
    let next = handed.next.as_ref();
    let when = when(handed, today);
    let first = &service.first_visit;
    let company = match first.someone_can_come {
        Answer::Yes => Some("Yes".to_owned()),
        Answer::No => Some("No".to_owned()),
        Answer::NotStated => None,
    };
    let pairs = [
        (if handed.next.is_some() { "Next" } else { "When" }, Some(when)),
        ("Where", Some(whereabouts(handed, next.and_then(|(_, venue)| *venue)))),
        ("Other times", other_times(handed)),
        ("For", suits::whom(&service.eligibility, app.vocabulary)),
        ("Not for", suits::not_for(&service.eligibility.exclusions, app.vocabulary)),
        ("Cost", Some(facts::cost(service, today))),
        ("To start", Some(facts::referral(&service.access_routes.routes))),
        ("What to say", service.access_routes.what_to_say.clone()),
        ("The first time", first.what_happens.clone()),
        ("What to bring", first.bring.clone()),
        ("Can somebody come with you?", company),
        ("Taking people?", Some(taking(handed))),
        ("Sure of this?", Some(sure(service, now))),
    ];
    let said = pairs.into_iter().filter_map(|(label, said)| Some((label.to_owned(), said?)));
    said.collect()
}

/// Every time at which it is held, where there are several.
fn other_times(handed: &HandedService) -> Option<String> {
    let mut times = facts::times(&handed.record);
    let left_out = times.len().saturating_sub(MOST_TIMES);
    if times.len() < 2 || handed.is_closed() {
        return None;
    }
    times.truncate(MOST_TIMES);
    let more = if left_out > 0 { format!("; and {left_out} more") } else { String::new() };
    Some(format!("{}{more}", times.join("; ")))
}

/// The most times that are printed of a service.
const MOST_TIMES: usize = 6;

/// Where it is, as an address that somebody can go to, or how it reaches them.
#[must_use]
pub fn whereabouts(handed: &HandedService, venue: Option<usize>) -> String {
    let (record, service) = (&handed.record, handed.service());
    // The venue of a session is that one or none: another would send somebody to the wrong door.
    let meant = |at: usize| {
        let site = record.location(service.venues.get(at)?.location)?;
        shows_where(service, site).then_some(site)
    };
    match venue.map_or_else(|| facts::venue(record, None), meant) {
        Some(site) => facts::site(site),
        None if service.is_remote() => wording::capitalised(&by_remote_means(service)),
        None => "Ask when you ring".to_owned(),
    }
}

/// Whether it takes people, and who said so on which day: what is printed is read later.
#[must_use]
pub fn taking(handed: &HandedService) -> String {
    let door = wording::door(&handed.door);
    let said = handed.door.statement.as_ref();
    match (said, handed.door.status) {
        (Some(said), Some(_)) => {
            let site = facts::site_said_of(&handed.record, said);
            let at = site.map(|site| format!(" at {site}")).unwrap_or_default();
            format!("{door}{at} ({})", said_on(&said.by.name, said.as_of))
        }
        (Some(said), None) => {
            let then = said.status.label().to_lowercase();
            format!("{door}; it was “{then}” ({})", said_on(&said.by.name, said.as_of))
        }
        (None, _) => door,
    }
}

fn said_on(who: &str, at: Timestamp) -> String {
    format!("said by {who} on {}", wording::long_date(wording::date_of(at)))
}

/// How sure its facts are, by the day on which somebody confirmed them.
#[must_use]
pub fn sure(service: &Service, now: Timestamp) -> String {
    match (&service.upkeep.confirmed, service.upkeep.freshness(now)) {
        (Some(confirmed), Freshness::Confirmed | Freshness::Ageing) => {
            format!("Confirmed on {}", wording::long_date(wording::date_of(confirmed.at)))
        }
        _ => wording::freshness(&service.upkeep, now),
    }
}

/// When it is next, by its date, or what its provider says of its times.
#[must_use]
pub fn when(handed: &HandedService, today: Date) -> String {
    if handed.is_closed() {
        return CLOSED.to_owned();
    }
    let Some((next, _)) = &handed.next else {
        return facts::next(handed.service(), None, today);
    };
    let day = wording::short_day(next.date);
    match wording::hours(next.opens, next.closes).as_str() {
        "" => day,
        hours => format!("{day}, {hours}"),
    }
}

const CLOSED: &str = "Closed for the time being";

/// That it is closed for the time being, and its notice.
#[must_use]
pub fn warning(handed: &HandedService) -> Option<String> {
    let closed = handed.is_closed().then(|| format!("{CLOSED}."));
    let notice = handed.service().alert.as_ref().map(|alert| format!("Notice: {alert}"));
    let said: Vec<String> = [closed, notice].into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join(" "))
}
