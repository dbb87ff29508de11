//! A few pages at a time, those first that were not asked for longest.

use std::{thread, time::Duration};

use jiff::Timestamp;

use super::check::Checker;
use crate::{
    domain::{LinkCheck, LinkOutcome, Route, ServiceId},
    store::{Actor, Reading, Store, StoreError},
    text::web,
};

/// What a round came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Listings of which something is known now.
    pub listings: usize,
    /// Pages that were asked.
    pub asked: usize,
    /// Whether nothing at all answered, not even a page that did before: then it is this machine
    /// that reaches nobody, and nothing is noted.
    pub is_cut_off: bool,
}

/// A listing with the page that it names, and what came of asking it.
struct Asked {
    service: ServiceId,
    address: Option<String>,
    outcome: LinkOutcome,
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
    let mut all = Vec::new();
    for id in store.links_due(now, most)? {
        let Some(service) = store.find_service(id)? else { continue };
        let outcome = match service.website.as_deref().map(web::page) {
            None => LinkOutcome::Answers,
            Some(None) => LinkOutcome::NoAddress,
            Some(Some(page)) => {
                if round.asked > 0 {
                    thread::sleep(pause);
                }
                round.asked += 1;
                checker.check(&page)
            }
        };
        all.push(Asked { service: id, address: service.website, outcome });
    }
    let asked = all.iter().filter(|asked| asked.address.is_some());
    let is_silent = round.asked > 0
        && asked
            .clone()
            .all(|asked| asked.outcome.is_silence() || asked.outcome == LinkOutcome::NoAddress);
    if is_silent && let Some(known) = store.link_that_answered()? {
        round.is_cut_off = checker.check(&known).is_silence();
    }
    if round.is_cut_off {
        return Ok(round);
    }
    for Asked { service, address, outcome } in all {
        let before = store.find_link(service)?;
        let known = LinkCheck::after(before.as_ref(), (service, address.as_deref()), outcome, now);
        let actor = Actor::new("hereabouts", Route::Steward);
        store.change(&actor, now, move |changes| changes.note_link(&known))?;
        round.listings += 1;
    }
    Ok(round)
}
