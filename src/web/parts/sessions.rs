//! When it is: each session with its rule in words and its next dates.

use jiff::civil::Date;
use maud::{Markup, html};

use super::facts::capitalised;
use crate::{
    domain::{Answer, DayRule, Freq, Schedule, Session},
    search::{Labelled, wording},
};

/// How many dates are worked out.
const DATES: usize = 3;

/// A table of sessions. `id` names its caption; `caption` says where it is.
#[must_use]
pub fn sessions(
    sessions: &[Session],
    id: &str,
    caption: &str,
    is_hidden: bool,
    today: Date,
) -> Markup {
    html! {
        div class="ha-scroll" role="region" aria-labelledby=(id) tabindex="0" {
            table class="govuk-table" {
                caption class="govuk-table__caption govuk-table__caption--s" id=(id) { (caption) }
                thead class="govuk-table__head" {
                    tr class="govuk-table__row" {
                        @for heading in ["Session", "When", "Next dates"] {
                            th scope="col" class="govuk-table__header" { (heading) }
                        }
                    }
                }
                tbody class="govuk-table__body" {
                    @for session in sessions { (row(session, is_hidden, today)) }
                }
            }
        }
    }
}

fn row(session: &Session, is_hidden: bool, today: Date) -> Markup {
    let name = session.name.as_deref().filter(|_| !is_hidden).unwrap_or("Session");
    let next = session.schedule.next(today, DATES);
    let dates: Vec<String> =
        next.iter().map(|occurrence| wording::short_day(occurrence.date)).collect();
    html! {
        tr class="govuk-table__row" {
            th scope="row" class="govuk-table__header" { (name) }
            td class="govuk-table__cell" {
                (when(&session.schedule))
                @if let Some(note) = note(session, is_hidden) { br; span class="ha-muted" { (note) } }
            }
            td class="govuk-table__cell" {
                @if dates.is_empty() { "Cannot be worked out; ask" } @else { (dates.join(", ")) }
            }
        }
    }
}

fn note(session: &Session, is_hidden: bool) -> Option<String> {
    let mut notes: Vec<String> = Vec::new();
    notes.extend(session.attend.map(|how| how.label().to_owned()));
    notes.extend(match session.booking {
        Answer::Yes => Some("Book first".to_owned()),
        Answer::No => Some("No need to book".to_owned()),
        Answer::NotStated => None,
    });
    notes.extend(session.schedule.term_time_only.then(|| "Term time only".to_owned()));
    notes.extend(session.note.clone().filter(|_| !is_hidden));
    (!notes.is_empty()).then(|| notes.join(". "))
}

/// A rule in words: `Tuesdays, 10am to noon`.
#[must_use]
pub fn when(schedule: &Schedule) -> String {
    let days = days(schedule);
    let hours = wording::hours(schedule.opens, schedule.closes);
    let rule =
        [days, hours].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
    match (rule.as_str(), &schedule.description) {
        ("", Some(said)) => said.clone(),
        ("", None) => "Times not stated".to_owned(),
        (rule, _) => capitalised(rule),
    }
}

fn days(schedule: &Schedule) -> String {
    match schedule.freq {
        Freq::Once => schedule.starts.map(wording::long_date).unwrap_or_default(),
        Freq::Weekly => {
            let days: Vec<String> =
                schedule.weekdays().map(|day| format!("{}s", day.label())).collect();
            format!("{}{}", wording::listed(&days), every(schedule.interval, "weeks", &days))
        }
        Freq::Monthly => {
            let days: Vec<String> = schedule.days.iter().map(|rule| day_of_month(*rule)).collect();
            let dates: Vec<String> =
                schedule.month_days.iter().map(|day| date_of_month(*day)).collect();
            let all = [days, dates].concat();
            let of = if all.is_empty() {
                String::new()
            } else {
                format!("{} of the month", wording::listed(&all))
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
