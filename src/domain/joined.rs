//! Two records of the same thing: one stands for both, and the other leads to it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    id::{OrganisationId, PartnershipId, PersonId, ProgramId, ServiceId},
    organisation::Identifier,
    partnership::Member,
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

/// An organisation for which another record stands, with what it takes to set the two apart again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JoinedOrganisation {
    pub into: OrganisationId,
    pub at: Timestamp,
    pub by: PersonId,
    /// The listings that went along.
    #[serde(default)]
    pub services: Vec<ServiceId>,
    /// Those who look after the other's listings only since then.
    #[serde(default)]
    pub people: Vec<PersonId>,
    #[serde(default)]
    pub programs: Vec<ProgramId>,
    /// The names, the numbers and the fields that the other has from it.
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub identifiers: Vec<Identifier>,
    #[serde(default)]
    pub filled: Vec<String>,
    #[serde(default)]
    pub memberships: Vec<Membership>,
}

/// A place in a partnership that the other record took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Membership {
    pub partnership: PartnershipId,
    /// As it was.
    pub member: Member,
    /// Whether the other had a place of its own, so that this one was left out.
    pub had_its_own: bool,
}
