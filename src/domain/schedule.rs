//! When things happen: RFC 5545 rules in civil time, worked out into dates.

use jiff::{
    ToSpan,
    civil::{Date, Time},
};
use serde::{Deserialize, Serialize};

use super::access::Delivery;

/// A session that people can come to, ring or join.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    pub name: Option<String>,
    pub schedule: Schedule,
    /// How to attend this one, where it differs from the service.
    pub attend: Option<Delivery>,
    /// Whether to book first.
    pub booking: super::eligibility::Answer,
    pub note: Option<String>,
}

/// A rule for dates and hours, in the local time of `zone`.
///
/// Without days, dates or a start nothing can be worked out; `description` then says what is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Schedule {
    pub freq: Freq,
    /// Every so many weeks or months, counted from `starts`.
    pub interval: u16,
    pub days: Vec<DayRule>,
    /// Days of the month; negative ones count from its end.
    pub month_days: Vec<i8>,
    pub starts: Option<Date>,
    /// The last date on which it may happen.
    pub until: Option<Date>,
    pub opens: Option<Time>,
    pub closes: Option<Time>,
    /// Dates on which it does not happen.
    pub except: Vec<Date>,
    /// Dates on which it happens besides.
    pub extra: Vec<Date>,
    pub term_time_only: bool,
    /// What the source said, where rules cannot.
    pub description: Option<String>,
    /// An IANA time zone name.
    pub zone: String,
}

/// How often.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Freq {
    #[default]
    Weekly,
    Monthly,
    /// On `starts` and the `extra` dates only.
    Once,
}

/// A day of the week; in a monthly rule, which of them in the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct DayRule {
    /// 1 first, 2 second, −1 last; none for every one.
    pub nth: Option<i8>,
    pub day: Weekday,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weekday {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

/// The part of the day that a session begins in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PartOfDay {
    /// Before noon.
    Morning,
    /// From noon.
    Afternoon,
    /// From five o'clock.
    Evening,
}

/// One date on which a session happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    pub date: Date,
    pub opens: Option<Time>,
    pub closes: Option<Time>,
}

/// How far ahead dates are looked for: two years. A rule that gives none by then gives none.
const HORIZON_DAYS: i32 = 731;

impl Default for Schedule {
    fn default() -> Self {
        Self {
            freq: Freq::default(),
            interval: 1,
            days: Vec::new(),
            month_days: Vec::new(),
            starts: None,
            until: None,
            opens: None,
            closes: None,
            except: Vec::new(),
            extra: Vec::new(),
            term_time_only: false,
            description: None,
            zone: "Europe/London".to_owned(),
        }
    }
}

impl Schedule {
    /// The next dates on or after `from`, at most `limit` of them, looking two years ahead.
    #[must_use]
    pub fn next(&self, from: Date, limit: usize) -> Vec<Occurrence> {
        let days = std::iter::successors(Some(from), |day| day.tomorrow().ok());
        days.take(HORIZON_DAYS.unsigned_abs() as usize)
            .filter(|day| self.happens_on(*day))
            .take(limit)
            .map(|date| Occurrence { date, opens: self.opens, closes: self.closes })
            .collect()
    }

    /// Whether it happens on this date.
    #[must_use]
    pub fn happens_on(&self, date: Date) -> bool {
        if self.except.contains(&date) {
            return false;
        }
        self.extra.contains(&date) || (self.in_bounds(date) && self.follows_rule(date))
    }

    /// The days of the week that it happens on, whichever week.
    pub fn weekdays(&self) -> impl Iterator<Item = Weekday> {
        let stated = self.days.iter().map(|rule| rule.day);
        let from_start =
            (self.days.is_empty() && self.month_days.is_empty()).then_some(self.starts).flatten();
        stated.chain(from_start.map(Weekday::of))
    }

    /// The part of the day that it begins in, where the hour is known.
    #[must_use]
    pub fn part_of_day(&self) -> Option<PartOfDay> {
        self.opens.map(|time| match time.hour() {
            0..=11 => PartOfDay::Morning,
            12..=16 => PartOfDay::Afternoon,
            _ => PartOfDay::Evening,
        })
    }

    fn in_bounds(&self, date: Date) -> bool {
        self.starts.is_none_or(|starts| starts <= date)
            && self.until.is_none_or(|until| date <= until)
    }

    fn follows_rule(&self, date: Date) -> bool {
        match self.freq {
            Freq::Once => self.starts == Some(date),
            Freq::Weekly => {
                self.weekdays().any(|day| day == Weekday::of(date)) && self.in_step(date)
            }
            Freq::Monthly => self.in_month(date) && self.in_step(date),
        }
    }

    fn in_month(&self, date: Date) -> bool {
        let by_day = self.days.iter().any(|rule| rule.matches(date));
        let from_end = date.day() - date.days_in_month() - 1;
        let by_date = self.month_days.iter().any(|day| *day == date.day() || *day == from_end);
        let by_start = self.days.is_empty()
            && self.month_days.is_empty()
            && self.starts.is_some_and(|starts| starts.day() == date.day());
        by_day || by_date || by_start
    }

    /// Whether the week or month is one of every `interval`, counted from the start.
    fn in_step(&self, date: Date) -> bool {
        let (Some(starts), interval @ 2..) = (self.starts, i32::from(self.interval)) else {
            return true;
        };
        let apart = match self.freq {
            Freq::Monthly => months(date) - months(starts),
            Freq::Weekly | Freq::Once => weeks_between(starts, date),
        };
        apart.rem_euclid(interval) == 0
    }
}

