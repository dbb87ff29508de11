//! Capacity: a dated statement with an author and an end.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::id::{CapacityId, ServiceAtLocationId, ServiceId};

/// What somebody said about a service's room for more people.
///
/// It counts from `as_of` until just before `lapses_at`; after that nothing is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Capacity {
    pub id: CapacityId,
    pub service: ServiceId,
    /// The venue it is about; the whole service where none.
    #[serde(default)]
    pub venue: Option<ServiceAtLocationId>,
    pub status: CapacityStatus,
    #[serde(default)]
    pub units: Option<Units>,
    /// Typical wait.
    #[serde(default)]
    pub wait_weeks: Option<u16>,
    /// The people it is about, where not all: "under 25s".
    #[serde(default)]
    pub for_whom: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
    pub as_of: Timestamp,
    pub by: Author,
    /// Where the statement came from: a page, a mail, a feed's name.
    pub source: String,
    pub lapses_at: Timestamp,
}

/// Whether a service takes people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CapacityStatus {
    Open,
    WaitingList,
    Full,
    Paused,
}

/// Places by number, as far as known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Units {
    /// What is counted: places, beds, hours, sessions.
    pub unit: String,
    pub available: Option<u32>,
    pub maximum: Option<u32>,
    pub funded: Option<u32>,
}

/// Who made a statement. The name is shown, so it is a role or a name they agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    pub role: AuthorRole,
    pub name: String,
}

/// In what capacity somebody spoke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuthorRole {
    Provider,
    Steward,
    LinkWorker,
    Feed,
    Demonstration,
}

impl Author {
    /// Somebody who looks after a part of the directory.
    #[must_use]
    pub fn steward(name: &str) -> Self {
        Self { role: AuthorRole::Steward, name: name.to_owned() }
    }
}

impl Capacity {
    /// Whether the statement counts at `now`.
    #[must_use]
    pub fn counts_at(&self, now: Timestamp) -> bool {
        self.as_of <= now && now < self.lapses_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_counts_from_its_moment_until_just_before_it_lapses() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let capacity = Capacity {
            id: CapacityId::derive("test", "1"),
            service: ServiceId::derive("test", "1"),
            venue: None,
            status: CapacityStatus::Open,
            units: None,
            wait_weeks: None,
            for_whom: None,
            note: None,
            as_of: at("2026-11-01T09:00:00Z"),
            by: Author::steward("Ann"),
            source: "test".to_owned(),
            lapses_at: at("2026-12-01T00:00:00Z"),
        };
        assert!(!capacity.counts_at(at("2026-11-01T08:59:59Z")));
        assert!(capacity.counts_at(at("2026-11-01T09:00:00Z")));
        assert!(capacity.counts_at(at("2026-11-30T23:59:59Z")));
        assert!(!capacity.counts_at(at("2026-12-01T00:00:00Z")));
    }
}
