//! Changes of a listing that are not in force: kept for later, or waiting for a steward.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    id::{PersonId, ProposalId, ServiceId},
    location::Location,
    part::{Part, PartValue},
    service::{Service, ServiceAtLocation, ServiceStatus},
};

/// What somebody who looks after a listing would change. A listing has at most one that is kept
/// for later and one that waits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    pub id: ProposalId,
    pub service: ServiceId,
    /// Who changed it last.
    pub by: PersonId,
    pub at: Timestamp,
    /// When it was sent to a steward; none while it is kept for later.
    #[serde(default)]
    pub sent: Option<Timestamp>,
    /// Each part once, in the order of the parts.
    pub changes: Vec<ProposedChange>,
    /// Sites that the changes name and that there are not yet.
    #[serde(default)]
    pub sites: Vec<Location>,
    /// What whoever sent it says to the steward.
    #[serde(default)]
    pub note: Option<String>,
    /// What a steward asked, until it is answered.
    #[serde(default)]
    pub question: Option<String>,
    #[serde(default)]
    pub decided: Option<Decision>,
}

/// A part of a listing as it was and as it would be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProposedChange {
    /// What stood there when it was proposed.
    pub before: PartValue,
    pub after: PartValue,
}

/// How a proposal was ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    pub at: Timestamp,
    pub by: PersonId,
    /// The parts that came into force, with what stood there before.
    #[serde(default)]
    pub approved: Vec<PartValue>,
    /// Where venues were changed: the venues before, with all that was said of them.
    #[serde(default)]
    pub venues: Vec<ServiceAtLocation>,
    /// What whoever sent it is told.
    #[serde(default)]
    pub why: Option<String>,
}

impl ProposedChange {
    /// The part that it changes.
    #[must_use]
    pub fn part(&self) -> Part {
        self.after.part()
    }
}

impl Proposal {
    /// The listing as it would be.
    #[must_use]
    pub fn over(&self, service: &Service) -> Service {
        let mut service = service.clone();
        for change in &self.changes {
            change.after.clone().put(&mut service);
        }
        service
    }

    /// Whether it asks that a listing be shown for the first time.
    #[must_use]
    pub fn is_of_a_new_listing(&self) -> bool {
        let draft = PartValue::Status(ServiceStatus::Draft);
        self.changes.iter().any(|change| change.before == draft)
    }
}
