//! Problems with listings: said by anybody, looked at by a steward, the unsafe ones first.

use jiff::Timestamp;

use crate::{
    domain::{
        Closing, Outcome, Person, Proposal, Report, ReportId, ReportReason, Route, Service,
        ServiceId, ServiceStatus, tells_of_a_patient,
    },
    geo::Gazetteer,
    store::{Actor, Reading, Store, Subject, Version},
};

use super::{
    error::{FormFault, KeepingError},
    listing::{Caretaker, Kept, find_kept, is_going_on, places},
    sections::Edited,
};

/// The most that a report says in words, and a steward of their reason, in characters.
pub const LONGEST_WORDS: usize = 500;

/// A report with the listing that it is about, for somebody who may act on it.
#[derive(Clone, Debug)]
pub struct Item {
    pub report: Report,
    pub version: Version,
    pub kept: Kept,
    pub by: Caretaker,
}

/// Takes what somebody says is wrong.
pub fn report(
    store: &Store,
    service: ServiceId,
    reason: ReportReason,
    words: Option<&str>,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let words = words.map(str::trim).filter(|words| !words.is_empty());
    let faults = faults_of(words, "words");
    if !faults.is_empty() {
        return Err(KeepingError::Form(faults));
    }
    let listed = store.find_service(service)?.filter(is_going_on);
    let missing = || KeepingError::NotFound(Subject::Service(service));
    let service = listed.ok_or_else(missing)?.id;
    let id = ReportId(super::people::random_id()?);
    let report =
        Report { id, service, reason, words: words.map(str::to_owned), at: now, closed: None };
    let actor = Actor::new("visitor", Route::Steward);
    store.change(&actor, now, move |changes| changes.save_report(&report))?;
    Ok(())
}

fn faults_of(words: Option<&str>, field: &'static str) -> Vec<FormFault> {
    let mut faults = Vec::new();
    let Some(words) = words else { return faults };
    if words.chars().count() > LONGEST_WORDS {
        let long = format!("Use {LONGEST_WORDS} characters or fewer");
        faults.push(FormFault::new(field, long));
    }
    if let Some(what) = tells_of_a_patient(words) {
        let how = format!("Take out what looks like {what}: say what is wrong, and not about whom");
        faults.push(FormFault::new(field, how));
    }
    faults
}

/// A listing for its steward; nothing where it is not theirs, or is no longer there.
pub(super) fn theirs(
    store: &Store,
    gazetteer: &Gazetteer,
    steward: &Person,
    service: ServiceId,
) -> Result<Option<(Kept, Caretaker)>, KeepingError> {
    let kept = match find_kept(store, gazetteer, service) {
        Err(KeepingError::NotFound(_)) => return Ok(None),
        other => other?,
    };
    Ok(kept.by_steward(steward).ok().map(|by| (kept, by)))
}

/// The same of a listing with what is proposed of it. One that is nowhere as it stands is theirs
/// as it would be; of any other nobody chooses another steward by what they propose.
pub(super) fn theirs_with(
    store: &Store,
    gazetteer: &Gazetteer,
    steward: &Person,
    proposal: &Proposal,
) -> Result<Option<(Kept, Caretaker)>, KeepingError> {
    let mut kept = match find_kept(store, gazetteer, proposal.service) {
        Err(KeepingError::NotFound(_)) => return Ok(None),
        other => other?,
    };
    if kept.belonging.places.is_empty() {
        let would_be = Edited::of(&kept.record).with(proposal).as_record(&kept.record);
        kept.belonging.places = places(&would_be, gazetteer);
    }
    Ok(kept.by_steward(steward).ok().map(|by| (kept, by)))
}

/// One report, for its steward.
pub fn find_item(
    store: &Store,
    gazetteer: &Gazetteer,
    steward: &Person,
    id: ReportId,
) -> Result<Item, KeepingError> {
    let missing = || KeepingError::NotFound(Subject::Report(id));
    let versioned = store.versioned_report(id)?.ok_or_else(missing)?;
    let (report, version) = (versioned.record, versioned.version);
    let known = theirs(store, gazetteer, steward, report.service)?;
    let (kept, by) = known.ok_or(KeepingError::NotTheirs)?;
    Ok(Item { report, version, kept, by })
}

/// Ends a report. To hide the listing takes a reason, which stays in its history.
pub fn close(
    store: &Store,
    item: &Item,
    outcome: Outcome,
    why: Option<&str>,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let why = why.map(str::trim).filter(|why| !why.is_empty());
    let mut faults = faults_of(why, "why");
    if outcome == Outcome::Hidden && why.is_none() {
        faults.push(FormFault::new("why", "Say why the listing is hidden"));
    }
    if !faults.is_empty() {
        return Err(KeepingError::Form(faults));
    }
    if item.report.closed.is_some() {
        return Err(KeepingError::ChangedMeanwhile);
    }
    let mut report = item.report.clone();
    let why = why.map(str::to_owned);
    let by = item.by.person.id;
    let hid = (outcome == Outcome::Hidden).then_some(item.kept.record.service.status);
    report.closed = Some(Closing { at: now, by, outcome, why: why.clone(), hid });
    // What the public wrote has done its work.
    report.words = None;
    let actor = match &why {
        Some(why) => item.by.actor().because(why),
        None => item.by.actor(),
    };
    let hidden = (outcome == Outcome::Hidden).then(|| with_status(item, ServiceStatus::Inactive));
    save(store, &actor, report, item, hidden, now)
}

/// Opens a report again, and shows the listing as it was where it was hidden for it.
pub fn reopen(store: &Store, item: &Item, now: Timestamp) -> Result<(), KeepingError> {
    let Some(closing) = &item.report.closed else { return Ok(()) };
    let is_hidden = item.kept.record.service.status == ServiceStatus::Inactive;
    let before = closing.hid.filter(|_| is_hidden);
    let report = Report { closed: None, ..item.report.clone() };
    let shown = before.map(|before| with_status(item, before));
    save(store, &item.by.actor().because("taken back"), report, item, shown, now)
}

fn with_status(item: &Item, status: ServiceStatus) -> Service {
    Service { status, ..item.kept.record.service.clone() }
}

fn save(
    store: &Store,
    actor: &Actor,
    report: Report,
    item: &Item,
    service: Option<Service>,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let (version, of_report) = (item.kept.version, item.version);
    store.change(actor, now, move |changes| {
        changes.save_report_if(&report, of_report)?;
        if let Some(service) = &service {
            changes.save_service_if(service, version)?;
        }
        Ok(())
    })?;
    Ok(())
}
