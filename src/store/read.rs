//! Looking things up: in the store, in one state of it, or in a change in the making. All of it is
//! one trait, however long the list grows: what is looked up stands in the nouns' own files.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::domain::{
    Capacity, CapacityId, Claim, ClaimId, Email, Experience, ExperienceId, Follow,
    IdentifierScheme, LinkCheck, Location, LocationId, Organisation, OrganisationId, Partnership,
    PartnershipId, Person, PersonId, Place, PlaceCode, Program, ProgramId, Proposal, ProposalId,
    Referral, ReferralId, Report, ReportId, Service, ServiceId, Shortlist, Synonym, SynonymId,
    TrustOrder, UploadId,
};

use super::{
    conflicts::{self, Conflict},
    engine::{Tx, count},
    error::StoreError,
    follows,
    gaps::{self, GapCount},
    history,
    keys::{self, Source, SourceKey},
    links,
    log::{self, Change, Seq, Wanted},
    nouns::{self, Listed, Page, ServiceRecord, Versioned},
    outbox::{self, Ask, OutboxCounts, WaitingMail},
    shortlists,
    sought::{self, SoughtWords},
    subject::{Subject, SubjectKind},
    uploads::{self, Upload},
    uses::{self, MonthOfUse},
    ways_in::{self, Link, Session},
};

/// The most steps from a listing to the one that stands for it.
const LONGEST_WAY: usize = 16;

/// How much there is of everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub organisations: u64,
    pub services: u64,
    pub active_services: u64,
    pub locations: u64,
    pub services_at_locations: u64,
    pub capacity_statements: u64,
    pub partnerships: u64,
    pub places: u64,
    pub changes: u64,
}

macro_rules! looks {
    ($($noun:ident, $id:ty, $subject:path,
        $find:ident, $get:ident, $versioned:ident, $list:ident;)*) => {$(
        /// The record, where there is one.
        fn $find(&self, id: $id) -> Result<Option<$noun>, StoreError> {
            Ok(self.$versioned(id)?.map(|versioned| versioned.record))
        }

        /// The record, else `NotFound`.
        fn $get(&self, id: $id) -> Result<$noun, StoreError> {
            let subject = $subject(id.clone());
            self.$find(id)?.ok_or(StoreError::NotFound(subject))
        }

        /// The record with the version that an edit of it has to name.
        fn $versioned(&self, id: $id) -> Result<Option<Versioned<$noun>>, StoreError> {
            self.look(|tx| nouns::find(tx, &$subject(id)))
        }

        /// A stretch of all records by name.
        fn $list(&self, page: Page) -> Result<Listed<$noun>, StoreError> {
            self.look(|tx| nouns::list(tx, page))
        }
    )*};
}

/// Everything that can be looked up.
pub trait Reading {
    /// Looks at one state of the database.
    fn look<T>(&self, look: impl FnOnce(&dyn Tx) -> Result<T, StoreError>)
    -> Result<T, StoreError>;

    looks! {
        Organisation, OrganisationId, Subject::Organisation,
            find_organisation, get_organisation, versioned_organisation, list_organisations;
        Service, ServiceId, Subject::Service,
            find_service, get_service, versioned_service, list_services;
        Location, LocationId, Subject::Location,
            find_location, get_location, versioned_location, list_locations;
        Partnership, PartnershipId, Subject::Partnership,
            find_partnership, get_partnership, versioned_partnership, list_partnerships;
        Place, PlaceCode, Subject::Place,
            find_place, get_place, versioned_place, list_places;
        Person, PersonId, Subject::Person,
            find_person, get_person, versioned_person, list_people;
        Program, ProgramId, Subject::Program,
            find_program, get_program, versioned_program, list_programs;
        Report, ReportId, Subject::Report,
            find_report, get_report, versioned_report, list_reports;
        Proposal, ProposalId, Subject::Proposal,
            find_proposal, get_proposal, versioned_proposal, list_proposals;
        Claim, ClaimId, Subject::Claim,
            find_claim, get_claim, versioned_claim, list_claims;
        Synonym, SynonymId, Subject::Synonym,
            find_synonym, get_synonym, versioned_synonym, list_synonyms;
        Referral, ReferralId, Subject::Referral,
            find_referral, get_referral, versioned_referral, list_referrals;
        Experience, ExperienceId, Subject::Experience,
            find_experience, get_experience, versioned_experience, list_experiences;
    }

