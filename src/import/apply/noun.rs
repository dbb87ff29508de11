//! What organisations, services, locations and partnerships have in common for an import.

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    domain::{Location, Organisation, Partnership, PartnershipKind, Provenance, Service, Upkeep},
    store::{Changes, Reading, Saved, StoreError, Subject},
};

/// A record that feeds state and the store keeps.
pub(super) trait Noun:
    Clone + PartialEq + Serialize + DeserializeOwned + Send + 'static
{
    fn subject(&self) -> Subject;
    fn provenance(&mut self) -> &mut Provenance;
    fn upkeep(&mut self) -> &mut Upkeep;
    /// A record with the same id that states nothing.
    fn blank(&self) -> Self;
    /// The stored record with the same id.
    fn find(&self, look: &impl Reading) -> Result<Option<Self>, StoreError>;
    fn save(&self, changes: &mut Changes<'_>) -> Result<Saved, StoreError>;
}

macro_rules! nouns {
    ($($noun:ident, $find:ident, $save:ident, $record:ident => $blank:expr;)*) => {$(
        impl Noun for $noun {
            fn subject(&self) -> Subject {
                Subject::$noun(self.id)
            }
            fn provenance(&mut self) -> &mut Provenance {
                &mut self.provenance
            }
            fn upkeep(&mut self) -> &mut Upkeep {
                &mut self.upkeep
            }
            fn blank(&self) -> Self {
                let $record = self;
                $blank
            }
            fn find(&self, look: &impl Reading) -> Result<Option<Self>, StoreError> {
                look.$find(self.id)
            }
            fn save(&self, changes: &mut Changes<'_>) -> Result<Saved, StoreError> {
                changes.$save(self)
            }
        }
    )*};
}

nouns! {
    Organisation, find_organisation, save_organisation,
        record => Organisation::named(record.id, String::new());
    Service, find_service, save_service,
        record => Service::named(record.id, record.organisation, String::new());
    Location, find_location, save_location,
        record => Location::named(record.id, String::new());
    Partnership, find_partnership, save_partnership,
        record => Partnership {
            id: record.id,
            name: String::new(),
            kind: PartnershipKind::Other,
            purpose: String::new(),
            from: None,
            to: None,
            footprint: None,
            governance: None,
            contacts: Vec::new(),
            members: Vec::new(),
            services: Vec::new(),
            pathway: Vec::new(),
            outcome_measures: Vec::new(),
            upkeep: Upkeep::default(),
            provenance: Provenance::default(),
        };
}
