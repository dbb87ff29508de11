//! The sessions of services as an iCalendar file (RFC 5545), for the calendars that people keep.

mod event;
mod lines;
mod plan;
mod zone;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};

use crate::domain;
use event::Clock;
use lines::Lines;
use plan::Plan;

/// One session that goes into a calendar.
#[derive(Clone, Debug)]
pub struct CalendarEntry<'a> {
    /// The same each time that the session is written, and no other session's.
    pub uid: String,
    pub title: String,
    /// Where it is, in a line; nothing where that is not shown.
    pub place: Option<String>,
    pub description: String,
    /// The web address of its page.
    pub address: String,
    pub schedule: &'a domain::Schedule,
}

/// The sessions as an iCalendar file, as of a moment, beginning with a date.
///
/// A rule becomes one event that recurs. Dates beside it, and those that no rule of the format
/// gives, become events of their own, since Outlook refuses RDATE without a rule and Google
/// loses it after the rule's end.
#[must_use]
pub fn calendar(entries: &[CalendarEntry<'_>], from: Date, at: Timestamp) -> String {
    let mut lines = Lines::default();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hereabouts//EN", "METHOD:PUBLISH"] {
        lines.push(line);
    }
    let planned: Vec<_> = entries
        .iter()
        .map(|entry| (entry, Plan::of(entry.schedule, from), Clock::of(entry.schedule)))
        .collect();
    let zones: BTreeMap<_, _> = planned
        .iter()
        .filter(|(_, plan, _)| !plan.is_empty())
        .filter_map(|(_, _, clock)| clock.zone())
        .collect();
    for (name, zone) in zones {
        zone::write(&mut lines, name, zone, from.year());
    }
    for (entry, plan, clock) in &planned {
        event::write(&mut lines, entry, plan, clock, at);
    }
    lines.push("END:VCALENDAR");
    lines.into_text()
}
