//! Two listings of the same service, or two records of the same organisation: one stands for both,
//! and the other leads to it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    id::{OrganisationId, PartnershipId, PersonId, ProgramId, ServiceId},
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

/// An organisation for which another one stands, with what it takes to set the two apart again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JoinedOrganisation {
    pub into: OrganisationId,
    pub at: Timestamp,
    pub by: PersonId,
    /// What changed of the other when they were joined.
    #[serde(default)]
    pub gave: Vec<GivenField>,
    /// The listings, and the organisations that are part of it, that went over.
    #[serde(default)]
    pub services: Vec<ServiceId>,
    #[serde(default)]
    pub children: Vec<OrganisationId>,
    /// Who looked after it, and what spoke for it.
    #[serde(default)]
    pub people: Vec<WentOver<PersonId>>,
    #[serde(default)]
    pub programs: Vec<WentOver<ProgramId>>,
    /// Its memberships, as they were.
    #[serde(default)]
    pub memberships: Vec<(PartnershipId, WentOver<Member>)>,
}

/// A field by its name in the record, with what stood there before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GivenField {
    pub field: String,
    pub before: Value,
    pub after: Value,
}

/// Something that went over from one to the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WentOver<T> {
    pub what: T,
    /// Whether the other had the same already, and so keeps it.
    pub was_there: bool,
}
