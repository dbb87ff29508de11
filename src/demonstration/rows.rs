//! The demonstration files as they are written: slugs for ids, and days before loading for dates.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::domain::{
    AccessFeature, AccessRoutes, AgeBand, Answer, AuthorRole, CapacityStatus, Contact, CostOption,
    Delivery, Eligibility, Email, FirstStep, FirstVisit, Footprint, FundingVisibility, Identifier,
    LegalForm, LocationKind, MemberRole, NeedId, PartnershipKind, PlaceCode, ReportReason, Role,
    Sector, Sensitivity, ServiceStatus, Session, SizeBand, Statement, WantsToBe, Worked,
};

/// One file.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct File {
    pub organisation: Vec<OrganisationRow>,
    pub location: Vec<LocationRow>,
    pub service: Vec<ServiceRow>,
    pub partnership: Vec<PartnershipRow>,
    pub person: Vec<PersonRow>,
    pub report: Vec<ReportRow>,
    pub referral: Vec<ReferralRow>,
    pub experience: Vec<ExperienceRow>,
    pub change: Vec<ChangeRow>,
    pub claim: Vec<ClaimRow>,
    #[serde(rename = "use")]
    pub uses: Vec<UseRow>,
    pub otherwise: Vec<OtherwiseRow>,
    pub failing: Vec<FailingRow>,
    pub sought: Vec<SoughtRow>,
    pub synonym: Vec<SynonymRow>,
}

/// What a feed says otherwise than whoever looks after a listing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherwiseRow {
    pub service: String,
    pub source: String,
    pub field: String,
    pub stated: String,
}

/// A listing whose page no longer answers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FailingRow {
    pub service: String,
    pub days: i64,
}

/// Words with which people found little.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SoughtRow {
    pub words: String,
    pub times: u64,
    #[serde(default)]
    pub set_aside: bool,
}

/// What people there call a need.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SynonymRow {
    pub phrase: String,
    pub need: NeedId,
    /// The address of the steward who said so.
    pub by: Email,
    pub days_ago: i64,
}

/// What became of a listing, month by month.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UseRow {
    pub service: String,
    /// How often it was shown among results, and opened: the last full month first.
    pub shown: Vec<u64>,
    pub opened: Vec<u64>,
}

/// Who says that a listing is theirs to look after.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimRow {
    pub service: String,
    pub name: String,
    pub email: Email,
    pub words: Option<String>,
    pub days_ago: i32,
}

/// What a provider would change, and waits for a steward.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeRow {
    pub service: String,
    pub by: Email,
    pub days_ago: i32,
    pub note: Option<String>,
    pub name: Option<String>,
    pub summary: Option<String>,
    pub eligibility: Option<Eligibility>,
    /// Whether it asks that a listing be shown for the first time.
    #[serde(default)]
    pub is_new: bool,
}

/// What somebody said is wrong with a listing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportRow {
    pub service: String,
    pub reason: ReportReason,
    pub words: Option<String>,
    pub days_ago: i32,
}

/// A referral that a link worker made, and that was accepted where that is said.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferralRow {
    pub service: String,
    /// The address of whoever made it.
    pub by: Email,
    pub reference: String,
    pub needs: Vec<NeedId>,
    pub age: Option<AgeBand>,
    pub area: Option<String>,
    pub first_step: FirstStep,
    pub days_ago: i32,
    pub accepted_days_ago: Option<i32>,
}

/// What a link worker says came of sending people to a service.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExperienceRow {
    pub service: String,
    pub by: Email,
    pub what: Worked,
    pub days_ago: i32,
}

/// Somebody who signs in. The parts of the directory are slugs of organisations and codes of places.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonRow {
    pub name: String,
    pub email: Email,
    pub role: Role,
    pub signs_as: Option<String>,
    #[serde(default)]
    pub organisations: Vec<String>,
    #[serde(default)]
    pub places: Vec<PlaceCode>,
}

/// An organisation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationRow {
    pub slug: String,
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub description: String,
    pub sector: Option<Sector>,
    pub legal_form: Option<LegalForm>,
    #[serde(default)]
    pub identifiers: Vec<Identifier>,
    pub size: Option<SizeBand>,
    pub parent: Option<String>,
    pub website: Option<String>,
    #[serde(default)]
    pub contacts: Vec<Contact>,
    pub wants_to_be: Option<WantsToBe>,
    #[serde(default)]
    pub social_value: Vec<String>,
    #[serde(default)]
    pub agrees_to_market_contact: Answer,
    #[serde(default)]
    pub trust: TrustRow,
    pub confirmed_days_ago: Option<i32>,
    pub edited_days_ago: Option<i32>,
}

