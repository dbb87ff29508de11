//! Asking those who look after listings whether they are still right.
//!
//! A listing is asked about when it is due, again after two weeks and after four: first whoever
//! has looked after it longest, then the next, then a steward. After three asks it is left alone
//! for half a year; its age shows. Nobody has more than one such mail in a calendar month, and
//! everything that is due stands in it.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, civil::Weekday, tz::TimeZone};

use crate::{
    config::{Directory, Keeping},
    domain::{OrganisationId, Person, PersonId, Role, ServiceId, month_in_england, months_after},
    geo::Gazetteer,
    store::{Ask, Reading, ServiceRecord, Store, StoreError},
};

use super::{
    claims::forget_old_claims,
    error::KeepingError,
    letters,
    listing::{due_at, find_kept},
    secret::Secret,
    sign_in::{LINK_LASTS, the_door},
    stopped::token,
};

/// One mail that is due.
#[derive(Clone, Debug, PartialEq)]
pub struct Reminder {
    pub person: Person,
    /// Those first that are old and used.
    pub listings: Vec<ServiceRecord>,
}

/// How long after the first ask the others follow.
const FOLLOW: [SignedDuration; 2] =
    [SignedDuration::from_hours(14 * 24), SignedDuration::from_hours(28 * 24)];
/// After silence for so long it is asked about anew.
const ANEW: SignedDuration = SignedDuration::from_hours(182 * 24);
/// What is due so soon after stands in the same mail, rather than waiting for the next.
const SOON: SignedDuration = SignedDuration::from_hours(14 * 24);
/// The most mails of one round, so that a small mail server is not flooded after an import.
const MOST_AT_ONCE: usize = 200;
/// The most days for which being due longer counts for more: five years. One that was never
/// confirmed has been due for ever.
const LONGEST_DUE: u64 = 5 * 365;
/// What is over is forgotten after so long.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(60 * 24);

/// How many months it is kept how often listings were shown and opened.
const USES_KEPT: i32 = 25;
/// For how many months words that nobody asks for any more are kept.
const SOUGHT_KEPT: i32 = 12;
/// How long a sheet that somebody sent and did not save is kept.
pub const UPLOADS_LAST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The months, before this one, of which it counts how often a listing was opened.
const OPENED_MONTHS: i32 = 2;

/// The mails that are due at `now`, those first about listings that are old and used: how long one
/// is due times how often it was opened lately.
pub fn due_reminders(
    store: &Store,
    gazetteer: &Gazetteer,
    keeping: &Keeping,
    now: Timestamp,
) -> Result<Vec<Reminder>, KeepingError> {
    let people = store.everybody()?;
    let opened = opened_lately(store, now)?;
    let round = Round { store, gazetteer, keeping, people: &people, opened: &opened, now };
    let mut due: BTreeMap<PersonId, Vec<ServiceRecord>> = BTreeMap::new();
    let mut rested = BTreeMap::new();
    for organisation in round.organisations() {
        for (person, record) in round.turns(organisation)? {
            let known = rested.get(&person).copied();
            let may_be_asked = match known {
                Some(known) => known,
                None => has_rested(store.last_asked(person)?, now),
            };
            rested.insert(person, may_be_asked);
            if may_be_asked {
                due.entry(person).or_default().push(record);
            }
        }
    }
    // What is only soon due goes along with what is due, and is no reason for a mail.
    due.retain(|_, listings| listings.iter().any(|record| round.is_due(record, now)));
    Ok(round.ordered(due))
}

/// How often each listing was opened in this month and the ones before it.
fn opened_lately(store: &Store, now: Timestamp) -> Result<BTreeMap<ServiceId, u64>, StoreError> {
    store.opened_since(&month_in_england(months_after(now, -OPENED_MONTHS)))
}

/// Posts the mails that are due, each with its note that it was asked, as one change. A process
/// that is stopped and started again therefore neither forgets nor repeats one.
pub fn remind(
    store: &Store,
    gazetteer: &Gazetteer,
    directory: &Directory,
    keeping: &Keeping,
    now: Timestamp,
) -> Result<usize, KeepingError> {
    let mut reminders = due_reminders(store, gazetteer, keeping, now)?;
    reminders.truncate(MOST_AT_ONCE);
    let opened = opened_lately(store, now)?;
    let mut posted = 0;
    for reminder in &reminders {
        posted += usize::from(post(store, directory, reminder, &opened, now)?);
    }
    Ok(posted)
}

