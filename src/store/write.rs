//! Changing the truth: records, their derived rows and the change log, as one.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::domain::{
    Capacity, Claim, ClaimId, Experience, ExperienceId, Location, LocationId, Organisation,
    OrganisationId, Partnership, PartnershipId, Person, PersonId, Place, PlaceCode, Program,
    ProgramId, Proposal, ProposalId, Referral, ReferralId, Report, ReportId, Service, ServiceId,
    Synonym, SynonymId,
};

use super::{
    engine::Tx,
    error::StoreError,
    history::{self, Content},
    keys,
    log::{self, Action, Actor, Seq},
    nouns::{self, Version, key_of},
    read::Reading,
    save::Beside,
    subject::{Subject, SubjectKind},
};

/// What a change gave, once it is durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changed<T> {
    pub value: T,
    /// Its last row in the change log; none where nothing was different.
    pub seq: Option<Seq>,
}

/// What saving a record came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Saved {
    Added,
    Changed,
    /// What is stored was already the same: nothing was written or logged.
    Unchanged,
}

impl Saved {
    pub(super) fn over(known: bool) -> Self {
        if known { Self::Changed } else { Self::Added }
    }

    pub(super) fn action(self) -> Action {
        if self == Self::Added { Action::Added } else { Action::Changed }
    }
}

/// A change in the making: reads see what it has written so far.
///
/// A save that is refused has written nothing, so a closure may go on after it.
pub struct Changes<'t> {
    tx: &'t dyn Tx,
    actor: &'t Actor,
    now: Timestamp,
    last: Option<Seq>,
    /// The hash of the last row of the log, once something was logged.
    chain: Option<String>,
    required: BTreeSet<(Subject, Subject)>,
    half_done: bool,
}

macro_rules! saves {
    ($($noun:ident, $id:ty, $subject:path, $save:ident, $save_if:ident, $remove:ident;)*) => {$(
        /// Saves the record with all it refers to checked, whatever is stored now.
        pub fn $save(&mut self, record: &$noun) -> Result<Saved, StoreError> {
            self.save(record, None, Beside::Nothing)
        }

        /// Saves the record where its stored version is still this one, else `Conflict`.
        pub fn $save_if(&mut self, record: &$noun, version: Version) -> Result<Saved, StoreError> {
            self.save(record, Some(version), Beside::Nothing)
        }

        /// Removes the record, with what sources call it; refused while others refer to it.
        pub fn $remove(&mut self, id: $id) -> Result<(), StoreError> {
            self.remove::<$noun>(&$subject(id))
        }
    )*};
}

impl<'t> Changes<'t> {
    saves! {
        Organisation, OrganisationId, Subject::Organisation,
            save_organisation, save_organisation_if, remove_organisation;
        Service, ServiceId, Subject::Service,
            save_service, save_service_if, remove_service;
        Location, LocationId, Subject::Location,
            save_location, save_location_if, remove_location;
        Partnership, PartnershipId, Subject::Partnership,
            save_partnership, save_partnership_if, remove_partnership;
        Person, PersonId, Subject::Person,
            save_person, save_person_if, remove_person;
        Program, ProgramId, Subject::Program,
            save_program, save_program_if, remove_program;
        Report, ReportId, Subject::Report,
            save_report, save_report_if, remove_report;
        Proposal, ProposalId, Subject::Proposal,
            save_proposal, save_proposal_if, remove_proposal;
        Claim, ClaimId, Subject::Claim,
            save_claim, save_claim_if, remove_claim;
        Synonym, SynonymId, Subject::Synonym,
            save_synonym, save_synonym_if, remove_synonym;
        Referral, ReferralId, Subject::Referral,
            save_referral, save_referral_if, remove_referral;
        Experience, ExperienceId, Subject::Experience,
            save_experience, save_experience_if, remove_experience;
    }

    /// Saves an operator's place with its boundary as `GeoJSON`, where it has one.
    pub fn save_place(
        &mut self,
        place: &Place,
        boundary: Option<&str>,
    ) -> Result<Saved, StoreError> {
        self.save(place, None, Beside::Boundary(boundary))
    }

