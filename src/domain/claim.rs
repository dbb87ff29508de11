//! Somebody says that they belong to an organisation and should look after its listings.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    id::{ClaimId, OrganisationId, PersonId, ServiceId},
    person::Email,
};

/// A claim. One that is decided is forgotten once it is too late to take that back.
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
    #[serde(default)]
    pub decided: Option<ClaimDecision>,
}

/// What a steward decided of a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimDecision {
    pub at: Timestamp,
    pub by: PersonId,
    /// Who was let in by it, and could not come in for it before; nobody where it was refused.
    pub let_in: Option<PersonId>,
}

/// How long what was decided of a claim can be taken back. Then the claim is forgotten.
const CAN_BE_TAKEN_BACK: SignedDuration = SignedDuration::from_hours(24 * 14);

impl Claim {
    /// Whether it is decided, and that can be taken back at `now`.
    #[must_use]
    pub fn can_be_taken_back(&self, now: Timestamp) -> bool {
        let is_lately =
            |decided: &ClaimDecision| now.duration_since(decided.at) <= CAN_BE_TAKEN_BACK;
        self.decided.as_ref().is_some_and(is_lately)
    }

    /// Whether whoever made it reads the mail of the address, so that it may be decided.
    #[must_use]
    pub fn is_confirmed(&self) -> bool {
        self.link.is_none()
    }
}
