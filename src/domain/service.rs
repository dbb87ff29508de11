//! What is offered, to whom, where and when.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    access::{AccessFeature, AccessRoutes, Delivery},
    contact::Contact,
    cost::CostOption,
    eligibility::{Answer, Eligibility},
    footprint::Footprint,
    funding::Funding,
    id::{LocationId, OrganisationId, PartnershipId, ServiceAtLocationId, ServiceId},
    joined::Joined,
    location::Location,
    need::NeedId,
    provenance::Provenance,
    schedule::Session,
    trust::DueDiligence,
    upkeep::Upkeep,
};

/// A service: one hit in any search, however many venues and needs it has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Service {
    pub id: ServiceId,
    pub organisation: OrganisationId,
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    /// One line, at most 160 characters.
    #[serde(default)]
    pub summary: String,
    /// In full, as plain text with blank lines between paragraphs.
    #[serde(default)]
    pub description: String,
    /// Three to five short sentences in Easy Read style, where the provider wrote them.
    #[serde(default)]
    pub in_short: Vec<String>,
    pub status: ServiceStatus,
    /// A passing notice: "closed 22 to 28 December".
    #[serde(default)]
    pub alert: Option<String>,
    #[serde(default)]
    pub sensitivity: Sensitivity,
    /// Needs that somebody stated. Those read from the description are worked out, never stored.
    #[serde(default)]
    pub needs: Vec<NeedId>,
    #[serde(default)]
    pub eligibility: Eligibility,
    /// Empty where not stated.
    #[serde(default)]
    pub costs: Vec<CostOption>,
    #[serde(default)]
    pub access_routes: AccessRoutes,
    #[serde(default)]
    pub first_visit: FirstVisit,
    /// Empty where not stated.
    #[serde(default)]
    pub delivery: BTreeSet<Delivery>,
    /// BCP 47 tags of languages that it can be had in. Empty where not stated.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Access facts of the service itself; venues have their own.
    #[serde(default)]
    pub access: BTreeMap<AccessFeature, Answer>,
    /// Sessions that are not tied to a venue.
    #[serde(default)]
    pub sessions: Vec<Session>,
    #[serde(default)]
    pub venues: Vec<ServiceAtLocation>,
    /// The area served; `None` where the service states none.
    #[serde(default)]
    pub footprint: Option<Footprint>,
    #[serde(default)]
    pub funding: Vec<Funding>,
    /// Names of the outcome measures used; never scores.
    #[serde(default)]
    pub outcome_measures: Vec<String>,
    #[serde(default)]
    pub website: Option<String>,
    #[serde(default)]
    pub contacts: Vec<Contact>,
    #[serde(default)]
    pub partnerships: Vec<PartnershipId>,
    #[serde(default)]
    pub trust: DueDiligence,
    #[serde(default)]
    pub visible_from: Option<Date>,
    #[serde(default)]
    pub visible_to: Option<Date>,
    #[serde(default)]
    pub upkeep: Upkeep,
    #[serde(default)]
    pub provenance: Provenance,
    /// Those that a steward said are not the same, however alike.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub apart_from: BTreeSet<ServiceId>,
    /// Those that it stands for too, which lead to it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub stands_for: BTreeSet<ServiceId>,
    /// Where another listing stands for this one too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined: Option<Joined>,
}

/// Whether a service goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceStatus {
    /// Being written: nobody has been shown it yet.
    Draft,
    Active,
    Inactive,
    Defunct,
    TemporarilyClosed,
}

/// How carefully a listing has to be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sensitivity {
    #[default]
    Ordinary,
    /// Neutral titles, an exit button, no exact distance.
    Sensitive,
}

/// What happens the first time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FirstVisit {
    pub what_happens: Option<String>,
    pub who_meets_you: Option<String>,
    pub bring: Option<String>,
    pub someone_can_come: Answer,
}

/// A service at one of its locations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServiceAtLocation {
    pub id: ServiceAtLocationId,
    pub location: LocationId,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub sessions: Vec<Session>,
    /// Facts that differ here from those of the location.
    #[serde(default)]
    pub access: BTreeMap<AccessFeature, Answer>,
    #[serde(default)]
    pub contacts: Vec<Contact>,
}

impl Service {
    /// Whether it is one that somebody may be sent to, now or soon.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        let goes_on =
            matches!(self.status, ServiceStatus::Active | ServiceStatus::TemporarilyClosed);
        goes_on && self.joined.is_none()
    }

    /// Whether it reaches people without their going anywhere.
    #[must_use]
    pub fn is_remote(&self) -> bool {
        self.delivery.iter().any(|delivery| delivery.comes_to_the_person())
    }

    /// Whether the address and point of a site may leave the server for this service.
    #[must_use]
    pub fn shows_where(&self, location: &Location) -> bool {
        !location.confidential && self.sensitivity == Sensitivity::Ordinary
    }

    /// Every session of the service and its venues.
    pub fn all_sessions(&self) -> impl Iterator<Item = &Session> {
        let at_venues = self.venues.iter().flat_map(|venue| &venue.sessions);
        self.sessions.iter().chain(at_venues)
    }
}