/// Whether it was posted: another process may have asked the person since this was worked out.
fn post(
    store: &Store,
    directory: &Directory,
    reminder: &Reminder,
    opened: &BTreeMap<ServiceId, u64>,
    now: Timestamp,
) -> Result<bool, KeepingError> {
    let links = reminder.listings.iter().map(|record| Ok((record, Secret::new()?)));
    let listings: Vec<(&ServiceRecord, Secret)> = links.collect::<Result<_, KeepingError>>()?;
    let stop = token(store, reminder.person.id, now)?;
    let letter = letters::reminder(directory, &reminder.person, (&listings, opened), &stop, now);
    let hashed: Vec<_> =
        listings.iter().map(|(record, link)| (record.service.id, link.hash())).collect();
    let (person, email, ends) =
        (reminder.person.id, reminder.person.email.clone(), now + LINK_LASTS);
    let posted = store.change(&the_door(), now, move |changes| {
        if !has_rested(changes.last_asked(person)?, now) {
            return Ok(false);
        }
        for (service, hash) in &hashed {
            changes.make_link(hash, person, Some(*service), ends)?;
            changes.note_ask(*service, person)?;
        }
        changes.post_mail(&email, &letter, ends)?;
        Ok(true)
    })?;
    Ok(posted.value)
}

/// Whether a month has gone by since somebody was last asked about anything.
fn has_rested(last: Option<Timestamp>, now: Timestamp) -> bool {
    last.is_none_or(|last| months_after(last, 1) <= now)
}

/// Whether a mail may arrive at this moment: by day in England, from Monday to Friday.
#[must_use]
pub fn is_a_good_hour(now: Timestamp) -> bool {
    let zone = TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC);
    let there = now.to_zoned(zone);
    let works = !matches!(there.weekday(), Weekday::Saturday | Weekday::Sunday);
    works && (9..16).contains(&there.hour())
}

/// Forgets sessions, links and mail that have been over for long.
pub fn forget_old(store: &Store, now: Timestamp) -> Result<(), StoreError> {
    let before = now - FORGOTTEN;
    store.change(&the_door(), now, move |changes| {
        changes.forget_ways_in(before)?;
        forget_old_claims(changes, now)?;
        changes.forget_uploads(now - UPLOADS_LAST)?;
        changes.forget_links_of_nobody()?;
        changes.forget_uses(&month_in_england(months_after(now, -USES_KEPT)))?;
        changes.forget_sought(&month_in_england(months_after(now, -SOUGHT_KEPT)))?;
        changes.forget_mail(before)
    })?;
    Ok(())
}

struct Round<'a> {
    store: &'a Store,
    gazetteer: &'a Gazetteer,
    keeping: &'a Keeping,
    /// Longest kept first.
    people: &'a [Person],
    /// How often listings were opened lately.
    opened: &'a BTreeMap<ServiceId, u64>,
    now: Timestamp,
}

