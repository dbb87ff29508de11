//! Drafts gathered by kind: each record once, referring only to what is there.

use std::collections::{HashMap, HashSet};

use crate::{
    domain::{Capacity, Location, Organisation, OrganisationId, Partnership, Service},
    import::{
        draft::Reading as Read,
        fault::{Kind, Origin},
    },
    store::{Reading, StoreError},
};

/// A service of the feed with what belongs to it.
#[derive(Clone, Debug)]
pub(super) struct Parcel {
    pub origin: Origin,
    pub services: Vec<Service>,
    pub partnerships: Vec<Partnership>,
    pub capacities: Vec<Capacity>,
}

/// The records of a feed, those that others refer to first.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub organisations: Vec<(Origin, Organisation)>,
    pub locations: Vec<(Origin, Location)>,
    pub parcels: Vec<Parcel>,
}

impl Gathered {
    pub fn len(&self) -> usize {
        self.organisations.len() + self.locations.len() + self.parcels.len()
    }
}

/// Takes the drafts apart. A record that several drafts hold is taken from the first; the others fill its gaps.
pub(super) fn gather(reading: &mut Read, store: &impl Reading) -> Result<Gathered, StoreError> {
    let mut gathered = Gathered::default();
    let mut organisation_at = HashMap::new();
    let mut location_at = HashMap::new();
    for draft in reading.drafts.drain(..) {
        for organisation in draft.organisations {
            if let Some(at) = organisation_at.get(&organisation.id) {
                fill_organisation(&mut gathered.organisations[*at], organisation);
                continue;
            }
            organisation_at.insert(organisation.id, gathered.organisations.len());
            gathered.organisations.push((draft.origin.clone(), organisation));
        }
        for location in draft.locations {
            if let Some(at) = location_at.get(&location.id) {
                fill_location(&mut gathered.locations[*at], location);
                continue;
            }
            location_at.insert(location.id, gathered.locations.len());
            gathered.locations.push((draft.origin.clone(), location));
        }
        let services = draft.services.into_iter().map(|service| service.service).collect();
        let parcel = Parcel {
            origin: draft.origin,
            services,
            partnerships: draft.partnerships,
            capacities: draft.capacities,
        };
        if !(parcel.services.is_empty() && parcel.partnerships.is_empty()) {
            gathered.parcels.push(parcel);
        }
    }
    parents(&mut gathered.organisations, reading, store)?;
    Ok(gathered)
}

fn fill_organisation(known: &mut (Origin, Organisation), other: Organisation) {
    let known = &mut known.1;
    known.website = known.website.take().or(other.website);
    known.sector = known.sector.or(other.sector);
    known.legal_form = known.legal_form.or(other.legal_form);
    if known.description.is_empty() {
        known.description = other.description;
    }
    if known.contacts.is_empty() {
        known.contacts = other.contacts;
    }
    for identifier in other.identifiers {
        if !known.identifiers.contains(&identifier) {
            known.identifiers.push(identifier);
        }
    }
}

fn fill_location(known: &mut (Origin, Location), other: Location) {
    let known = &mut known.1;
    if known.point.is_none() {
        (known.point, known.point_source) = (other.point, other.point_source);
    }
    known.confidential |= other.confidential;
    known.getting_there = known.getting_there.take().or(other.getting_there);
    for (feature, answer) in other.access {
        known.access.entry(feature).or_insert(answer);
    }
}

/// Parents stand before their children, so that a batch never refers to a later one. One that is nowhere is left out.
fn parents(
    organisations: &mut Vec<(Origin, Organisation)>,
    reading: &mut Read,
    store: &impl Reading,
) -> Result<(), StoreError> {
    let here: HashSet<OrganisationId> =
        organisations.iter().map(|(_, organisation)| organisation.id).collect();
    for (origin, organisation) in organisations.iter_mut() {
        let Some(parent) = organisation.parent.filter(|parent| !here.contains(parent)) else {
            continue;
        };
        if store.find_organisation(parent)?.is_none() {
            organisation.parent = None;
            let expected = "an organisation of this feed or directory";
            reading.log.add(Kind::Orphan, origin, "parent_organization_id", expected, "none");
        }
    }
    let parent_of: HashMap<OrganisationId, OrganisationId> = organisations
        .iter()
        .filter_map(|(_, organisation)| Some((organisation.id, organisation.parent?)))
        .collect();
    organisations.sort_by_cached_key(|(_, organisation)| depth(organisation.id, &parent_of));
    for (_, organisation) in organisations {
        if depth(organisation.id, &parent_of) >= DEEPEST {
            organisation.parent = None;
        }
    }
    Ok(())
}

/// Deeper than this, organisations are their own ancestors.
const DEEPEST: usize = 20;

fn depth(id: OrganisationId, parent_of: &HashMap<OrganisationId, OrganisationId>) -> usize {
    std::iter::successors(parent_of.get(&id), |parent| parent_of.get(parent)).take(DEEPEST).count()
}
