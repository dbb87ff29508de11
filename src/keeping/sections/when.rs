//! Sessions: on which days, from when to when, and where.

use std::collections::BTreeMap;

use super::{
    Edited,
    filled::{Filled, key_of},
    reader::{LONGEST_LINE, LONGEST_PARAGRAPH, Reader, date},
};
use crate::domain::{
    DayRule, Freq, Schedule, ServiceAtLocation, ServiceAtLocationId, Session, Weekday,
};

/// What a form says of a session that is at no venue.
pub const NOT_AT_A_VENUE: &str = "none";
/// The most sessions of one listing.
const MOST: usize = 40;

/// Which session it is: at a venue or everywhere, and its number there.
type Spot = (Option<ServiceAtLocationId>, usize);

pub fn fill(edited: &Edited, filled: &mut Filled) {
    for (row, (spot, session)) in spots(edited).into_iter().enumerate() {
        let mut add = |name: &str, value: &str| filled.add(&format!("s{row}-{name}"), value);
        add("was", &format!("{}/{}", in_form(spot.0), spot.1));
        add("at", &in_form(spot.0));
        add("name", session.name.as_deref().unwrap_or_default());
        add("note", session.note.as_deref().unwrap_or_default());
        add("book", &key_of(session.booking));
        let schedule = &session.schedule;
        if is_in_fields(schedule) {
            schedule.days.iter().for_each(|rule| add("days", &key_of(rule.day)));
            add("every", &every(schedule));
        }
        let day = |date: jiff::civil::Date| date.strftime("%-d/%-m/%Y").to_string();
        add("starts", &schedule.starts.map(day).unwrap_or_default());
        add("opens", &schedule.opens.map(clock).unwrap_or_default());
        add("closes", &schedule.closes.map(clock).unwrap_or_default());
        add("term", if schedule.term_time_only { "yes" } else { "" });
        let except: Vec<String> = schedule.except.iter().copied().map(day).collect();
        add("except", &except.join(", "));
        add("words", schedule.description.as_deref().unwrap_or_default());
    }
}

/// Whether the fields of the form can say this rule. One that they cannot stays as it is.
#[must_use]
pub fn is_in_fields(schedule: &Schedule) -> bool {
    let nth = schedule.days.first().and_then(|rule| rule.nth);
    let plain = schedule.month_days.is_empty() && schedule.days.iter().all(|rule| rule.nth == nth);
    match schedule.freq {
        Freq::Once => false,
        Freq::Weekly if schedule.days.is_empty() => plain && schedule.starts.is_none(),
        Freq::Weekly => plain && nth.is_none() && (1..=4).contains(&schedule.interval),
        Freq::Monthly => plain && schedule.interval == 1 && matches!(nth, Some(1..=4 | -1)),
    }
}

pub fn apply(reader: &mut Reader<'_>, edited: &mut Edited) {
    let known: BTreeMap<String, Session> = spots(edited)
        .into_iter()
        .map(|(spot, session)| (format!("{}/{}", in_form(spot.0), spot.1), session.clone()))
        .collect();
    let rows = reader.filled.rows('s');
    if rows.len() > MOST.max(known.len() + 1) {
        reader.fault("s0-name", format!("Keep to {MOST} sessions"));
        return;
    }
    let in_force: Vec<ServiceAtLocationId> =
        edited.venues_in_force().map(|(_, venue)| venue.id).collect();
    let service = &mut edited.service;
    service.sessions.clear();
    let is_in_force = |venue: &&mut ServiceAtLocation| in_force.contains(&venue.id);
    service.venues.iter_mut().filter(is_in_force).for_each(|venue| venue.sessions.clear());
    for row in rows {
        let was = known.get(reader.filled.get(&format!("s{row}-was")));
        let Some(session) = session(reader, row, was) else { continue };
        let at = reader.filled.get(&format!("s{row}-at"));
        let mut venues = service.venues.iter_mut().filter(is_in_force);
        let venue = venues.find(|venue| in_form(Some(venue.id)) == at);
        match venue {
            Some(venue) => venue.sessions.push(session),
            None => service.sessions.push(session),
        }
    }
}

