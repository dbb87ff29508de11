//! Two listings of the same service: one stands for both, and the other leads to it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    id::{PartnershipId, PersonId, ServiceId},
    proposal::ProposedChange,
    service::{ServiceAtLocation, ServiceStatus},
};

/// A listing for which another one stands, with what it takes to set the two apart again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Joined {
    pub into: ServiceId,
    pub at: Timestamp,
    pub by: PersonId,
    /// Whether it was listed before.
    pub was: ServiceStatus,
    /// What changed of the other listing when they were joined.
    #[serde(default)]
    pub gave: Vec<ProposedChange>,
    /// Where venues changed: those of the other listing before, with all that was said of them.
    #[serde(default)]
    pub venues: Vec<ServiceAtLocation>,
    /// The partnerships that the other listing came into.
    #[serde(default)]
    pub partnerships: Vec<PartnershipId>,
}
