//! Whether the page that a listing names still answers.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::id::ServiceId;

/// What came of asking a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkOutcome {
    Answers,
    /// The site is there, and the page is not.
    NotFound,
    /// There is no site of this name.
    NoSite,
    /// It says that it cannot.
    Fails,
    /// It does not answer.
    Silent,
    /// What the listing names is not the address of a page.
    NoAddress,
    /// Nobody can tell: it is not asked, since it is not of the public Internet or not on a usual
    /// port, or the asking itself failed.
    Unknown,
}

/// What is known of the page that a listing names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkCheck {
    pub service: ServiceId,
    /// The address that was asked; nothing where the listing named none.
    pub address: Option<String>,
    pub at: Timestamp,
    pub outcome: LinkOutcome,
    /// Since when it has failed each time that it was asked, and how often.
    pub failing_since: Option<Timestamp>,
    pub failures: u32,
    /// When it is asked again.
    pub next: Timestamp,
}

/// So often, and for so long, a page has to fail before anybody is troubled with it.
const FAILURES: u32 = 3;
const FAILING: SignedDuration = SignedDuration::from_hours(6 * 24);
/// A page that answers is asked again after a month, one that fails after two days.
const AGAIN: SignedDuration = SignedDuration::from_hours(30 * 24);
const SOON: SignedDuration = SignedDuration::from_hours(48);

impl LinkCheck {
    /// What is known once a page was asked at `at`, where this was known before. Without an address
    /// there was nothing to ask.
    #[must_use]
    pub fn after(
        before: Option<&Self>,
        (service, address): (ServiceId, Option<&str>),
        outcome: LinkOutcome,
        at: Timestamp,
    ) -> Self {
        let before = before.filter(|before| before.address.as_deref() == address);
        if let Some(before) = before.filter(|_| outcome == LinkOutcome::Unknown) {
            // What was known is known still.
            return Self { next: at + SOON, ..before.clone() };
        }
        let fails = outcome.fails() && address.is_some();
        let since = before.and_then(|before| before.failing_since).unwrap_or(at);
        let failures = before.map_or(0, |before| before.failures);
        Self {
            service,
            address: address.map(str::to_owned),
            at,
            outcome,
            failing_since: fails.then_some(since),
            failures: if fails { failures + 1 } else { 0 },
            next: at + if fails { SOON } else { AGAIN },
        }
    }

    /// Whether it has failed so often and for so long that somebody should look.
    #[must_use]
    pub fn is_dead(&self) -> bool {
        let since = self.failing_since.filter(|_| self.failures >= FAILURES);
        since.is_some_and(|since| self.at.duration_since(since) >= FAILING)
            || self.outcome == LinkOutcome::NoAddress
    }
}

impl LinkOutcome {
    /// Whether nobody can open it.
    fn fails(self) -> bool {
        matches!(self, Self::NotFound | Self::NoSite | Self::Fails | Self::Silent | Self::NoAddress)
    }

    /// Whether nothing answered that could have: which may be the asker's own doing.
    #[must_use]
    pub fn is_silence(self) -> bool {
        matches!(self, Self::NoSite | Self::Silent | Self::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_dead_once_it_failed_for_a_week_and_alive_once_it_answers_or_is_another() {
        let day = |day: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * day);
        let id = ServiceId::derive("t", "1");
        let page = |address| (id, Some(address));
        let mut known = LinkCheck::after(None, page("a"), LinkOutcome::NotFound, day(0));
        assert_eq!(known.next, day(2));
        for on in [2, 4] {
            known = LinkCheck::after(Some(&known), page("a"), LinkOutcome::Fails, day(on));
            assert!(!known.is_dead(), "{on}");
        }
        known = LinkCheck::after(Some(&known), page("a"), LinkOutcome::NoSite, day(6));
        assert!(known.is_dead());
        let other = LinkCheck::after(Some(&known), page("b"), LinkOutcome::NotFound, day(8));
        assert!(!other.is_dead());
        let back = LinkCheck::after(Some(&known), page("a"), LinkOutcome::Answers, day(8));
        assert!(!back.is_dead() && back.failures == 0 && back.next == day(38));
        let none = LinkCheck::after(None, (id, None), LinkOutcome::Answers, day(0));
        assert!(!none.is_dead() && none.next == day(30));
        let mut inside = None;
        for on in 0..9 {
            inside =
                Some(LinkCheck::after(inside.as_ref(), page("c"), LinkOutcome::Unknown, day(on)));
        }
        assert!(!inside.unwrap().is_dead(), "nobody can tell");
        let unknown = LinkCheck::after(Some(&known), page("a"), LinkOutcome::Unknown, day(8));
        assert!(unknown.is_dead(), "what was known is known still");
        assert!(LinkCheck::after(None, page("d"), LinkOutcome::NoAddress, day(0)).is_dead());
    }
}
