//! Which dates of a schedule a recurring event gives, and which are written one by one.

use jiff::{ToSpan, civil::Date};

use crate::domain::{DayRule, Freq, Schedule, Weekday};

/// The dates of a schedule from a date on.
#[derive(Default)]
pub(super) struct Plan {
    pub series: Option<Series>,
    pub singles: Vec<Date>,
    /// What the dates alone do not tell.
    pub notes: Vec<String>,
}

/// Dates that follow one rule.
pub(super) struct Series {
    pub first: Date,
    /// As in the format, without its end.
    pub rule: String,
    pub until: Option<Date>,
    pub except: Vec<Date>,
}

impl Plan {
    pub fn of(schedule: &Schedule, from: Date) -> Self {
        let ruled = Schedule { extra: Vec::new(), ..schedule.clone() };
        // The schedule looks two years ahead, which its start may be beyond.
        let begin = schedule.starts.map_or(from, |starts| starts.max(from));
        let extras = extras(schedule, from);
        let first = ruled.next(begin, 1).first().map(|occurrence| occurrence.date);
        match rule(schedule).zip(first) {
            Some((rule, first)) => Self::recurring(ruled, extras, first, rule),
            None => Self::listed(&ruled, extras, begin),
        }
    }

    fn recurring(ruled: Schedule, mut extras: Vec<Date>, first: Date, rule: String) -> Self {
        extras.retain(|date| !ruled.happens_on(*date));
        let series = Some(series(ruled, first, rule));
        Self { series, singles: extras, notes: Vec::new() }
    }

    fn listed(ruled: &Schedule, extras: Vec<Date>, begin: Date) -> Self {
        let year_on = begin.checked_add(1.year()).unwrap_or(Date::MAX);
        let dates = ruled.next(begin, 366).into_iter().map(|occurrence| occurrence.date);
        let mut singles: Vec<Date> = dates.filter(|date| *date < year_on).collect();
        let notes = if singles.is_empty() { Vec::new() } else { notes(ruled, year_on) };
        singles.extend(extras);
        singles.sort_unstable();
        singles.dedup();
        Self { series: None, singles, notes }
    }

    pub fn is_empty(&self) -> bool {
        self.series.is_none() && self.singles.is_empty()
    }
}

fn series(ruled: Schedule, first: Date, rule: String) -> Series {
    let unbroken = Schedule { except: Vec::new(), ..ruled };
    let mut except = ruled.except;
    except.retain(|date| *date > first && unbroken.happens_on(*date));
    except.sort_unstable();
    except.dedup();
    Series { first, rule, until: unbroken.until, except }
}

/// The dates besides, from a date on.
fn extras(schedule: &Schedule, from: Date) -> Vec<Date> {
    let happens = |date: &&Date| **date >= from && schedule.happens_on(**date);
    let mut dates: Vec<Date> = schedule.extra.iter().filter(happens).copied().collect();
    dates.sort_unstable();
    dates.dedup();
    dates
}

/// The rule in the words of the format, where it can say exactly the same.
fn rule(schedule: &Schedule) -> Option<String> {
    if schedule.term_time_only || is_out_of_step(schedule) {
        return None;
    }
    let interval = match schedule.interval {
        0 | 1 => String::new(),
        several => format!("INTERVAL={several};"),
    };
    match schedule.freq {
        Freq::Once => None,
        Freq::Weekly => Some(format!("FREQ=WEEKLY;{interval}BYDAY={};WKST=MO", weekdays(schedule))),
        Freq::Monthly => Some(format!("FREQ=MONTHLY;{interval}{}", days_of_month(schedule)?)),
    }
}

/// Whether nobody knows which weeks or months it happens in.
fn is_out_of_step(schedule: &Schedule) -> bool {
    schedule.interval > 1 && schedule.starts.is_none() && schedule.freq != Freq::Once
}

fn weekdays(schedule: &Schedule) -> String {
    let mut days: Vec<Weekday> = schedule.weekdays().collect();
    days.sort_unstable();
    days.dedup();
    joined(days.into_iter().map(|day| day.rfc5545().to_owned()))
}

/// BYDAY or BYMONTHDAY: the format takes both together for days that meet both.
fn days_of_month(schedule: &Schedule) -> Option<String> {
    let by_day = by_day(&schedule.days);
    let by_date = by_date(&schedule.month_days);
    match (schedule.days.is_empty(), schedule.month_days.is_empty()) {
        (false, false) => None,
        (false, true) => by_day,
        (true, false) => by_date,
        (true, true) => schedule.starts.map(|starts| format!("BYMONTHDAY={}", starts.day())),
    }
}

fn by_day(days: &[DayRule]) -> Option<String> {
    let can_be = |rule: &&DayRule| rule.nth.is_none_or(|nth| nth != 0 && (-5..=5).contains(&nth));
    let numbered = days.iter().any(|rule| rule.nth.is_some());
    let mut days: Vec<String> =
        days.iter().filter(can_be).flat_map(|rule| spelled(*rule, numbered)).collect();
    days.sort_unstable();
    days.dedup();
    (!days.is_empty()).then(|| format!("BYDAY={}", joined(days)))
}

/// A day as the format has it; every one of them by number where others are numbered, since
/// calendars built on dateutil read `1MO,FR` as those Fridays that are also first Mondays.
fn spelled(rule: DayRule, numbered: bool) -> Vec<String> {
    if rule.nth.is_some() || !numbered {
        return vec![rule.into()];
    }
    (1..=5).map(|nth| DayRule { nth: Some(nth), ..rule }.into()).collect()
}

fn by_date(days: &[i8]) -> Option<String> {
    let can_be = |day: &i8| *day != 0 && (-31..=31).contains(day);
    let mut days: Vec<i8> = days.iter().copied().filter(can_be).collect();
    days.sort_unstable();
    days.dedup();
    (!days.is_empty()).then(|| format!("BYMONTHDAY={}", joined(days.iter().map(i8::to_string))))
}

fn joined(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().collect::<Vec<_>>().join(",")
}

/// What to know of dates that were written one by one, up to a date.
fn notes(schedule: &Schedule, end: Date) -> Vec<String> {
    let mut notes = Vec::new();
    if schedule.term_time_only {
        notes.push("In term time only: ring to check".to_owned());
    }
    if is_out_of_step(schedule) {
        let unit = if schedule.freq == Freq::Monthly { "months" } else { "weeks" };
        notes.push(format!("Every {} {unit}: ring to check which", schedule.interval));
    }
    let goes_on = schedule.until.is_none_or(|until| until >= end);
    if goes_on && schedule.freq != Freq::Once {
        notes.push(format!("Dates are listed until {}", end.strftime("%-d %B %Y")));
    }
    notes
}
