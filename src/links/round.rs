//! A few pages at a time, those first that were not asked for longest.

use std::{thread, time::Duration};

use jiff::Timestamp;

use super::check::Checker;
use crate::{
    domain::{LinkCheck, LinkOutcome, Route},
    store::{Actor, Reading, Store, StoreError},
    text::web,
};

/// What a round came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Listings that were looked at.
    pub listings: usize,
    /// Pages that were asked.
    pub asked: usize,
}

/// Asks the pages of up to so many listings that are due, one after the other with a pause between
/// two, so that nobody's machine is troubled.
pub fn look_at_links(
    store: &Store,
    checker: &Checker,
    (most, pause): (usize, Duration),
    now: Timestamp,
) -> Result<Round, StoreError> {
    let mut round = Round::default();
    for id in store.links_due(now, most)? {
        let Some(service) = store.find_service(id)? else { continue };
        let address = service.website.as_deref();
        let outcome = match address.map(|address| web::page(address).ok_or(())) {
            None => LinkOutcome::Answers,
            Some(Err(())) => LinkOutcome::NotCalled,
            Some(Ok(page)) => {
                if round.asked > 0 {
                    thread::sleep(pause);
                }
                round.asked += 1;
                checker.check(&page)
            }
        };
        let before = store.find_link(id)?;
        let known = LinkCheck::after(before.as_ref(), (id, address), outcome, now);
        let actor = Actor::new("hereabouts", Route::Steward);
        store.change(&actor, now, move |changes| changes.note_link(&known))?;
        round.listings += 1;
    }
    Ok(round)
}