fn session(reader: &mut Reader<'_>, row: usize, was: Option<&Session>) -> Option<Session> {
    let field = |name: &str| format!("s{row}-{name}");
    if reader.filled.has(&field("gone"), "yes") {
        return None;
    }
    let before = was.cloned().unwrap_or_default();
    let session = Session {
        name: reader.line(&field("name"), LONGEST_LINE),
        schedule: schedule(reader, row, &before.schedule),
        booking: reader.answer(&field("book")),
        note: reader.line(&field("note"), LONGEST_PARAGRAPH),
        ..before
    };
    // A new row that says nothing is none.
    let says = session != Session::default();
    (was.is_some() || says).then_some(session)
}

fn schedule(reader: &mut Reader<'_>, row: usize, before: &Schedule) -> Schedule {
    let field = |name: &str| format!("s{row}-{name}");
    let (opens, closes) = (reader.time(&field("opens")), reader.time(&field("closes")));
    if opens.is_none() && closes.is_some() && before.closes != closes {
        reader.fault(&field("opens"), "Enter when it begins as well as when it ends");
    }
    let stood = before.opens == opens && before.closes == closes;
    // What stood there stays, such as a session that goes on past midnight.
    if !stood && opens.zip(closes).is_some_and(|(opens, closes)| closes <= opens) {
        reader.fault(&field("closes"), "It must end after it begins");
    }
    let schedule = Schedule {
        opens,
        closes,
        except: reader.dates(&field("except")),
        term_time_only: reader.filled.has(&field("term"), "yes"),
        description: reader.line(&field("words"), LONGEST_PARAGRAPH),
        ..before.clone()
    };
    if is_in_fields(before) { ruled(reader, row, schedule) } else { schedule }
}

/// The schedule with the rule that was typed.
fn ruled(reader: &mut Reader<'_>, row: usize, schedule: Schedule) -> Schedule {
    let field = |name: &str| format!("s{row}-{name}");
    let mut days: Vec<Weekday> = reader.choices(&field("days"));
    days.sort_unstable();
    days.dedup();
    let every = reader.filled.get(&field("every"));
    let monthly = every.strip_prefix('m').and_then(|nth| nth.parse::<i8>().ok());
    let nth = monthly.filter(|nth| matches!(nth, 1..=4 | -1));
    let interval = every.parse().ok().filter(|weeks| (1..=4).contains(weeks)).unwrap_or(1);
    let text = reader.filled.get(&field("starts")).trim().to_owned();
    let starts = if text.is_empty() { None } else { date(&text) };
    if starts.is_none() && !text.is_empty() {
        reader.fault(&field("starts"), "Enter a date such as 6/1/2027");
    }
    if days.is_empty() && (nth.is_some() || interval > 1 || starts.is_some()) {
        reader.fault(&field("days"), "Choose the day or days of the week");
    } else if interval > 1 && starts.is_none() && text.is_empty() {
        let how = "Enter one date on which it happens, so that the others can be worked out";
        reader.fault(&field("starts"), how);
    }
    let (freq, interval) =
        if nth.is_some() { (Freq::Monthly, 1) } else { (Freq::Weekly, interval) };
    let days = days.into_iter().map(|day| DayRule { nth, day }).collect();
    Schedule { freq, interval, days, starts, ..schedule }
}

fn every(schedule: &Schedule) -> String {
    match (schedule.freq, schedule.days.first().and_then(|rule| rule.nth)) {
        (Freq::Monthly, Some(nth)) => format!("m{nth}"),
        _ => schedule.interval.to_string(),
    }
}

fn spots(edited: &Edited) -> Vec<(Spot, &Session)> {
    fn at(venue: Option<ServiceAtLocationId>, sessions: &[Session]) -> Vec<(Spot, &Session)> {
        sessions.iter().enumerate().map(|(number, session)| ((venue, number), session)).collect()
    }
    let venues = edited.venues_in_force();
    let at_venues = venues.flat_map(|(_, venue)| at(Some(venue.id), &venue.sessions));
    at_venues.chain(at(None, &edited.service.sessions)).collect()
}

