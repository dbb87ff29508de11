//! How a service answers referrals: how soon, and how often it takes somebody, in bands.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::{
    domain::{PersonId, Referral, ReferralState, Service},
    keeping::KeepingError,
    store::{Reading, Store},
};

use super::referrals::answerers;

/// Of fewer referrals than this nothing is worked out.
const FEWEST: usize = 5;
/// Nor where fewer people made them: what one of them sees need not be what others would.
const FEWEST_REFERRERS: usize = 3;
/// How far back referrals count.
const SINCE: SignedDuration = SignedDuration::from_hours(24 * 365);

/// How a service answers, of so many referrals within a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replies {
    pub referrals: usize,
    pub time: ReplyTime,
    pub taken: ShareTaken,
}

/// What became of the referrals to a listing within a year, for those who run it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub asked: usize,
    /// Accepted, or put on the waiting list.
    pub taken: usize,
    pub declined: usize,
    /// Lapsed before anybody answered.
    pub unanswered: usize,
    pub waiting: usize,
}

/// How soon the middle one of all referrals was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyTime {
    TwoDays,
    AWeek,
    /// Within the time after which a referral lapses.
    InTime,
    /// Most were not answered at all.
    Seldom,
}

/// How many were accepted, or put on the waiting list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareTaken {
    /// Two thirds or more.
    Most,
    /// A third or more.
    AboutHalf,
    Few,
}

/// How a listing, and those that it stands for, answers referrals; nothing where there were too few.
/// What people refer to services of their own says nothing.
pub fn replies_of(
    store: &Store,
    service: &Service,
    now: Timestamp,
) -> Result<Option<Replies>, KeepingError> {
    let mut referrals = Vec::new();
    for id in service.stands_for.iter().chain([&service.id]) {
        referrals.extend(store.list_referrals_to(*id, now - SINCE)?);
    }
    let own: Vec<PersonId> = answerers(store, service)?.iter().map(|person| person.id).collect();
    referrals.retain(|referral| !own.contains(&referral.by));
    Ok(of_referrals(&referrals))
}

/// What became of the referrals to a listing, and to those that it stands for.
pub fn tally_of(store: &Store, service: &Service, now: Timestamp) -> Result<Tally, KeepingError> {
    let mut tally = Tally::default();
    for id in service.stands_for.iter().chain([&service.id]) {
        for referral in store.list_referrals_to(*id, now - SINCE)? {
            tally.add(&referral);
        }
    }
    Ok(tally)
}

impl Tally {
    fn add(&mut self, referral: &Referral) {
        self.asked += 1;
        let answer = referral.answer().map(|step| step.to);
        match (answer, referral.state()) {
            (Some(ReferralState::Declined), _) => self.declined += 1,
            (Some(_), _) => self.taken += 1,
            (None, ReferralState::Lapsed) => self.unanswered += 1,
            (None, ReferralState::Requested) => self.waiting += 1,
            // The referrer took it back before anybody answered.
            (None, _) => {}
        }
    }
}

/// How they answer the referrals that are at hand. One that waits in its time, or that the referrer took
/// back before anybody answered, says nothing of the service.
fn of_referrals(referrals: &[Referral]) -> Option<Replies> {
    let mut waited: Vec<Option<SignedDuration>> = Vec::new();
    let mut referrers = BTreeSet::new();
    let mut taken = 0;
    for referral in referrals {
        let answer = referral.answer();
        if answer.is_none() && referral.state() != ReferralState::Lapsed {
            continue;
        }
        referrers.insert(referral.by);
        waited.push(answer.map(|step| step.at.duration_since(referral.asked())));
        let good = [ReferralState::Accepted, ReferralState::Waitlisted];
        taken += usize::from(answer.is_some_and(|step| good.contains(&step.to)));
    }
    if waited.len() < FEWEST || referrers.len() < FEWEST_REFERRERS {
        return None;
    }
    // Those that nobody answered waited longest.
    waited.sort_by_key(|time| time.unwrap_or(SignedDuration::MAX));
    Some(Replies {
        referrals: waited.len(),
        time: ReplyTime::of(waited[waited.len() / 2]),
        taken: ShareTaken::of(taken, waited.len()),
    })
}

impl ReplyTime {
    fn of(middle: Option<SignedDuration>) -> Self {
        let days = |days: i64| SignedDuration::from_hours(24 * days);
        match middle {
            Some(time) if time <= days(2) => Self::TwoDays,
            Some(time) if time <= days(7) => Self::AWeek,
            Some(_) => Self::InTime,
            None => Self::Seldom,
        }
    }
}

