//! Programs that speak for somebody: a booking system, a case list, an ICB's feed of capacity.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    capacity::{Author, AuthorRole},
    id::ProgramId,
    person::{Belonging, Grant, Role, keeper_role},
};

/// A program with a key of its own.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Program {
    pub id: ProgramId,
    /// As what it says is signed: the name of the system, not of a person.
    pub name: String,
    /// The SHA-256 of its key; the key itself is kept by whoever runs it.
    pub key_hash: String,
    pub grants: Vec<Grant>,
    pub added: Timestamp,
    /// Since when it is no longer let in.
    #[serde(default)]
    pub revoked: Option<Timestamp>,
}

impl Program {
    /// As whom it may speak for a listing; nothing once it is revoked.
    #[must_use]
    pub fn keeps(&self, listing: &Belonging) -> Option<Role> {
        if self.revoked.is_some() { None } else { keeper_role(&self.grants, listing) }
    }

    /// How what it says is signed.
    #[must_use]
    pub fn author(&self) -> Author {
        Author { role: AuthorRole::Feed, name: self.name.clone() }
    }
}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Program").field("id", &self.id).finish_non_exhaustive()
    }
}