fn in_form(venue: Option<ServiceAtLocationId>) -> String {
    venue.map_or_else(|| NOT_AT_A_VENUE.to_owned(), |id| id.to_string())
}

fn clock(time: jiff::civil::Time) -> String {
    time.strftime("%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{OrganisationId, Service, ServiceId};

    fn service(sessions: Vec<Session>) -> Edited {
        let id = ServiceId::derive("t", "1");
        let bare = Service::named(id, OrganisationId::derive("t", "1"), "x".to_owned());
        Edited::begun(Service { sessions, ..bare })
    }

    fn typed(pairs: &[(&str, &str)]) -> (Edited, Vec<String>) {
        let owned = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let filled = Filled::read(&owned.collect::<Vec<_>>());
        let (mut reader, mut service) = (Reader::new(&filled), service(Vec::new()));
        apply(&mut reader, &mut service);
        (service, reader.faults.into_iter().map(|fault| fault.field.into_owned()).collect())
    }

    fn ruled(freq: Freq, interval: u16, nth: Option<i8>) -> Session {
        let rule = DayRule { nth, day: Weekday::Tue };
        let starts = (interval > 1).then(|| "2026-11-03".parse().unwrap());
        let schedule = Schedule { freq, interval, days: vec![rule], starts, ..Schedule::default() };
        Session { schedule, ..Session::default() }
    }

    #[test]
    fn what_a_form_shows_is_read_as_the_same() {
        let once = Schedule {
            freq: Freq::Once,
            starts: Some("2026-12-01".parse().unwrap()),
            ..Schedule::default()
        };
        let before = service(vec![
            ruled(Freq::Weekly, 1, None),
            ruled(Freq::Weekly, 2, None),
            ruled(Freq::Monthly, 1, Some(-1)),
            ruled(Freq::Monthly, 2, Some(1)),
            Session { schedule: once, ..Session::default() },
        ]);
        let mut filled = Filled::default();
        fill(&before, &mut filled);
        let (mut reader, mut after) = (Reader::new(&filled), before.clone());
        apply(&mut reader, &mut after);
        assert!(reader.faults.is_empty(), "{:?}", reader.faults);
        assert_eq!(after, before);
    }

    #[test]
    fn a_new_session_is_read_from_its_row() {
        let (service, faults) = typed(&[
            ("s0-days", "tue"),
            ("s0-every", "1"),
            ("s0-opens", "10am"),
            ("s0-closes", "noon"),
            ("s1-every", "1"),
            ("s1-book", "not-stated"),
        ]);
        assert!(faults.is_empty());
        let sessions = service.service.sessions;
        let [session] = sessions.as_slice() else { panic!("{sessions:?}") };
        assert_eq!(session.schedule.opens.map(|time| time.hour()), Some(10));
        assert_eq!(session.schedule.weekdays().collect::<Vec<_>>(), [Weekday::Tue]);
    }

    #[test]
    fn a_session_that_cannot_be_worked_out_is_asked_for_again() {
        for (pairs, field) in [
            (&[("s0-every", "2"), ("s0-days", "tue")][..], "s0-starts"),
            (&[("s0-every", "m1")], "s0-days"),
            (&[("s0-opens", "2")], "s0-opens"),
            (&[("s0-opens", "11am"), ("s0-closes", "10am")], "s0-closes"),
            (&[("s0-closes", "10am")], "s0-opens"),
            (&[("s0-except", "Christmas")], "s0-except"),
            (&[("s0-starts", "soon"), ("s0-days", "tue")], "s0-starts"),
        ] {
            assert_eq!(typed(pairs).1, [field], "{pairs:?}");
        }
    }

    #[test]
    fn a_row_that_is_ticked_is_taken_away() {
        let before = service(vec![ruled(Freq::Weekly, 1, None), ruled(Freq::Weekly, 1, None)]);
        let mut filled = Filled::default();
        fill(&before, &mut filled);
        filled.add("s0-gone", "yes");
        let (mut reader, mut after) = (Reader::new(&filled), before.clone());
        apply(&mut reader, &mut after);
        assert_eq!(after.service.sessions.len(), 1);
    }
}
