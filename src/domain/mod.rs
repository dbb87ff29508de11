//! The nouns: what a directory of capacity by place and need is made of.
//!
//! Nothing here reads a clock, a file or a database. The serde forms are the
//! store's own; the Open Referral spelling lives with those who read and write it.

mod access;
mod blank;
mod capacity;
mod cell;
mod claim;
mod contact;
mod cost;
mod day;
mod eligibility;
mod experience;
mod follow;
mod footprint;
mod funding;
mod id;
mod joined;
mod link;
mod location;
mod need;
mod organisation;
mod part;
mod partnership;
mod patient;
mod person;
mod place;
mod program;
mod proposal;
mod provenance;
mod referral;
mod report;
mod schedule;
mod service;
mod shortlist;
mod synonym;
mod trust;
mod upkeep;

pub use access::{AccessFeature, AccessRoutes, Delivery, ReferralRoute, ReferralWay, Who};
pub use capacity::{Author, AuthorRole, Capacity, CapacityStatus, Units};
pub use cell::{cell, from_cell};
pub use claim::{Claim, ClaimDecision};
pub use contact::{Contact, ContactVisibility};
pub use cost::{CostKind, CostOption};
pub use day::{clock_in_england, date_in_england, hour_in_england, month_in_england};
pub use eligibility::{AgeRange, Answer, Eligibility, Exclusions};
pub use experience::{Experience, Experiences};
pub use follow::{Follow, Followed, Known, News};
pub use footprint::{AreaPart, Breadth, Footprint, Ring};
pub use funding::{Funding, FundingVisibility};
pub use id::{
    CapacityId, ClaimId, ExperienceId, IdError, LocationId, OrganisationId, PartnershipId,
    PersonId, ProgramId, ProposalId, ReferralId, ReportId, ServiceAtLocationId, ServiceId,
    SynonymId, UploadId, derive_uuid,
};
pub use joined::{GivenField, Joined, JoinedOrganisation, WentOver};
pub use link::{LinkCheck, LinkOutcome};
pub use location::{Address, Location, LocationKind, Point, PointSource};
pub use need::{CircumstanceId, NeedId};
pub use organisation::{
    Identifier, IdentifierScheme, LegalForm, Organisation, Sector, SizeBand, WantsToBe,
};
pub use part::{AtVenues, Part, PartValue, Site};
pub use partnership::{Member, MemberRole, Partnership, PartnershipKind, PathwayStage};
pub use patient::{fault_of_reference, identifies_a_person, tells_of_a_patient};
pub use person::{Belonging, Email, EmailError, Grant, Person, Role, Scope, route_of};
pub use place::{Governance, Indicator, Place, PlaceCode, PlaceKind};
pub use program::Program;
pub use proposal::{Decision, Proposal, ProposedChange};
pub use provenance::{FieldSource, Provenance, Route, TrustOrder};
pub use referral::{
    AgeBand, FirstStep, Patience, Practical, Referral, ReferralState, Side, Step, StepReason,
    StepRefused, Worked,
};
pub use report::{Asked, Closing, Outcome, Report, ReportReason};
pub use schedule::{DayRule, Freq, Occurrence, PartOfDay, Schedule, Session, Weekday};
pub use service::{FirstVisit, Sensitivity, Service, ServiceAtLocation, ServiceStatus};
pub use shortlist::{Chosen, Shortlist, ShortlistChange, ShortlistFull, TakenOut};
pub use synonym::Synonym;
pub use trust::{Check, DueDiligence, Statement};
pub use upkeep::{Confirmation, Freshness, Upkeep, months_after, months_before};