    /// The boundary of an operator's place as `GeoJSON`.
    fn find_place_boundary(&self, code: &PlaceCode) -> Result<Option<String>, StoreError> {
        self.look(|tx| nouns::boundary(tx, code))
    }

    /// A service with its organisation, locations and capacity.
    fn service_record(&self, id: ServiceId) -> Result<Option<ServiceRecord>, StoreError> {
        Ok(self.services_by_ids(&[id])?.pop())
    }

    /// These services in the order asked for, each once; those that are not there are left out.
    fn services_by_ids(&self, ids: &[ServiceId]) -> Result<Vec<ServiceRecord>, StoreError> {
        self.look(|tx| nouns::by_ids(tx, ids))
    }

    /// Every service, `batch` in memory at a time. Each batch is of one state, not all of them:
    /// who needs them all reads [`Reading::head`] first and the changes since then afterwards.
    fn for_each_service_record<E: From<StoreError>>(
        &self,
        batch: usize,
        mut visit: impl FnMut(ServiceRecord) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut after = 0;
        loop {
            let records = self.look(|tx| nouns::stream_after(tx, after, batch.max(1)))?;
            let Some((last, _)) = records.last() else {
                return Ok(());
            };
            after = *last;
            for (_, record) in records {
                visit(record)?;
            }
        }
    }

    /// The listing that stands for this one, where they were joined; else itself.
    fn standing_for(&self, id: ServiceId) -> Result<ServiceId, StoreError> {
        let mut standing = id;
        // Who stands for another may be joined to a third.
        for _ in 0..LONGEST_WAY {
            let joined = self.find_service(standing)?.and_then(|service| service.joined);
            match joined {
                Some(joined) => standing = joined.into,
                None => break,
            }
        }
        Ok(standing)
    }

    /// The listings that lead to another, each with the one that it leads to.
    fn list_joined(&self) -> Result<Vec<(ServiceId, ServiceId)>, StoreError> {
        self.look(nouns::joined)
    }

    /// An organisation's services by name.
    fn list_services_of(&self, organisation: OrganisationId) -> Result<Vec<Service>, StoreError> {
        self.look(|tx| nouns::services_of_organisation(tx, organisation))
    }

    /// The services at a location by name.
    fn list_services_at(&self, location: LocationId) -> Result<Vec<Service>, StoreError> {
        self.look(|tx| nouns::at_location(tx, location))
    }

    /// Every statement ever made about a service's capacity, newest first.
    fn list_capacity_of(&self, service: ServiceId) -> Result<Vec<Capacity>, StoreError> {
        self.look(|tx| nouns::capacity_history(tx, service))
    }

    /// The newest statements about a service's capacity, newest first.
    fn list_newest_capacity_of(
        &self,
        service: ServiceId,
        limit: usize,
    ) -> Result<Vec<Capacity>, StoreError> {
        self.look(|tx| nouns::newest_capacity(tx, service, limit))
    }

    /// The statement of capacity of this id.
    fn find_capacity(&self, id: CapacityId) -> Result<Option<Capacity>, StoreError> {
        self.look(|tx| nouns::capacity_by_id(tx, id))
    }

    /// A service's partnerships, whichever of the two says so, by name.
    fn list_partnerships_of_service(
        &self,
        service: ServiceId,
    ) -> Result<Vec<Partnership>, StoreError> {
        self.look(|tx| nouns::of_service(tx, service))
    }

    /// The partnerships that an organisation is or was a member of, by name.
    fn list_partnerships_of_organisation(
        &self,
        organisation: OrganisationId,
    ) -> Result<Vec<Partnership>, StoreError> {
        self.look(|tx| nouns::partnerships_of_organisation(tx, organisation))
    }

