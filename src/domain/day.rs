//! Civil days in England, where the directory's people live.

use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};

/// The date in England at a moment.
#[must_use]
pub fn date_in_england(at: Timestamp) -> Date {
    at.to_zoned(england()).date()
}

/// The month in England that a moment is in, as `2026-11`.
#[must_use]
pub fn month_in_england(at: Timestamp) -> String {
    date_in_england(at).strftime("%Y-%m").to_string()
}

/// The moment at which an hour strikes on a date in England. Nothing where the calendar ends.
#[must_use]
pub fn hour_in_england(date: Date, hour: i8) -> Option<Timestamp> {
    let zoned = date.at(hour, 0, 0, 0).to_zoned(england()).ok()?;
    Some(zoned.timestamp())
}

/// The time of day that clocks in England show.
#[must_use]
pub fn clock_in_england(at: Timestamp) -> Time {
    at.to_zoned(england()).time()
}

fn england() -> TimeZone {
    // The zone is bundled with the program, so UTC is never what is met here.
    TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summer_days_begin_an_hour_before_utc() {
        let late = "2026-06-30T23:30:00Z".parse().unwrap();
        assert_eq!(date_in_england(late).to_string(), "2026-07-01");
        let midnight = hour_in_england("2026-07-01".parse().unwrap(), 0).unwrap();
        assert_eq!(midnight.to_string(), "2026-06-30T23:00:00Z");
    }
}
