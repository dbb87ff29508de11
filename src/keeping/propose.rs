//! Saving what somebody changed of a listing: at once what may be, the rest for a steward; or all
//! of it for later.

use jiff::Timestamp;

use crate::{
    domain::{
        FieldSource, Location, Part, Proposal, ProposalId, ProposedChange, Role, Sensitivity,
        Service, ServiceStatus, route_of,
    },
    store::{Changes, Reading, ServiceRecord, Store, StoreError, Versioned},
};

use super::{
    error::KeepingError,
    listing::{Caretaker, Kept},
    people::random_id,
    sections::Edited,
};

/// What is proposed of a listing and not in force.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pending {
    /// Kept for later by whoever looks after it.
    pub draft: Option<Versioned<Proposal>>,
    /// Waiting for a steward.
    pub waiting: Option<Versioned<Proposal>>,
}

/// What became of the parts that somebody changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    pub live: Vec<Part>,
    pub waits: Vec<Part>,
    pub for_later: Vec<Part>,
}

/// When a change is to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saving {
    Now,
    Later,
}

impl Pending {
    /// What is proposed of a listing.
    pub fn of(store: &Store, kept: &Kept) -> Result<Self, StoreError> {
        let mut pending = Self::default();
        for proposal in store.list_open_proposals_of(kept.record.service.id)? {
            let slot = if proposal.record.sent.is_some() {
                &mut pending.waiting
            } else {
                &mut pending.draft
            };
            *slot = Some(proposal);
        }
        Ok(pending)
    }

    /// The listing as it would be with all of it.
    #[must_use]
    pub fn over(&self, record: &ServiceRecord) -> Edited {
        let mut edited = Edited::of(record);
        for proposal in [&self.waiting, &self.draft].into_iter().flatten() {
            edited.service = proposal.record.over(&edited.service);
            let unknown = |site: &&Location| edited.sites.iter().all(|known| known.id != site.id);
            let sites: Vec<Location> =
                proposal.record.sites.iter().filter(unknown).cloned().collect();
            edited.sites.extend(sites);
        }
        edited
    }

    /// The parts that wait for a steward.
    #[must_use]
    pub fn waiting_parts(&self) -> Vec<Part> {
        parts(self.waiting.as_ref())
    }

    /// The parts that are kept for later.
    #[must_use]
    pub fn draft_parts(&self) -> Vec<Part> {
        parts(self.draft.as_ref())
    }
}

fn parts(proposal: Option<&Versioned<Proposal>>) -> Vec<Part> {
    proposal
        .iter()
        .flat_map(|proposal| &proposal.record.changes)
        .map(ProposedChange::part)
        .collect()
}

/// The parts in which a listing as it would be differs from what it was shown as.
#[must_use]
pub fn changed_parts(before: &Service, after: &Service) -> Vec<Part> {
    let differs = |part: &&Part| part.of(before) != part.of(after);
    Part::ALL.iter().filter(differs).copied().collect()
}

/// Saves a listing as it was typed, over what is pending. `within` are the parts of the form that
/// was sent: what was kept for later of those is saved along.
pub fn save_edited(
    store: &Store,
    kept: &Kept,
    by: &Caretaker,
    (pending, edited): (&Pending, &Edited),
    (within, saving): (&[Part], Saving),
    now: Timestamp,
) -> Result<Saved, KeepingError> {
    let stored = &kept.record.service;
    let changed = changed_parts(&pending.over(&kept.record).service, &edited.service);
    let drafted = pending.draft_parts().into_iter().filter(|part| within.contains(part));
    let mut parts: Vec<Part> = match saving {
        Saving::Now => changed.into_iter().chain(drafted).collect(),
        Saving::Later => changed,
    };
    parts.sort_unstable();
    parts.dedup();
    if parts.is_empty() {
        return Ok(Saved::default());
    }
    let saved = sorted(kept, by, edited, parts, saving);
    let mut after = stored.clone();
    for part in &saved.live {
        part.of(&edited.service).put(&mut after);
        note_source(&mut after, *part, by, now);
    }
    after.upkeep.edited = if after == *stored { stored.upkeep.edited } else { Some(now) };
    let change = Change {
        service: (after != *stored).then_some(after),
        sites: edited.sites.clone(),
        waiting: merged(Kind::Waiting, (kept, edited), pending, &saved, (by, now))?,
        draft: merged(Kind::Draft, (kept, edited), pending, &saved, (by, now))?,
    };
    write(store, kept, by, pending, change, now)?;
    Ok(saved)
}

