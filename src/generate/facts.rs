//! What it costs, who it is for, when it is on, and whether it takes people.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp, civil::Time};

use super::{SOURCE, dice::Dice, status};
use crate::{
    domain::{
        AccessFeature, AccessRoutes, AgeRange, Answer, Author, AuthorRole, Capacity, CapacityId,
        CapacityStatus, CircumstanceId, Confirmation, Contact, CostKind, CostOption, DayRule,
        Delivery, Eligibility, Exclusions, ReferralRoute, ReferralWay, Schedule, Sensitivity,
        Service, ServiceId, Session, Upkeep, Weekday, Who,
    },
    vocabulary::Vocabulary,
};

const LANGUAGES: [&str; 16] = [
    "pl", "ur", "pa", "bn", "ar", "gu", "so", "ro", "pt", "es", "fr", "zh", "fa", "uk", "ti", "bfi",
];

/// Where the facts of a service come from.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    pub vocabulary: &'a Vocabulary,
    pub now: Timestamp,
}

impl Facts<'_> {
    /// Everything but venues, areas and words.
    pub fn fill(self, dice: &mut Dice, service: &mut Service) {
        service.status = status(dice);
        service.eligibility = self.eligibility(dice);
        service.costs = costs(dice);
        service.access_routes = routes(dice);
        service.languages = languages(dice);
        service.contacts = vec![contact(dice)];
        service.upkeep = self.upkeep(dice);
    }

    fn eligibility(self, dice: &mut Dice) -> Eligibility {
        let range = |from, to| vec![AgeRange { from, to }];
        let ages = match dice.weighted(&[(45, 0), (25, 1), (9, 2), (8, 3), (7, 4), (6, 5)]) {
            0 => Vec::new(),
            1 => range(18, AgeRange::OLDEST),
            2 => range(50, AgeRange::OLDEST),
            3 => range(65, AgeRange::OLDEST),
            4 => range(11, 25),
            _ => range(0, 11),
        };
        let known = self.vocabulary.circumstances();
        let mut for_people: Vec<CircumstanceId> = Vec::new();
        for _ in 0..dice.weighted(&[(6, 0), (3, 1), (1, 2)]) {
            for_people.push(known[dice.below(known.len())].id.clone());
        }
        for_people.dedup();
        let exclusions = match dice.below(10) {
            0..5 => Exclusions::NotStated,
            5..8 => Exclusions::Nobody,
            _ => Exclusions::These {
                description: "People who need a carer and have none with them".to_owned(),
                people: vec![known[dice.below(known.len())].id.clone()],
            },
        };
        let open_to_all =
            if for_people.is_empty() && dice.percent(40) { Answer::Yes } else { Answer::NotStated };
        Eligibility { ages, for_people, open_to_all, exclusions, ..Eligibility::default() }
    }

    fn upkeep(self, dice: &mut Dice) -> Upkeep {
        let days = match dice.weighted(&[(35, 0), (25, 1), (15, 2), (15, 3), (10, 4)]) {
            0 => dice.between(0, 60),
            1 => dice.between(61, 182),
            2 => dice.between(183, 365),
            3 => dice.between(366, 1_500),
            _ => return Upkeep::default(),
        };
        let by = Author { role: AuthorRole::Demonstration, name: "nobody (generated)".to_owned() };
        let at = self.ago(dice, days);
        Upkeep { confirmed: Some(Confirmation { at, by }), ..Upkeep::default() }
    }

    /// Some time on the day so many days ago.
    fn ago(self, dice: &mut Dice, days: usize) -> Timestamp {
        let hours = i64::try_from(days * 24 + dice.below(20)).unwrap_or(0);
        self.now.checked_sub(SignedDuration::from_hours(hours)).unwrap_or(self.now)
    }

    pub fn capacity(self, dice: &mut Dice, key: &str, service: ServiceId) -> Option<Capacity> {
        if dice.percent(60) {
            return None;
        }
        let status = dice.weighted(&[
            (58, CapacityStatus::Open),
            (22, CapacityStatus::WaitingList),
            (15, CapacityStatus::Full),
            (5, CapacityStatus::Paused),
        ]);
        let days = dice.between(0, 55);
        let as_of = self.ago(dice, days);
        let wait = (status == CapacityStatus::WaitingList).then(|| dice.between(1, 26));
        Some(Capacity {
            id: CapacityId::derive(SOURCE, key),
            service,
            venue: None,
            status,
            units: None,
            wait_weeks: wait.and_then(|weeks| u16::try_from(weeks).ok()),
            for_whom: None,
            note: None,
            as_of,
            by: Author { role: AuthorRole::Demonstration, name: "nobody (generated)".to_owned() },
            source: SOURCE.to_owned(),
            lapses_at: as_of.checked_add(SignedDuration::from_hours(30 * 24)).unwrap_or(as_of),
        })
    }
}

