//! Saving what somebody changed of a listing: at once what may be, the rest for a steward; or all
//! of it for later.

use jiff::Timestamp;

use crate::{
    domain::{
        Confirmation, FieldSource, Location, Part, PartValue, Proposal, ProposalId, ProposedChange,
        Role, Service, ServiceId, ServiceStatus, route_of,
    },
    store::{Changes, Reading, Store, StoreError, Subject, Versioned},
};

use super::{
    error::KeepingError,
    listing::{Caretaker, Kept},
    pending::Pending,
    people::random_id,
    sections::Edited,
    tiers::{Saved, Saving, comes_to, shown_less},
};

/// The parts in which a listing as it would be differs from what it was shown as.
#[must_use]
pub fn changed_parts(before: &Service, after: &Service) -> Vec<Part> {
    let differs = |part: &&Part| part.of(before) != part.of(after);
    Part::ALL.iter().filter(differs).copied().collect()
}

/// Saves a listing as it was typed over what was shown. `within` are the parts that the form shows
/// whole: what was kept for later of those is saved along.
pub fn save_edited(
    store: &Store,
    kept: &Kept,
    by: &Caretaker,
    pending: &Pending,
    (shown, edited): (&Edited, &Edited),
    (within, saving): (&[Part], Saving),
    now: Timestamp,
) -> Result<Saved, KeepingError> {
    let stored = &kept.record.service;
    let changed = changed_parts(&shown.service, &edited.service);
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
    let saved = comes_to(kept, by, edited, parts, saving);
    let (after, mut sites) = in_force(kept, by, edited, &saved, now);
    sites.extend(edited.sites.iter().cloned());
    let what = What { after: &after, edited, pending, saved: &saved, within };
    let change = Change {
        waiting: what.merged(Kind::Waiting, by, now)?,
        draft: what.merged(Kind::Draft, by, now)?,
        service: (after != *stored).then(|| after.clone()),
        sites,
    };
    write(store, kept, by, pending, change, now)?;
    Ok(saved)
}

/// The listing with what goes live, and the sites that it needs for that.
fn in_force(
    kept: &Kept,
    by: &Caretaker,
    edited: &Edited,
    saved: &Saved,
    now: Timestamp,
) -> (Service, Vec<Location>) {
    let stored = &kept.record.service;
    let mut after = stored.clone();
    let mut sites = Vec::new();
    for part in &saved.live {
        let value = if *part == Part::Sites && saved.waits.contains(part) {
            let (less, hidden) = shown_less(kept, edited);
            sites = hidden;
            PartValue::Sites(less)
        } else {
            part.of(&edited.service)
        };
        value.put(&mut after);
        note_source(&mut after, *part, by, now);
    }
    if after != *stored {
        after.upkeep.edited = Some(now);
    }
    if stored.status == ServiceStatus::Draft && after.status != ServiceStatus::Draft {
        // Who shows a new listing says with it that it is right.
        let by = by.person.author(by.role);
        after.upkeep.confirmed = Some(Confirmation { at: now, by });
    }
    (after, sites)
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
    save_edited(store, kept, by, pending, (&edited, &edited), (Part::ALL, Saving::Now), now)
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
            Kind::Waiting => {
                let live = self.live.iter().filter(|part| !self.waits.contains(part));
                (self.waits.clone(), live.copied().collect())
            }
            Kind::Draft => (self.for_later.clone(), elsewhere([&self.live, &self.waits])),
        }
    }
}

/// A listing as it was typed, with what became of it.
struct What<'a> {
    /// The listing with what is live now.
    after: &'a Service,
    edited: &'a Edited,
    pending: &'a Pending,
    saved: &'a Saved,
    /// The parts that the form shows whole.
    within: &'a [Part],
}

impl What<'_> {
    /// A proposal with the parts that were saved to it, and without those that went elsewhere.
    /// Nothing where it is as it was.
    fn merged(
        &self,
        kind: Kind,
        by: &Caretaker,
        now: Timestamp,
    ) -> Result<Option<Proposal>, KeepingError> {
        let before = match kind {
            // What a steward changes himself, he decides beside what he was sent.
            Kind::Waiting if by.role == Role::Steward => return Ok(None),
            Kind::Waiting => self.pending.waiting.as_ref(),
            Kind::Draft => self.pending.draft.as_ref(),
        };
        let (parts, mut gone) = self.saved.of(kind);
        // What is kept for later and was not shown stays for later.
        gone.retain(|part| kind == Kind::Waiting || self.within.contains(part));
        let mut changes = before.map(|before| before.record.changes.clone()).unwrap_or_default();
        if parts.is_empty() && !changes.iter().any(|change| gone.contains(&change.part())) {
            return Ok(None);
        }
        changes.retain(|change| !parts.contains(&change.part()) && !gone.contains(&change.part()));
        let wished = parts.iter().map(|part| ProposedChange {
            before: part.of(self.after),
            after: part.of(&self.edited.service),
        });
        // To wish what is there already is to wish nothing.
        changes.extend(wished.filter(|change| change.before != change.after));
        changes.sort_by_key(ProposedChange::part);
        let base = match before {
            Some(before) => before.record.clone(),
            None => new_proposal(kind, self.after.id, by, now)?,
        };
        let sites = sites_of(&changes, &self.edited.sites);
        // What a steward asked is answered by changing it.
        Ok(Some(Proposal { by: by.person.id, at: now, changes, sites, question: None, ..base }))
    }
}

/// The sites that changes name.
fn sites_of(changes: &[ProposedChange], sites: &[Location]) -> Vec<Location> {
    let named = |site: &&Location| {
        changes.iter().any(|change| match &change.after {
            PartValue::Sites(named) => named.iter().any(|named| named.location == site.id),
            _ => false,
        })
    };
    sites.iter().filter(named).cloned().collect()
}

fn new_proposal(
    kind: Kind,
    service: ServiceId,
    by: &Caretaker,
    now: Timestamp,
) -> Result<Proposal, KeepingError> {
    Ok(Proposal {
        id: ProposalId(random_id()?),
        service,
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
        return Err(StoreError::Conflict(Subject::Proposal(proposal.id)));
    }
    changes.save_proposal_if(proposal, version).map(|_| ())
}
