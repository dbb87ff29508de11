//! What was asked for lately and need not be asked for again.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// How long something is known.
const KNOWN_FOR: SignedDuration = SignedDuration::from_hours(1);

/// A thing that was asked for, and when.
pub struct Known<T>(Mutex<Option<(T, Timestamp)>>);

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T: Clone> Known<T> {
    /// What is known, unless it was asked for too long ago.
    pub fn get(&self, now: Timestamp) -> Option<T> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (known, asked) = kept.as_ref()?;
        (now.duration_since(*asked) < KNOWN_FOR).then(|| known.clone())
    }

    /// Keeps what was asked for just now.
    pub fn keep(&self, known: &T, now: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((known.clone(), now));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_asked_for_again_after_an_hour() {
        let (known, now) = (Known::default(), Timestamp::UNIX_EPOCH);
        assert_eq!(known.get(now), None);
        known.keep(&"keys", now);
        assert_eq!(known.get(now + SignedDuration::from_mins(59)), Some("keys"));
        assert_eq!(known.get(now + KNOWN_FOR), None);
    }
}
