//! Somebody says that they belong to an organisation and should look after its listings.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    id::{ClaimId, OrganisationId, ServiceId},
    person::Email,
};

/// A claim that is not decided. One that is, is forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    pub id: ClaimId,
    pub organisation: OrganisationId,
    /// The listing that it was made from.
    pub service: ServiceId,
    pub email: Email,
    #[serde(default)]
    pub name: String,
    /// How they say they belong to it.
    #[serde(default)]
    pub words: Option<String>,
    pub at: Timestamp,
    /// The hash of the secret that was mailed to the address, until it was used.
    #[serde(default)]
    pub link: Option<String>,
}

impl Claim {
    /// Whether whoever made it reads the mail of the address, so that it may be decided.
    #[must_use]
    pub fn is_confirmed(&self) -> bool {
        self.link.is_none()
    }
}
