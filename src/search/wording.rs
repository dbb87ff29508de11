//! Dates, capacity and age in the words that people read.

mod when;

use jiff::{
    Timestamp,
    civil::{Date, Time},
};

pub use self::when::when;
pub use crate::domain::date_in_england as date_of;
use crate::domain::{Capacity, CapacityStatus, CostKind, CostOption, Freshness, Upkeep};

use super::{findings::DoorShown, labels::Labelled};

/// `22 November 2026`.
#[must_use]
pub fn long_date(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// `Tue 24 Nov`.
#[must_use]
pub fn short_day(date: Date) -> String {
    date.strftime("%a %-d %b").to_string()
}

/// `10am`, `2.30pm`, `noon`, `midnight`.
#[must_use]
pub fn clock(time: Time) -> String {
    match (time.hour(), time.minute()) {
        (12, 0) => "noon".to_owned(),
        (0, 0) => "midnight".to_owned(),
        (_, 0) => time.strftime("%-I%P").to_string(),
        _ => time.strftime("%-I.%M%P").to_string(),
    }
}

/// `10am to noon`; what is not known is left out.
#[must_use]
pub fn hours(opens: Option<Time>, closes: Option<Time>) -> String {
    match (opens, closes) {
        (Some(opens), Some(closes)) => format!("{} to {}", clock(opens), clock(closes)),
        (Some(opens), None) => format!("from {}", clock(opens)),
        (None, Some(closes)) => format!("until {}", clock(closes)),
        (None, None) => String::new(),
    }
}

/// `today`, `yesterday`, `12 days ago`, and from three months on the date.
#[must_use]
pub fn ago(at: Timestamp, now: Timestamp) -> String {
    let days = date_of(at).until(date_of(now)).map_or(0, |span| span.get_days());
    match days {
        ..=-1 => long_date(date_of(at)),
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        2..=92 => format!("{days} days ago"),
        _ => long_date(date_of(at)),
    }
}

/// How fresh a listing is, in the words that each age has.
#[must_use]
pub fn freshness(upkeep: &Upkeep, now: Timestamp) -> String {
    let Some(confirmed) = &upkeep.confirmed else {
        return "Never confirmed; ring first".to_owned();
    };
    let month = date_of(confirmed.at).strftime("%B");
    match upkeep.freshness(now) {
        Freshness::Confirmed => format!("Confirmed {}", ago(confirmed.at, now)),
        Freshness::Ageing => format!("Confirmed in {month}"),
        Freshness::Old => format!("Not confirmed since {month}; ring first"),
        Freshness::NotConfirmed => {
            let since = date_of(confirmed.at).strftime("%B %Y");
            format!("Not confirmed since {since}; ring first")
        }
    }
}

/// Whether it takes people, in a few words.
#[must_use]
pub fn door(door: &DoorShown) -> String {
    match (door.status, door.statement.as_ref().and_then(|said| said.wait_weeks)) {
        (None, _) => "Not known if taking people".to_owned(),
        (Some(CapacityStatus::WaitingList), Some(weeks)) if weeks > 0 => {
            format!("Waiting list, about {}", counted(usize::from(weeks), "week", "weeks"))
        }
        (Some(status), _) => status.label().to_owned(),
    }
}

/// Who said so and when, or what was last said before it lapsed.
#[must_use]
pub fn door_said(door: &DoorShown, now: Timestamp) -> Option<String> {
    let said = door.statement.as_ref()?;
    let when = ago(said.as_of, now);
    match door.status {
        Some(_) => Some(format!("said by {}, {when}", said.by.name)),
        None => Some(format!("was “{}”, {when}; check", lapsed_label(said))),
    }
}

fn lapsed_label(said: &Capacity) -> String {
    said.status.label().to_lowercase()
}

/// `£2.50 a session`, `Free`.
#[must_use]
pub fn cost(option: &CostOption) -> String {
    let amount = match (option.kind, option.pence) {
        (CostKind::Free, _) | (_, Some(0)) => CostKind::Free.label().to_owned(),
        (CostKind::Donation, Some(pence)) => format!("{} suggested donation", pounds(pence)),
        (_, Some(pence)) => pounds(pence),
        (kind, None) => kind.label().to_owned(),
    };
    let per = option.per.as_deref().map(|per| format!(" {per}")).unwrap_or_default();
    let whom = option.for_whom.as_deref().map(|whom| format!(" for {whom}")).unwrap_or_default();
    format!("{amount}{per}{whom}")
}

/// `£2.50`, `£12`, `50p`.
#[must_use]
pub fn pounds(pence: u32) -> String {
    match (pence / 100, pence % 100) {
        (0, pence) => format!("{pence}p"),
        (pounds, 0) => format!("£{pounds}"),
        (pounds, pence) => format!("£{pounds}.{pence:02}"),
    }
}

/// `November 2026` for `2026-11`.
#[must_use]
pub fn month_in_words(month: &str) -> String {
    let first: Option<Date> = format!("{month}-01").parse().ok();
    first.map_or_else(|| month.to_owned(), |first| first.strftime("%B %Y").to_string())
}

/// `1 week`, `3 weeks`.
#[must_use]
pub fn counted(count: usize, one: &str, many: &str) -> String {
    let noun = if count == 1 { one } else { many };
    format!("{} {noun}", thousands(count))
}

/// `12,345`.
#[must_use]
pub fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn listed<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [front @ .., last] => {
            let front: Vec<&str> = front.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", front.join(", "), last.as_ref())
        }
    }
}

/// The same text with a capital first.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::domain::{Author, Confirmation};

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn check_freshness(confirmed: &str, expect: &str) {
        let by = Author::steward("Ann");
        let confirmed = Some(Confirmation { at: at(confirmed), by });
        let upkeep = Upkeep { confirmed, ..Upkeep::default() };
        assert_eq!(freshness(&upkeep, at("2026-11-22T12:00:00Z")), expect);
    }

    #[test]
    fn each_age_of_a_confirmation_has_its_words() {
        check_freshness("2026-11-22T08:00:00Z", "Confirmed today");
        check_freshness("2026-11-10T08:00:00Z", "Confirmed 12 days ago");
        check_freshness("2026-07-10T08:00:00Z", "Confirmed in July");
        check_freshness("2026-03-10T08:00:00Z", "Not confirmed since March; ring first");
        check_freshness("2024-03-10T08:00:00Z", "Not confirmed since March 2024; ring first");
        let never = freshness(&Upkeep::default(), at("2026-11-22T12:00:00Z"));
        assert_eq!(never, "Never confirmed; ring first");
    }

    #[test]
    fn days_are_counted_in_england_and_not_in_utc() {
        assert_eq!(ago(at("2026-06-30T23:30:00Z"), at("2026-07-01T10:00:00Z")), "today");
        assert_eq!(ago(at("2026-11-21T23:30:00Z"), at("2026-11-22T00:10:00Z")), "yesterday");
    }

    #[test]
    fn hours_read_as_people_say_them() {
        let time = |text: &str| Some(text.parse::<Time>().unwrap());
        assert_eq!(hours(time("10:00"), time("12:00")), "10am to noon");
        assert_eq!(hours(time("14:30"), None), "from 2.30pm");
    }

    #[test]
    fn money_and_numbers_read_as_people_write_them() {
        assert_eq!([pounds(50), pounds(250), pounds(1200)], ["50p", "£2.50", "£12"]);
        assert_eq!(
            [thousands(7), thousands(1234), thousands(1_234_567)],
            ["7", "1,234", "1,234,567"]
        );
        assert_eq!(listed(&["a", "b", "c"]), "a, b and c");
    }
}
