//! The referrals that somebody made, and those that they are to answer.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::{
    domain::{Person, Referral, ReferralState, ServiceId},
    keeping::KeepingError,
    store::{Reading, Store},
};

/// Somebody's referrals on both sides, with the names of their services.
#[derive(Clone, Debug, Default)]
pub struct MyReferrals {
    pub made: Vec<Referral>,
    /// Those that wait for an answer first.
    pub to_answer: Vec<Referral>,
    names: BTreeMap<ServiceId, String>,
}

/// The most that are listed on a side.
const MOST: usize = 1_000;
/// How far back those are listed that are to be answered.
const SINCE: SignedDuration = SignedDuration::from_hours(24 * 365);

impl MyReferrals {
    /// The name of the service that one of them is to.
    #[must_use]
    pub fn name_of(&self, service: ServiceId) -> &str {
        self.names.get(&service).map_or("A service that is no longer listed", String::as_str)
    }
}

/// Somebody's referrals.
pub fn referrals_of(
    store: &Store,
    person: &Person,
    now: Timestamp,
) -> Result<MyReferrals, KeepingError> {
    let mut mine =
        MyReferrals { made: store.list_referrals_by(person.id, MOST)?, ..MyReferrals::default() };
    let joined = store.list_joined()?;
    for organisation in person.organisations() {
        for service in store.list_services_of(organisation)? {
            // Those to listings that were joined into it are its own now.
            let led = joined.iter().filter(|(_, into)| *into == service.id).map(|(from, _)| *from);
            for id in led.chain([service.id]) {
                if store.standing_for(id)? == service.id {
                    mine.to_answer.extend(store.list_referrals_to(id, now - SINCE)?);
                    mine.names.insert(id, service.name.clone());
                }
            }
        }
    }
    let waits = |referral: &Referral| referral.state() == ReferralState::Requested;
    mine.to_answer.sort_by_key(|referral| (!waits(referral), std::cmp::Reverse(referral.since())));
    mine.to_answer.truncate(MOST);
    for referral in &mine.made {
        if !mine.names.contains_key(&referral.service) {
            let standing = store.standing_for(referral.service)?;
            let service = store.find_service(standing)?;
            mine.names.extend(service.map(|service| (referral.service, service.name)));
        }
    }
    Ok(mine)
}
