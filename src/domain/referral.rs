//! A referral by reference: what a link worker asks of a service for somebody who is not named, and
//! what became of it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    access::AccessFeature,
    id::{PersonId, ReferralId, ServiceId},
    need::NeedId,
};

/// A referral. The person whom it is for is in none of its fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    pub id: ReferralId,
    pub service: ServiceId,
    /// Who refers.
    pub by: PersonId,
    /// The referrer's own reference, by which they know whom it is for.
    pub reference: String,
    pub needs: Vec<NeedId>,
    #[serde(default)]
    pub practical: Practical,
    pub first_step: FirstStep,
    /// What became of it, the oldest first; never empty.
    pub steps: Vec<Step>,
    /// When somebody was reminded that it waits, since its last step.
    #[serde(default)]
    pub reminded: Option<Timestamp>,
    /// What the referrer says came of it.
    #[serde(default)]
    pub worked: Option<Worked>,
}

/// Facts that decide whether a service can take somebody, and that tell of nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Practical {
    pub age: Option<AgeBand>,
    /// The first half of a postcode.
    pub area: Option<String>,
    /// A language code, where it is not English.
    pub language: Option<String>,
    /// What they cannot do without.
    pub access: Vec<AccessFeature>,
    /// Somebody comes along the first time.
    pub company: bool,
    pub note: Option<String>,
}

/// Ages in bands so wide that they tell of nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgeBand {
    Under18,
    From18,
    From25,
    From50,
    From65,
    From80,
}

/// How the person and the provider come together. It says by what route it is safe to reach them,
/// and never the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FirstStep {
    /// The person gets in touch and gives the reference.
    TheyRing,
    /// The provider writes to the referrer, who brings them together.
    WriteToReferrer,
    /// The person comes to a session and gives the reference.
    TheyCome,
    /// Only through the referrer: it is not safe to reach the person in any other way.
    OnlyReferrer,
}

/// Where a referral stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReferralState {
    Requested,
    Accepted,
    Waitlisted,
    Declined,
    InProgress,
    Completed,
    EndedEarly,
    /// Nobody said anything in time.
    Lapsed,
}

/// Who moves a referral on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    Referrer,
    Provider,
    Clock,
}

/// A move to a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub at: Timestamp,
    pub by: Side,
    pub to: ReferralState,
    #[serde(default)]
    pub reason: Option<StepReason>,
    /// How long somebody on a waiting list is likely to wait.
    #[serde(default)]
    pub wait_weeks: Option<u16>,
    #[serde(default)]
    pub note: Option<String>,
}

/// Why a referral was declined or ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepReason {
    Full,
    NotForThem,
    OtherArea,
    NotSafe,
    NotStarted,
    ChangedMind,
    OtherHelp,
    CouldNotReach,
    /// In the words of the note.
    Other,
}

/// What a referrer says came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Worked {
    Worked,
    DidNotReply,
    NotTakingPeople,
    NotRight,
}

/// Why a step cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StepRefused {
    #[error("it cannot go from {from:?} to {to:?} by the {by:?}")]
    NotAllowed { from: ReferralState, to: ReferralState, by: Side },
    #[error("a reason is needed")]
    NeedsReason,
    #[error("the reason does not belong to it")]
    OtherReason,
    #[error("another reason is told in words")]
    NeedsWords,
}

/// When somebody is reminded of a referral that does not move, and when it lapses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    pub remind: SignedDuration,
    pub lapse: SignedDuration,
}

const fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

impl ReferralState {
    /// Every state, in the order in which they may come.
    pub const ALL: [Self; 8] = [
        Self::Requested,
        Self::Accepted,
        Self::Waitlisted,
        Self::Declined,
        Self::InProgress,
        Self::Completed,
        Self::EndedEarly,
        Self::Lapsed,
    ];

    /// Whether nothing comes after it.
    #[must_use]
    pub fn is_over(self) -> bool {
        self.patience().is_none()
    }

    /// How long it may stand so; nothing where it may for ever.
    #[must_use]
    pub fn patience(self) -> Option<Patience> {
        let of = |remind, lapse| Some(Patience { remind: days(remind), lapse: days(lapse) });
        match self {
            Self::Requested => of(5, 14),
            Self::Accepted => of(28, 84),
            Self::Waitlisted => of(56, 182),
            Self::InProgress => of(182, 365),
            Self::Declined | Self::Completed | Self::EndedEarly | Self::Lapsed => None,
        }
    }