impl Round<'_> {
    /// Organisations that somebody looks after, each once.
    fn organisations(&self) -> Vec<OrganisationId> {
        let mut all: Vec<_> = self.people.iter().flat_map(Person::organisations).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn is_due(&self, record: &ServiceRecord, at: Timestamp) -> bool {
        due_at(&record.service, self.keeping.ask_after_months) <= at
    }

    /// The listings of an organisation that are due, or soon will be, each with the person whose turn it is.
    fn turns(
        &self,
        organisation: OrganisationId,
    ) -> Result<Vec<(PersonId, ServiceRecord)>, KeepingError> {
        let keeps = |person: &&Person| {
            !person.no_reminders && person.organisations().any(|id| id == organisation)
        };
        let keepers: Vec<PersonId> =
            self.people.iter().filter(keeps).map(|person| person.id).collect();
        let services = self.store.list_services_of(organisation)?;
        let soon = self.now + SOON;
        let due = services.iter().filter(|service| {
            service.is_listed() && due_at(service, self.keeping.ask_after_months) <= soon
        });
        let ids: Vec<_> = due.map(|service| service.id).collect();
        let mut turns = Vec::new();
        for record in self.store.services_by_ids(&ids)? {
            if let Some(person) = self.turn(&record, &keepers)? {
                turns.push((person, record));
            }
        }
        Ok(turns)
    }

    /// Whose turn it is to be asked about a listing; nobody's while an answer may still come.
    fn turn(
        &self,
        record: &ServiceRecord,
        keepers: &[PersonId],
    ) -> Result<Option<PersonId>, KeepingError> {
        let confirmed = record.service.upkeep.confirmed.as_ref();
        let since = confirmed.map_or(Timestamp::MIN, |confirmed| confirmed.at);
        let asks = self.store.asks_about(record.service.id, since)?;
        let asks = this_round(&asks, self.now);
        let first_keeper = keepers.first().copied();
        let Some(first) = asks.first() else {
            return match first_keeper {
                // All who look after it want no reminders.
                None => Ok(self.stewards(record)?.first().copied()),
                first => Ok(first),
            };
        };
        let Some(wait) = FOLLOW.get(asks.len() - 1) else { return Ok(None) };
        if self.now < first.at + *wait {
            return Ok(None);
        }
        let was_asked = |person: PersonId| asks.iter().any(|ask| ask.person == person);
        let next = keepers.iter().copied().find(|keeper| !was_asked(*keeper));
        if next.is_some() {
            return Ok(next);
        }
        let steward = self.stewards(record)?.into_iter().find(|steward| !was_asked(*steward));
        Ok(steward.or(first_keeper))
    }

    /// Those who look after a listing as stewards: of the narrowest part first.
    fn stewards(&self, record: &ServiceRecord) -> Result<Vec<PersonId>, KeepingError> {
        let kept = find_kept(self.store, self.gazetteer, record.service.id)?;
        let keeps = |person: &&Person| {
            !person.no_reminders && person.keeps(&kept.belonging) == Some(Role::Steward)
        };
        let mut stewards: Vec<&Person> = self.people.iter().filter(keeps).collect();
        let is_everywhere = |person: &&Person| {
            use crate::domain::Scope::Everywhere;
            person
                .grants
                .iter()
                .any(|grant| grant.role == Role::Steward && grant.scope == Everywhere)
        };
        stewards.sort_by_key(is_everywhere);
        Ok(stewards.into_iter().map(|person| person.id).collect())
    }

    fn ordered(&self, due: BTreeMap<PersonId, Vec<ServiceRecord>>) -> Vec<Reminder> {
        let first = |record: &ServiceRecord| std::cmp::Reverse(self.weight(record));
        let with_person = |(id, mut listings): (PersonId, Vec<ServiceRecord>)| {
            listings.sort_by_key(first);
            let person = self.people.iter().find(|person| person.id == id)?.clone();
            Some(Reminder { person, listings })
        };
        let mut reminders: Vec<Reminder> = due.into_iter().filter_map(with_person).collect();
        reminders.sort_by_key(|reminder| reminder.listings.first().map(first));
        reminders
    }

    /// How much it matters to ask about a listing: the days since it is due, times how often it was
    /// opened lately. One that nobody opened counts by its age alone.
    fn weight(&self, record: &ServiceRecord) -> u64 {
        let due = due_at(&record.service, self.keeping.ask_after_months);
        let days = self.now.duration_since(due).as_hours() / 24;
        let days = u64::try_from(days.max(0)).unwrap_or_default().min(LONGEST_DUE) + 1;
        let opened = self.opened.get(&record.service.id).copied().unwrap_or_default();
        days.saturating_mul(opened.saturating_add(1))
    }
}

/// The asks since the last long silence; none where it has been silent for long until `now`.
fn this_round(asks: &[Ask], now: Timestamp) -> &[Ask] {
    let ends = asks.iter().skip(1).map(|ask| ask.at).chain([now]);
    let is_long = |(ask, next): (&Ask, Timestamp)| next.duration_since(ask.at) > ANEW;
    let gaps = asks.iter().zip(ends).enumerate();
    let last_gap = gaps.filter(|(_, gap)| is_long(*gap)).map(|(at, _)| at).last();
    asks.get(last_gap.map_or(0, |at| at + 1)..).unwrap_or_default()
}
