//! What a listing brings: how often it is shown, opened, put on a shortlist and taken along, by
//! month, never by whom.
//!
//! Counts are held in memory and added to the store now and then, so that looking at a page writes
//! nothing. What was counted since the last time is lost if the process is killed.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

use crate::{
    domain::{ServiceId, month_in_england},
    store::{MonthOfUse, Store, StoreError},
};

use super::{
    limits::{Limits, Network},
    sign_in::the_door,
};

/// Counts that are not in the store yet. Cheap to clone; clones are the same counts.
#[derive(Clone, Default)]
pub struct Uses {
    counted: Arc<Mutex<Counted>>,
    /// Who was counted lately, so that one reader of a page counts once. Apart from other limits,
    /// which nobody is to push out by opening pages.
    lately: Limits,
}

/// One network opens a listing once in so long, and is shown so many pages of results.
const ONCE_IN: SignedDuration = SignedDuration::from_hours(1);
const MOST_PAGES: u32 = 60;

/// What became of listings, by listing and month.
type Counted = HashMap<(ServiceId, String), MonthOfUse>;

impl Uses {
    /// Counts listings that somebody was shown among results.
    pub fn shown(&self, ids: impl IntoIterator<Item = ServiceId>, to: Network, now: Timestamp) {
        if self.lately.count_from("shown", to, MOST_PAGES, ONCE_IN, now).is_err() {
            return;
        }
        let once = MonthOfUse { shown: 1, ..MonthOfUse::default() };
        ids.into_iter().for_each(|id| self.count(id, &once, now));
    }

    /// Counts a listing that somebody opened.
    pub fn opened(&self, id: ServiceId, by: Network, now: Timestamp) {
        self.once("opened", id, by, &MonthOfUse { opened: 1, ..MonthOfUse::default() }, now);
    }

    /// Counts a listing that somebody put on a shortlist.
    pub fn shortlisted(&self, id: ServiceId, by: Network, now: Timestamp) {
        let once = MonthOfUse { shortlisted: 1, ..MonthOfUse::default() };
        self.once("shortlisted", id, by, &once, now);
    }

    /// Counts a listing whose text somebody took, to paste or send it.
    pub fn copied(&self, id: ServiceId, by: Network, now: Timestamp) {
        self.once("copied", id, by, &MonthOfUse { copied: 1, ..MonthOfUse::default() }, now);
    }

    fn once(&self, what: &str, id: ServiceId, by: Network, once: &MonthOfUse, now: Timestamp) {
        let what = format!("{what} {id}");
        if self.lately.count_from(&what, by, 1, ONCE_IN, now).is_ok() {
            self.count(id, once, now);
        }
    }

    fn count(&self, id: ServiceId, more: &MonthOfUse, now: Timestamp) {
        let month = month_in_england(now);
        let mut counted = self.lock();
        let of = counted.entry((id, month)).or_default();
        *of = std::mem::take(of).with(more);
    }

    /// Adds what was counted to the store; what could not be added is counted on.
    pub fn save(&self, store: &Store, now: Timestamp) -> Result<(), StoreError> {
        let taken = std::mem::take(&mut *self.lock());
        if taken.is_empty() {
            return Ok(());
        }
        let rows: Vec<(ServiceId, MonthOfUse)> = taken
            .iter()
            .map(|((id, month), of)| (*id, MonthOfUse { month: month.clone(), ..of.clone() }))
            .collect();
        let saved = store.change(&the_door(), now, move |changes| {
            rows.iter().try_for_each(|(id, of)| changes.add_use(*id, of))
        });
        if let Err(error) = saved {
            let mut counted = self.lock();
            for (key, more) in taken {
                let known = counted.entry(key).or_default();
                *known = std::mem::take(known).with(&more);
            }
            return Err(error);
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Counted> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Reading;

    #[test]
    fn counts_add_up_by_month_and_one_reader_counts_once() {
        let store = Store::in_memory().unwrap();
        let uses = Uses::default();
        let (one, other) = (ServiceId::derive("t", "1"), ServiceId::derive("t", "2"));
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let net = |last: u8| Network::of(std::net::Ipv4Addr::new(192, 0, 2, last).into());
        // Half past midnight of the first of July, in England.
        let july = at("2026-06-30T23:30:00Z");
        uses.shown([one, other], net(1), at("2026-06-30T12:00:00Z"));
        uses.opened(one, net(1), july);
        uses.opened(one, net(1), july);
        uses.save(&store, july).unwrap();
        uses.shown([one], net(1), july);
        uses.save(&store, july).unwrap();
        uses.save(&store, july).unwrap();
        let month = |month: &str, shown, opened| MonthOfUse {
            month: month.into(),
            shown,
            opened,
            ..MonthOfUse::default()
        };
        assert_eq!(
            store.uses_of(one, 9).unwrap(),
            [month("2026-07", 1, 1), month("2026-06", 1, 0)]
        );
        assert_eq!(store.uses_of(one, 1).unwrap().len(), 1);
        let opened = store.opened_since("2026-07").unwrap();
        assert_eq!(opened.into_iter().collect::<Vec<_>>(), [(one, 1)]);
        for _ in 0..100 {
            uses.opened(other, net(7), july);
            uses.shown([other], net(7), july);
        }
        uses.opened(other, net(8), july);
        uses.save(&store, july).unwrap();
        assert_eq!(store.uses_of(other, 1).unwrap(), [month("2026-07", 60, 2)]);
        store.change(&the_door(), july, |changes| changes.forget_uses("2026-08")).unwrap();
        assert!(store.uses_of(one, 9).unwrap().is_empty());
        assert_eq!(store.check(), Ok(vec![]));
    }
}
