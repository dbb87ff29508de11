//! Referrals in words.

use crate::domain::{AgeBand, FirstStep, ReferralState, Side, StepReason, Worked};

use super::replies::{Replies, ReplyTime, ShareTaken};

/// How soon a service answers referrals and how many it takes.
#[must_use]
pub fn replies_in_words(replies: &Replies) -> String {
    let time = match replies.time {
        ReplyTime::TwoDays => "usually answered within two days",
        ReplyTime::AWeek => "usually answered within a week",
        ReplyTime::InTime => "usually answered within two weeks",
        ReplyTime::Seldom => "often not answered",
    };
    let taken = match replies.taken {
        ShareTaken::Most => "most are taken",
        ShareTaken::AboutHalf => "about half are taken",
        ShareTaken::Few => "few are taken",
    };
    format!("Referrals from here are {time}, and {taken}")
}

/// Where a referral stands.
#[must_use]
pub fn state_in_words(state: ReferralState) -> &'static str {
    match state {
        ReferralState::Requested => "waiting for an answer",
        ReferralState::Accepted => "accepted",
        ReferralState::Waitlisted => "on the waiting list",
        ReferralState::Declined => "declined",
        ReferralState::InProgress => "begun",
        ReferralState::Completed => "completed",
        ReferralState::EndedEarly => "ended early",
        ReferralState::Lapsed => "lapsed, as nobody said anything in time",
    }
}

/// Who took a step.
#[must_use]
pub fn side_in_words(side: Side) -> &'static str {
    match side {
        Side::Referrer => "the referrer",
        Side::Provider => "the provider",
        Side::Clock => "the clock",
    }
}

/// Why.
#[must_use]
pub fn reason_in_words(reason: StepReason) -> &'static str {
    match reason {
        StepReason::Full => "There is no room",
        StepReason::NotForThem => "It is not for people in their situation",
        StepReason::OtherArea => "It does not serve where they live",
        StepReason::NotSafe => "It could not be done safely",
        StepReason::NotStarted => "They did not come or get in touch",
        StepReason::ChangedMind => "They no longer want it",
        StepReason::OtherHelp => "They have other help now",
        StepReason::CouldNotReach => "They could not be reached",
        StepReason::Other => "Another reason",
    }
}

/// How old, in a band.
#[must_use]
pub fn age_in_words(age: AgeBand) -> &'static str {
    match age {
        AgeBand::Under18 => "under 18",
        AgeBand::From18 => "18 to 24",
        AgeBand::From25 => "25 to 49",
        AgeBand::From50 => "50 to 64",
        AgeBand::From65 => "65 to 79",
        AgeBand::From80 => "80 or over",
    }
}

/// How they come together.
#[must_use]
pub fn first_step_in_words(step: FirstStep) -> &'static str {
    match step {
        FirstStep::TheyRing => "They get in touch with the service and give the reference",
        FirstStep::WriteToReferrer => {
            "The service writes to the referrer, who brings them together"
        }
        FirstStep::TheyCome => "They come to a session and give the reference",
        FirstStep::OnlyReferrer => {
            "Only through the referrer: it is not safe to reach them in any other way"
        }
    }
}

/// What came of it.
#[must_use]
pub fn worked_in_words(worked: Worked) -> &'static str {
    match worked {
        Worked::Worked => "It worked",
        Worked::DidNotReply => "They did not reply",
        Worked::NotTakingPeople => "They were not taking people",
        Worked::NotRight => "It was not right",
    }
}
