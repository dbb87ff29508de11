//! What is proposed of a listing and not in force.

use crate::{
    domain::{Part, Proposal, ProposedChange, Role},
    store::{Reading, ServiceRecord, Store, StoreError, Versioned},
};

use super::{
    listing::{Caretaker, Kept},
    sections::{Edited, Section},
};

/// What is proposed of a listing and not in force.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pending {
    /// Kept for later by whoever looks after it.
    pub draft: Option<Versioned<Proposal>>,
    /// Waiting for a steward.
    pub waiting: Option<Versioned<Proposal>>,
}

impl Pending {
    /// What is proposed of a listing, for somebody who looks after it. What a provider keeps for
    /// later is not a steward's to see or to save.
    pub fn of(store: &Store, kept: &Kept, by: &Caretaker) -> Result<Self, StoreError> {
        let mut pending = Self::default();
        let theirs = |proposal: &Versioned<Proposal>| {
            by.role == Role::Provider
                || proposal.record.sent.is_some()
                || proposal.record.by == by.person.id
        };
        let open = store.list_open_proposals_of(kept.record.service.id)?;
        for proposal in open.into_iter().filter(theirs) {
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
        let both = [&self.waiting, &self.draft].into_iter().flatten();
        both.fold(Edited::of(record), |edited, proposal| edited.with(&proposal.record))
    }

    /// The listing as the form of a section shows it: without what is kept for later of a part that
    /// the form does not show whole, since whoever saves a form saves what it shows.
    #[must_use]
    pub fn over_for(&self, section: Section, record: &ServiceRecord) -> Edited {
        let whole = self.shown_whole(section, record);
        let mut shown = self.clone();
        if let Some(draft) = &mut shown.draft {
            draft.record.changes.retain(|change| {
                !section.parts().contains(&change.part()) || whole.contains(&change.part())
            });
        }
        shown.over(record)
    }

    /// The parts of a section of which its form shows all that is kept for later.
    #[must_use]
    pub fn shown_whole(&self, section: Section, record: &ServiceRecord) -> Vec<Part> {
        let would_be = self.over(record).service;
        let whole = |part: &&Part| section.shows_whole(**part, &record.service, &would_be);
        section.parts().iter().filter(whole).copied().collect()
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