    /// Organisations with this number in a register, longest kept first.
    fn find_organisations_by_identifier(
        &self,
        scheme: IdentifierScheme,
        value: &str,
    ) -> Result<Vec<Organisation>, StoreError> {
        self.look(|tx| nouns::by_identifier(tx, scheme, value))
    }

    /// Organisations with this name or alias, however it is written.
    fn find_organisations_by_name(&self, name: &str) -> Result<Vec<Organisation>, StoreError> {
        self.look(|tx| nouns::by_name(tx, name))
    }

    /// Organisations whose website has the same domain as this one.
    fn find_organisations_by_website(
        &self,
        website: &str,
    ) -> Result<Vec<Organisation>, StoreError> {
        self.look(|tx| nouns::by_domain(tx, website))
    }

    /// Organisations that are part of another, longest kept first.
    fn list_children_of(&self, parent: OrganisationId) -> Result<Vec<Organisation>, StoreError> {
        self.look(|tx| nouns::children(tx, parent))
    }

    /// The organisations that lead to another, each with the one that it leads to.
    fn list_joined_organisations(
        &self,
    ) -> Result<Vec<(OrganisationId, OrganisationId)>, StoreError> {
        self.look(nouns::joined_organisations)
    }

    /// The organisation that stands for this one, where they were joined; else itself.
    fn standing_organisation(&self, id: OrganisationId) -> Result<OrganisationId, StoreError> {
        let mut standing = id;
        for _ in 0..LONGEST_WAY {
            match self.find_organisation(standing)?.and_then(|found| found.joined) {
                Some(joined) => standing = joined.into,
                None => break,
            }
        }
        Ok(standing)
    }

    /// Locations at a full postcode, however it is spaced.
    fn find_locations_by_postcode(&self, postcode: &str) -> Result<Vec<Location>, StoreError> {
        self.look(|tx| nouns::locations_at_postcode(tx, postcode))
    }

    /// The person who is written to at an address.
    fn find_person_by_email(&self, email: &Email) -> Result<Option<Person>, StoreError> {
        self.look(|tx| nouns::by_email(tx, email))
    }

    /// Every person, longest kept first.
    fn everybody(&self) -> Result<Vec<Person>, StoreError> {
        self.look(nouns::everybody)
    }

    /// Those who look after an organisation's listings, longest kept first.
    fn list_people_of(&self, organisation: OrganisationId) -> Result<Vec<Person>, StoreError> {
        self.look(|tx| nouns::people_of_organisation(tx, organisation))
    }

    /// The program whose key has this hash.
    fn find_program_by_key(&self, hash: &str) -> Result<Option<Program>, StoreError> {
        self.look(|tx| nouns::by_key_hash(tx, hash))
    }

    /// Every program that has a key, longest kept first.
    fn programs(&self) -> Result<Vec<Program>, StoreError> {
        self.look(nouns::programs)
    }

    /// What people say is wrong with listings and nobody has ended, oldest first.
    fn list_open_reports(&self, limit: usize) -> Result<Vec<Report>, StoreError> {
        self.look(|tx| nouns::open_reports(tx, limit))
    }

    /// Claims whose address is confirmed and that nobody decided, oldest first.
    fn list_confirmed_claims(&self, limit: usize) -> Result<Vec<Claim>, StoreError> {
        self.look(|tx| nouns::confirmed_claims(tx, limit))
    }

    /// Claims that were decided and are not forgotten yet, the newest first.
    fn list_decided_claims(&self) -> Result<Vec<Claim>, StoreError> {
        self.look(nouns::decided_claims)
    }

    /// Claims of which a link with this hash was mailed and not used.
    fn list_claims_by_link(&self, hash: &str) -> Result<Vec<Claim>, StoreError> {
        self.look(|tx| nouns::claims_by_link(tx, hash))
    }

    /// Claims made before a moment.
    fn list_claims_before(&self, before: Timestamp) -> Result<Vec<Claim>, StoreError> {
        self.look(|tx| nouns::claims_before(tx, before))
    }

