//! When a record was confirmed, edited and imported: three different dates.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::capacity::Author;

/// The dates of a record. Editing or importing it does not confirm it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Upkeep {
    pub created: Option<Timestamp>,
    pub edited: Option<Timestamp>,
    pub imported: Option<Timestamp>,
    pub confirmed: Option<Confirmation>,
    /// When it is next due to be confirmed.
    pub next_check: Option<Date>,
}

/// Somebody who knows said that the record is right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Confirmation {
    pub at: Timestamp,
    pub by: Author,
}

/// How far a record can be relied on, from the age of its confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Freshness {
    /// Within three months.
    Confirmed,
    /// Three to six months.
    Ageing,
    /// Six to twelve months: ring first.
    Old,
    /// Over twelve months, or never.
    NotConfirmed,
}

impl Upkeep {
    /// The freshness at `now`, by calendar months in UTC.
    #[must_use]
    pub fn freshness(&self, now: Timestamp) -> Freshness {
        let Some(confirmed) = &self.confirmed else {
            return Freshness::NotConfirmed;
        };
        [(3, Freshness::Confirmed), (6, Freshness::Ageing), (12, Freshness::Old)]
            .into_iter()
            .find(|(months, _)| confirmed.at >= months_before(now, *months))
            .map_or(Freshness::NotConfirmed, |(_, freshness)| freshness)
    }
}

/// The moment `months` calendar months before `now`; the earliest of all where that cannot be said.
#[must_use]
pub fn months_before(now: Timestamp, months: i32) -> Timestamp {
    now.to_zoned(TimeZone::UTC)
        .checked_sub(jiff::Span::new().months(months))
        .map_or(Timestamp::MIN, |then| then.timestamp())
}

/// The moment `months` calendar months after `then`, in UTC.
#[must_use]
pub fn months_after(then: Timestamp, months: i32) -> Timestamp {
    then.to_zoned(TimeZone::UTC)
        .checked_add(jiff::Span::new().months(months))
        .map_or(Timestamp::MAX, |later| later.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn confirmed(at: &str) -> Upkeep {
        let at = at.parse().unwrap();
        Upkeep {
            confirmed: Some(Confirmation { at, by: Author::steward("Ann") }),
            ..Upkeep::default()
        }
    }

    fn check(at: &str, expect: Freshness) {
        let now = "2026-11-22T12:00:00Z".parse().unwrap();
        assert_eq!(confirmed(at).freshness(now), expect, "{at}");
    }

    #[test]
    fn freshness_falls_at_three_six_and_twelve_months() {
        check("2026-11-10T09:00:00Z", Freshness::Confirmed);
        check("2026-08-22T12:00:00Z", Freshness::Confirmed);
        check("2026-08-22T11:59:59Z", Freshness::Ageing);
        check("2026-05-22T11:59:59Z", Freshness::Old);
        check("2025-11-22T11:59:59Z", Freshness::NotConfirmed);
    }

    #[test]
    fn an_edit_or_an_import_confirms_nothing() {
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let upkeep = Upkeep { edited: Some(now), imported: Some(now), ..Upkeep::default() };
        assert_eq!(upkeep.freshness(now), Freshness::NotConfirmed);
    }
}
