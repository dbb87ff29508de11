//! What waits for a steward: the most harmful first, and of those the oldest.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::{
    domain::{Claim, Part, Person, Proposal, Report, ReportReason, ServiceId},
    geo::Gazetteer,
    store::{Reading, ServiceRecord, Store},
};

use super::{
    error::KeepingError,
    reports::{theirs, theirs_with},
};

/// The most of a kind that is looked through at once.
const MOST: usize = 2_000;

/// Something that waits, with the listing that it is about.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub matter: Matter,
    pub record: ServiceRecord,
}

/// What waits.
#[derive(Clone, Debug)]
pub enum Matter {
    Report(Report),
    Proposal(Proposal),
    Claim(Claim),
}

/// How much harm may come of waiting, the most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Harm {
    /// Somebody may come to harm.
    Safety,
    /// A change of a listing that has to be shown with care.
    Sensitive,
    WrongContact,
    Closed,
    WrongTime,
    Change,
    NewListing,
    Claim,
    Other,
}

impl Waiting {
    /// How much harm may come of its waiting.
    #[must_use]
    pub fn harm(&self) -> Harm {
        match &self.matter {
            Matter::Report(report) => match report.reason {
                ReportReason::Unsafe => Harm::Safety,
                ReportReason::WrongContact => Harm::WrongContact,
                ReportReason::Closed => Harm::Closed,
                ReportReason::WrongTime => Harm::WrongTime,
                ReportReason::Other => Harm::Other,
            },
            Matter::Proposal(proposal) if is_sensitive(proposal, &self.record) => Harm::Sensitive,
            Matter::Proposal(proposal) if proposal.is_of_a_new_listing() => Harm::NewListing,
            Matter::Proposal(_) => Harm::Change,
            Matter::Claim(_) => Harm::Claim,
        }
    }

    /// Since when it waits.
    #[must_use]
    pub fn since(&self) -> Timestamp {
        match &self.matter {
            Matter::Report(report) => report.at,
            Matter::Proposal(proposal) => proposal.sent.unwrap_or(proposal.at),
            Matter::Claim(claim) => claim.at,
        }
    }

    /// Whether it waits for an answer, and not for the steward.
    #[must_use]
    pub fn is_asked(&self, now: Timestamp) -> bool {
        match &self.matter {
            Matter::Proposal(proposal) => proposal.question.is_some(),
            Matter::Report(report) => report.waits_for_an_answer(&self.record.service.upkeep, now),
            Matter::Claim(_) => false,
        }
    }
}

fn is_sensitive(proposal: &Proposal, record: &ServiceRecord) -> bool {
    record.needs_care() || proposal.changes.iter().any(|change| change.part() == Part::Sensitivity)
}

/// What waits about listings that somebody is a steward of. What waits for an answer comes last.
pub fn queue(
    store: &Store,
    gazetteer: &Gazetteer,
    steward: &Person,
    now: Timestamp,
) -> Result<Vec<Waiting>, KeepingError> {
    let mut listings: BTreeMap<ServiceId, Option<ServiceRecord>> = BTreeMap::new();
    let mut waiting = Vec::new();
    for report in store.list_open_reports(MOST)? {
        let known = match listings.get(&report.service) {
            Some(known) => known.clone(),
            None => theirs(store, gazetteer, steward, report.service)?.map(|(kept, _)| kept.record),
        };
        listings.insert(report.service, known.clone());
        waiting.extend(known.map(|record| Waiting { matter: Matter::Report(report), record }));
    }
    for proposal in store.list_waiting_proposals(MOST)? {
        let known = theirs_with(store, gazetteer, steward, &proposal)?;
        waiting.extend(
            known.map(|(kept, _)| Waiting {
                matter: Matter::Proposal(proposal),
                record: kept.record,
            }),
        );
    }
    for claim in store.list_confirmed_claims(MOST)? {
        let known = theirs(store, gazetteer, steward, claim.service)?;
        waiting.extend(
            known.map(|(kept, _)| Waiting { matter: Matter::Claim(claim), record: kept.record }),
        );
    }
    waiting.sort_by_key(|item| (item.is_asked(now), item.harm(), item.since()));
    Ok(waiting)
}