/// How it reaches people: remote where it has no venue, sometimes besides.
pub fn reach(dice: &mut Dice, service: &mut Service) {
    let mut delivery = BTreeSet::new();
    if service.venues.is_empty() {
        let ways = [Delivery::Phone, Delivery::Online, Delivery::HomeVisit, Delivery::Outreach];
        delivery.insert(ways[dice.below(4)]);
        if dice.percent(40) {
            delivery.insert(ways[dice.below(4)]);
        }
    } else if !dice.percent(15) {
        delivery.insert(Delivery::InPerson);
        if dice.percent(12) {
            delivery.insert(Delivery::Online);
        }
    }
    if service.sensitivity == Sensitivity::Sensitive {
        delivery.insert(Delivery::Phone);
    }
    service.delivery = delivery;
}

/// When it is on, where that is stated.
pub fn sessions(dice: &mut Dice) -> Vec<Session> {
    if dice.percent(35) {
        return Vec::new();
    }
    let days = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
        Weekday::Sat,
        Weekday::Sun,
    ];
    let count = dice.weighted(&[(6, 1), (2, 2), (2, 5)]);
    let first = dice.weighted(&[(4, 0), (5, 1), (5, 2), (5, 3), (4, 4), (1, 5), (1, 6)]);
    let rules = (0..count).map(|at| DayRule { nth: None, day: days[(first + at) % 7] });
    let opens = i8::try_from(dice.between(9, 19)).unwrap_or(10);
    let schedule = Schedule {
        days: rules.collect(),
        opens: Time::new(opens, 0, 0, 0).ok(),
        closes: Time::new(opens + 2, 0, 0, 0).ok(),
        ..Schedule::default()
    };
    vec![Session { schedule, ..Session::default() }]
}

fn costs(dice: &mut Dice) -> Vec<CostOption> {
    let kind = match dice.weighted(&[(45, 0), (10, 1), (20, 2), (5, 3), (20, 4)]) {
        0 => CostKind::Free,
        1 => CostKind::Donation,
        2 => CostKind::Paid,
        3 => CostKind::Concession,
        _ => return Vec::new(),
    };
    let pence = matches!(kind, CostKind::Paid | CostKind::Concession)
        .then(|| u32::try_from(dice.between(2, 60) * 50).unwrap_or(200));
    vec![CostOption { kind, pence, ..CostOption::free() }]
}

fn routes(dice: &mut Dice) -> AccessRoutes {
    let all = [
        (Who::Own, ReferralWay::Phone),
        (Who::LinkWorker, ReferralWay::Email),
        (Who::Professional, ReferralWay::Form),
        (Who::DropIn, ReferralWay::TurnUp),
        (Who::Gp, ReferralWay::Letter),
    ];
    let chances = [55, 35, 25, 20, 8];
    let chosen = all.into_iter().zip(chances).filter(|(_, chance)| dice.percent(*chance));
    let routes = chosen.map(|((who, way), _)| ReferralRoute { who, way, to: None, note: None });
    AccessRoutes { routes: routes.collect(), ..AccessRoutes::default() }
}

fn languages(dice: &mut Dice) -> Vec<String> {
    let mut languages = Vec::new();
    if dice.percent(60) {
        languages.push("en".to_owned());
    }
    if dice.percent(12) {
        languages.push(dice.one(&LANGUAGES).to_owned());
    }
    languages
}

/// Features of a site; most are not stated.
pub fn access(dice: &mut Dice) -> BTreeMap<AccessFeature, Answer> {
    let features = [
        (AccessFeature::StepFree, 45),
        (AccessFeature::AccessibleToilet, 35),
        (AccessFeature::Parking, 40),
        (AccessFeature::HearingLoop, 15),
        (AccessFeature::NearBusStop, 35),
        (AccessFeature::QuietSpace, 12),
        (AccessFeature::AssistanceDogs, 18),
    ];
    let stated = features.into_iter().filter(|(_, chance)| dice.percent(*chance));
    let stated: Vec<AccessFeature> = stated.map(|(feature, _)| feature).collect();
    let answer = |dice: &mut Dice| if dice.percent(85) { Answer::Yes } else { Answer::No };
    stated.into_iter().map(|feature| (feature, answer(dice))).collect()
}

/// A contact with a number of the range that Ofcom keeps for drama.
pub fn contact(dice: &mut Dice) -> Contact {
    let phone = format!("01632 960{:03}", dice.below(1_000));
    Contact { phone: Some(phone), ..Contact::default() }
}
