//! What works: what link workers say came of sending people to a service.

use jiff::Timestamp;

use crate::{
    domain::{Experience, Person, Role, Scope, Service, ServiceId, Worked, month_in_england},
    keeping::KeepingError,
    store::{Changes, Reading, Store, StoreError, Subject},
};

use super::referrals::{actor, may_refer};

/// The most that are forgotten at once; the next time does the rest.
const MOST_AT_ONCE: usize = 500;

/// Keeps what a link worker says of a listing. What they said before in the same month gives way.
/// Those who run a service say nothing of it here.
pub fn say_how_it_went(
    store: &Store,
    (id, by): (ServiceId, &Person),
    what: Worked,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let standing = store.standing_for(id)?;
    let listed = store.find_service(standing)?.filter(Service::is_listed);
    let service = listed.ok_or(KeepingError::NotFound(Subject::Service(id)))?;
    if !may_refer(by) || runs(by, &service) {
        return Err(KeepingError::NotTheirs);
    }
    let (worker, service) = (by.id, service.id);
    store.change(&actor(by), now, move |changes| {
        let said = Experience::said((service, worker), what, (now, &month_in_england(now)));
        changes.save_experience(&said)
    })?;
    Ok(())
}

/// What a link worker said of a listing within the month, if anything.
pub fn said_this_month(
    store: &Store,
    (service, by): (ServiceId, &Person),
    now: Timestamp,
) -> Result<Option<Worked>, KeepingError> {
    let said = store.experience_by(service, by.id)?;
    let month = month_in_england(now);
    Ok(said.filter(|said| month_in_england(said.at) == month).map(|said| said.what))
}

/// Keeps what came of a referral as what its referrer says of the service.
pub(super) fn came_of(
    changes: &mut Changes<'_>,
    (service, by): (&Service, &Person),
    what: Worked,
) -> Result<(), StoreError> {
    if runs(by, service) {
        return Ok(());
    }
    let now = changes.now();
    let said = Experience::said((service.id, by.id), what, (now, &month_in_england(now)));
    changes.save_experience(&said).map(|_| ())
}

/// Forgets what no longer counts: what is old, what people said who are no longer link workers, and
/// what they said of a service that they run by now. Gives how many were forgotten.
pub(super) fn forget_old_experiences(store: &Store, now: Timestamp) -> Result<usize, StoreError> {
    let mut old = store.experiences_before(now - Experience::COUNTS, MOST_AT_ONCE)?;
    for worker in store.list_experienced()? {
        let person = store.find_person(worker)?.filter(may_refer);
        if person.as_ref().is_some_and(|person| person.organisations().next().is_none()) {
            continue;
        }
        for said in store.list_experiences_by(worker)? {
            let service = store.find_service(store.standing_for(said.service)?)?;
            let runs = |person: &Person| service.as_ref().is_some_and(|of| runs(person, of));
            if person.as_ref().is_none_or(runs) && !old.contains(&said) {
                old.push(said);
            }
        }
    }
    let count = old.len();
    if count > 0 {
        let clock = super::clock::clock();
        store.change(&clock, now, move |changes| {
            old.iter().try_for_each(|said| changes.remove_experience(said.id))
        })?;
    }
    Ok(count)
}

/// Whether somebody answers for the organisation that runs a service.
fn runs(person: &Person, service: &Service) -> bool {
    let own = Scope::Organisation { id: service.organisation };
    person.scopes_as(Role::Provider).any(|scope| *scope == own)
}
