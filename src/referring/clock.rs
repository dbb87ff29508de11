//! The clock of referrals: whoever has to say something is reminded once, and what nobody says
//! anything of lapses, which both sides are told.

use jiff::Timestamp;

use crate::{
    config::Directory,
    domain::{Person, Referral, ReferralState, Route, Service, Side, Step, months_after},
    keeping::KeepingError,
    store::{Actor, Reading, Store},
};

use super::{
    letters,
    referrals::{answerers, posts_to},
};

/// The most that is done at once; the next time does the rest.
const MOST_AT_ONCE: usize = 200;
/// After so many months a referral that is over is forgotten.
const KEPT_MONTHS: i32 = 24;

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
    for referral in store.referrals_due(now, MOST_AT_ONCE)? {
        if referral.is_to_lapse(now) {
            lapse(store, directory, &referral, now)?;
            ticked.lapsed += 1;
        } else {
            remind(store, directory, &referral, now)?;
            ticked.reminded += 1;
        }
    }
    let old = store.referrals_over(months_after(now, -KEPT_MONTHS), MOST_AT_ONCE)?;
    ticked.forgotten = old.len();
    if !old.is_empty() {
        store.change(&clock(), now, move |changes| {
            old.iter().try_for_each(|referral| changes.remove_referral(referral.id))
        })?;
    }
    Ok(ticked)
}

fn remind(
    store: &Store,
    directory: &Directory,
    referral: &Referral,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let reminded = Referral { reminded: Some(now), ..referral.clone() };
    let service = service_of(store, referral)?;
    let people = service.as_ref().map(|service| answerers(store, service)).transpose()?;
    let posts = match &service {
        Some(service) => {
            posts_to(&people.unwrap_or_default(), directory, (service, referral), true)?
        }
        None => Vec::new(),
    };
    save(store, referral, now, move |changes| {
        changes.save_referral(&reminded)?;
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
    let mut letters = Vec::new();
    if let Some(service) = &service {
        told.extend(answerers(store, service)?);
        letters.extend(told.iter().map(|to| {
            (to.email.clone(), letters::moved(directory, to, (service, &lapsed), &step))
        }));
    }
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

fn clock() -> Actor {
    Actor::new("clock", Route::Owner)
}
