//! Alliances, consortia and other ways of working together.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    contact::Contact, footprint::Footprint, id::OrganisationId, id::PartnershipId, id::ServiceId,
    provenance::Provenance, upkeep::Upkeep,
};

/// Organisations that work as one for a purpose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Partnership {
    pub id: PartnershipId,
    pub name: String,
    pub kind: PartnershipKind,
    pub purpose: String,
    #[serde(default)]
    pub from: Option<Date>,
    #[serde(default)]
    pub to: Option<Date>,
    #[serde(default)]
    pub footprint: Option<Footprint>,
    #[serde(default)]
    pub governance: Option<String>,
    #[serde(default)]
    pub contacts: Vec<Contact>,
    pub members: Vec<Member>,
    #[serde(default)]
    pub services: Vec<ServiceId>,
    #[serde(default)]
    pub pathway: Vec<PathwayStage>,
    /// Names of the outcome measures it reports.
    #[serde(default)]
    pub outcome_measures: Vec<String>,
    #[serde(default)]
    pub upkeep: Upkeep,
    #[serde(default)]
    pub provenance: Provenance,
}

/// What sort of partnership it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartnershipKind {
    Alliance,
    Consortium,
    IntegratedCarePartnership,
    ProviderCollaborative,
    PrimaryCareNetwork,
    Other,
}

/// An organisation's part in it, for as long as it had it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    pub organisation: OrganisationId,
    pub role: MemberRole,
    #[serde(default)]
    pub from: Option<Date>,
    #[serde(default)]
    pub to: Option<Date>,
    #[serde(default)]
    pub note: Option<String>,
}

/// What a member does. Funding or commissioning is never shown as belonging unless recorded so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MemberRole {
    Leads,
    Delivers,
    Subcontracts,
    Hosts,
    Funds,
    Commissions,
    Refers,
}

/// A step on the way through a partnership's services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathwayStage {
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub services: Vec<ServiceId>,
}
