//! What this directory's people call a need, beside what the vocabulary that is shipped knows.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    id::{PersonId, SynonymId},
    need::NeedId,
};

/// A phrase that a steward added to the vocabulary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Synonym {
    pub id: SynonymId,
    /// As people write it, in small letters.
    pub phrase: String,
    /// What it stands for.
    pub need: NeedId,
    /// Whether it is one kind of the need, so that who says the phrase itself comes before who
    /// answers the need; else it is the need in other words.
    #[serde(default)]
    pub is_kind: bool,
    pub by: PersonId,
    pub at: Timestamp,
}
