//! The parts of a listing, each of which may be changed, wait and be decided by itself.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    access::{AccessFeature, AccessRoutes, Delivery},
    contact::Contact,
    cost::CostOption,
    eligibility::{Answer, Eligibility},
    footprint::Footprint,
    id::{LocationId, ServiceAtLocationId},
    need::NeedId,
    schedule::Session,
    service::{FirstVisit, Sensitivity, Service, ServiceAtLocation, ServiceStatus},
};

macro_rules! parts {
    ($($(#[$doc:meta])* $part:ident: $type:ty = $field:ident;)*) => {
        /// A part of a listing.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Part {
            $($(#[$doc])* $part,)*
            /// Which sites it is at; not what happens there.
            Sites,
            /// Its sessions, wherever they are.
            Hours,
            /// Access facts, of the service and at each venue.
            Access,
        }

        /// A part of a listing with what stands there.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case", tag = "part", content = "value")]
        pub enum PartValue {
            $($part($type),)*
            Sites(Vec<Site>),
            Hours(AtVenues<Vec<Session>>),
            Access(AtVenues<BTreeMap<AccessFeature, Answer>>),
        }

        impl Part {
            /// Every part, in the order in which people read of them.
            pub const ALL: &'static [Self] =
                &[$(Self::$part,)* Self::Sites, Self::Hours, Self::Access];

            /// What stands in this part of a listing.
            #[must_use]
            pub fn of(self, service: &Service) -> PartValue {
                match self {
                    $(Self::$part => PartValue::$part(service.$field.clone()),)*
                    Self::Sites => PartValue::Sites(service.venues.iter().map(Site::of).collect()),
                    Self::Hours => PartValue::Hours(AtVenues::of(
                        &service.sessions, service, |venue| &venue.sessions,
                    )),
                    Self::Access => PartValue::Access(AtVenues::of(
                        &service.access, service, |venue| &venue.access,
                    )),
                }
            }
        }

        impl Part {
            /// The fields of a stored listing that it is part of.
            #[must_use]
            pub fn fields(self) -> &'static [&'static str] {
                match self {
                    $(Self::$part => &[stringify!($field)],)*
                    Self::Sites => &["venues"],
                    Self::Hours => &["sessions", "venues"],
                    Self::Access => &["access", "venues"],
                }
            }
        }

        impl PartValue {
            /// The part that this is the value of.
            #[must_use]
            pub fn part(&self) -> Part {
                match self {
                    $(Self::$part(_) => Part::$part,)*
                    Self::Sites(_) => Part::Sites,
                    Self::Hours(_) => Part::Hours,
                    Self::Access(_) => Part::Access,
                }
            }

            /// Puts it into a listing. What is said of venues that the listing has not is left out.
            pub fn put(self, service: &mut Service) {
                match self {
                    $(Self::$part(value) => service.$field = value,)*
                    Self::Sites(sites) => put_sites(sites, service),
                    Self::Hours(hours) => {
                        hours.put(service, |service| &mut service.sessions, |v| &mut v.sessions);
                    }
                    Self::Access(facts) => {
                        facts.put(service, |service| &mut service.access, |v| &mut v.access);
                    }
                }
            }
        }
    };
}

parts! {
    Name: String = name;
    Aliases: Vec<String> = aliases;
    Summary: String = summary;
    Description: String = description;
    InShort: Vec<String> = in_short;
    Alert: Option<String> = alert;
    Needs: Vec<NeedId> = needs;
    Eligibility: Eligibility = eligibility;
    Delivery: BTreeSet<Delivery> = delivery;
    Footprint: Option<Footprint> = footprint;
    AccessRoutes: AccessRoutes = access_routes;
    Costs: Vec<CostOption> = costs;
    FirstVisit: FirstVisit = first_visit;
    Languages: Vec<String> = languages;
    Contacts: Vec<Contact> = contacts;
    Website: Option<String> = website;
    Sensitivity: Sensitivity = sensitivity;
    Status: ServiceStatus = status;
}

/// A venue and the site that it is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    pub venue: ServiceAtLocationId,
    pub location: LocationId,
}

/// Something said of a service itself, and of each of its venues.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AtVenues<T> {
    pub everywhere: T,
    pub at: BTreeMap<ServiceAtLocationId, T>,
}

impl Site {
    fn of(venue: &ServiceAtLocation) -> Self {
        Self { venue: venue.id, location: venue.location }
    }
}

