//! Dates, moments and hours as feeds write them.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};

/// The time zone of England; UTC where the zone table has gone missing.
fn london() -> TimeZone {
    TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)
}

/// Reads `2026-11-22`, `2026-11-22T…` and `22/11/2026`, day first.
#[must_use]
pub fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    if let Ok(date) = day.parse::<Date>() {
        return plausible(date);
    }
    let parts: Vec<i16> =
        day.split(['/', '.', '-']).map(str::parse).collect::<Result<_, _>>().ok()?;
    let [day, month, year] = parts.as_slice() else { return None };
    let date = Date::new(*year, i8::try_from(*month).ok()?, i8::try_from(*day).ok()?);
    plausible(date.ok()?)
}

fn plausible(date: Date) -> Option<Date> {
    (1600..=2200).contains(&date.year()).then_some(date)
}

/// Reads a moment; one without an offset is the time on the clock in England.
#[must_use]
pub fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(moment) = text.parse::<Timestamp>() {
        return plausible(moment.to_zoned(TimeZone::UTC).date()).map(|_| moment);
    }
    let has_time = text.contains(':');
    match text.replace(' ', "T").parse::<DateTime>() {
        Ok(civil) if has_time => plausible(civil.date()).and_then(|_| in_london(civil)),
        _ => date(text).and_then(noon),
    }
}

/// Noon in England on a date.
#[must_use]
pub fn noon(date: Date) -> Option<Timestamp> {
    in_london(date.at(12, 0, 0, 0))
}

fn in_london(civil: DateTime) -> Option<Timestamp> {
    civil.to_zoned(london()).ok().map(|zoned| zoned.timestamp())
}

/// An hour of the day, and whether it was said to be UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hour {
    pub time: Time,
    /// A `Z`, which in England is wrong for seven months of the year.
    pub says_utc: bool,
}

/// Reads `09:00`, `9:00:00`, `09:00:00Z`, `09:00+01:00`, `9am`, `9.30 pm`. The time on the clock is kept.
#[must_use]
pub fn hour(text: &str) -> Option<Hour> {
    let text = text.trim();
    let text = text.split_once('T').map_or(text, |(_, time)| time);
    let (clock, says_utc) = match text.strip_suffix(['Z', 'z']) {
        Some(clock) => (clock, true),
        None => (text.rfind(['+', '-']).map_or(text, |at| &text[..at]), false),
    };
    let clock = clock.split(':').take(2).collect::<Vec<_>>().join(":");
    time_of_day(&clock).map(|time| Hour { time, says_utc })
}

/// Reads an hour on its own: `9am`, `9.30pm`, `21:30`, `noon`, `24:00`.
#[must_use]
pub fn time_of_day(text: &str) -> Option<Time> {
    let text = text.trim().to_lowercase().replace(' ', "");
    match text.as_str() {
        "noon" | "midday" | "12noon" => return Time::new(12, 0, 0, 0).ok(),
        "midnight" | "24:00" | "24:00:00" => return Time::new(23, 59, 0, 0).ok(),
        _ => {}
    }
    let (digits, half) = ["am", "a.m.", "pm", "p.m."]
        .iter()
        .find_map(|end| Some((text.strip_suffix(end)?, Some(end.starts_with('p')))))
        .unwrap_or((text.as_str(), None));
    let (hour, minute) = digits.split_once([':', '.']).unwrap_or((digits, "0"));
    let hour: i8 = hour.parse().ok()?;
    let minute: i8 = minute.parse().ok()?;
    let hour = match half {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    Time::new(hour, minute, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_are_read_day_first() {
        for text in ["2026-11-02", "02/11/2026", "2.11.2026", "2026-11-02T09:30:00Z"] {
            assert_eq!(date(text).unwrap().to_string(), "2026-11-02", "{text}");
        }
        for text in ["", "soon", "31/02/2026", "0001-01-01", "20261102x"] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn a_moment_without_offset_is_the_time_in_england() {
        let read = |text| moment(text).unwrap().to_string();
        assert_eq!(read("2025-09-02T12:06:15.654"), "2025-09-02T11:06:15.654Z");
        assert_eq!(read("2025-12-02 12:06:15"), "2025-12-02T12:06:15Z");
        assert_eq!(read("2025-09-02T12:06:15+01:00"), "2025-09-02T11:06:15Z");
        assert_eq!(read("2025-09-02"), "2025-09-02T11:00:00Z");
        assert_eq!(moment("yesterday"), None);
    }

    #[test]
    fn hours_keep_the_time_on_the_clock() {
        let read = |text| hour(text).map(|hour| (hour.time.to_string(), hour.says_utc)).unwrap();
        for text in ["09:30", "9:30:00", "09:30:00+01:00", "2020-01-01T09:30:00", "9.30am"] {
            assert_eq!(read(text), ("09:30:00".to_owned(), false), "{text}");
        }
        assert_eq!(read("09:30:00Z"), ("09:30:00".to_owned(), true));
        assert_eq!(read("24:00"), ("23:59:00".to_owned(), false));
        assert_eq!(hour("25:00"), None);
        assert_eq!(hour("late"), None);
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in "[0-9apmTZ:.+/é -]{0,24}") {
            let _ = (date(&text), moment(&text), hour(&text));
        }
    }
}