    /// Everything that people ever said is wrong with a listing, oldest first.
    fn list_reports_of(&self, service: ServiceId) -> Result<Vec<Report>, StoreError> {
        self.look(|tx| nouns::reports_of(tx, service))
    }

    /// Changes of listings that wait for a steward, oldest first.
    fn list_waiting_proposals(&self, limit: usize) -> Result<Vec<Proposal>, StoreError> {
        self.look(|tx| nouns::waiting_proposals(tx, limit))
    }

    /// Changes of a listing that nobody has decided: first what is kept for later, then what waits.
    fn list_open_proposals_of(
        &self,
        service: ServiceId,
    ) -> Result<Vec<Versioned<Proposal>>, StoreError> {
        self.look(|tx| nouns::open_proposals_of(tx, service))
    }

    /// The place in the log of the newest change of a kind; zero where there was none.
    fn newest_change_of(&self, kind: SubjectKind) -> Result<Seq, StoreError> {
        self.look(|tx| log::newest_of(tx, kind))
    }

    /// What this directory's people call needs, the newest first.
    fn synonyms(&self) -> Result<Vec<Synonym>, StoreError> {
        self.look(nouns::synonyms)
    }

    /// Words that found little, those asked for most first.
    fn sought_words(&self, limit: usize) -> Result<Vec<SoughtWords>, StoreError> {
        self.look(|tx| sought::most(tx, limit))
    }

    /// Fields in which a feed says otherwise and that nobody left as they are, the oldest first.
    fn open_conflicts(&self) -> Result<Vec<Conflict>, StoreError> {
        self.look(conflicts::open)
    }

    /// Listings whose pages are to be asked at `now`, those that were never asked first.
    fn links_due(&self, now: Timestamp, limit: usize) -> Result<Vec<ServiceId>, StoreError> {
        self.look(|tx| links::due(tx, now, limit))
    }

    /// What is known of the page that a listing names.
    fn find_link(&self, service: ServiceId) -> Result<Option<LinkCheck>, StoreError> {
        self.look(|tx| links::find(tx, service))
    }

    /// A page that answered when it was last asked.
    fn link_that_answered(&self) -> Result<Option<String>, StoreError> {
        self.look(links::answered)
    }

    /// What is known of pages that fail, the longest failing first.
    fn failing_links(&self) -> Result<Vec<LinkCheck>, StoreError> {
        self.look(links::failing)
    }

    /// How often a listing was shown and opened in the newest months, the newest first.
    fn uses_of(&self, service: ServiceId, months: usize) -> Result<Vec<MonthOfUse>, StoreError> {
        self.look(|tx| uses::of_service(tx, service, months))
    }

    /// How often each listing was opened since a month began, as `2026-11`.
    fn opened_since(&self, month: &str) -> Result<BTreeMap<ServiceId, u64>, StoreError> {
        self.look(|tx| uses::opened_since(tx, month))
    }

    /// A sheet that somebody sent, with what it says.
    fn find_upload(&self, id: UploadId) -> Result<Option<(Upload, String)>, StoreError> {
        self.look(|tx| uploads::find(tx, id))
    }

    /// The sheets that somebody sent and has not saved, the newest first.
    fn list_uploads_of(&self, person: PersonId) -> Result<Vec<Upload>, StoreError> {
        self.look(|tx| uploads::of_person(tx, person))
    }

    /// Somebody's referrals, the one that moved last first.
    fn list_referrals_by(&self, by: PersonId, limit: usize) -> Result<Vec<Referral>, StoreError> {
        self.look(|tx| nouns::referrals_by(tx, by, limit))
    }

    /// Referrals to a listing that moved since a moment, the last first.
    fn list_referrals_to(
        &self,
        service: ServiceId,
        since: Timestamp,
    ) -> Result<Vec<Referral>, StoreError> {
        self.look(|tx| nouns::referrals_to(tx, service, since))
    }

    /// Referrals that the clock has something to do with at a moment, the longest due first.
    fn referrals_due(&self, at: Timestamp, limit: usize) -> Result<Vec<ReferralId>, StoreError> {
        self.look(|tx| nouns::referrals_due(tx, at, limit))
    }