    /// The states that a side may move it to from here.
    #[must_use]
    pub fn onward(self, by: Side) -> &'static [Self] {
        use ReferralState::{
            Accepted, Completed, Declined, EndedEarly, InProgress, Lapsed, Requested, Waitlisted,
        };
        match (self, by) {
            (Requested, Side::Provider) => &[Accepted, Waitlisted, Declined],
            // To say that it still stands so winds the clock up again.
            (Waitlisted, Side::Provider) => &[Accepted, Waitlisted, Declined, EndedEarly],
            (Accepted, Side::Provider) => &[InProgress, Accepted, Completed, EndedEarly],
            (InProgress, Side::Provider) => &[Completed, InProgress, EndedEarly],
            (Requested | Waitlisted | Accepted | InProgress, Side::Referrer) => &[EndedEarly],
            (Requested | Waitlisted | Accepted | InProgress, Side::Clock) => &[Lapsed],
            (Declined | Completed | EndedEarly | Lapsed, _) => &[],
        }
    }

    /// The reasons for which it may come to this; none where it needs none.
    #[must_use]
    pub fn reasons(self, by: Side) -> &'static [StepReason] {
        use StepReason::{
            ChangedMind, CouldNotReach, Full, NotForThem, NotSafe, NotStarted, Other, OtherArea,
            OtherHelp,
        };
        match (self, by) {
            (Self::Declined, _) => &[Full, NotForThem, OtherArea, NotSafe, Other],
            (Self::EndedEarly, Side::Referrer) => &[ChangedMind, OtherHelp, CouldNotReach, Other],
            (Self::EndedEarly, _) => &[NotStarted, ChangedMind, CouldNotReach, OtherHelp, Other],
            _ => &[],
        }
    }
}

impl Referral {
    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> ReferralState {
        self.steps.last().map_or(ReferralState::Requested, |step| step.to)
    }

    /// When it came to where it stands.
    #[must_use]
    pub fn since(&self) -> Timestamp {
        self.steps.last().map_or(Timestamp::UNIX_EPOCH, |step| step.at)
    }

    /// When it was asked.
    #[must_use]
    pub fn asked(&self) -> Timestamp {
        self.steps.first().map_or(Timestamp::UNIX_EPOCH, |step| step.at)
    }

    /// The provider's first answer, where there was one.
    #[must_use]
    pub fn answer(&self) -> Option<&Step> {
        self.steps.iter().find(|step| step.by == Side::Provider)
    }

    /// Takes a step where it is allowed.
    pub fn take(&mut self, step: Step) -> Result<(), StepRefused> {
        let from = self.state();
        if !from.onward(step.by).contains(&step.to) {
            return Err(StepRefused::NotAllowed { from, to: step.to, by: step.by });
        }
        let reasons = step.to.reasons(step.by);
        match step.reason {
            None if !reasons.is_empty() => return Err(StepRefused::NeedsReason),
            Some(reason) if !reasons.contains(&reason) => return Err(StepRefused::OtherReason),
            Some(StepReason::Other) if step.note.is_none() => return Err(StepRefused::NeedsWords),
            _ => {}
        }
        self.reminded = None;
        self.steps.push(step);
        Ok(())
    }

    /// How long it may stand as it does: at least as long as the wait that was said, and then some.
    #[must_use]
    pub fn patience(&self) -> Option<Patience> {
        let usual = self.state().patience()?;
        let weeks = self.steps.last().and_then(|step| step.wait_weeks).unwrap_or_default();
        let said = days(7 * i64::from(weeks));
        let lapse = if weeks > 0 { usual.lapse.max(said + usual.remind) } else { usual.lapse };
        Some(Patience { remind: usual.remind.max(said), lapse })
    }

    /// Whether somebody is to be reminded at `now` that it waits.
    #[must_use]
    pub fn is_to_remind(&self, now: Timestamp) -> bool {
        let waits = now.duration_since(self.since());
        let is_due = |patience: Patience| patience.remind <= waits && waits < patience.lapse;
        self.reminded.is_none() && self.patience().is_some_and(is_due)
    }

