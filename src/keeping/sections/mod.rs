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

pub use filled::{Filled, key_of};
pub use reader::{LONGEST_LINE, LONGEST_PARAGRAPH, LONGEST_TEXT};
pub use when::is_in_fields;

use super::error::FormFault;
use crate::{
    domain::{Location, Part, Service},
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
        Self { service: record.service.clone(), sites: record.locations.clone() }
    }

    /// The same as a record, for showing it as everybody would see it.
    #[must_use]
    pub fn as_record(&self, record: &ServiceRecord) -> ServiceRecord {
        let venues = self.service.venues.iter();
        let sites = venues
            .filter_map(|venue| self.sites.iter().find(|site| site.id == venue.location).cloned());
        let mut locations: Vec<Location> = Vec::new();
        for site in sites {
            if locations.iter().all(|known| known.id != site.id) {
                locations.push(site);
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

    /// The form with what stands in a listing.
    #[must_use]
    pub fn fill(self, edited: &Edited) -> Filled {
        let mut filled = Filled::default();
        let service = &edited.service;
        match self {
            Self::Words => words::fill(service, &mut filled),
            Self::Needs => needs::fill(service, &mut filled),
            Self::Who => who::fill(&service.eligibility, &mut filled),
            Self::When => when::fill(service, &mut filled),
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
        let service = &mut edited.service;
        match self {
            Self::Words => words::apply(&mut reader, service),
            Self::Needs => needs::apply(&mut reader, service, world.vocabulary),
            Self::Who => who::apply(&mut reader, &mut service.eligibility, world.vocabulary),
            Self::When => when::apply(&mut reader, service),
            Self::Venues => venues::apply(&mut reader, edited, world.gazetteer),
            Self::Start => start::apply(&mut reader, service),
            Self::Access => access::apply(&reader, edited),
            Self::Contacts => contacts::apply(&mut reader, service),
        }
        reader.faults
    }
}