    /// Saves the place where its stored version is still this one, else `Conflict`.
    pub fn save_place_if(
        &mut self,
        place: &Place,
        boundary: Option<&str>,
        version: Version,
    ) -> Result<Saved, StoreError> {
        self.save(place, Some(version), Beside::Boundary(boundary))
    }

    /// Removes an operator's place. Footprints may still name its code.
    pub fn remove_place(&mut self, code: &PlaceCode) -> Result<(), StoreError> {
        self.remove::<Place>(&Subject::Place(code.clone()))
    }

    /// Adds a statement of capacity; those before it are kept.
    pub fn save_capacity(&mut self, statement: &Capacity) -> Result<Saved, StoreError> {
        nouns::save_capacity(self, statement)
    }

    /// Records that a source calls this organisation, service, location, partnership or place `key`.
    pub fn save_key(&mut self, source: &str, key: &str, to: &Subject) -> Result<Saved, StoreError> {
        keys::save(self, source, key, to)
    }

    /// Forgets what a source calls a record.
    pub fn remove_key(
        &mut self,
        source: &str,
        kind: SubjectKind,
        key: &str,
    ) -> Result<(), StoreError> {
        keys::remove(self, source, kind, key)
    }

    /// Notes that an import of a source has ended; this alone is not logged.
    pub fn note_import(&mut self, source: &str) -> Result<(), StoreError> {
        keys::note_import(self, source)
    }

    /// Saves a setting.
    pub fn save_setting(&mut self, key: &str, value: &str) -> Result<Saved, StoreError> {
        keys::save_setting(self, key, value)
    }

    /// Removes a setting.
    pub fn remove_setting(&mut self, key: &str) -> Result<(), StoreError> {
        keys::remove_setting(self, key)
    }

    /// The moment of this change.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    pub(super) fn new(tx: &'t dyn Tx, actor: &'t Actor, now: Timestamp) -> Self {
        Self {
            tx,
            actor,
            now,
            last: None,
            chain: None,
            required: BTreeSet::new(),
            half_done: false,
        }
    }

    pub(super) fn tx(&self) -> &'t dyn Tx {
        self.tx
    }

    /// Asks that `to` be there when the change ends, so that two records may name each other.
    pub(super) fn require(&mut self, by: Subject, to: Subject) {
        self.required.insert((by, to));
    }

    /// Does what writes several rows; if it breaks off, the change can no longer succeed.
    pub(super) fn writing<T>(
        &mut self,
        write: impl FnOnce(&mut Self) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let written = write(self);
        self.half_done |= written.is_err();
        written
    }

    /// Logs what the same change has just written, of which nothing more is to be said.
    pub(super) fn log(
        &mut self,
        subject: &Subject,
        action: Action,
        touched: &[ServiceId],
    ) -> Result<(), StoreError> {
        self.log_content(subject, action, touched, &Content::default())
    }

    /// Logs what the same change has just written of a record.
    pub(super) fn log_content(
        &mut self,
        subject: &Subject,
        action: Action,
        touched: &[ServiceId],
        content: &Content,
    ) -> Result<(), StoreError> {
        if self.last.is_none() {
            self.tx.order_barrier()?;
            self.chain = history::newest(self.tx)?;
        }
        let what = (subject, action, touched);
        let previous = self.chain.as_deref();
        let (seq, hash) = log::append(self.tx, what, (self.now, self.actor), content, previous)?;
        (self.last, self.chain) = (Some(seq), Some(hash));
        Ok(())
    }

    /// Ends the change: everything that has to be there is.
    pub(super) fn finish(self) -> Result<Option<Seq>, StoreError> {
        if self.half_done {
            return Err(StoreError::HalfDone);
        }
        for (by, to) in self.required {
            // A record that was removed again needs nothing.
            if key_of(self.tx, &by)?.is_some() {
                nouns::referred(self.tx, &by, &to)?;
            }
        }
        Ok(self.last)
    }
}

impl Reading for Changes<'_> {
    fn look<T>(
        &self,
        look: impl FnOnce(&dyn Tx) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        look(self.tx)
    }
}
