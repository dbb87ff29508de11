//! A phone round: whom to ring because nobody has confirmed their listing for longest, and
//! confirming those who said that it is right.

use jiff::{SignedDuration, Timestamp};

use crate::{
    config::Keeping,
    domain::{Contact, ContactVisibility, Person, Role, ServiceId},
    geo::Gazetteer,
    store::{Reading, ServiceRecord, Store, StoreError},
};

use super::{
    confirm::confirm,
    error::KeepingError,
    health::{Facts, Known, Survey},
    listing::{Caretaker, Kept, due_after, find_kept},
};

/// How many listings stand on a page of the call list, and are confirmed at once.
pub const CALLS_PER_PAGE: usize = 25;

/// What was confirmed since then may be what a page says was confirmed.
const A_MOMENT: SignedDuration = SignedDuration::from_mins(10);

/// Whom to ring about a listing.
#[derive(Clone, Debug)]
pub struct Call {
    pub record: ServiceRecord,
    /// When somebody was last mailed about it.
    pub asked: Option<Timestamp>,
}

/// A page of the call list: those with a number first, each of the two the longest unconfirmed
/// first.
#[derive(Clone, Debug)]
pub struct Calls {
    pub calls: Vec<Call>,
    /// How many there are on all pages.
    pub total: usize,
    /// How many of them have a number to ring.
    pub with_phone: usize,
    /// How many listings of theirs were confirmed a moment ago.
    pub lately: usize,
}

/// What came of confirming several listings at once.
#[derive(Clone, Debug, Default)]
pub struct Rung {
    pub confirmed: usize,
    /// Those that were changed after they were looked at, and are not confirmed.
    pub changed: Vec<ServiceRecord>,
}

/// A page of the listings that a steward may ring about: those that are due to be confirmed.
pub fn call_list(
    (survey, store, gazetteer): (&Survey, &Store, &Gazetteer),
    steward: &Person,
    keeping: &Keeping,
    page: usize,
    now: Timestamp,
) -> Result<Calls, KeepingError> {
    let pick = |known: &Known| {
        let theirs: Vec<&Facts> = theirs(known, steward).collect();
        let is_new = |at: Timestamp| now.duration_since(at) < A_MOMENT;
        let lately = theirs.iter().filter(|facts| facts.confirmed.is_some_and(is_new)).count();
        (lately, due(theirs, keeping, now))
    };
    let (lately, all) = survey.look(store, gazetteer, pick)?;
    let skip = page.saturating_sub(1).saturating_mul(CALLS_PER_PAGE);
    let some: Vec<ServiceId> =
        all.iter().skip(skip).take(CALLS_PER_PAGE).map(|(id, _)| *id).collect();
    let records = store.services_by_ids(&some)?;
    let calls = records.into_iter().map(|record| call(store, record)).collect::<Result<_, _>>()?;
    let with_phone = all.iter().filter(|(_, has_phone)| *has_phone).count();
    Ok(Calls { calls, total: all.len(), with_phone, lately })
}

fn theirs<'a>(known: &'a Known, steward: &Person) -> impl Iterator<Item = &'a Facts> {
    let is_theirs = move |facts: &&Facts| {
        steward.scopes_as(Role::Steward).any(|scope| facts.is_in(scope, &known.numbers))
    };
    known.listings.values().filter(is_theirs)
}

/// The listings that are due, in the order to ring in, each with whether it has a number.
fn due(theirs: Vec<&Facts>, keeping: &Keeping, now: Timestamp) -> Vec<(ServiceId, bool)> {
    let due_at = |facts: &Facts| due_after(facts.confirmed, facts.came, keeping.ask_after_months);
    let mut due = theirs;
    due.retain(|facts| due_at(facts) <= now);
    // Within each, the order in which people are reminded.
    due.sort_unstable_by_key(|facts| {
        (!facts.has_phone, facts.confirmed.is_some(), due_at(facts), facts.id)
    });
    due.into_iter().map(|facts| (facts.id, facts.has_phone)).collect()
}

fn call(store: &Store, record: ServiceRecord) -> Result<Call, StoreError> {
    let asks = store.asks_about(record.service.id, Timestamp::MIN)?;
    Ok(Call { asked: asks.last().map(|ask| ask.at), record })
}

/// Confirms the listings that a steward rang about, each as it was seen. Where one of them is not
/// theirs, none is confirmed.
pub fn confirm_rung(
    store: &Store,
    gazetteer: &Gazetteer,
    steward: &Person,
    rung: &[(ServiceId, String)],
    keeping: &Keeping,
    now: Timestamp,
) -> Result<Rung, KeepingError> {
    let theirs = |(id, seen): &(ServiceId, String)| {
        let kept = find_kept(store, gazetteer, *id)?;
        let by = kept.by_steward(steward)?;
        Ok((kept, by, seen.clone()))
    };
    let all: Vec<_> = rung.iter().map(theirs).collect::<Result<_, KeepingError>>()?;
    let mut done = Rung::default();
    for (kept, by, seen) in all {
        match confirm_one(store, &kept, &by, &seen, keeping, now) {
            Ok(()) => done.confirmed += 1,
            Err(KeepingError::ChangedMeanwhile) => done.changed.push(kept.record),
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}

fn confirm_one(
    store: &Store,
    kept: &Kept,
    by: &Caretaker,
    seen: &str,
    keeping: &Keeping,
    now: Timestamp,
) -> Result<(), KeepingError> {
    if !kept.is_listed() {
        return Err(KeepingError::ChangedMeanwhile);
    }
    confirm(store, kept, by, seen, keeping, now)
}

/// The contact with the number to ring: one that everybody may see before one that only
/// professionals or stewards may, the service's own before its organisation's.
#[must_use]
pub fn contact_to_ring(record: &ServiceRecord) -> Option<&Contact> {
    use ContactVisibility::{Professionals, Public, Stewards};
    let contacts = || record.service.contacts.iter().chain(&record.organisation.contacts);
    let seen_by = |visibility| {
        contacts().find(|contact| contact.visibility == visibility && has_number(contact))
    };
    [Public, Professionals, Stewards].into_iter().find_map(seen_by)
}

fn has_number(contact: &Contact) -> bool {
    contact.phone.as_deref().is_some_and(|phone| phone.chars().any(|c| c.is_ascii_digit()))
}
