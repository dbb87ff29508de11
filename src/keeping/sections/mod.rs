//! The sections that a listing is changed by: what is in each form, and what it comes to.
//!
//! A form is [`Filled`] from a listing, shown, sent, and applied to the same listing. What a form
//! does not show stays as it was.

mod access;
mod contacts;
mod filled;
mod needs;
mod reader;
mod start;
mod venues;
mod when;
mod who;
mod words;

pub use access::{access_at, state_access};
pub use filled::{Filled, key_of};
pub use reader::{LONGEST_LINE, LONGEST_PARAGRAPH, LONGEST_TEXT};
pub(super) use venues::hidden;
pub use when::{NOT_AT_A_VENUE, is_in_fields};

use std::collections::BTreeSet;

use super::error::FormFault;
use crate::{
    domain::{
        Location, LocationId, Part, Proposal, Service, ServiceAtLocation, ServiceAtLocationId,
    },
    geo::Gazetteer,
    store::ServiceRecord,
    vocabulary::Vocabulary,
};
use reader::Reader;

/// A listing as it would be, with every site that it names.
#[derive(Clone, Debug, PartialEq)]
pub struct Edited {
    pub service: Service,
    /// The sites that there are, and those that would be.
    pub sites: Vec<Location>,
    /// Sites that are hidden as the listing stands, whatever it would say.
    hidden: BTreeSet<LocationId>,
    /// Venues that there are as the listing stands.
    in_force: BTreeSet<ServiceAtLocationId>,
}

/// What is known of places and words.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    pub gazetteer: &'a Gazetteer,
    pub vocabulary: &'a Vocabulary,
}

/// A form of a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Words,
    Needs,
    Who,
    When,
    Venues,
    Start,
    Access,
    Contacts,
}

impl Edited {
    /// A listing as it stands.
    #[must_use]
    pub fn of(record: &ServiceRecord) -> Self {
        let hidden = record.locations.iter().filter(|site| !record.service.shows_where(site));
        Self {
            service: record.service.clone(),
            sites: record.locations.clone(),
            hidden: hidden.map(|site| site.id).collect(),
            in_force: record.service.venues.iter().map(|venue| venue.id).collect(),
        }
    }

    /// A listing that is not stored yet.
    #[must_use]
    pub fn begun(service: Service) -> Self {
        let (hidden, in_force) = (BTreeSet::new(), BTreeSet::new());
        Self { service, sites: Vec::new(), hidden, in_force }
    }

    /// The same with what is proposed.
    #[must_use]
    pub fn with(mut self, proposal: &Proposal) -> Self {
        self.service = proposal.over(&self.service);
        for site in &proposal.sites {
            self.know(site);
        }
        self
    }

    /// Remembers a site that would be.
    pub(super) fn know(&mut self, site: &Location) {
        if self.sites.iter().all(|known| known.id != site.id) {
            self.sites.push(site.clone());
        }
    }

    /// Whether people may read where a site is: as the listing stands, and as it would be.
    #[must_use]
    pub fn shows_where(&self, site: &Location) -> bool {
        self.service.shows_where(site) && !self.hidden.contains(&site.id)
    }

    /// The venues that there are, each with its number among all. What waits has no sessions and
    /// no facts of its own until it is in force.
    pub fn venues_in_force(&self) -> impl Iterator<Item = (usize, &ServiceAtLocation)> {
        let venues = self.service.venues.iter().enumerate();
        venues.filter(|(_, venue)| self.in_force.contains(&venue.id))
    }

    /// The same as a record, for showing it as everybody would see it. What is hidden stays so.
    #[must_use]
    pub fn as_record(&self, record: &ServiceRecord) -> ServiceRecord {
        let venues = self.service.venues.iter();
        let sites = venues
            .filter_map(|venue| self.sites.iter().find(|site| site.id == venue.location).cloned());
        let mut locations: Vec<Location> = Vec::new();
        for site in sites {
            let confidential = site.confidential || self.hidden.contains(&site.id);
            if locations.iter().all(|known| known.id != site.id) {
                locations.push(Location { confidential, ..site });
            }
        }
        ServiceRecord { service: self.service.clone(), locations, ..record.clone() }
    }
}

impl Section {
    /// Every section, in the order in which a listing is read.
    pub const ALL: [Self; 8] = [
        Self::Words,
        Self::Needs,
        Self::Who,
        Self::When,
        Self::Venues,
        Self::Start,
        Self::Access,
        Self::Contacts,
    ];

    /// Its part of an address.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Needs => "needs",
            Self::Who => "who",
            Self::When => "when",
            Self::Venues => "venues",
            Self::Start => "start",
            Self::Access => "access",
            Self::Contacts => "contacts",
        }
    }

    /// The section of this address.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.key() == key)
    }

    /// The parts of a listing that it changes.
    #[must_use]
    pub fn parts(self) -> &'static [Part] {
        match self {
            Self::Words => &[
                Part::Summary,
                Part::Description,
                Part::InShort,
                Part::Alert,
                Part::Contacts,
                Part::Website,
            ],
            Self::Needs => &[Part::Name, Part::Aliases, Part::Needs],
            Self::Who => &[Part::Eligibility],
            Self::When => &[Part::Hours],
            Self::Venues => &[Part::Delivery, Part::Footprint, Part::Sites, Part::Sensitivity],
            Self::Start => &[Part::AccessRoutes, Part::Costs, Part::FirstVisit],
            Self::Access => &[Part::Languages, Part::Access],
            Self::Contacts => &[Part::Contacts],
        }
    }

    /// Whether its form shows the whole of what a part would be, so that saving the form may save
    /// that part.
    #[must_use]
    pub fn shows_whole(self, part: Part, stands: &Service, would_be: &Service) -> bool {
        self.parts().contains(&part)
            && (self != Self::Words
                || part != Part::Contacts
                || words::differ_in_reach_only(stands, would_be))
    }

    /// The form with what stands in a listing.
    #[must_use]
    pub fn fill(self, edited: &Edited) -> Filled {
        let mut filled = Filled::default();
        let service = &edited.service;
        match self {
            Self::Words => words::fill(service, &mut filled),
            Self::Needs => needs::fill(service, &mut filled),
            Self::Who => who::fill(&service.eligibility, &mut filled),
            Self::When => when::fill(edited, &mut filled),
            Self::Venues => venues::fill(edited, &mut filled),
            Self::Start => start::fill(service, &mut filled),
            Self::Access => access::fill(edited, &mut filled),
            Self::Contacts => contacts::fill(service, &mut filled),
        }
        filled
    }

    /// Puts what was typed into a listing; what is wrong with it, where anything is.
    pub fn apply(self, filled: &Filled, edited: &mut Edited, world: World<'_>) -> Vec<FormFault> {
        let mut reader = Reader::new(filled);
        let vocabulary = world.vocabulary;
        match self {
            Self::Words => words::apply(&mut reader, &mut edited.service),
            Self::Needs => needs::apply(&mut reader, &mut edited.service, vocabulary),
            Self::Who => who::apply(&mut reader, &mut edited.service.eligibility, vocabulary),
            Self::When => when::apply(&mut reader, edited),
            Self::Venues => venues::apply(&mut reader, edited, world.gazetteer),
            Self::Start => start::apply(&mut reader, &mut edited.service),
            Self::Access => access::apply(&reader, edited),
            Self::Contacts => contacts::apply(&mut reader, &mut edited.service),
        }
        reader.faults
    }
}