/// Sends what was kept for later, as if it were typed now.
pub fn send_draft(
    store: &Store,
    kept: &Kept,
    by: &Caretaker,
    pending: &Pending,
    now: Timestamp,
) -> Result<Saved, KeepingError> {
    let edited = pending.over(&kept.record);
    save_edited(store, kept, by, (pending, &edited), (Part::ALL, Saving::Now), now)
}

/// Takes back what waits, or throws away what was kept for later.
pub fn drop_pending(
    store: &Store,
    by: &Caretaker,
    id: ProposalId,
    now: Timestamp,
) -> Result<(), KeepingError> {
    store.change(&by.actor().because("taken back"), now, move |changes| {
        match changes.find_proposal(id)? {
            Some(there) if there.decided.is_none() => changes.remove_proposal(id),
            _ => Ok(()),
        }
    })?;
    Ok(())
}

/// Which parts are in force at once, which wait, and which are for later.
fn sorted(kept: &Kept, by: &Caretaker, edited: &Edited, parts: Vec<Part>, saving: Saving) -> Saved {
    let mut saved = Saved::default();
    for part in parts {
        let list = match saving {
            Saving::Later => &mut saved.for_later,
            Saving::Now if goes_live(kept, by, edited, part) => &mut saved.live,
            Saving::Now => &mut saved.waits,
        };
        list.push(part);
    }
    saved
}

/// Whether a change of a part is in force at once. Everything is for a steward, and of a listing
/// that nobody sees yet; nothing is of one that is shown with care, but that a site be hidden.
fn goes_live(kept: &Kept, by: &Caretaker, edited: &Edited, part: Part) -> bool {
    let stored = &kept.record.service;
    if by.role == Role::Steward {
        return true;
    }
    match part {
        Part::Status => return false,
        _ if stored.status == ServiceStatus::Draft => return true,
        // What only shows less never waits.
        Part::Sites => return only_hides(kept, edited),
        Part::Sensitivity => return edited.service.sensitivity == Sensitivity::Sensitive,
        _ => {}
    }
    !part.waits_for_a_steward() && !kept.record.needs_care()
}

/// Whether venues are only taken away or hidden, which never waits.
fn only_hides(kept: &Kept, edited: &Edited) -> bool {
    edited.service.venues.iter().all(|venue| {
        let was = kept.record.service.venues.iter().find(|was| was.id == venue.id);
        let Some(was) = was.and_then(|was| kept.record.location(was.location)) else {
            return false;
        };
        let Some(site) = edited.sites.iter().find(|site| site.id == venue.location) else {
            return false;
        };
        let hidden = Location { id: was.id, confidential: was.confidential, ..site.clone() };
        site.id == was.id || (site.confidential && hidden == *was)
    })
}

/// Remembers whose the fields of a part are, so that no feed writes over them.
pub(super) fn note_source(service: &mut Service, part: Part, by: &Caretaker, now: Timestamp) {
    for field in part.fields() {
        let source = by.person.author(by.role).name;
        let said = FieldSource { source, route: route_of(by.role), at: now, licence: None };
        service.provenance.fields.insert((*field).to_owned(), said);
    }
}

/// The one of the two that a listing may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Waiting,
    Draft,
}

impl Saved {
    /// The parts that belong in this one, and those that are in it no longer.
    fn of(&self, kind: Kind) -> (Vec<Part>, Vec<Part>) {
        let elsewhere = |lists: [&Vec<Part>; 2]| lists.into_iter().flatten().copied().collect();
        match kind {
            Kind::Waiting => (self.waits.clone(), self.live.clone()),
            Kind::Draft => (self.for_later.clone(), elsewhere([&self.live, &self.waits])),
        }
    }
}

