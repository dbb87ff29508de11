//! Rules in words that are read back as the same rules.

use jiff::civil::Time;

use super::schedules;
use crate::domain::{Freq, Schedule, Weekday};

/// A rule as people write it, where [`schedules`] reads the same rule from it; else nothing, since
/// to say less than the rule would be to say another.
#[must_use]
pub fn said(schedule: &Schedule) -> Option<String> {
    let bare = Schedule { description: None, ..schedule.clone() };
    let days = match schedule.freq {
        Freq::Weekly => listed(bare.days.iter().map(|rule| format!("{}s", full(rule.day)))),
        Freq::Monthly => format!(
            "{} of the month",
            listed(bare.days.iter().map(|rule| {
                let nth = rule.nth.map(nth).unwrap_or_default();
                format!("{nth} {}", full(rule.day))
            }))
        ),
        Freq::Once => return None,
    };
    let hours = match (bare.opens, bare.closes) {
        (Some(opens), Some(closes)) => format!(" {} to {}", clock(opens), clock(closes)),
        (Some(opens), None) => format!(" from {}", clock(opens)),
        _ => String::new(),
    };
    let term = if bare.term_time_only { " (term time only)" } else { "" };
    let text = format!("{days}{hours}{term}");
    (schedules(&text)? == [bare]).then_some(text)
}

fn listed(items: impl Iterator<Item = String>) -> String {
    let mut items: Vec<String> = items.collect();
    match items.pop() {
        None => String::new(),
        Some(last) if items.is_empty() => last,
        Some(last) => format!("{} and {last}", items.join(", ")),
    }
}

fn full(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

fn nth(number: i8) -> &'static str {
    match number {
        1 => "First",
        2 => "Second",
        3 => "Third",
        4 => "Fourth",
        -1 => "Last",
        _ => "",
    }
}

fn clock(time: Time) -> String {
    let half = if time.hour() < 12 { "am" } else { "pm" };
    let hour = if time.hour().rem_euclid(12) == 0 { 12 } else { time.hour().rem_euclid(12) };
    match time.minute() {
        0 => format!("{hour}{half}"),
        minute => format!("{hour}.{minute:02}{half}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::DayRule;

    fn rule(freq: Freq, days: &[(Option<i8>, Weekday)], hours: Option<(i8, i8)>) -> Schedule {
        let days = days.iter().map(|(nth, day)| DayRule { nth: *nth, day: *day }).collect();
        let at = |hour| Time::constant(hour, 30, 0, 0);
        let (opens, closes) = (hours.map(|hours| at(hours.0)), hours.map(|hours| at(hours.1)));
        Schedule { freq, days, opens, closes, ..Schedule::default() }
    }

    #[test]
    fn what_is_said_is_read_as_the_same() {
        use Weekday::{Fri, Mon, Sat, Sun, Tue};
        for (schedule, text) in [
            (rule(Freq::Weekly, &[(None, Tue)], Some((10, 12))), "Tuesdays 10.30am to 12.30pm"),
            (
                rule(Freq::Weekly, &[(None, Mon), (None, Fri), (None, Sun)], Some((9, 17))),
                "Mondays, Fridays and Sundays 9.30am to 5.30pm",
            ),
            (rule(Freq::Weekly, &[(None, Mon)], None), "Mondays"),
            (
                rule(Freq::Monthly, &[(Some(1), Sat)], Some((14, 16))),
                "First Saturday of the month 2.30pm to 4.30pm",
            ),
            (
                rule(Freq::Monthly, &[(Some(-1), Tue)], Some((14, 16))),
                "Last Tuesday of the month 2.30pm to 4.30pm",
            ),
            (
                Schedule {
                    term_time_only: true,
                    ..rule(Freq::Weekly, &[(None, Tue)], Some((10, 12)))
                },
                "Tuesdays 10.30am to 12.30pm (term time only)",
            ),
        ] {
            assert_eq!(said(&schedule).as_deref(), Some(text));
        }
    }

    #[test]
    fn a_rule_that_cannot_be_said_is_not_said_by_half() {
        let weekly = || rule(Freq::Weekly, &[(None, Weekday::Tue)], Some((10, 12)));
        for schedule in [
            Schedule { interval: 2, ..weekly() },
            Schedule { except: vec!["2026-12-25".parse().unwrap()], ..weekly() },
            rule(Freq::Once, &[], None),
            rule(Freq::Weekly, &[], Some((10, 12))),
            rule(Freq::Weekly, &[(None, Weekday::Tue)], Some((22, 2))),
        ] {
            assert_eq!(said(&schedule), None, "{schedule:?}");
        }
    }
}
