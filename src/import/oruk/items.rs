//! The records of a feed, told apart by what they are about.

use serde_json::{Map, Value};

use super::feed::{Feed, one_service};
use crate::import::{
    draft::{Reading, Setting},
    fault::Origin,
};

/// A record of a feed.
#[derive(Clone, Debug)]
pub(in crate::import) struct Item {
    pub fields: Map<String, Value>,
    pub origin: Origin,
}

/// What a record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum Sort {
    Service,
    Organisation,
    ServiceAtLocation,
    Location,
    /// A commissioned rehabilitative contract of the Ministry of Justice.
    Contract,
    /// A kind of such contracts with what they are meant to reach.
    ContractKind,
    /// A registered charity with its activities.
    Charity,
    Other,
}

/// Tells records apart by the fields that only they have.
pub(in crate::import) fn sort_of(fields: &Map<String, Value>) -> Sort {
    let has = |keys: &[&str]| {
        keys.iter().any(|key| fields.get(*key).is_some_and(|value| !value.is_null()))
    };
    match () {
        () if has(&["contract_reference"]) && has(&["intervention_title"]) => Sort::Contract,
        () if has(&["contract_code"]) && has(&["desired_outcomes"]) => Sort::ContractKind,
        () if has(&["ukcat", "activities", "objects"]) && has(&["name"]) => Sort::Charity,
        () if has(&["service", "service_id"]) && has(&["location", "location_id"]) => {
            Sort::ServiceAtLocation
        }
        () if has(&[
            "taxonomy_terms",
            "term_uri",
            "taxonomy",
            "vocabulary",
            "openapi_url",
            "isValid",
        ]) =>
        {
            Sort::Other
        }
        () if has(&[
            "organization",
            "organization_id",
            "organizationId",
            "status",
            "service_areas",
            "service_at_locations",
            "assured_date",
            "eligibilitys",
            "service_taxonomys",
        ]) =>
        {
            Sort::Service
        }
        () if has(&["location_type", "latitude", "addresses", "physical_addresses"]) => {
            Sort::Location
        }
        () if has(&[
            "website",
            "uri",
            "url",
            "logo",
            "services",
            "organization_identifiers",
            "legal_status",
            "parent_organization_id",
            "email",
        ]) =>
        {
            Sort::Organisation
        }
        () => Sort::Other,
    }
}

/// Reads the services and organisations among the records.
pub(in crate::import) fn read(items: Vec<Item>, setting: Setting<'_>) -> Reading {
    let mut reading = Reading::default();
    let mut feed = Feed::default();
    for item in items {
        feed.sort(item, &mut reading);
    }
    feed.join(&mut reading);
    let organisations = feed.organisations(setting, &mut reading);
    for item in std::mem::take(&mut feed.services) {
        one_service(item, &organisations, setting, &mut reading);
    }
    reading
}
