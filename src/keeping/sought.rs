//! Words with which little was found: known once enough people asked for them, and never by whom.
//!
//! Until six connections asked for the same words, on three days at least, they are held as a hash
//! whose key dies with the process, in memory only. Nobody can read what a few people looked for:
//! not from the store, and not from the machine once it is switched off. Connections are told apart
//! by their wider networks, so that nobody is six by getting new addresses.

use std::{
    collections::{BTreeSet, HashMap},
    hash::{BuildHasher, RandomState},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp, civil::Date};

use crate::{
    domain::{date_in_england, month_in_england},
    store::{Store, StoreError},
};

use super::{
    limits::{Limits, Network},
    sign_in::the_door,
};

/// So many connections have to ask for words, on so many days, before anybody reads them.
pub const FEWEST_ASKERS: usize = 6;
const FEWEST_DAYS: usize = 3;
/// How long it counts that somebody asked, while too few have.
const HELD_FOR: SignedDuration = SignedDuration::from_hours(24 * 92);
/// The most words that are held, and that are kept.
const MOST_HELD: usize = 20_000;
const MOST_ASKERS: usize = 24;
pub(super) const MOST_KEPT: usize = 1_000;
/// One network is counted once a day for the same words, and for so many words an hour.
const ONCE_IN: SignedDuration = SignedDuration::from_hours(24);
const MOST_AN_HOUR: (u32, SignedDuration) = (30, SignedDuration::from_hours(1));

/// Words that were asked for and are not in the store yet. Cheap to clone; clones are the same.
#[derive(Clone, Default)]
pub struct Sought {
    key: Arc<RandomState>,
    held: Arc<Mutex<Held>>,
    lately: Limits,
}

#[derive(Default)]
struct Held {
    /// By the hash of the words: those that too few have asked for.
    few: HashMap<u64, Few>,
    /// How often words that enough have asked for were, since they were last saved.
    enough: HashMap<String, u64>,
}

#[derive(Default)]
struct Few {
    /// Who asked: the hash of a connection with when it first did.
    askers: Vec<(u64, Timestamp)>,
    times: u64,
    last: Timestamp,
    /// Whether enough have asked since the process began.
    is_known: bool,
}

impl Few {
    /// Counts one who asks; whoever asked too long ago counts no more.
    fn count(&mut self, asker: u64, now: Timestamp) {
        self.last = now;
        if self.is_known {
            self.times += 1;
            return;
        }
        self.askers.retain(|(_, at)| now.duration_since(*at) <= HELD_FOR);
        if self.askers.iter().all(|(known, _)| *known != asker) {
            self.askers.push((asker, now));
        }
        self.times = self.askers.len() as u64;
        let days: BTreeSet<Date> = self.askers.iter().map(|(_, at)| date_in_england(*at)).collect();
        self.is_known = self.askers.len() >= FEWEST_ASKERS && days.len() >= FEWEST_DAYS;
        // More are not needed to know, and tell more than is.
        let most = self.askers.len().saturating_sub(MOST_ASKERS);
        self.askers.drain(..most);
    }
}

impl Sought {
    /// Counts that somebody asked for words with which little was found.
    pub fn count(&self, words: &str, by: Network, now: Timestamp) {
        let (by, words_key) = (by.wider(), self.key.hash_one(words));
        let again = format!("sought {words_key}");
        let (most, an_hour) = MOST_AN_HOUR;
        if self.lately.count_from(&again, by, 1, ONCE_IN, now).is_err()
            || self.lately.count_from("sought", by, most, an_hour, now).is_err()
        {
            return;
        }
        let asker = self.key.hash_one((words, by));
        let mut held = self.lock();
        if held.few.len() >= MOST_HELD && !held.few.contains_key(&words_key) {
            make_room(&mut held.few, now);
        }
        let few = held.few.entry(words_key).or_default();
        few.count(asker, now);
        if few.is_known {
            few.askers.clear();
            let times = std::mem::take(&mut few.times);
            *held.enough.entry(words.to_owned()).or_default() += times;
        }
    }

