//! What link workers say came of sending people to a service.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    id::{ExperienceId, PersonId, ServiceId},
    referral::Worked,
};

/// What one link worker says of a service, once a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Experience {
    pub id: ExperienceId,
    pub service: ServiceId,
    /// Who says so. Those who run the service are not told.
    pub by: PersonId,
    pub what: Worked,
    pub at: Timestamp,
}

impl Experience {
    /// How long it counts: half a year, in which a service may have become another one.
    pub const COUNTS: SignedDuration = SignedDuration::from_hours(24 * 183);

    /// What somebody says in a month, such as `2026-11`; what they say later in it takes its place.
    #[must_use]
    pub fn said(
        (service, by): (ServiceId, PersonId),
        what: Worked,
        (at, month): (Timestamp, &str),
    ) -> Self {
        let id = ExperienceId::derive("experience", &format!("{service} {by} {month}"));
        Self { id, service, by, what, at }
    }
}

/// What link workers say of a service of late, each counted once by what they said last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Experiences {
    pub worked: usize,
    pub did_not_reply: usize,
    pub not_taking_people: usize,
    pub not_right: usize,
}

impl Experiences {
    /// Fewer than so many say nothing of a service: they may be one team, or one bad day.
    pub const FEWEST: usize = 3;

    /// Counts one more.
    pub fn add(&mut self, what: Worked) {
        let count = match what {
            Worked::Worked => &mut self.worked,
            Worked::DidNotReply => &mut self.did_not_reply,
            Worked::NotTakingPeople => &mut self.not_taking_people,
            Worked::NotRight => &mut self.not_right,
        };
        *count += 1;
    }

    /// How many said anything.
    #[must_use]
    pub fn count(&self) -> usize {
        self.worked + self.did_not_reply + self.not_taking_people + self.not_right
    }

    /// The share for whom it worked, from 0 to 1; nothing where too few say anything.
    #[must_use]
    pub fn share_that_worked(&self) -> Option<f32> {
        #[expect(clippy::cast_precision_loss, reason = "there are not millions of link workers")]
        let share = self.worked as f32 / self.count() as f32;
        (self.count() >= Self::FEWEST).then_some(share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_told_once_enough_said_something() {
        let mut said = Experiences::default();
        assert_eq!(said.share_that_worked(), None);
        said.add(Worked::Worked);
        said.add(Worked::NotRight);
        assert_eq!(said.share_that_worked(), None);
        said.add(Worked::DidNotReply);
        said.add(Worked::NotTakingPeople);
        assert_eq!((said.count(), said.share_that_worked()), (4, Some(0.25)));
    }

    #[test]
    fn a_worker_says_one_thing_of_a_service_in_a_month() {
        let of = |service: &str, by: &str, month: &str| {
            let who = (ServiceId::derive("test", service), PersonId::derive("test", by));
            Experience::said(who, Worked::Worked, (Timestamp::UNIX_EPOCH, month)).id
        };
        assert_eq!(of("a", "b", "2026-11"), of("a", "b", "2026-11"));
        let others = [of("a", "b", "2026-12"), of("a", "c", "2026-11"), of("b", "b", "2026-11")];
        assert!(others.iter().all(|other| *other != of("a", "b", "2026-11")));
    }
}
