//! What each commit says about itself.

use serde::{Deserialize, Serialize};

use crate::error::OpenError;
use crate::index::damaged;
use crate::schema::{self, FORMAT};
use crate::sealed::checksum;

/// Stored with every commit, and so always of the same moment as the entries.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Payload {
    /// Format number and checksum of the fields.
    format: String,
    /// The place in the caller's log that the commit reached.
    pub(crate) followed: u64,
}

impl Payload {
    pub(crate) fn now(followed: u64) -> Self {
        Self { format: format_name(), followed }
    }

    /// Reads the last commit's, and whether this program can read that index at all.
    pub(crate) fn check(index: &tantivy::Index) -> Result<Self, OpenError> {
        let metas = index.load_metas().map_err(damaged)?;
        let text = metas.payload.unwrap_or_default();
        let payload: Self = serde_json::from_str(&text).map_err(|_| OpenError::Damaged {
            reason: "its last commit says nothing of its format".to_owned(),
        })?;
        let expected = format_name();
        if payload.format == expected && metas.schema == schema::build().0 {
            return Ok(payload);
        }
        let found = payload.format;
        Err(OpenError::OtherFormat { found, expected })
    }

    pub(crate) fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Changes whenever the fields or their meaning do.
fn format_name() -> String {
    let fields = serde_json::to_vec(&schema::build().0).unwrap_or_default();
    format!("{FORMAT}-{:016x}", checksum(&fields))
}
