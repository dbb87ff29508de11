//! Keeping two listings apart, and setting apart again what was joined.

use jiff::Timestamp;

use super::Both;
use crate::{
    domain::{Joined, Part, Partnership, ProposedChange, Service, ServiceId},
    keeping::{
        error::KeepingError,
        listing::{Caretaker, Kept},
        propose::note_source,
    },
    store::{Reading, Store},
};

/// Notes that two listings are not the same, so that nobody is asked again.
pub fn keep_apart(store: &Store, both: &Both, now: Timestamp) -> Result<(), KeepingError> {
    let (first, second) = (&both.first, &both.second);
    let mut service = first.record.service.clone();
    service.apart_from.insert(second.record.service.id);
    let version = first.version;
    let actor = both.by.actor().because("two listings and not one");
    store.change(&actor, now, move |changes| changes.save_service_if(&service, version))?;
    Ok(())
}

/// Takes that back: they may be the same after all.
pub fn keep_apart_no_more(store: &Store, both: &Both, now: Timestamp) -> Result<(), KeepingError> {
    let kept = [&both.first, &both.second];
    let mut services = kept.map(|kept| (kept.record.service.clone(), kept.version)).to_vec();
    let ids: Vec<ServiceId> = services.iter().map(|(service, _)| service.id).collect();
    services.retain_mut(|(service, _)| {
        let before = service.apart_from.len();
        service.apart_from.retain(|id| !ids.contains(id));
        service.apart_from.len() < before
    });
    let actor = both.by.actor().because("they may be one after all");
    store.change(&actor, now, move |changes| {
        services
            .iter()
            .try_for_each(|(service, version)| changes.save_service_if(service, *version).map(drop))
    })?;
    Ok(())
}

/// Sets two listings apart that were joined: each is as it was, but for what was changed since.
pub fn set_apart(store: &Store, both: &Both, now: Timestamp) -> Result<(), KeepingError> {
    let (first, second) = (&both.first, &both.second);
    let led = led_to(second, first).map(|joined| (first, second, joined));
    let led = led.or_else(|| led_to(first, second).map(|joined| (second, first, joined)));
    let (stays, goes, joined) = led.ok_or(KeepingError::ChangedMeanwhile)?;
    let after = without(&stays.record.service, &goes.record.service, joined, &both.by, now);
    let mut back = Service { status: joined.was, joined: None, ..goes.record.service.clone() };
    back.provenance.fields.remove("status");
    let came = joined.partnerships.clone();
    let (of_stays, of_goes) = (stays.version, goes.version);
    store.change(&both.by.actor().because("taken back"), now, move |changes| {
        changes.save_service_if(&after, of_stays)?;
        changes.save_service_if(&back, of_goes)?;
        for id in &came {
            if let Some(partnership) = changes.find_partnership(*id)? {
                changes.save_partnership(&left_by(partnership, &back, &after))?;
            }
        }
        Ok(())
    })?;
    Ok(())
}

/// How the one was joined to the other, where it was.
fn led_to<'a>(goes: &'a Kept, stays: &Kept) -> Option<&'a Joined> {
    let joined = goes.record.service.joined.as_ref();
    joined.filter(|joined| joined.into == stays.record.service.id)
}

/// The listing that stayed, without what it had from the other.
fn without(
    stays: &Service,
    goes: &Service,
    joined: &Joined,
    by: &Caretaker,
    now: Timestamp,
) -> Service {
    let mut after = stays.clone();
    let is_as_it_was = |change: &ProposedChange| change.part().of(stays) == change.after;
    // What came from a listing that is shown with care may be in what was changed since.
    let is_all_back = joined.gave.iter().all(is_as_it_was);
    for change in &joined.gave {
        let part = change.part();
        if is_as_it_was(change) && (part != Part::Sensitivity || is_all_back) {
            change.before.clone().put(&mut after);
            note_source(&mut after, part, by, now);
        }
    }
    // A venue that made room comes back with all that was said of it.
    for venue in &mut after.venues {
        let is_new = stays.venues.iter().all(|known| known.id != venue.id);
        let was = joined.venues.iter().find(|was| was.id == venue.id);
        if let Some(was) = was.filter(|_| is_new) {
            *venue = was.clone();
        }
    }
    after.partnerships.retain(|id| !joined.partnerships.contains(id));
    after.stands_for.remove(&goes.id);
    after.upkeep.edited = Some(now);
    after
}

fn left_by(mut partnership: Partnership, goes: &Service, stays: &Service) -> Partnership {
    let lists = std::iter::once(&mut partnership.services)
        .chain(partnership.pathway.iter_mut().map(|stage| &mut stage.services));
    for list in lists {
        if list.contains(&goes.id) {
            list.retain(|id| *id != stays.id);
        }
    }
    partnership
}
