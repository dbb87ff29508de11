//! Statements as they are sent and answered.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    api::error::{ApiError, ErrorBody},
    domain::{Capacity, CapacityStatus, ServiceId, Units},
    keeping::Stated,
    search::{Fault, Labelled},
};

/// What a program says of a service’s room for people.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementWire {
    /// `open`, `waiting`, `full` or `paused`.
    pub status: String,
    /// The id of the venue that it is about; left out, the whole service.
    #[serde(default)]
    pub venue: Option<String>,
    #[serde(default)]
    pub wait_weeks: Option<u16>,
    #[serde(default)]
    pub units: Option<UnitsStated>,
    /// The people it is about, where not all: "under 25s". Never one person.
    #[serde(default)]
    pub for_whom: Option<String>,
    /// Shown beside the answer. Never about one person.
    #[serde(default)]
    pub note: Option<String>,
    /// The moment that it is about (RFC 3339); left out, now.
    #[serde(default)]
    pub as_of: Option<String>,
    /// From when on it no longer counts; left out, after as many days as the directory sets.
    #[serde(default)]
    pub lapses_at: Option<String>,
}

/// Places by number, as far as known.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitsStated {
    /// What is counted: places, beds, hours.
    pub unit: String,
    #[serde(default)]
    pub available: Option<u32>,
    #[serde(default)]
    pub maximum: Option<u32>,
    #[serde(default)]
    pub funded: Option<u32>,
}

/// Several statements.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementsWire {
    /// Up to 200.
    pub statements: Vec<StatementOfWire>,
}

/// A statement with the service that it is about.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementOfWire {
    /// The service’s id.
    pub service: String,
    /// What makes it the same statement when it is sent again.
    #[serde(default)]
    pub key: Option<String>,
    pub statement: StatementWire,
}

/// A statement as it was taken.
#[derive(Serialize, ToSchema)]
pub struct TakenWire {
    pub id: String,
    pub service: String,
    pub status: &'static str,
    pub as_of: String,
    pub lapses_at: String,
    pub by: String,
    /// Whether it had been taken before, so that nothing was changed.
    pub unchanged: bool,
}

/// What became of each statement, in their order.
#[derive(Serialize, ToSchema)]
pub struct OutcomesWire {
    pub accepted: usize,
    pub unchanged: usize,
    pub refused: usize,
    pub outcomes: Vec<OutcomeWire>,
}

/// What became of one statement.
#[derive(Serialize, ToSchema)]
pub struct OutcomeWire {
    pub service: String,
    /// As taken; null where it was refused.
    pub taken: Option<TakenWire>,
    /// Why it was refused; null where it was taken.
    pub error: Option<ErrorBody>,
}

impl TakenWire {
    /// A statement as it was taken.
    pub fn of(said: &Capacity, unchanged: bool) -> Self {
        Self {
            id: said.id.to_string(),
            service: said.service.to_string(),
            status: said.status.key(),
            as_of: said.as_of.to_string(),
            lapses_at: said.lapses_at.to_string(),
            by: said.by.name.clone(),
            unchanged,
        }
    }
}

/// Reads a statement; every value that cannot be read is told.
pub fn stated(
    service: ServiceId,
    wire: &StatementWire,
    once: Option<String>,
) -> Result<Stated, ApiError> {
    let mut faults = Vec::new();
    let mut say = |field: &str, found: &str, expected: &str| {
        faults.push(Fault::new(field, found, expected.to_owned()));
    };
    let status = CapacityStatus::from_key(&wire.status);
    if status.is_none() {
        say("status", &wire.status, "open, waiting, full or paused");
    }
    let venue = wire.venue.as_ref().map(|venue| venue.parse());
    if matches!(venue, Some(Err(_))) {
        say("venue", wire.venue.as_deref().unwrap_or_default(), "the id of a venue");
    }
    let mut moment = |field: &str, text: Option<&String>| -> Option<Timestamp> {
        let text = text?;
        let read = text.parse().ok();
        if read.is_none() {
            say(field, text, "a moment such as 2026-11-22T09:00:00Z");
        }
        read
    };
    let as_of = moment("as_of", wire.as_of.as_ref());
    let lapses_at = moment("lapses_at", wire.lapses_at.as_ref());
    match status {
        Some(status) if faults.is_empty() => Ok(Stated {
            service,
            venue: venue.and_then(Result::ok),
            status,
            units: wire.units.clone().map(Units::from),
            wait_weeks: wire.wait_weeks,
            for_whom: line(wire.for_whom.as_ref()),
            note: line(wire.note.as_ref()),
            as_of,
            lapses_at,
            once,
        }),
        _ => Err(ApiError::BadValues(faults)),
    }
}

/// A text of one line; nothing where it is empty.
fn line(text: Option<&String>) -> Option<String> {
    let plain: String = text?.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(line).filter(|line| !line.is_empty())
}

impl From<UnitsStated> for Units {
    fn from(wire: UnitsStated) -> Self {
        let unit = line(Some(&wire.unit)).unwrap_or_default();
        Self { unit, available: wire.available, maximum: wire.maximum, funded: wire.funded }
    }
}