    /// Adds what enough people asked for to the store; what could not be added is counted on.
    pub fn save(&self, store: &Store, now: Timestamp) -> Result<(), StoreError> {
        let taken = std::mem::take(&mut self.lock().enough);
        if taken.is_empty() {
            return Ok(());
        }
        let month = month_in_england(now);
        let rows = taken.clone();
        let saved = store.change(&the_door(), now, move |changes| {
            for (words, times) in rows {
                changes.add_sought(&words, times, &month)?;
            }
            changes.keep_most_sought(MOST_KEPT)?;
            Ok(())
        });
        if let Err(error) = saved {
            let mut held = self.lock();
            for (words, times) in taken {
                *held.enough.entry(words).or_default() += times;
            }
            return Err(error);
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Forgets what was not asked for for long, and where that is not enough, the half that was asked
/// for longest ago.
fn make_room(few: &mut HashMap<u64, Few>, now: Timestamp) {
    few.retain(|_, few| now.duration_since(few.last) <= HELD_FOR);
    if few.len() < MOST_HELD {
        return;
    }
    let mut last: Vec<Timestamp> = few.values().map(|few| few.last).collect();
    let (_, middle, _) = last.select_nth_unstable(MOST_HELD / 2);
    let middle = *middle;
    few.retain(|_, few| few.last > middle);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Reading, SoughtWords};

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn net(third: u8, last: u8) -> Network {
        Network::of(std::net::Ipv4Addr::new(198, 51, third, last).into())
    }

    fn known(sought: &Sought, store: &Store, now: Timestamp) -> Vec<(String, u64)> {
        sought.save(store, now).unwrap();
        let words = store.sought_words(9).unwrap();
        words.into_iter().map(|SoughtWords { words, times, .. }| (words, times)).collect()
    }

    #[test]
    fn words_are_known_once_six_asked_for_them_on_three_days_and_not_before() {
        let (store, sought) = (Store::in_memory().unwrap(), Sought::default());
        let day = |of: u8| at(&format!("2026-11-{:02}T12:00:00Z", 9 + of));
        for last in 1..=5 {
            // One who asks again, and one whose address changes, are still one.
            (0..9).for_each(|_| sought.count("pickleball", net(last, 1), day(last)));
            sought.count("pickleball", net(last, 77), day(last));
            sought.count("zorbing", net(last, 1), day(last));
        }
        assert_eq!(known(&sought, &store, day(5)), []);
        let held = sought.lock();
        assert!(held.enough.is_empty() && held.few.len() == 2);
        drop(held);
        sought.count("pickleball", net(6, 1), day(5));
        assert_eq!(known(&sought, &store, day(5)), [("pickleball".to_owned(), 6)]);
        sought.count("pickleball", net(7, 1), day(5));
        sought.count("pickleball", net(7, 1), day(5));
        sought.count("pickleball", net(7, 1), at("2026-11-15T12:00:01Z"));
        assert_eq!(known(&sought, &store, day(6)), [("pickleball".to_owned(), 8)]);
        assert_eq!(store.sought_words(9).unwrap()[0].month, "2026-11");
        // However many ask in a day, it may be one who makes them.
        (1..=90).for_each(|third| sought.count("mary", net(third, 1), day(7)));
        assert_eq!(known(&sought, &store, day(7)).len(), 1);
    }

    #[test]
    fn who_asked_long_ago_counts_no_more_though_others_ask() {
        let (store, sought) = (Store::in_memory().unwrap(), Sought::default());
        let month = |of: u8| at(&format!("2026-{of:02}-01T12:00:00Z"));
        (1..=9).for_each(|one| sought.count("zorbing", net(one, 1), month(one)));
        assert_eq!(known(&sought, &store, month(9)), []);
    }

    #[test]
    fn one_network_makes_no_flood_and_memory_and_the_desk_stay_bounded() {
        let (store, sought) = (Store::in_memory().unwrap(), Sought::default());
        let now = at("2026-11-10T12:00:00Z");
        (0..500).for_each(|one| sought.count(&format!("word {one}"), net(1, 1), now));
        assert_eq!(sought.lock().few.len(), 30);
        let by = |one: u32| Network::of(std::net::Ipv4Addr::from(one << 8).into());
        for one in 0..30_000 {
            let later = now + SignedDuration::from_secs(i64::from(one));
            sought.count(&format!("word {one}"), by(one), later);
        }
        assert!(sought.lock().few.len() <= MOST_HELD);
        // What was asked for most, and what was set aside, makes no room for more.
        let first = |changes: &mut crate::store::Changes<'_>| {
            changes.add_sought("asked for often", 99, "2026-10")?;
            changes.add_sought("set aside", 1, "2026-01")?;
            changes.set_sought_aside("set aside", true)
        };
        store.change(&the_door(), now, first).unwrap();
        let mut held = sought.lock();
        held.enough.extend((0..1_100).map(|one| (format!("w {one}"), 6)));
        drop(held);
        sought.save(&store, now).unwrap();
        let kept = store.sought_words(5_000).unwrap();
        assert_eq!(kept.iter().filter(|sought| !sought.set_aside).count(), MOST_KEPT);
        assert_eq!(kept[0].words, "asked for often");
        assert!(kept.iter().any(|sought| sought.words == "set aside"));
        assert_eq!(store.check(), Ok(vec![]));
    }
}
