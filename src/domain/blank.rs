//! Records of which only the name is known, for those who know more to fill in.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    AccessRoutes, Answer, DueDiligence, Eligibility, FirstVisit, Location, LocationId,
    LocationKind, Organisation, OrganisationId, PointSource, Provenance, Sensitivity, Service,
    ServiceAtLocation, ServiceAtLocationId, ServiceId, ServiceStatus, Upkeep,
};

impl Organisation {
    /// An organisation of which nothing but its name is known.
    #[must_use]
    pub fn named(id: OrganisationId, name: String) -> Self {
        Self {
            id,
            name,
            aliases: Vec::new(),
            description: String::new(),
            sector: None,
            legal_form: None,
            identifiers: Vec::new(),
            size: None,
            parent: None,
            website: None,
            contacts: Vec::new(),
            wants_to_be: None,
            social_value: Vec::new(),
            agrees_to_market_contact: Answer::NotStated,
            priorities_answered: Vec::new(),
            trust: DueDiligence::default(),
            upkeep: Upkeep::default(),
            provenance: Provenance::default(),
            joined: None,
            stands_for: BTreeSet::new(),
            apart_from: BTreeSet::new(),
        }
    }
}

impl Service {
    /// A service of which nothing but its name is known.
    #[must_use]
    pub fn named(id: ServiceId, organisation: OrganisationId, name: String) -> Self {
        Self {
            id,
            organisation,
            name,
            aliases: Vec::new(),
            summary: String::new(),
            description: String::new(),
            in_short: Vec::new(),
            status: ServiceStatus::Active,
            alert: None,
            sensitivity: Sensitivity::Ordinary,
            needs: Vec::new(),
            eligibility: Eligibility::default(),
            costs: Vec::new(),
            access_routes: AccessRoutes::default(),
            first_visit: FirstVisit::default(),
            delivery: BTreeSet::new(),
            languages: Vec::new(),
            access: BTreeMap::new(),
            sessions: Vec::new(),
            venues: Vec::new(),
            footprint: None,
            funding: Vec::new(),
            outcome_measures: Vec::new(),
            website: None,
            contacts: Vec::new(),
            partnerships: Vec::new(),
            trust: DueDiligence::default(),
            visible_from: None,
            visible_to: None,
            upkeep: Upkeep::default(),
            provenance: Provenance::default(),
            apart_from: BTreeSet::new(),
            stands_for: BTreeSet::new(),
            joined: None,
        }
    }
}

impl Location {
    /// A physical site of which nothing but its name is known.
    #[must_use]
    pub fn named(id: LocationId, name: String) -> Self {
        Self {
            id,
            kind: LocationKind::Physical,
            name,
            aliases: Vec::new(),
            description: None,
            address: None,
            point: None,
            point_source: PointSource::None,
            uprn: None,
            access: BTreeMap::new(),
            getting_there: None,
            confidential: false,
            upkeep: Upkeep::default(),
            provenance: Provenance::default(),
        }
    }
}

impl ServiceAtLocation {
    /// A service at a site, with nothing of its own.
    #[must_use]
    pub fn at(id: ServiceAtLocationId, location: LocationId) -> Self {
        Self {
            id,
            location,
            description: None,
            sessions: Vec::new(),
            access: BTreeMap::new(),
            contacts: Vec::new(),
        }
    }
}
