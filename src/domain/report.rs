//! What somebody says is wrong with a listing, and what a steward did about it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    id::{PersonId, ReportId, ServiceId},
    service::ServiceStatus,
    upkeep::Upkeep,
};

/// A problem with a listing. Who said so is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub id: ReportId,
    pub service: ServiceId,
    pub reason: ReportReason,
    /// In words; never about one person.
    #[serde(default)]
    pub words: Option<String>,
    pub at: Timestamp,
    #[serde(default)]
    pub closed: Option<Closing>,
    /// What a steward asked those who look after the listing about it.
    #[serde(default)]
    pub asked: Option<Asked>,
}

/// How long those who were asked have before it is the steward's again.
const ANSWER_IN: SignedDuration = SignedDuration::from_hours(24 * 4);

/// A question to those who look after a listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub at: Timestamp,
    pub by: PersonId,
    pub question: String,
}

impl Report {
    /// Whether those who look after the listing were asked, and have neither changed nor confirmed
    /// it since.
    #[must_use]
    pub fn awaits_word(&self, upkeep: &Upkeep) -> bool {
        let Some(asked) = &self.asked else { return false };
        let confirmed = upkeep.confirmed.as_ref().map(|confirmed| confirmed.at);
        let said = upkeep.edited.max(confirmed);
        said.is_none_or(|said| said < asked.at)
    }

    /// Whether it waits at `now` for their word, and not for the steward: for a few days.
    #[must_use]
    pub fn waits_for_an_answer(&self, upkeep: &Upkeep, now: Timestamp) -> bool {
        let is_lately = |asked: &Asked| now.duration_since(asked.at) < ANSWER_IN;
        self.asked.as_ref().is_some_and(is_lately) && self.awaits_word(upkeep)
    }
}

/// What is wrong, the most harmful first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReportReason {
    /// Somebody may come to harm.
    Unsafe,
    /// The phone, e-mail or address is another's.
    WrongContact,
    /// It has closed, or takes nobody.
    Closed,
    WrongTime,
    Other,
}

/// How a report was ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    pub at: Timestamp,
    pub by: PersonId,
    pub outcome: Outcome,
    #[serde(default)]
    pub why: Option<String>,
    /// Where the listing was hidden: how it stood before.
    #[serde(default)]
    pub hid: Option<ServiceStatus>,
}

/// What a steward did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The listing was put right, or its provider was told.
    PutRight,
    NothingWrong,
    /// The listing was taken from view.
    Hidden,
}
