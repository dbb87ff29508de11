//! What somebody wants to hear of: a need in an area, or one service.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{capacity::CapacityStatus, id::ServiceId, need::NeedId, person::Email};

/// Something that somebody follows by mail. Who they are is not known, but for their address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Follow {
    pub email: Email,
    pub what: Followed,
    pub made: Timestamp,
    /// When whoever has the address said that they want it; until then nothing is sent.
    #[serde(default)]
    pub confirmed: Option<Timestamp>,
    /// When it was last looked at whether there is news.
    #[serde(default)]
    pub looked: Option<Timestamp>,
    /// How each service stood that they know of.
    #[serde(default)]
    pub known: BTreeMap<ServiceId, Known>,
}

/// What is followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Followed {
    /// Services that answer a need in an area: an outward code, or the code or name of a place.
    Need { need: NeedId, area: String },
    /// Whether one service takes people again.
    Service { id: ServiceId },
}

/// How a service stood when it was last looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    pub name: String,
    /// Whether it took people; none where that was not known.
    pub door: Option<CapacityStatus>,
}

/// Something that became different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    New(ServiceId, String),
    Opened(ServiceId, String),
    /// It took people and does not say so any more.
    Closed(ServiceId, String),
    Gone(String),
}

impl Follow {
    /// How long one waits to be confirmed.
    pub const TO_CONFIRM: SignedDuration = SignedDuration::from_hours(24 * 7);
    /// How long one lasts after it was confirmed, unless that is done again.
    pub const LASTS: SignedDuration = SignedDuration::from_hours(24 * 365);
    /// How often there is a mail about a need at the most.
    pub const WEEK: SignedDuration = SignedDuration::from_hours(24 * 7);

    /// When it is over.
    #[must_use]
    pub fn ends(&self) -> Timestamp {
        self.confirmed.map_or(self.made + Self::TO_CONFIRM, |confirmed| confirmed + Self::LASTS)
    }

    /// When to look whether there is news; never before it is confirmed.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        let confirmed = self.confirmed?;
        Some(match (&self.what, self.looked) {
            (Followed::Need { .. }, Some(looked)) => looked + Self::WEEK,
            _ => confirmed,
        })
    }

    /// What is different now from what they know.
    #[must_use]
    pub fn news(&self, now: &BTreeMap<ServiceId, Known>) -> Vec<News> {
        let is_open = |known: &Known| known.door == Some(CapacityStatus::Open);
        let mut news = Vec::new();
        for (id, is) in now {
            let name = is.name.clone();
            match self.known.get(id) {
                None => news.push(News::New(*id, name)),
                Some(was) if !is_open(was) && is_open(is) => news.push(News::Opened(*id, name)),
                Some(was) if is_open(was) && !is_open(is) => news.push(News::Closed(*id, name)),
                Some(_) => {}
            }
        }
        let gone = self.known.iter().filter(|(id, _)| !now.contains_key(id));
        news.extend(gone.map(|(_, was)| News::Gone(was.name.clone())));
        if matches!(self.what, Followed::Service { .. }) {
            // Of one service it was asked whether it takes people again.
            news.retain(|news| matches!(news, News::Opened(..) | News::Gone(_)));
        }
        news
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(n: u8) -> ServiceId {
        ServiceId::derive("test", &n.to_string())
    }

    fn known(n: u8, door: Option<CapacityStatus>) -> (ServiceId, Known) {
        (service(n), Known { name: format!("Service {n}"), door })
    }

    fn follow(what: Followed, known: BTreeMap<ServiceId, Known>) -> Follow {
        let made = Timestamp::UNIX_EPOCH;
        let email = "ann@example.org".parse().unwrap();
        Follow { email, what, made, confirmed: Some(made), looked: None, known }
    }

    #[test]
    fn news_is_what_opened_closed_came_and_went() {
        use CapacityStatus::{Full, Open};
        let need = Followed::Need { need: NeedId::from("debt"), area: "WN1".to_owned() };
        let was = [known(1, Some(Full)), known(2, Some(Open)), known(3, None), known(4, None)];
        let is = [known(1, Some(Open)), known(2, None), known(3, Some(Full)), known(5, None)];
        let follow = follow(need, was.clone().into());
        let mut news = follow.news(&is.into());
        news.sort_by_key(|news| format!("{news:?}"));
        assert_eq!(
            news,
            [
                News::Closed(service(2), "Service 2".to_owned()),
                News::Gone("Service 4".to_owned()),
                News::New(service(5), "Service 5".to_owned()),
                News::Opened(service(1), "Service 1".to_owned()),
            ]
        );
        assert_eq!(follow.news(&was.into()), []);
    }

    #[test]
    fn of_one_service_it_counts_that_it_takes_people_again() {
        use CapacityStatus::{Full, Open, Paused};
        let one = |door| BTreeMap::from([known(1, door)]);
        let follow = |door| follow(Followed::Service { id: service(1) }, one(door));
        assert_eq!(follow(Some(Full)).news(&one(Some(Paused))), []);
        assert_eq!(follow(Some(Open)).news(&one(None)), []);
        let opened = News::Opened(service(1), "Service 1".to_owned());
        assert_eq!(follow(None).news(&one(Some(Open))), [opened]);
    }

    #[test]
    fn a_need_is_looked_at_once_a_week_and_nothing_before_it_is_confirmed() {
        let need = Followed::Need { need: NeedId::from("debt"), area: "WN1".to_owned() };
        let mut follow = follow(need, BTreeMap::new());
        assert_eq!(follow.due(), Some(Timestamp::UNIX_EPOCH));
        follow.looked = Some(Timestamp::UNIX_EPOCH);
        assert_eq!(follow.due(), Some(Timestamp::UNIX_EPOCH + Follow::WEEK));
        follow.confirmed = None;
        assert_eq!(follow.due(), None);
        assert_eq!(follow.ends(), Timestamp::UNIX_EPOCH + Follow::TO_CONFIRM);
    }
}
