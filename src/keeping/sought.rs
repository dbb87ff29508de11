//! Words with which little was found: known once enough people asked for them, and never by whom.
//!
//! Until more than five networks asked for the same words, they are held as a hash whose key dies
//! with the process, in memory only. Nobody can read what a few people looked for: not from the
//! store, and not from the machine once it is switched off.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

use crate::{
    domain::month_in_england,
    store::{Reading, Store, StoreError},
};

use super::{
    limits::{Limits, Network},
    sign_in::the_door,
};

/// So many have to ask for words before anybody reads them.
pub const FEWEST_ASKERS: usize = 6;
/// How long words that too few asked for are held.
const HELD_FOR: SignedDuration = SignedDuration::from_hours(24 * 92);
/// The most words that are held, and that are kept.
const MOST_HELD: usize = 20_000;
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

struct Few {
    /// Hashes of the networks that asked.
    askers: Vec<u64>,
    times: u64,
    last: Timestamp,
    /// Whether enough have asked since the process began.
    is_known: bool,
}

impl Sought {
    /// Counts that somebody asked for words with which little was found.
    pub fn count(&self, words: &str, by: Network, now: Timestamp) {
        let words_key = self.key.hash_one(words);
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
        let fresh = || Few { askers: Vec::new(), times: 0, last: now, is_known: false };
        let few = held.few.entry(words_key).or_insert_with(fresh);
        if now.duration_since(few.last) > HELD_FOR {
            *few = fresh();
        }
        few.last = now;
        few.times += 1;
        if !few.is_known && !few.askers.contains(&asker) {
            few.askers.push(asker);
            few.is_known = few.askers.len() >= FEWEST_ASKERS;
        }
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
            let known = changes.sought_words(MOST_KEPT)?;
            let is_known = |words: &str| known.iter().any(|known| known.words == words);
            let mut room = MOST_KEPT.saturating_sub(known.len());
            for (words, times) in rows {
                if !is_known(&words) {
                    if room == 0 {
                        continue;
                    }
                    room -= 1;
                }
                changes.add_sought(&words, times, &month)?;
            }
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
    use crate::store::SoughtWords;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn net(last: u8) -> Network {
        Network::of(std::net::Ipv4Addr::new(192, 0, 2, last).into())
    }

    fn known(sought: &Sought, store: &Store, now: Timestamp) -> Vec<(String, u64)> {
        sought.save(store, now).unwrap();
        let words = store.sought_words(9).unwrap();
        words.into_iter().map(|SoughtWords { words, times, .. }| (words, times)).collect()
    }

    #[test]
    fn words_are_known_once_six_asked_for_them_and_not_before() {
        let (store, sought) = (Store::in_memory().unwrap(), Sought::default());
        let now = at("2026-11-10T12:00:00Z");
        for last in 1..=5 {
            // One who asks again is still one.
            (0..9).for_each(|_| sought.count("pickleball", net(last), now));
            sought.count("zorbing", net(last), now);
        }
        assert_eq!(known(&sought, &store, now), []);
        let held = sought.lock();
        assert!(held.enough.is_empty() && held.few.len() == 2);
        drop(held);
        sought.count("pickleball", net(6), now);
        assert_eq!(known(&sought, &store, now), [("pickleball".to_owned(), 6)]);
        assert!(sought.lock().few.values().all(|few| few.askers.len() < 6));
        sought.count("pickleball", net(7), now);
        sought.count("pickleball", net(7), now);
        let next_day = at("2026-11-11T12:00:01Z");
        sought.count("pickleball", net(7), next_day);
        assert_eq!(known(&sought, &store, next_day), [("pickleball".to_owned(), 8)]);
        assert_eq!(store.sought_words(9).unwrap()[0].month, "2026-11");
    }

    #[test]
    fn what_was_asked_for_long_ago_counts_no_more() {
        let (store, sought) = (Store::in_memory().unwrap(), Sought::default());
        (1..=5).for_each(|last| sought.count("zorbing", net(last), at("2026-01-01T12:00:00Z")));
        let later = at("2026-06-01T12:00:00Z");
        (6..=10).for_each(|last| sought.count("zorbing", net(last), later));
        assert_eq!(known(&sought, &store, later), []);
        sought.count("zorbing", net(1), later);
        assert_eq!(known(&sought, &store, later), [("zorbing".to_owned(), 6)]);
    }

    #[test]
    fn one_network_makes_no_flood_and_memory_stays_bounded() {
        let (store, sought) = (Store::in_memory().unwrap(), Sought::default());
        let now = at("2026-11-10T12:00:00Z");
        (0..500).for_each(|one| sought.count(&format!("word {one}"), net(1), now));
        assert_eq!(sought.lock().few.len(), 30);
        let by = |one: u32| Network::of(std::net::Ipv4Addr::from(one).into());
        for one in 0..30_000 {
            let later = now + SignedDuration::from_secs(i64::from(one));
            sought.count(&format!("word {one}"), by(one), later);
        }
        assert!(sought.lock().few.len() <= MOST_HELD);
        for words in 0..1_100_u32 {
            (0..6)
                .for_each(|asker| sought.count(&format!("w {words}"), by(words * 6 + asker), now));
        }
        sought.save(&store, now).unwrap();
        assert_eq!(store.sought_words(5_000).unwrap().len(), MOST_KEPT);
        assert_eq!(store.check(), Ok(vec![]));
    }
}
