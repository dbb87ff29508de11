//! When something happens, in words.

use crate::{
    domain::{DayRule, Freq, Schedule},
    search::Labelled,
};

/// A rule in words: `Tuesdays, 10am to noon`.
#[must_use]
pub fn when(schedule: &Schedule) -> String {
    let days = days(schedule);
    let hours = super::hours(schedule.opens, schedule.closes);
    let rule =
        [days, hours].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
    match (rule.as_str(), &schedule.description) {
        ("", Some(said)) => said.clone(),
        ("", None) => "Times not stated".to_owned(),
        (rule, _) => super::capitalised(rule),
    }
}

fn days(schedule: &Schedule) -> String {
    match schedule.freq {
        Freq::Once => schedule.starts.map(super::long_date).unwrap_or_default(),
        Freq::Weekly => {
            let days: Vec<String> =
                schedule.weekdays().map(|day| format!("{}s", day.label())).collect();
            format!("{}{}", super::listed(&days), every(schedule.interval, "weeks", &days))
        }
        Freq::Monthly => {
            let days: Vec<String> = schedule.days.iter().map(|rule| day_of_month(*rule)).collect();
            let dates: Vec<String> =
                schedule.month_days.iter().map(|day| date_of_month(*day)).collect();
            let all = [days, dates].concat();
            let of = if all.is_empty() {
                String::new()
            } else {
                format!("{} of the month", super::listed(&all))
            };
            format!("{of}{}", every(schedule.interval, "months", &all))
        }
    }
}

fn every(interval: u16, unit: &str, days: &[String]) -> String {
    if interval > 1 && !days.is_empty() {
        format!(", every {interval} {unit}")
    } else {
        String::new()
    }
}

fn day_of_month(rule: DayRule) -> String {
    let day = rule.day.label();
    match rule.nth {
        None => format!("every {day}"),
        Some(-1) => format!("the last {day}"),
        Some(nth @ ..0) => format!("the {} {day} from the end", ordinal(nth.unsigned_abs())),
        Some(nth) => format!("the {} {day}", ordinal(nth.unsigned_abs())),
    }
}

fn date_of_month(day: i8) -> String {
    match day {
        -1 => "the last day".to_owned(),
        ..0 => format!("the {} day from the end", ordinal(day.unsigned_abs())),
        _ => format!("the {}", ordinal(day.unsigned_abs())),
    }
}

fn ordinal(number: u8) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
