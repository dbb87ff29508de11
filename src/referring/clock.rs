//! The clock of referrals: whoever has to say something is reminded once, and what nobody says
//! anything of lapses, which both sides are told.

use jiff::Timestamp;

use crate::{
    config::Directory,
    domain::{
        Person, Referral, ReferralId, ReferralState, Route, Service, Side, Step, months_after,
    },
    keeping::KeepingError,
    store::{Actor, Reading, Store},
};

use super::{
    experiences::forget_old_experiences,
    letters,
    referrals::{answerers, posts_to},
};

/// The most that is done at once; the next time does the rest.
const MOST_AT_ONCE: usize = 200;
/// After so many months a referral that is over is forgotten.
const KEPT_MONTHS: i32 = 24;

/// What a service is called that is not there any more.
const GONE: &str = "A service that is no longer listed";

/// What the clock did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticked {
    pub reminded: usize,
    pub lapsed: usize,
    pub forgotten: usize,
}

/// Reminds of what waits, ends what waited too long, and forgets what was over long ago.
pub fn tick(store: &Store, directory: &Directory, now: Timestamp) -> Result<Ticked, KeepingError> {
    let mut ticked = Ticked::default();
    for id in store.referrals_due(now, MOST_AT_ONCE)? {
        match move_on(store, directory, id, now) {
            Ok(true) => ticked.lapsed += 1,
            Ok(false) => ticked.reminded += 1,
            // One that cannot be moved holds up no other.
            Err(error) => {
                tracing::error!(%error, referral = %id, "the clock stopped at a referral");
            }
        }
    }
    let old = store.referrals_over(months_after(now, -KEPT_MONTHS), MOST_AT_ONCE)?;
    ticked.forgotten = old.len();
    if !old.is_empty() {
        store.change(&clock(), now, move |changes| {
            old.iter().try_for_each(|referral| changes.remove_referral(referral.id))
        })?;
    }
    ticked.forgotten += forget_old_experiences(store, now)?;
    Ok(ticked)
}

/// Lets a referral lapse, or reminds of it. Gives whether it lapsed.
fn move_on(
    store: &Store,
    directory: &Directory,
    id: ReferralId,
    now: Timestamp,
) -> Result<bool, KeepingError> {
    let referral = store.get_referral(id)?;
    let lapses = referral.is_to_lapse(now);
    let act = if lapses { lapse } else { remind };
    act(store, directory, &referral, now)?;
    Ok(lapses)
}

fn remind(
    store: &Store,
    directory: &Directory,
    referral: &Referral,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let reminded = Referral { reminded: Some(now), ..referral.clone() };
    let service = service_of(store, referral)?;
    let people = match &service {
        Some(service) => answerers(store, service)?,
        None => Vec::new(),
    };
    let posts = match &service {
        Some(service) => posts_to(&people, directory, (service, referral), true)?,
        None => Vec::new(),
    };
    // Where nobody is left who answers, whoever refers learns it now and not when it lapses.
    let alone = store.find_person(referral.by)?.filter(|_| people.is_empty());
    let alone =
        alone.map(|by| (by.email.clone(), letters::nobody_answers(directory, &by, referral)));
    save(store, referral, now, move |changes| {
        changes.save_referral(&reminded)?;
        if let Some((to, letter)) = &alone {
            changes.post_mail(to, letter, now + letters::NEWS_LASTS)?;
        }
        posts.iter().try_for_each(|post| post.leave(changes, &reminded, now))
    })
}

fn lapse(
    store: &Store,
    directory: &Directory,
    referral: &Referral,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let step = Step {
        at: now,
        by: Side::Clock,
        to: ReferralState::Lapsed,
        reason: None,
        wait_weeks: None,
        note: None,
    };
    let mut lapsed = referral.clone();
    if lapsed.take(step.clone()).is_err() {
        return Ok(());
    }
    let service = service_of(store, referral)?;
    let mut told: Vec<Person> = store.find_person(referral.by)?.into_iter().collect();
    if let Some(service) = &service {
        told.extend(answerers(store, service)?);
    }
    let name = service.map_or_else(|| GONE.to_owned(), |service| service.name);
    let letter =
        |to: &Person| (to.email.clone(), letters::moved(directory, to, (&name, &lapsed), &step));
    let letters: Vec<_> = told.iter().map(letter).collect();
    save(store, referral, now, move |changes| {
        changes.save_referral(&lapsed)?;
        letters
            .iter()
            .try_for_each(|(to, letter)| changes.post_mail(to, letter, now + letters::NEWS_LASTS))
    })
}

/// Saves what became of a referral, unless somebody moved it on meanwhile.
fn save(
    store: &Store,
    referral: &Referral,
    now: Timestamp,
    write: impl FnOnce(&mut crate::store::Changes<'_>) -> Result<(), crate::store::StoreError>
    + Send
    + 'static,
) -> Result<(), KeepingError> {
    let was = referral.clone();
    store.change(&clock(), now, move |changes| {
        if changes.find_referral(was.id)?.as_ref() == Some(&was) { write(changes) } else { Ok(()) }
    })?;
    Ok(())
}

fn service_of(store: &Store, referral: &Referral) -> Result<Option<Service>, KeepingError> {
    let standing = store.standing_for(referral.service)?;
    Ok(store.find_service(standing)?)
}

pub(super) fn clock() -> Actor {
    Actor::new("clock", Route::Owner)
}
