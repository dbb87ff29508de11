//! Identities: a newtype for each noun, so that one cannot stand for another.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The namespace of ids that are derived from a source's own key.
const SOURCE_KEYS: Uuid = Uuid::from_u128(0x6d0a_4d3f_5c1e_4c7a_9b1e_7a60_21c5_8e90);

/// A text that is not one of our ids.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{found:?} is not an id: expected a UUID such as 0192f0a4-7c1e-7abc-8def-0123456789ab")]
pub struct IdError {
    pub found: String,
}

/// The same UUID (version 5) for the same source and key, whenever and wherever it is read.
#[must_use]
pub fn derive_uuid(source: &str, kind: &str, key: &str) -> Uuid {
    Uuid::new_v5(&SOURCE_KEYS, format!("{source}\u{1f}{kind}\u{1f}{key}").as_bytes())
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $kind:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The id of the record that `source` calls `key`.
            #[must_use]
            pub fn derive(source: &str, key: &str) -> Self {
                Self(derive_uuid(source, $kind, key))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                let found = || IdError { found: text.chars().take(60).collect() };
                Uuid::parse_str(text).map(Self).map_err(|_| found())
            }
        }
    };
}

id!(/// An organisation.
    OrganisationId, "organisation");
id!(/// A service.
    ServiceId, "service");
id!(/// A location: a site, not a town.
    LocationId, "location");
id!(/// A service at one of its locations.
    ServiceAtLocationId, "service_at_location");
id!(/// A dated statement of capacity.
    CapacityId, "capacity");
id!(/// A partnership.
    PartnershipId, "partnership");
id!(/// Somebody who signs in.
    PersonId, "person");
id!(/// A program that speaks for somebody.
    ProgramId, "program");
id!(/// What somebody said is wrong with a listing.
    ReportId, "report");
id!(/// What somebody who looks after a listing would change.
    ProposalId, "proposal");
id!(/// What somebody says who should look after an organisation's listings.
    ClaimId, "claim");
id!(/// What this directory's people call a need.
    SynonymId, "synonym");
id!(/// What somebody asks of a service for somebody who is not named.
    ReferralId, "referral");
id!(/// What a link worker says of a service.
    ExperienceId, "experience");
id!(/// A sheet of listings that somebody sent.
    UploadId, "upload");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_source_key_gives_the_same_id() {
        assert_eq!(ServiceId::derive("bristol", "7"), ServiceId::derive("bristol", "7"));
    }

    #[test]
    fn the_same_key_in_two_sources_or_kinds_gives_two_ids() {
        assert_ne!(ServiceId::derive("bristol", "7").0, ServiceId::derive("bath", "7").0);
        assert_ne!(ServiceId::derive("bristol", "7").0, LocationId::derive("bristol", "7").0);
        assert_ne!(ServiceId::derive("a", "bc").0, ServiceId::derive("ab", "c").0);
    }

    #[test]
    fn what_is_not_an_id_is_named() {
        let error = "seven".parse::<ServiceId>().unwrap_err();
        assert!(error.to_string().starts_with("\"seven\" is not an id"));
    }
}