    /// Referrals that were over before a moment.
    fn referrals_over(&self, before: Timestamp, limit: usize) -> Result<Vec<Referral>, StoreError> {
        self.look(|tx| nouns::referrals_over(tx, before, limit))
    }

    /// The newest that a link worker said of a listing.
    fn experience_by(
        &self,
        service: ServiceId,
        by: PersonId,
    ) -> Result<Option<Experience>, StoreError> {
        self.look(|tx| nouns::experience_by(tx, service, by))
    }

    /// Everybody who said how it went with a listing.
    fn list_experienced(&self) -> Result<Vec<PersonId>, StoreError> {
        self.look(nouns::workers)
    }

    /// All that somebody said of how it went.
    fn list_experiences_by(&self, worker: PersonId) -> Result<Vec<Experience>, StoreError> {
        self.look(|tx| nouns::experiences_of_worker(tx, worker))
    }

    /// All that was said of how it went with a listing.
    fn list_experiences_of(&self, service: ServiceId) -> Result<Vec<Experience>, StoreError> {
        self.look(|tx| nouns::experiences_to(tx, service))
    }

    /// What link workers said before a moment, the oldest first.
    fn experiences_before(
        &self,
        before: Timestamp,
        limit: usize,
    ) -> Result<Vec<Experience>, StoreError> {
        self.look(|tx| nouns::experiences_before(tx, before, limit))
    }

    /// What people said is missing since a month began, the most first.
    fn gaps_since(&self, month: &str) -> Result<Vec<GapCount>, StoreError> {
        self.look(|tx| gaps::since(tx, month))
    }

    /// What is followed by this token, where it is not over at `now`.
    fn find_follow(&self, token: &str, now: Timestamp) -> Result<Option<Follow>, StoreError> {
        self.look(|tx| follows::find(tx, token, now))
    }

    /// What is followed and has to be looked at, by its token, from after one on.
    fn follows_due(
        &self,
        now: Timestamp,
        after: &str,
        limit: usize,
    ) -> Result<Vec<(String, Follow)>, StoreError> {
        self.look(|tx| follows::due(tx, now, after, limit))
    }

    /// How much is followed from an address.
    fn follows_of(&self, email: &Email) -> Result<u64, StoreError> {
        self.look(|tx| follows::of_address(tx, email))
    }

    /// The shortlist whose key has this hash, where it is not over at `now`.
    fn find_shortlist(&self, hash: &str, now: Timestamp) -> Result<Option<Shortlist>, StoreError> {
        self.look(|tx| shortlists::find(tx, hash, now))
    }

    /// The listed services whose ids begin with these bytes, at most so many.
    fn services_that_begin(&self, bytes: &[u8], limit: usize) -> Result<Vec<Service>, StoreError> {
        self.look(|tx| nouns::services_that_begin(tx, bytes, limit))
    }

    /// The session whose secret has this hash.
    fn session(&self, hash: &str) -> Result<Option<Session>, StoreError> {
        self.look(|tx| ways_in::session(tx, hash))
    }

    /// The mailed link whose secret has this hash.
    fn link(&self, hash: &str) -> Result<Option<Link>, StoreError> {
        self.look(|tx| ways_in::link(tx, hash))
    }

    /// How many links to sign in were made for somebody since a moment.
    fn links_since(&self, person: PersonId, since: Timestamp) -> Result<u64, StoreError> {
        self.look(|tx| ways_in::links_since(tx, person, since))
    }

    /// Mail to be tried at `now`, oldest first.
    fn mail_due(&self, now: Timestamp, limit: usize) -> Result<Vec<WaitingMail>, StoreError> {
        self.look(|tx| outbox::due(tx, now, limit))
    }

    /// How the outbox stands.
    fn outbox_counts(&self) -> Result<OutboxCounts, StoreError> {
        self.look(outbox::counts)
    }

    /// Everybody who was asked about a listing since a moment, first to last.
    fn asks_about(&self, service: ServiceId, since: Timestamp) -> Result<Vec<Ask>, StoreError> {
        self.look(|tx| outbox::asks(tx, service, since))
    }