/// Due diligence.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TrustRow {
    pub registration: Option<CheckRow>,
    pub safeguarding_lead: Option<CheckRow>,
    pub safeguarding_training: Option<CheckRow>,
    pub insurance: Option<CheckRow>,
    pub insurance_until_in_days: Option<i32>,
    pub dbs: Option<CheckRow>,
    pub policies: Vec<CheckRow>,
}

/// One fact of due diligence.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckRow {
    pub answer: Answer,
    pub detail: Option<String>,
    pub by: Statement,
    pub days_ago: i32,
}

/// A location.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocationRow {
    pub slug: String,
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub kind: LocationKind,
    pub description: Option<String>,
    #[serde(default)]
    pub lines: Vec<String>,
    pub town: Option<String>,
    pub postcode: Option<String>,
    #[serde(default)]
    pub access: BTreeMap<AccessFeature, Answer>,
    pub getting_there: Option<String>,
    #[serde(default)]
    pub confidential: bool,
}

/// A service.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceRow {
    pub slug: String,
    pub organisation: String,
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub summary: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub in_short: Vec<String>,
    pub status: ServiceStatus,
    pub alert: Option<String>,
    #[serde(default)]
    pub sensitivity: Sensitivity,
    #[serde(default)]
    pub needs: Vec<NeedId>,
    #[serde(default)]
    pub delivery: BTreeSet<Delivery>,
    #[serde(default)]
    pub languages: Vec<String>,
    #[serde(default)]
    pub access: BTreeMap<AccessFeature, Answer>,
    #[serde(default)]
    pub eligibility: Eligibility,
    #[serde(default)]
    pub costs: Vec<CostOption>,
    #[serde(default)]
    pub access_routes: AccessRoutes,
    #[serde(default)]
    pub first_visit: FirstVisit,
    pub website: Option<String>,
    #[serde(default)]
    pub contacts: Vec<Contact>,
    #[serde(default)]
    pub outcome_measures: Vec<String>,
    #[serde(default)]
    pub venues: Vec<VenueRow>,
    #[serde(default)]
    pub sessions: Vec<Session>,
    pub footprint: Option<Footprint>,
    #[serde(default)]
    pub funding: Vec<FundingRow>,
    #[serde(default)]
    pub trust: TrustRow,
    pub confirmed_days_ago: Option<i32>,
    pub edited_days_ago: Option<i32>,
    #[serde(default)]
    pub capacity: Vec<CapacityRow>,
}

/// A service at a location.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VenueRow {
    pub location: String,
    pub description: Option<String>,
    #[serde(default)]
    pub sessions: Vec<Session>,
    #[serde(default)]
    pub access: BTreeMap<AccessFeature, Answer>,
    #[serde(default)]
    pub contacts: Vec<Contact>,
}

/// A source of money.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FundingRow {
    pub funder: String,
    pub programme: Option<String>,
    pub kind: Option<String>,
    pub from_days_ago: Option<i32>,
    pub ends_in_days: Option<i32>,
    pub share_percent: Option<u8>,
    #[serde(default)]
    pub visibility: FundingVisibility,
}

/// A statement of capacity.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CapacityRow {
    pub status: CapacityStatus,
    pub said_days_ago: i32,
    pub lasts_days: i32,
    pub by: String,
    pub role: AuthorRole,
    pub wait_weeks: Option<u16>,
    pub available: Option<u32>,
    pub maximum: Option<u32>,
    pub funded: Option<u32>,
    pub unit: Option<String>,
    pub for_whom: Option<String>,
    pub note: Option<String>,
    pub venue: Option<String>,
}

/// A partnership.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartnershipRow {
    pub slug: String,
    pub name: String,
    pub kind: PartnershipKind,
    pub purpose: String,
    pub from_days_ago: Option<i32>,
    pub ends_in_days: Option<i32>,
    pub footprint: Option<Footprint>,
    pub governance: Option<String>,
    #[serde(default)]
    pub contacts: Vec<Contact>,
    pub members: Vec<MemberRow>,
    #[serde(default)]
    pub services: Vec<String>,
    #[serde(default)]
    pub pathway: Vec<StageRow>,
    #[serde(default)]
    pub outcome_measures: Vec<String>,
    pub confirmed_days_ago: Option<i32>,
    pub edited_days_ago: Option<i32>,
}

/// A member of a partnership.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemberRow {
    pub organisation: String,
    pub role: MemberRole,
    pub from_days_ago: Option<i32>,
    pub ends_in_days: Option<i32>,
    pub note: Option<String>,
}

/// A stage of a pathway.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageRow {
    pub name: String,
    pub description: Option<String>,
    #[serde(default)]
    pub services: Vec<String>,
}
