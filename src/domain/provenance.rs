//! Who said what, when, by what route.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where a record, and where sources differ each of its fields, came from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Provenance {
    pub record: Option<FieldSource>,
    /// By the field's path, such as `description` or `venues.0.sessions`.
    pub fields: BTreeMap<String, FieldSource>,
    /// The keys that sources know this record by, source name to key.
    pub keys: BTreeMap<String, String>,
    /// When a feed that used to have the record was first seen without it.
    pub missing_since: Option<Timestamp>,
}

/// The origin of a value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldSource {
    /// The name of the feed, file or person's role.
    pub source: String,
    pub route: Route,
    pub at: Timestamp,
    /// The licence under which the source publishes, where it says.
    #[serde(default)]
    pub licence: Option<String>,
}

/// By what route a value came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Route {
    Owner,
    Steward,
    Feed,
    Regulator,
    Demonstration,
}
