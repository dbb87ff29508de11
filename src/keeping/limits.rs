//! How often something may be done from one place, so that nobody can try links or fill the post.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

/// Counts of what was done lately, in memory and by hashes only. Cheap to clone.
#[derive(Clone, Default)]
pub struct Limits {
    counts: Arc<Mutex<HashMap<u64, Window>>>,
}

/// Where a request comes from: one address, or the network of one household under IPv6.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Network([u8; 16]);

/// It was done too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too often; again in {retry_seconds} seconds")]
pub struct TooOften {
    pub retry_seconds: u16,
}

#[derive(Clone, Copy)]
struct Window {
    ends: Timestamp,
    count: u32,
}

/// The most places that are counted; beyond, those whose window ends first make room.
const MOST: usize = 50_000;

impl Network {
    /// The network of an address.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        let mut bytes = match address.to_canonical() {
            IpAddr::V4(v4) => v4.to_ipv6_mapped().octets(),
            IpAddr::V6(v6) => v6.octets(),
        };
        if address.to_canonical().is_ipv6() {
            bytes[8..].fill(0);
        }
        Self(bytes)
    }
}

impl Network {
    /// The wider network that it is part of: what one provider of connections gives to many of its
    /// customers, or all that it gives to one of them (a /24, or under IPv6 a /48). Somebody whose
    /// address changes mostly stays within it.
    #[must_use]
    pub fn wider(self) -> Self {
        let Self(mut bytes) = self;
        let is_v4 = bytes[..10].iter().all(|byte| *byte == 0) && bytes[10..12] == [0xff, 0xff];
        bytes[if is_v4 { 15 } else { 6 }..].fill(0);
        Self(bytes)
    }
}

impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Network(…)")
    }
}

impl Limits {
    /// Counts one more `what` from `whom`, unless `most` were counted within `span` already.
    pub fn count(
        &self,
        what: &str,
        whom: &[u8],
        most: u32,
        span: SignedDuration,
        now: Timestamp,
    ) -> Result<(), TooOften> {
        self.count_several(what, whom, (1, most), span, now)
    }

    /// Counts `more` at once, unless that would be more than `most`.
    pub fn count_several(
        &self,
        what: &str,
        whom: &[u8],
        (more, most): (u32, u32),
        span: SignedDuration,
        now: Timestamp,
    ) -> Result<(), TooOften> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let key = key(what, whom);
        if counts.len() >= MOST && !counts.contains_key(&key) {
            make_room(&mut counts, now);
        }
        let fresh = Window { ends: now + span, count: 0 };
        let window = counts.entry(key).or_insert(fresh);
        if window.ends <= now {
            *window = fresh;
        }
        if window.count.saturating_add(more) > most {
            let seconds = window.ends.duration_since(now).as_secs().max(1);
            return Err(TooOften { retry_seconds: u16::try_from(seconds).unwrap_or(u16::MAX) });
        }
        window.count += more;
        Ok(())
    }

    /// Counts one more from a network.
    pub fn count_from(
        &self,
        what: &str,
        network: Network,
        most: u32,
        span: SignedDuration,
        now: Timestamp,
    ) -> Result<(), TooOften> {
        self.count(what, &network.0, most, span, now)
    }
}

/// Forgets windows that have ended, and where that is not enough, the half that ends first. Who
/// makes that happen lets themselves off, and shuts nobody out.
fn make_room(counts: &mut HashMap<u64, Window>, now: Timestamp) {
    counts.retain(|_, window| now < window.ends);
    if counts.len() < MOST {
        return;
    }
    let mut ends: Vec<Timestamp> = counts.values().map(|window| window.ends).collect();
    let (_, middle, _) = ends.select_nth_unstable(MOST / 2);
    let middle = *middle;
    let mut left = MOST / 2;
    counts.retain(|_, window| {
        let stays = window.ends > middle && left > 0;
        left -= usize::from(stays);
        stays
    });
}

fn key(what: &str, whom: &[u8]) -> u64 {
    let digest =
        Sha256::new().chain_update(what).chain_update([0x1f]).chain_update(whom).finalize();
    digest.iter().take(8).fold(0, |key, byte| key << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: SignedDuration = SignedDuration::from_mins(1);

    #[test]
    fn after_so_many_it_is_too_often_until_the_window_ends() {
        let limits = Limits::default();
        let now = Timestamp::UNIX_EPOCH;
        for _ in 0..3 {
            assert_eq!(limits.count("sign-in", b"a", 3, MINUTE, now), Ok(()));
        }
        let later = now + SignedDuration::from_secs(20);
        let refused = limits.count("sign-in", b"a", 3, MINUTE, later);
        assert_eq!(refused, Err(TooOften { retry_seconds: 40 }));
        assert_eq!(limits.count("sign-in", b"b", 3, MINUTE, later), Ok(()));
        assert_eq!(limits.count("write", b"a", 3, MINUTE, later), Ok(()));
        assert_eq!(limits.count("sign-in", b"a", 3, MINUTE, now + MINUTE), Ok(()));
    }

    #[test]
    fn a_household_is_one_network_and_two_addresses_are_two() {
        let of = |text: &str| Network::of(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }

    #[test]
    fn no_number_of_places_fills_the_memory() {
        let limits = Limits::default();
        let now = Timestamp::UNIX_EPOCH;
        for n in 0..MOST + 10 {
            let _ = limits.count("x", &n.to_be_bytes(), 1, MINUTE, now);
        }
        let counted = limits.counts.lock().unwrap().len();
        assert!(counted <= MOST, "{counted}");
        assert_eq!(limits.count("x", b"new", 1, MINUTE, now), Ok(()), "nobody new is shut out");
        assert!(limits.count("x", b"new", 1, MINUTE, now).is_err());
    }
}
