//! Problems with listings: said by anybody, looked at by a steward, the unsafe ones first.

use jiff::{SignedDuration, Timestamp};

use crate::{
    config::Directory,
    domain::{
        Asked, Closing, Email, Outcome, Part, Person, Proposal, Report, ReportId, ReportReason,
        Route, Service, ServiceId, ServiceStatus,
    },
    geo::Gazetteer,
    store::{Actor, Reading, Store, Subject, Version},
};

use super::{
    error::{FormFault, KeepingError},
    letters,
    listing::{Caretaker, Kept, find_kept, places},
    propose::note_source,
    remark::remark,
    sections::Edited,
};

/// Those who look after a listing are asked about a report once in so long.
const ASKED_ONCE_IN: SignedDuration = SignedDuration::from_hours(24);

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
    words: &str,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let words = remark("words", words, None)?;
    let listed = store.find_service(service)?.filter(Service::is_listed);
    let missing = || KeepingError::NotFound(Subject::Service(service));
    let service = listed.ok_or_else(missing)?.id;
    let id = ReportId(super::people::random_id()?);
    let report = Report { id, service, reason, words, at: now, closed: None, asked: None };
    let actor = Actor::new("visitor", Route::Steward);
    store.change(&actor, now, move |changes| changes.save_report(&report))?;
    Ok(())
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
    why: &str,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let hides = outcome == Outcome::Hidden;
    let why = remark("why", why, hides.then_some("Say why the listing is hidden"))?;
    if item.report.closed.is_some() {
        return Err(KeepingError::ChangedMeanwhile);
    }
    let mut report = item.report.clone();
    let by = item.by.person.id;
    let hid = hides.then_some(item.kept.record.service.status);
    report.closed = Some(Closing { at: now, by, outcome, why: why.clone(), hid });
    // What the public wrote has done its work.
    report.words = None;
    let actor = item.by.actor_because(why.as_deref());
    let hidden = hides.then(|| {
        let mut service = with_status(item, ServiceStatus::Inactive);
        note_source(&mut service, Part::Status, &item.by, now);
        service
    });
    save(store, &actor, report, item, hidden, now)
}

/// Asks those who look after the listing about it, by mail. What the public wrote stays with the
/// steward.
pub fn ask_keepers(
    store: &Store,
    directory: &Directory,
    item: &Item,
    question: &str,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let question = remark("why", question, Some("Write what you ask them"))?.unwrap_or_default();
    if item.report.closed.is_some() {
        return Err(KeepingError::ChangedMeanwhile);
    }
    if item.report.reason == ReportReason::Unsafe {
        // Whoever may do harm is not to learn by mail that somebody spoke up.
        let how = "Somebody may come to harm: do not write to the provider. Hide the listing, or ring somebody whom you know there";
        return Err(FormFault::new("why", how).into());
    }
    let lately = |asked: &Asked| now.duration_since(asked.at) < ASKED_ONCE_IN;
    if item.report.asked.as_ref().is_some_and(lately) {
        let how = "They were asked less than a day ago: give them time, or ring them";
        return Err(FormFault::new("why", how).into());
    }
    let service = &item.kept.record.service;
    let steward = item.by.person.id;
    let mut keepers = store.list_people_of(service.organisation)?;
    keepers.retain(|keeper| keeper.id != steward);
    if keepers.is_empty() {
        let how = "Nobody looks after this listing who could be asked by mail: ring its provider";
        return Err(FormFault::new("why", how).into());
    }
    let letters: Vec<(Email, String)> = keepers
        .iter()
        .map(|to| {
            let record = &item.kept.record;
            (to.email.clone(), letters::asked_of_a_report(directory, to, record, &question))
        })
        .collect();
    let asked = Some(Asked { at: now, by: steward, question });
    let (report, version) = (Report { asked, ..item.report.clone() }, item.version);
    store.change(&item.by.actor(), now, move |changes| {
        changes.save_report_if(&report, version)?;
        letters
            .iter()
            .try_for_each(|(to, letter)| changes.post_mail(to, letter, now + letters::NEWS_LASTS))
    })?;
    Ok(())
}

/// What those who look after a listing were asked about it and have not answered.
pub fn asked_of(store: &Store, kept: &Kept) -> Result<Vec<String>, KeepingError> {
    let service = &kept.record.service;
    let reports = store.list_reports_of(service.id)?.into_iter();
    let open = reports.filter(|report| report.closed.is_none());
    let waiting = open.filter(|report| report.awaits_word(&service.upkeep));
    Ok(waiting.filter_map(|report| Some(report.asked?.question)).collect())
}

/// Opens a report again, and shows the listing as it was where it was hidden for it.
pub fn reopen(store: &Store, item: &Item, now: Timestamp) -> Result<(), KeepingError> {
    let Some(closing) = &item.report.closed else { return Ok(()) };
    let is_hidden = item.kept.record.service.status == ServiceStatus::Inactive;
    let before = closing.hid.filter(|_| is_hidden);
    let report = Report { closed: None, ..item.report.clone() };
    let shown = before.map(|before| {
        let mut service = with_status(item, before);
        // Where its feed says that it is over, that counts again.
        service.provenance.fields.remove("status");
        service
    });
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
