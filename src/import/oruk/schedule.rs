//! Schedules of 3.0, and the regular and holiday schedules of 1.0.

use jiff::civil::Date;

use super::node::Node;
use crate::{
    domain::{DayRule, Delivery, Freq, Schedule, Session, Weekday},
    import::fault::Kind,
    text::{tidy, words},
};

/// The most days that one holiday takes away.
const LONGEST_HOLIDAY: usize = 120;

/// The sessions of a service, a venue or a location.
pub(super) fn sessions(node: Node<'_>) -> Vec<Session> {
    let mut sessions = node.each("schedules", |row| Some(session(row)));
    sessions.extend(node.each("regular_schedules", |row| Some(session(row))));
    let holidays = node.each("holiday_schedules", |row| Some(holiday(row)));
    for holiday in holidays {
        match holiday {
            Holiday::Closed(days) => {
                for session in &mut sessions {
                    session.schedule.except.extend(&days);
                    session.schedule.except.sort_unstable();
                    session.schedule.except.dedup();
                }
            }
            Holiday::Open(session) => sessions.push(*session),
        }
    }
    sessions.into_iter().filter(|session| *session != Session::default()).collect()
}

fn session(row: Node<'_>) -> Session {
    let attending = row.line("attending_type");
    let attend = attending.as_deref().and_then(words::delivery);
    let notes = [row.line("notes"), attending.filter(|_| attend.is_none())];
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    Session {
        name: None,
        schedule: schedule(row),
        attend,
        note: (!notes.is_empty()).then(|| notes.join("; ")),
        ..Session::default()
    }
}

fn schedule(row: Node<'_>) -> Schedule {
    let starts = row.date("dtstart").or_else(|| row.date("valid_from"));
    let days = days(row);
    let month_days = month_days(row);
    let (freq, days) = freq(row, days, &month_days, starts);
    let (opens, closes) = (row.hour("opens_at"), row.hour("closes_at"));
    if opens.is_some() && closes.is_some() && opens > closes {
        row.fault(Kind::ValueLeftOut, "closes_at", "a time after opens_at", "an earlier one");
    }
    Schedule {
        freq,
        interval: interval(row),
        days,
        month_days: if freq == Freq::Monthly { month_days } else { Vec::new() },
        starts,
        until: [row.date("until"), row.date("valid_to")].into_iter().flatten().min(),
        closes: closes.filter(|closes| opens.is_none_or(|opens| opens <= *closes)),
        opens,
        description: row.prose("description").map(|text| tidy::cut(&text, 1000)),
        ..Schedule::default()
    }
}

fn interval(row: Node<'_>) -> u16 {
    let Some(number) = row.number("interval") else { return 1 };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held between 1 and 52"
    )]
    if (1.0..=52.0).contains(&number) {
        return number as u16;
    }
    row.fault(Kind::ValueLeftOut, "interval", "a number from 1 to 52", &number.to_string());
    1
}

/// How often, and on which days. A rule without any frequency is weekly where it names days.
fn freq(
    row: Node<'_>,
    days: Vec<DayRule>,
    month_days: &[i8],
    starts: Option<Date>,
) -> (Freq, Vec<DayRule>) {
    let said = row.line("freq").map(|text| text.to_uppercase().replace("FREQ=", ""));
    let monthly =
        days.iter().any(|day| day.nth.is_some()) || (days.is_empty() && !month_days.is_empty());
    let plain =
        |days: Vec<DayRule>| days.into_iter().map(|rule| DayRule::every(rule.day)).collect();
    match said.as_deref() {
        Some("WEEKLY") => (Freq::Weekly, plain(days)),
        Some("MONTHLY") => (Freq::Monthly, days),
        Some("DAILY") => (Freq::Weekly, Weekday::ALL.map(DayRule::every).to_vec()),
        other => {
            if let Some(other) = other {
                row.fault(Kind::ValueLeftOut, "freq", "WEEKLY or MONTHLY", &format!("\"{other}\""));
            }
            match () {
                () if monthly => (Freq::Monthly, days),
                () if days.is_empty()
                    && other.is_none()
                    && starts.is_some()
                    && row.has("dtstart") =>
                {
                    (Freq::Once, days)
                }
                () => (Freq::Weekly, days),
            }
        }
    }
}

/// `MO,TU`, `2TU`, and the `weekday` of older feeds.
fn days(row: Node<'_>) -> Vec<DayRule> {
    let mut days: Vec<DayRule> = Vec::new();
    for field in ["byday", "weekday"] {
        for text in row.list(field).iter().flat_map(|text| text.split_whitespace()) {
            match day(text) {
                Some(day) if days.contains(&day) => {}
                Some(day) => days.push(day),
                None => row.fault(
                    Kind::ValueLeftOut,
                    field,
                    "days such as MO,TU or 2WE",
                    &format!("\"{text}\""),
                ),
            }
        }
    }
    days
}

fn day(text: &str) -> Option<DayRule> {
    let by_name = || {
        let short =
            text.get(..2).filter(|_| text.len() > 2 && text.chars().all(char::is_alphabetic))?;
        Weekday::from_rfc5545(short).map(DayRule::every)
    };
    DayRule::parse(text).or_else(by_name)
}

fn month_days(row: Node<'_>) -> Vec<i8> {
    let fits = |day: &i8| *day != 0 && (-31..=31).contains(day);
    row.list("bymonthday").iter().filter_map(|text| text.parse().ok().filter(fits)).collect()
}

enum Holiday {
    Closed(Vec<Date>),
    Open(Box<Session>),
}

fn holiday(row: Node<'_>) -> Holiday {
    let from = row.date("start_date").or_else(|| row.date("valid_from"));
    let to = row.date("end_date").or_else(|| row.date("valid_to")).or(from);
    let open = row.yes("closed") == Some(false) || row.has("open_at") || row.has("opens_at");
    let (Some(from), Some(to)) = (from, to) else { return Holiday::Closed(Vec::new()) };
    if !open {
        let days = std::iter::successors(Some(from), |day| day.tomorrow().ok());
        return Holiday::Closed(days.take_while(|day| *day <= to).take(LONGEST_HOLIDAY).collect());
    }
    let schedule = Schedule {
        days: Weekday::ALL.map(DayRule::every).to_vec(),
        starts: Some(from),
        until: Some(to),
        opens: row.hour("opens_at").or_else(|| row.hour("open_at")),
        closes: row.hour("closes_at"),
        ..Schedule::default()
    };
    Holiday::Open(Box::new(Session { schedule, ..Session::default() }))
}

/// How people attend, from every schedule that says so.
pub(super) fn deliveries(sessions: &[Session]) -> impl Iterator<Item = Delivery> {
    sessions.iter().filter_map(|session| session.attend)
}
