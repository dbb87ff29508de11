//! Those who provide, host, fund and commission.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    contact::Contact, eligibility::Answer, id::OrganisationId, joined::JoinedOrganisation,
    need::NeedId, provenance::Provenance, trust::DueDiligence, upkeep::Upkeep,
};

/// An organisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Organisation {
    pub id: OrganisationId,
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub sector: Option<Sector>,
    #[serde(default)]
    pub legal_form: Option<LegalForm>,
    #[serde(default)]
    pub identifiers: Vec<Identifier>,
    #[serde(default)]
    pub size: Option<SizeBand>,
    #[serde(default)]
    pub parent: Option<OrganisationId>,
    #[serde(default)]
    pub website: Option<String>,
    #[serde(default)]
    pub contacts: Vec<Contact>,
    /// What it wants to be to those who commission.
    #[serde(default)]
    pub wants_to_be: Option<WantsToBe>,
    #[serde(default)]
    pub social_value: Vec<String>,
    /// Whether it agrees to be contacted about new work.
    #[serde(default)]
    pub agrees_to_market_contact: Answer,
    #[serde(default)]
    pub priorities_answered: Vec<NeedId>,
    #[serde(default)]
    pub trust: DueDiligence,
    #[serde(default)]
    pub upkeep: Upkeep,
    #[serde(default)]
    pub provenance: Provenance,
    /// The organisation that stands for this one too, where a steward joined them.
    #[serde(default)]
    pub joined: Option<JoinedOrganisation>,
    /// The organisations that this one stands for besides itself.
    #[serde(default)]
    pub stands_for: BTreeSet<OrganisationId>,
    /// Those that a steward said are others, though they look alike.
    #[serde(default)]
    pub apart_from: BTreeSet<OrganisationId>,
}

/// The part of society an organisation belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sector {
    Voluntary,
    SocialEnterprise,
    Private,
    Nhs,
    LocalAuthority,
    Other,
}

/// The legal form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LegalForm {
    Unincorporated,
    CharitableTrust,
    Cio,
    CharitableCompany,
    Cic,
    CompanyByGuarantee,
    CompanyByShares,
    CoOperative,
    SoleTrader,
    Partnership,
    PublicBody,
    Other,
}

/// How large an organisation is by yearly income, in the bands that the sector's almanac uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SizeBand {
    /// Under £10,000 a year.
    Micro,
    /// £10,000 to £100,000.
    Small,
    /// £100,000 to £1 million.
    Medium,
    /// £1 million to £10 million.
    Large,
    /// Over £10 million.
    Major,
}

/// A number in somebody's register.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Identifier {
    pub scheme: IdentifierScheme,
    pub value: String,
}

/// A register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdentifierScheme {
    Charity,
    ScottishCharity,
    Company,
    Cic,
    Cqc,
    Ods,
    Ofsted,
    Ukprn,
    Other,
}

impl IdentifierScheme {
    /// Whether one of its numbers tells an organisation from all others. Ofsted numbers settings,
    /// of which an organisation may have many.
    #[must_use]
    pub fn tells_apart(self) -> bool {
        !matches!(self, Self::Ofsted | Self::Other)
    }
}

/// The place that a provider wants in a system of care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WantsToBe {
    ServiceInItsOwnRight,
    PartnerAlongAPathway,
    Both,
}