fn months(date: Date) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month())
}

/// Whole weeks between the weeks, Monday first, that two dates lie in.
fn weeks_between(earlier: Date, later: Date) -> i32 {
    let monday = |date: Date| {
        let back = i64::from(date.weekday().to_monday_zero_offset());
        date.checked_sub(back.days()).unwrap_or(date)
    };
    let days = monday(earlier).until(monday(later)).map_or(0, |span| span.get_days());
    days / 7
}

impl Weekday {
    /// All seven, Monday first.
    pub const ALL: [Self; 7] =
        [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri, Self::Sat, Self::Sun];

    /// The day of the week of a date.
    #[must_use]
    pub fn of(date: Date) -> Self {
        let offset = date.weekday().to_monday_zero_offset().unsigned_abs();
        Self::ALL[usize::from(offset) % 7]
    }

    /// Two letters as in RFC 5545: `MO`.
    #[must_use]
    pub fn rfc5545(self) -> &'static str {
        ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][self as usize]
    }

    /// Reads the two letters of RFC 5545 in either case.
    #[must_use]
    pub fn from_rfc5545(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|day| day.rfc5545().eq_ignore_ascii_case(text))
    }
}

impl DayRule {
    /// Every one of these days.
    #[must_use]
    pub fn every(day: Weekday) -> Self {
        Self { nth: None, day }
    }

    /// Reads `TU`, `2TU` or `-1FR`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (nth, letters) = text.split_at_checked(text.len().checked_sub(2)?)?;
        let day = Weekday::from_rfc5545(letters)?;
        let nth = match nth.trim_start_matches('+') {
            "" => None,
            digits => Some(digits.parse().ok().filter(|n| (-5..=5).contains(n) && *n != 0)?),
        };
        Some(Self { nth, day })
    }

    fn matches(self, date: Date) -> bool {
        let from_start = (date.day() - 1) / 7 + 1;
        let from_end = -((date.days_in_month() - date.day()) / 7 + 1);
        self.day == Weekday::of(date)
            && self.nth.is_none_or(|nth| nth == from_start || nth == from_end)
    }
}

impl From<DayRule> for String {
    fn from(rule: DayRule) -> Self {
        let nth = rule.nth.map(|nth| nth.to_string()).unwrap_or_default();
        format!("{nth}{}", rule.day.rfc5545())
    }
}

impl TryFrom<String> for DayRule {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("{text:?} is not a day such as TU, 2TU or -1FR"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn days(rules: &[&str]) -> Vec<DayRule> {
        rules.iter().map(|rule| DayRule::parse(rule).unwrap()).collect()
    }

    fn check(schedule: &Schedule, from: &str, expect: &[&str]) {
        let next = schedule.next(date(from), expect.len());
        let found: Vec<String> =
            next.iter().map(|occurrence| occurrence.date.to_string()).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn a_weekly_session_happens_on_its_days() {
        let schedule = Schedule { days: days(&["TU", "TH"]), ..Schedule::default() };
        check(&schedule, "2026-11-22", &["2026-11-24", "2026-11-26", "2026-12-01"]);
    }

    #[test]
    fn a_fortnightly_session_keeps_step_with_its_first_week() {
        let schedule = Schedule {
            days: days(&["MO", "FR"]),
            interval: 2,
            starts: Some(date("2026-11-06")),
            ..Schedule::default()
        };
        check(&schedule, "2026-11-01", &["2026-11-06", "2026-11-16", "2026-11-20", "2026-11-30"]);
    }

    #[test]
    fn monthly_sessions_follow_the_first_second_or_last_of_a_day() {
        let schedule =
            Schedule { freq: Freq::Monthly, days: days(&["1SA", "-1FR"]), ..Schedule::default() };
        check(&schedule, "2026-11-02", &["2026-11-07", "2026-11-27", "2026-12-05", "2026-12-25"]);
    }

    #[test]
    fn the_last_day_of_a_month_is_minus_one() {
        let schedule =
            Schedule { freq: Freq::Monthly, month_days: vec![-1], ..Schedule::default() };
        check(&schedule, "2027-01-15", &["2027-01-31", "2027-02-28", "2027-03-31"]);
    }

    #[test]
    fn exceptions_and_the_end_take_dates_away_and_extras_add_them() {
        let schedule = Schedule {
            days: days(&["TU"]),
            until: Some(date("2026-12-08")),
            except: vec![date("2026-12-01")],
            extra: vec![date("2026-12-17")],
            ..Schedule::default()
        };
        check(&schedule, "2026-11-22", &["2026-11-24", "2026-12-08", "2026-12-17"]);
        assert_eq!(schedule.next(date("2026-12-18"), 3), []);
    }

    #[test]
    fn a_single_event_happens_once() {
        let schedule =
            Schedule { freq: Freq::Once, starts: Some(date("2026-12-12")), ..Schedule::default() };
        check(&schedule, "2026-11-22", &["2026-12-12"]);
        assert_eq!(schedule.next(date("2026-12-13"), 1), []);
    }

    #[test]
    fn a_schedule_without_any_rule_gives_no_dates() {
        assert_eq!(Schedule::default().next(date("2026-11-22"), 3), []);
    }

    #[test]
    fn day_rules_are_read_and_written_as_in_the_standard() {
        for text in ["TU", "2TU", "-1FR"] {
            assert_eq!(String::from(DayRule::parse(text).unwrap()), text);
        }
        for text in ["", "T", "9TU", "0MO", "XX", "é", "é1"] {
            assert_eq!(DayRule::parse(text), None, "{text}");
        }
    }
}
