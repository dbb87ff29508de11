//! What a listing brings: how often it is shown and opened, by month, never by whom.
//!
//! Counts are held in memory and added to the store now and then, so that looking at a page writes
//! nothing. What was counted since the last time is lost if the process is killed.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;

use crate::{
    domain::{ServiceId, month_in_england, months_after},
    store::{MonthOfUse, Store, StoreError},
};

use super::sign_in::the_door;

/// Counts that are not in the store yet. Cheap to clone; clones are the same counts.
#[derive(Clone, Default)]
pub struct Uses {
    counted: Arc<Mutex<Counted>>,
}

/// How often a listing was shown and opened in a month.
type Counted = HashMap<(ServiceId, String), (u64, u64)>;

/// How many months of counts are kept.
const KEPT_MONTHS: i32 = 25;

impl Uses {
    /// Counts listings that somebody was shown among results.
    pub fn shown(&self, ids: impl IntoIterator<Item = ServiceId>, now: Timestamp) {
        let month = month_in_england(now);
        let mut counted = self.lock();
        for id in ids {
            counted.entry((id, month.clone())).or_default().0 += 1;
        }
    }

    /// Counts a listing that somebody opened.
    pub fn opened(&self, id: ServiceId, now: Timestamp) {
        self.lock().entry((id, month_in_england(now))).or_default().1 += 1;
    }

    /// Adds what was counted to the store; what could not be added is counted on.
    pub fn save(&self, store: &Store, now: Timestamp) -> Result<(), StoreError> {
        let taken = std::mem::take(&mut *self.lock());
        if taken.is_empty() {
            return Ok(());
        }
        let rows: Vec<(ServiceId, MonthOfUse)> = taken
            .iter()
            .map(|((id, month), (shown, opened))| {
                (*id, MonthOfUse { month: month.clone(), shown: *shown, opened: *opened })
            })
            .collect();
        let oldest = month_in_england(months_after(now, -KEPT_MONTHS));
        let saved = store.change(&the_door(), now, move |changes| {
            rows.iter().try_for_each(|(id, of)| changes.add_use(*id, of))?;
            changes.forget_uses(&oldest)
        });
        if let Err(error) = saved {
            let mut counted = self.lock();
            for (of, (shown, opened)) in taken {
                let known = counted.entry(of).or_default();
                *known = (known.0 + shown, known.1 + opened);
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
    fn counts_add_up_by_month_and_old_ones_are_forgotten() {
        let store = Store::in_memory().unwrap();
        let uses = Uses::default();
        let (one, other) = (ServiceId::derive("t", "1"), ServiceId::derive("t", "2"));
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        // Half past midnight of the first of July, in England.
        let july = at("2026-06-30T23:30:00Z");
        uses.shown([one, other], at("2026-06-30T12:00:00Z"));
        uses.opened(one, july);
        uses.save(&store, july).unwrap();
        uses.shown([one], july);
        uses.save(&store, july).unwrap();
        uses.save(&store, july).unwrap();
        let month = |month: &str, shown, opened| MonthOfUse { month: month.into(), shown, opened };
        assert_eq!(
            store.uses_of(one, 9).unwrap(),
            [month("2026-07", 1, 1), month("2026-06", 1, 0)]
        );
        assert_eq!(store.uses_of(one, 1).unwrap().len(), 1);
        let opened = store.opened_since("2026-07").unwrap();
        assert_eq!(opened.into_iter().collect::<Vec<_>>(), [(one, 1)]);
        uses.opened(other, at("2029-01-15T12:00:00Z"));
        uses.save(&store, at("2029-01-15T12:00:00Z")).unwrap();
        assert!(store.uses_of(one, 9).unwrap().is_empty());
        assert_eq!(store.check(), Ok(vec![]));
    }
}
