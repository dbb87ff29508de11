//! One event: its dates, its hours and what is said of it.

use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};

use super::CalendarEntry;
use super::lines::Lines;
use super::plan::{Plan, Series};
use crate::domain::Schedule;

/// Which hours of which zone a session takes.
pub(super) enum Clock {
    AllDay,
    Hours { opens: Time, closes: Option<Time>, zone: Option<(String, TimeZone)> },
}

impl Clock {
    pub fn of(schedule: &Schedule) -> Self {
        let Some(opens) = schedule.opens else { return Self::AllDay };
        let zone = TimeZone::get(&schedule.zone).ok().filter(|zone| !zone.is_unknown());
        let zone = zone.and_then(|zone| Some((zone.iana_name()?.to_owned(), zone)));
        Self::Hours { opens, closes: schedule.closes, zone }
    }

    /// The zone that its hours are of, where it is known.
    pub fn zone(&self) -> Option<(&str, &TimeZone)> {
        let Self::Hours { zone: Some((name, zone)), .. } = self else { return None };
        Some((name, zone))
    }

    fn start(&self, name: &str, dates: &[Date]) -> String {
        match self {
            Self::AllDay => format!("{name};VALUE=DATE:{}", joined(dates, day)),
            Self::Hours { opens, .. } => self.property(name, dates, *opens),
        }
    }

    fn property(&self, name: &str, dates: &[Date], time: Time) -> String {
        let zone = self.zone().map(|(zone, _)| format!(";TZID={zone}")).unwrap_or_default();
        format!("{name}{zone}:{}", joined(dates, |date| moment(date, time)))
    }

    /// DTEND where the closing hour is known; on the next day where it is the earlier one.
    fn end(&self, date: Date) -> Option<String> {
        let Self::Hours { opens, closes: Some(closes), .. } = self else { return None };
        let date = match closes.cmp(opens) {
            std::cmp::Ordering::Less => date.tomorrow().ok()?,
            std::cmp::Ordering::Equal => return None,
            std::cmp::Ordering::Greater => date,
        };
        Some(self.property("DTEND", &[date], *closes))
    }

    /// The end of a rule, in the same kind of time as its start or in UTC where that has a zone.
    fn until(&self, date: Date) -> String {
        let last = Time::constant(23, 59, 59, 0);
        match self {
            Self::AllDay => day(date),
            Self::Hours { zone: None, .. } => moment(date, last),
            Self::Hours { zone: Some((_, zone)), .. } => {
                let end = date.to_datetime(last).to_zoned(zone.clone());
                stamp(end.map_or(Timestamp::MAX, |end| end.timestamp()))
            }
        }
    }
}

/// Writes the events of an entry.
pub(super) fn write(
    lines: &mut Lines,
    entry: &CalendarEntry<'_>,
    plan: &Plan,
    clock: &Clock,
    at: Timestamp,
) {
    let description = described(entry, plan);
    let mut event = |uid: &str, date: Date, series: Option<&Series>| {
        lines.push("BEGIN:VEVENT");
        lines.push_text("UID", uid);
        lines.push(&format!("DTSTAMP:{}", stamp(at)));
        write_dates(lines, clock, date, series);
        write_words(lines, entry, &description);
        lines.push("END:VEVENT");
    };
    if let Some(series) = &plan.series {
        event(&entry.uid, series.first, Some(series));
    }
    for date in &plan.singles {
        event(&format!("{}-{}", day(*date), entry.uid), *date, None);
    }
}

fn write_dates(lines: &mut Lines, clock: &Clock, date: Date, series: Option<&Series>) {
    lines.push(&clock.start("DTSTART", &[date]));
    if let Some(end) = clock.end(date) {
        lines.push(&end);
    }
    let Some(series) = series else { return };
    let until = series.until.map(|until| format!(";UNTIL={}", clock.until(until)));
    lines.push(&format!("RRULE:{}{}", series.rule, until.unwrap_or_default()));
    if !series.except.is_empty() {
        lines.push(&clock.start("EXDATE", &series.except));
    }
}

fn write_words(lines: &mut Lines, entry: &CalendarEntry<'_>, description: &str) {
    lines.push_text("SUMMARY", &entry.title);
    if let Some(place) = &entry.place {
        lines.push_text("LOCATION", place);
    }
    if !description.is_empty() {
        lines.push_text("DESCRIPTION", description);
    }
    let address: String = entry.address.chars().filter(|c| !c.is_control()).collect();
    if !address.is_empty() {
        lines.push(&format!("URL:{address}"));
    }
}

fn described(entry: &CalendarEntry<'_>, plan: &Plan) -> String {
    let parts = std::iter::once(&entry.description).chain(&plan.notes);
    parts.filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join("\n")
}

fn joined(dates: &[Date], written: impl Fn(Date) -> String) -> String {
    dates.iter().map(|date| written(*date)).collect::<Vec<_>>().join(",")
}

fn day(date: Date) -> String {
    date.strftime("%Y%m%d").to_string()
}

fn moment(date: Date, time: Time) -> String {
    date.to_datetime(time).strftime("%Y%m%dT%H%M%S").to_string()
}

fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}
