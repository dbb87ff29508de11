//! Beginning a listing: with a few answers, or as a copy; asking that it be shown, or throwing it away.

use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    domain::{
        DueDiligence, FieldSource, Location, OrganisationId, Part, Person, Role, Service,
        ServiceAtLocation, ServiceAtLocationId, ServiceId, ServiceStatus, Upkeep, route_of,
    },
    store::{Reading, Store},
};

use super::{
    error::{FormFault, KeepingError},
    limits::Limits,
    listing::{Caretaker, Kept},
    pending::Pending,
    people::random_id,
    propose::{save_edited, save_new_sites},
    sections::{Edited, Filled, Section, World, hidden},
    tiers::{Saved, Saving},
};

/// The most listings that one person begins in a day.
pub const MOST_BEGUN_A_DAY: u32 = 40;
const DAY: jiff::SignedDuration = jiff::SignedDuration::from_hours(24);
/// The sections whose questions a new listing begins with.
const FIRST: [Section; 5] =
    [Section::Needs, Section::Words, Section::Who, Section::When, Section::Venues];

/// Begins a listing of an organisation with a few answers. Nobody is shown it yet.
pub fn add(
    store: &Store,
    limits: &Limits,
    by: &Person,
    organisation: OrganisationId,
    (filled, world): (&Filled, World<'_>),
    now: Timestamp,
) -> Result<ServiceId, KeepingError> {
    let mut edited = new_listing(ServiceId(random_id()?), organisation, now);
    let id = edited.service.id;
    let mut faults: Vec<FormFault> = Vec::new();
    let mut filled = filled.clone();
    if !filled.get("places").trim().is_empty() {
        // Whoever names places says that it serves them.
        filled.add("area", "these");
    }
    for section in FIRST {
        faults.extend(section.apply(&filled, &mut edited, world));
    }
    if !faults.is_empty() {
        faults.extend(lacks(&edited));
        return Err(KeepingError::Form(faults));
    }
    begin(store, limits, by, edited, now)?;
    Ok(id)
}

/// A listing of which nothing is said yet.
#[must_use]
pub fn new_listing(id: ServiceId, organisation: OrganisationId, now: Timestamp) -> Edited {
    Edited::begun(begun(id, organisation, now))
}

/// Begins a listing of one's own organisation as it is said. Nobody is shown it yet.
pub fn begin(
    store: &Store,
    limits: &Limits,
    by: &Person,
    edited: Edited,
    now: Timestamp,
) -> Result<(), KeepingError> {
    if !by.organisations().any(|theirs| theirs == edited.service.organisation) {
        return Err(KeepingError::NotTheirs);
    }
    let faults = lacks(&edited);
    if !faults.is_empty() {
        return Err(KeepingError::Form(faults));
    }
    save_new(store, limits, by, Role::Provider, edited, now)
}

/// What a new listing cannot do without and has not: each with the field of its form.
#[must_use]
pub fn lacks(edited: &Edited) -> Vec<FormFault> {
    let (service, sites) = (&edited.service, &edited.sites);
    let mut faults = Vec::new();
    if service.needs.is_empty() {
        faults.push(FormFault::new("needs", "Choose at least one thing that it helps with"));
    }
    if service.contacts.is_empty() && service.website.is_none() {
        let how = "Enter a phone number, an e-mail address or a website";
        faults.push(FormFault::new("phone", how));
    }
    if service.delivery.is_empty() && service.venues.is_empty() {
        faults.push(FormFault::new("delivery", "Say how it reaches people"));
    }
    let is_placed = service
        .venues
        .iter()
        .any(|venue| sites.iter().any(|site| site.id == venue.location && site.point.is_some()));
    if !is_placed && service.footprint.is_none() {
        let how = "Give a venue with its postcode, or say which places it serves";
        faults.push(FormFault::new("places", how));
    }
    faults
}

fn begun(id: ServiceId, organisation: OrganisationId, now: Timestamp) -> Service {
    Service {
        status: ServiceStatus::Draft,
        upkeep: Upkeep { created: Some(now), ..Upkeep::default() },
        ..Service::named(id, organisation, String::new())
    }
}

/// Begins a listing that is like another, under another name. Nobody is shown it yet.
pub fn copy(
    store: &Store,
    limits: &Limits,
    kept: &Kept,
    by: &Caretaker,
    now: Timestamp,
) -> Result<ServiceId, KeepingError> {
    let id = ServiceId(random_id()?);
    let from = &kept.record.service;
    let venue = |venue: &ServiceAtLocation| {
        let key = Uuid::new_v5(&id.0, venue.id.0.as_bytes());
        ServiceAtLocation { id: ServiceAtLocationId(key), ..venue.clone() }
    };
    let blank = begun(id, from.organisation, now);
    let service = Service {
        id,
        name: format!("Copy of {}", from.name),
        status: blank.status,
        alert: None,
        venues: from.venues.iter().map(venue).collect(),
        partnerships: Vec::new(),
        // What a steward checked of the one was not checked of the other.
        trust: DueDiligence::default(),
        upkeep: blank.upkeep,
        provenance: blank.provenance,
        apart_from: blank.apart_from,
        stands_for: blank.stands_for,
        joined: None,
        ..from.clone()
    };
    // What was hidden because the listing was shown with care stays hidden in a copy that is not.
    let sites = kept
        .record
        .locations
        .iter()
        .map(|site| if from.shows_where(site) { site.clone() } else { hidden(site) });
    let sites: Vec<Location> = sites.collect();
    let mut edited = Edited::begun(service);
    for (venue, site) in edited.service.venues.iter_mut().zip(&kept.record.service.venues) {
        let at = kept.record.locations.iter().position(|known| known.id == site.location);
        if let Some(site) = at.and_then(|at| sites.get(at)) {
            venue.location = site.id;
        }
    }
    for site in &sites {
        edited.know(site);
    }
    save_new(store, limits, &by.person, by.role, edited, now)?;
    Ok(id)
}

fn save_new(
    store: &Store,
    limits: &Limits,
    by: &Person,
    role: Role,
    edited: Edited,
    now: Timestamp,
) -> Result<(), KeepingError> {
    if limits.count("add listing", by.id.0.as_bytes(), MOST_BEGUN_A_DAY, DAY, now).is_err() {
        let often = "That is enough new listings for one day; go on tomorrow";
        return Err(KeepingError::Form(vec![FormFault::new("name", often)]));
    }
    let Edited { mut service, sites, .. } = edited;
    let source = by.author(role).name;
    service.provenance.record =
        Some(FieldSource { source, route: route_of(role), at: now, licence: None });
    let actor = Caretaker { person: by.clone(), role }.actor();
    store.change(&actor, now, move |changes| {
        save_new_sites(changes, &service, &sites)?;
        changes.save_service(&service)
    })?;
    Ok(())
}

/// Asks that a listing that nobody sees yet be shown; by a steward, it is shown at once.
pub fn ask_to_list(
    store: &Store,
    kept: &Kept,
    by: &Caretaker,
    now: Timestamp,
) -> Result<Saved, KeepingError> {
    if kept.record.service.status != ServiceStatus::Draft {
        return Err(KeepingError::ChangedMeanwhile);
    }
    let faults = lacks(&Edited::of(&kept.record));
    if !faults.is_empty() {
        // The page that this is pressed on has no such fields, but leads to their forms.
        let led = |fault: FormFault| FormFault { field: task_of(&fault.field).into(), ..fault };
        return Err(KeepingError::Form(faults.into_iter().map(led).collect()));
    }
    let pending = Pending::of(store, kept, by)?;
    let stands = pending.over(&kept.record);
    let mut edited = stands.clone();
    edited.service.status = ServiceStatus::Active;
    let what = (&stands, &edited);
    save_edited(store, kept, by, &pending, what, (&[Part::Status], Saving::Now), now)
}

/// Where the page about a listing leads to the form of a field.
fn task_of(field: &str) -> &'static str {
    match field {
        "needs" => "task-needs",
        "delivery" | "places" => "task-venues",
        _ => "task-words",
    }
}

/// Throws away a listing that nobody was ever shown, with what is pending of it.
pub fn throw_away(
    store: &Store,
    kept: &Kept,
    by: &Caretaker,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let service = kept.record.service.id;
    if kept.record.service.status != ServiceStatus::Draft {
        return Err(KeepingError::ChangedMeanwhile);
    }
    store.change(&by.actor().because("never shown"), now, move |changes| {
        for proposal in changes.list_open_proposals_of(service)? {
            changes.remove_proposal(proposal.record.id)?;
        }
        changes.remove_service(service)
    })?;
    Ok(())
}