    /// Whether its time is over at `now`.
    #[must_use]
    pub fn is_to_lapse(&self, now: Timestamp) -> bool {
        let waits = now.duration_since(self.since());
        self.patience().is_some_and(|patience| patience.lapse <= waits)
    }

    /// When it lapses as it stands.
    #[must_use]
    pub fn lapses(&self) -> Option<Timestamp> {
        Some(self.since() + self.patience()?.lapse)
    }

    /// When the clock next has something to do with it.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        let patience = self.patience()?;
        let wait = if self.reminded.is_some() { patience.lapse } else { patience.remind };
        Some(self.since() + wait)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    const SIDES: [Side; 3] = [Side::Referrer, Side::Provider, Side::Clock];

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn step(by: Side, to: ReferralState) -> Step {
        let reason = to.reasons(by).first().copied();
        Step { at: at("2026-11-02T10:00:00Z"), by, to, reason, wait_weeks: None, note: None }
    }

    fn standing(state: ReferralState) -> Referral {
        let begun = Step { reason: None, ..step(Side::Referrer, state) };
        Referral {
            id: ReferralId::derive("test", "1"),
            service: ServiceId::derive("test", "1"),
            by: PersonId::derive("test", "1"),
            reference: "LW-1".to_owned(),
            needs: Vec::new(),
            practical: Practical::default(),
            first_step: FirstStep::TheyRing,
            steps: vec![begun],
            reminded: None,
            worked: None,
        }
    }

    /// Every state by every side to every state: what is allowed, and what needs a reason.
    #[test]
    fn every_step_is_allowed_or_refused_as_the_table_says() {
        let mut table = String::new();
        for from in ReferralState::ALL {
            for by in SIDES {
                let _ = write!(table, "{from:?} by {by:?}:");
                for to in ReferralState::ALL {
                    let taken = standing(from).take(step(by, to));
                    let bare = standing(from).take(Step { reason: None, ..step(by, to) });
                    let refused = Err(StepRefused::NotAllowed { from, to, by });
                    match (taken, bare) {
                        (Ok(()), Ok(())) => table.push_str(&format!(" {to:?}")),
                        (Ok(()), Err(StepRefused::NeedsReason)) => {
                            table.push_str(&format!(" {to:?} with a reason"));
                        }
                        (taken, bare) => assert_eq!((taken, bare), (refused, refused)),
                    }
                }
                table.push('\n');
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn a_reason_is_one_that_belongs_to_the_step_and_another_is_told_in_words() {
        let declined = |reason, note: Option<&str>| {
            standing(ReferralState::Requested).take(Step {
                reason: Some(reason),
                note: note.map(str::to_owned),
                ..step(Side::Provider, ReferralState::Declined)
            })
        };
        assert_eq!(declined(StepReason::Full, None), Ok(()));
        assert_eq!(declined(StepReason::ChangedMind, None), Err(StepRefused::OtherReason));
        assert_eq!(declined(StepReason::Other, None), Err(StepRefused::NeedsWords));
        assert_eq!(declined(StepReason::Other, Some("Closed for the winter")), Ok(()));
    }

    #[test]
    fn what_does_not_move_is_reminded_of_once_and_then_lapses() {
        let mut referral = standing(ReferralState::Requested);
        let before = at("2026-11-07T09:59:59Z");
        let due = at("2026-11-07T10:00:00Z");
        let over = at("2026-11-16T10:00:00Z");
        assert!(!referral.is_to_remind(before) && referral.is_to_remind(due));
        assert!(!referral.is_to_lapse(due) && referral.is_to_lapse(over));
        assert!(!referral.is_to_remind(over), "one that lapses is not reminded of");
        referral.reminded = Some(due);
        assert!(!referral.is_to_remind(due));
        referral.take(Step { at: due, ..step(Side::Provider, ReferralState::Waitlisted) }).unwrap();
        assert_eq!((referral.reminded, referral.is_to_lapse(over)), (None, false));
        let step = Step { wait_weeks: Some(60), ..step(Side::Provider, ReferralState::Waitlisted) };
        referral.take(step).unwrap();
        let patience = referral.patience().unwrap();
        assert_eq!((patience.remind, patience.lapse), (days(420), days(476)));
        for over in [ReferralState::Declined, ReferralState::Completed, ReferralState::Lapsed] {
            assert_eq!(standing(over).lapses(), None);
        }
    }
}