    /// When somebody was last asked about anything.
    fn last_asked(&self, person: PersonId) -> Result<Option<Timestamp>, StoreError> {
        self.look(|tx| outbox::last_asked(tx, person))
    }

    /// The record that a source calls `key`.
    fn find_by_key(
        &self,
        source: &str,
        kind: SubjectKind,
        key: &str,
    ) -> Result<Option<Subject>, StoreError> {
        self.look(|tx| keys::find(tx, source, kind, key))
    }

    /// A source's keys of one kind.
    fn keys_of(&self, source: &str, kind: SubjectKind) -> Result<Vec<SourceKey>, StoreError> {
        self.look(|tx| keys::of_source(tx, source, kind))
    }

    /// Every source with its counts and its last import, by name.
    fn sources(&self) -> Result<Vec<Source>, StoreError> {
        self.look(keys::sources)
    }

    /// An operator's setting.
    fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.look(|tx| keys::setting(tx, key))
    }

    /// Which feeds are believed before which.
    fn trust_order(&self) -> Result<TrustOrder, StoreError> {
        let kept = self.setting(TrustOrder::SETTING)?;
        let read = kept.map(|kept| serde_json::from_str(&kept).map_err(|_| StoreError::Damaged));
        Ok(read.transpose()?.unwrap_or_default())
    }

    /// Every setting.
    fn settings(&self) -> Result<BTreeMap<String, String>, StoreError> {
        self.look(keys::settings)
    }

    /// The changes after `seq`, oldest first.
    fn changes_since(&self, seq: Seq, limit: usize) -> Result<Vec<Change>, StoreError> {
        self.look(|tx| log::since(tx, seq, limit))
    }

    /// Every change that is asked for, oldest first, `batch` in memory at a time.
    fn for_each_change<E: From<StoreError>>(
        &self,
        wanted: Wanted,
        batch: usize,
        mut visit: impl FnMut(Change) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut after = Seq::default();
        loop {
            let changes = self.look(|tx| log::wanted(tx, after, wanted, batch.max(1)))?;
            let Some(last) = changes.last() else {
                return Ok(());
            };
            after = last.seq;
            for change in changes {
                visit(change)?;
            }
        }
    }

    /// The changes of one subject, newest first.
    fn changes_of(&self, subject: &Subject, limit: usize) -> Result<Vec<Change>, StoreError> {
        self.look(|tx| log::of(tx, subject, limit))
    }

    /// The hash of the newest row of the change log: noted elsewhere, it shows later whether
    /// anything was cut off.
    fn newest_hash(&self) -> Result<Option<String>, StoreError> {
        self.look(history::newest)
    }

    /// The newest place in the change log.
    fn head(&self) -> Result<Seq, StoreError> {
        self.look(log::head)
    }

    /// The services that show or count differently since a change, each once; also those that
    /// it removed or let go.
    fn services_touched_by(&self, change: &Change) -> Result<Vec<ServiceId>, StoreError> {
        self.look(|tx| nouns::touched_by(tx, change))
    }

    /// How much there is of everything.
    fn counts(&self) -> Result<Counts, StoreError> {
        self.look(|tx| {
            let rows = |of: &str| count(tx, &format!("SELECT COUNT(*) FROM {of}"), &[]);
            Ok(Counts {
                organisations: rows("organisation")?,
                services: rows("service")?,
                active_services: rows("service WHERE status = 'active'")?,
                locations: rows("location")?,
                services_at_locations: rows("service_at_location")?,
                capacity_statements: rows("capacity")?,
                partnerships: rows("partnership")?,
                places: rows("place")?,
                changes: rows("change_log")?,
            })
        })
    }
}

/// One state of the store: what it shows does not change while it is looked at.
pub struct Snapshot<'t>(pub(super) &'t dyn Tx);

impl Reading for Snapshot<'_> {
    fn look<T>(
        &self,
        look: impl FnOnce(&dyn Tx) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        look(self.0)
    }
}