/// A proposal with the parts that were saved to it, and without those that went elsewhere.
/// Nothing where it is as it was.
fn merged(
    kind: Kind,
    (kept, edited): (&Kept, &Edited),
    pending: &Pending,
    saved: &Saved,
    (by, now): (&Caretaker, Timestamp),
) -> Result<Option<Proposal>, KeepingError> {
    let before = match kind {
        Kind::Waiting => pending.waiting.as_ref(),
        Kind::Draft => pending.draft.as_ref(),
    };
    let (parts, gone) = saved.of(kind);
    let mut changes = before.map(|before| before.record.changes.clone()).unwrap_or_default();
    if parts.is_empty() && !changes.iter().any(|change| gone.contains(&change.part())) {
        return Ok(None);
    }
    changes.retain(|change| !parts.contains(&change.part()) && !gone.contains(&change.part()));
    let stored = &kept.record.service;
    let wished = parts
        .iter()
        .map(|part| ProposedChange { before: part.of(stored), after: part.of(&edited.service) });
    // To wish what is there already is to wish nothing.
    changes.extend(wished.filter(|change| change.before != change.after));
    changes.sort_by_key(ProposedChange::part);
    let base = match before {
        Some(before) => before.record.clone(),
        None => new_proposal(kind, kept, by, now)?,
    };
    let sites = edited.sites.iter().filter(|site| kept.record.location(site.id).is_none());
    // What a steward asked is answered by changing it.
    let sites = sites.cloned().collect();
    Ok(Some(Proposal { by: by.person.id, at: now, changes, sites, question: None, ..base }))
}

fn new_proposal(
    kind: Kind,
    kept: &Kept,
    by: &Caretaker,
    now: Timestamp,
) -> Result<Proposal, KeepingError> {
    Ok(Proposal {
        id: ProposalId(random_id()?),
        service: kept.record.service.id,
        by: by.person.id,
        at: now,
        sent: (kind == Kind::Waiting).then_some(now),
        changes: Vec::new(),
        sites: Vec::new(),
        note: None,
        question: None,
        decided: None,
    })
}

/// What one press writes.
struct Change {
    service: Option<Service>,
    sites: Vec<Location>,
    waiting: Option<Proposal>,
    draft: Option<Proposal>,
}

fn write(
    store: &Store,
    kept: &Kept,
    by: &Caretaker,
    pending: &Pending,
    change: Change,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let version = kept.version;
    let seen = pending.clone();
    store.change(&by.actor(), now, move |changes| {
        if let Some(service) = &change.service {
            save_new_sites(changes, service, &change.sites)?;
            changes.save_service_if(service, version)?;
        }
        put(changes, change.waiting.as_ref(), seen.waiting.as_ref())?;
        put(changes, change.draft.as_ref(), seen.draft.as_ref())
    })?;
    Ok(())
}

/// Saves the sites that a listing names and that there are not yet.
pub(super) fn save_new_sites(
    changes: &mut Changes<'_>,
    service: &Service,
    sites: &[Location],
) -> Result<(), StoreError> {
    for venue in &service.venues {
        let new = sites.iter().find(|site| site.id == venue.location);
        if let Some(site) = new
            && changes.find_location(site.id)?.is_none()
        {
            changes.save_location(site)?;
        }
    }
    Ok(())
}

/// Saves a proposal as it was seen; one with nothing left in it goes.
fn put(
    changes: &mut Changes<'_>,
    proposal: Option<&Proposal>,
    seen: Option<&Versioned<Proposal>>,
) -> Result<(), StoreError> {
    let Some(proposal) = proposal else { return Ok(()) };
    if proposal.changes.is_empty() {
        return match seen {
            Some(seen) => {
                changes.save_proposal_if(&seen.record, seen.version)?;
                changes.remove_proposal(seen.record.id)
            }
            None => Ok(()),
        };
    }
    let version = seen.map(|seen| seen.version).unwrap_or_default();
    let open = changes.list_open_proposals_of(proposal.service)?;
    let another = open.iter().any(|other| {
        other.record.id != proposal.id && other.record.sent.is_some() == proposal.sent.is_some()
    });
    if another {
        // A colleague began one in the same moment.
        return Err(StoreError::Conflict(crate::store::Subject::Proposal(proposal.id)));
    }
    changes.save_proposal_if(proposal, version).map(|_| ())
}