impl ShareTaken {
    fn of(taken: usize, all: usize) -> Self {
        match 3 * taken {
            thrice if thrice >= 2 * all => Self::Most,
            thrice if thrice >= all => Self::AboutHalf,
            _ => Self::Few,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{FirstStep, Practical, ReferralId, ServiceId, Side, Step};

    /// A referral that was asked at the beginning of time, and answered so many days later.
    fn referral(answers: &[(i64, Side, ReferralState)]) -> Referral {
        let step = |(days, by, to): (i64, Side, ReferralState)| Step {
            at: Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * days),
            by,
            to,
            reason: None,
            wait_weeks: None,
            note: None,
        };
        let asked = (0, Side::Referrer, ReferralState::Requested);
        Referral {
            id: ReferralId::derive("test", "1"),
            service: ServiceId::derive("test", "1"),
            by: PersonId::derive("test", "1"),
            reference: "LW-1".to_owned(),
            needs: Vec::new(),
            practical: Practical::default(),
            first_step: FirstStep::TheyRing,
            steps: [asked].into_iter().chain(answers.iter().copied()).map(step).collect(),
            reminded: None,
            worked: None,
        }
    }

    fn answered(days: i64, to: ReferralState) -> Referral {
        referral(&[(days, Side::Provider, to)])
    }

    /// The bands of referrals that three people made in turn.
    fn said_of(referrals: &[Referral]) -> Option<Replies> {
        let by = |at: usize| PersonId::derive("test", &(at % 3).to_string());
        let numbered = referrals.iter().enumerate();
        let all = numbered.map(|(at, referral)| Referral { by: by(at), ..referral.clone() });
        of_referrals(&all.collect::<Vec<_>>())
    }

    #[test]
    fn nothing_is_said_of_few_or_of_those_that_are_still_to_be_answered() {
        let four = vec![answered(1, ReferralState::Accepted); 4];
        assert_eq!(said_of(&four), None);
        let of_one_person = vec![answered(1, ReferralState::Accepted); 50];
        assert_eq!(of_referrals(&of_one_person), None);
        let waiting = [four.clone(), vec![referral(&[]); 9]].concat();
        assert_eq!(said_of(&waiting), None);
        let taken_back = referral(&[(1, Side::Referrer, ReferralState::EndedEarly)]);
        assert_eq!(said_of(&[four, vec![taken_back; 9]].concat()), None);
    }

    #[test]
    fn the_bands_are_of_the_middle_one_and_of_thirds() {
        let accepted = |days, times| vec![answered(days, ReferralState::Accepted); times];
        let declined = |days, times| vec![answered(days, ReferralState::Declined); times];
        let lapsed = |times| vec![referral(&[(14, Side::Clock, ReferralState::Lapsed)]); times];
        let of =
            |all: [Vec<Referral>; 2]| said_of(&all.concat()).map(|said| (said.time, said.taken));
        let (most, half, few) = (ShareTaken::Most, ShareTaken::AboutHalf, ShareTaken::Few);
        assert_eq!(of([accepted(2, 4), declined(9, 2)]), Some((ReplyTime::TwoDays, most)));
        assert_eq!(of([accepted(1, 2), declined(7, 4)]), Some((ReplyTime::AWeek, half)));
        assert_eq!(of([accepted(1, 1), declined(13, 5)]), Some((ReplyTime::InTime, few)));
        assert_eq!(of([accepted(1, 2), lapsed(3)]), Some((ReplyTime::Seldom, half)));
        let waiting = vec![answered(1, ReferralState::Waitlisted); 5];
        assert_eq!(of([waiting, Vec::new()]), Some((ReplyTime::TwoDays, most)));
        assert_eq!(said_of(&lapsed(7)).map(|said| said.referrals), Some(7));
    }

    #[test]
    fn those_who_run_it_are_told_what_became_of_each() {
        let mut tally = Tally::default();
        tally.add(&answered(1, ReferralState::Accepted));
        tally.add(&answered(1, ReferralState::Waitlisted));
        tally.add(&answered(1, ReferralState::Declined));
        tally.add(&referral(&[(14, Side::Clock, ReferralState::Lapsed)]));
        tally.add(&referral(&[(1, Side::Referrer, ReferralState::EndedEarly)]));
        tally.add(&referral(&[]));
        let whole = Tally { asked: 6, taken: 2, declined: 1, unanswered: 1, waiting: 1 };
        assert_eq!(tally, whole);
    }

    #[test]
    fn what_came_after_the_answer_is_no_matter() {
        let begun = referral(&[
            (1, Side::Provider, ReferralState::Accepted),
            (90, Side::Clock, ReferralState::Lapsed),
        ]);
        let said = said_of(&vec![begun; 5]).unwrap();
        assert_eq!((said.time, said.taken), (ReplyTime::TwoDays, ShareTaken::Most));
    }
}