impl<T: Clone> AtVenues<T> {
    fn of(everywhere: &T, service: &Service, own: fn(&ServiceAtLocation) -> &T) -> Self {
        let at = service.venues.iter().map(|venue| (venue.id, own(venue).clone()));
        Self { everywhere: everywhere.clone(), at: at.collect() }
    }

    fn put(
        mut self,
        service: &mut Service,
        everywhere: fn(&mut Service) -> &mut T,
        own: fn(&mut ServiceAtLocation) -> &mut T,
    ) {
        for venue in &mut service.venues {
            if let Some(said) = self.at.remove(&venue.id) {
                *own(venue) = said;
            }
        }
        *everywhere(service) = self.everywhere;
    }
}

/// Moves, adds and takes away venues; those that stay keep what is said of them.
fn put_sites(sites: Vec<Site>, service: &mut Service) {
    let mut known: BTreeMap<_, _> =
        std::mem::take(&mut service.venues).into_iter().map(|venue| (venue.id, venue)).collect();
    let venue = |site: Site| {
        let venue = known.remove(&site.venue);
        let venue = venue.unwrap_or_else(|| ServiceAtLocation::at(site.venue, site.location));
        ServiceAtLocation { location: site.location, ..venue }
    };
    service.venues = sites.into_iter().map(venue).collect();
}

impl Part {
    /// Whether a change of it by its provider waits for a steward: who it is, where it is and
    /// whom it is for decide who is sent, and cannot be told wrong by their words.
    #[must_use]
    pub fn waits_for_a_steward(self) -> bool {
        matches!(
            self,
            Self::Name
                | Self::Aliases
                | Self::Eligibility
                | Self::Footprint
                | Self::Sites
                | Self::Sensitivity
                | Self::Status
        )
    }

    /// As people call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Aliases => "Other names",
            Self::Summary => "In one line",
            Self::Description => "In full",
            Self::InShort => "In short",
            Self::Alert => "Notice",
            Self::Needs => "What it helps with",
            Self::Eligibility => "Who it is for",
            Self::Delivery => "How it reaches people",
            Self::Footprint => "Area served",
            Self::AccessRoutes => "How to start",
            Self::Costs => "Cost",
            Self::FirstVisit => "The first time",
            Self::Languages => "Languages",
            Self::Contacts => "Contacts",
            Self::Website => "Website",
            Self::Sensitivity => "Whether it is shown with care",
            Self::Status => "Whether it is listed",
            Self::Sites => "Venues",
            Self::Hours => "Sessions",
            Self::Access => "Access",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{OrganisationId, ServiceId};

    fn venue(key: &str) -> ServiceAtLocation {
        let (id, site) = (ServiceAtLocationId::derive("t", key), LocationId::derive("t", key));
        let session = Session { name: Some(key.to_owned()), ..Session::default() };
        ServiceAtLocation { sessions: vec![session], ..ServiceAtLocation::at(id, site) }
    }

    fn service(venues: &[&str]) -> Service {
        let id = ServiceId::derive("t", "1");
        let bare = Service::named(id, OrganisationId::derive("t", "1"), "x".to_owned());
        Service { venues: venues.iter().map(|key| venue(key)).collect(), ..bare }
    }

    #[test]
    fn every_part_that_is_put_back_leaves_a_listing_as_it_was() {
        let before = service(&["a", "b"]);
        let mut after = before.clone();
        for part in Part::ALL {
            let value = part.of(&before);
            assert_eq!(value.part(), *part);
            let written = serde_json::to_string(&value).unwrap();
            serde_json::from_str::<PartValue>(&written).unwrap().put(&mut after);
        }
        assert_eq!(after, before);
    }

    #[test]
    fn a_venue_that_moves_keeps_its_sessions_and_one_that_is_gone_takes_them_along() {
        let mut moved = service(&["a", "b"]);
        let sites = vec![
            Site { venue: venue("c").id, location: venue("c").location },
            Site { venue: venue("a").id, location: venue("z").location },
        ];
        PartValue::Sites(sites).put(&mut moved);
        assert_eq!(moved.venues.len(), 2);
        assert!(moved.venues[0].sessions.is_empty());
        assert_eq!(moved.venues[1].location, venue("z").location);
        assert_eq!(moved.venues[1].sessions, venue("a").sessions);
    }

    #[test]
    fn hours_of_a_venue_that_is_gone_are_left_out() {
        let hours = Part::Hours.of(&service(&["a", "b"]));
        let mut fewer = service(&["b"]);
        hours.put(&mut fewer);
        assert_eq!(fewer, service(&["b"]));
    }
}
