//! Those who are at the provider just now.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

use super::ticket::Ticket;

/// How long somebody may take to say who they are.
pub const LASTS: SignedDuration = SignedDuration::from_mins(10);
/// The most who are waited for; beyond, those make room who set out first.
const MOST: usize = 10_000;

/// Attempts that have begun and not ended, by the hash of their tickets. They are in memory only:
/// a restart loses nothing but another press of the button.
#[derive(Default)]
pub struct Waiting {
    attempts: Mutex<HashMap<String, Attempt>>,
}

struct Attempt {
    ends: Timestamp,
    /// Where they wanted to go.
    next: String,
}

impl Waiting {
    /// Notes that somebody sets out.
    pub fn begin(&self, ticket: &Ticket, next: &str, now: Timestamp) {
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        if attempts.len() >= MOST {
            make_room(&mut attempts, now);
        }
        attempts.insert(ticket.hash(), Attempt { ends: now + LASTS, next: next.to_owned() });
    }

    /// Ends an attempt, once: where it goes on to, unless it ended or took too long.
    pub fn end(&self, ticket: &Ticket, now: Timestamp) -> Option<String> {
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        let attempt = attempts.remove(&ticket.hash())?;
        (now < attempt.ends).then_some(attempt.next)
    }
}

/// Forgets those who took too long, and where there are none, whoever set out first.
fn make_room(attempts: &mut HashMap<String, Attempt>, now: Timestamp) {
    attempts.retain(|_, attempt| now < attempt.ends);
    if attempts.len() < MOST {
        return;
    }
    let first = attempts.iter().min_by_key(|(_, attempt)| attempt.ends);
    if let Some(hash) = first.map(|(hash, _)| hash.clone()) {
        attempts.remove(&hash);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn an_attempt_ends_once_and_in_time() {
        let (waiting, ticket) = (Waiting::default(), Ticket::new().unwrap());
        waiting.begin(&ticket, "/manage", NOW);
        assert_eq!(waiting.end(&Ticket::new().unwrap(), NOW), None);
        assert_eq!(waiting.end(&ticket, NOW).as_deref(), Some("/manage"));
        assert_eq!(waiting.end(&ticket, NOW), None);
        waiting.begin(&ticket, "/manage", NOW);
        assert_eq!(waiting.end(&ticket, NOW + LASTS), None);
    }

    #[test]
    fn no_number_of_attempts_fills_the_memory_and_the_newest_still_ends_well() {
        let waiting = Waiting::default();
        let second = SignedDuration::from_secs(1);
        let first = Ticket::new().unwrap();
        waiting.begin(&first, "", NOW);
        for _ in 0..MOST {
            waiting.begin(&Ticket::new().unwrap(), "", NOW + second);
        }
        assert_eq!(waiting.attempts.lock().unwrap().len(), MOST);
        assert_eq!(waiting.end(&first, NOW + second), None);
        let newest = Ticket::new().unwrap();
        waiting.begin(&newest, "/manage", NOW + LASTS + second);
        assert_eq!(waiting.attempts.lock().unwrap().len(), 1);
        assert_eq!(waiting.end(&newest, NOW + LASTS + second).as_deref(), Some("/manage"));
    }
}
