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

/// Which feed is believed where several say something of the same field: earlier ones before later
/// ones, and all of them before those that are not in it. Among those that are not, what was there
/// first stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TrustOrder(pub Vec<String>);

impl TrustOrder {
    /// The setting that it is kept under.
    pub const SETTING: &str = "trust-order";

    /// Whether a feed is believed before another.
    #[must_use]
    pub fn prefers(&self, one: &str, other: &str) -> bool {
        let place = |source: &str| self.0.iter().position(|known| known == source);
        match (place(one), place(other)) {
            (Some(one), Some(other)) => one < other,
            (Some(_), None) => true,
            (None, _) => false,
        }
    }

    /// The same with a feed one place further up; one that was not in it comes last.
    #[must_use]
    pub fn with_raised(mut self, source: &str) -> Self {
        match self.0.iter().position(|known| known == source) {
            Some(0) => {}
            Some(at) => self.0.swap(at, at - 1),
            None => self.0.push(source.to_owned()),
        }
        self
    }

    /// The same without a feed.
    #[must_use]
    pub fn without(mut self, source: &str) -> Self {
        self.0.retain(|known| known != source);
        self
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn order(names: &[&str]) -> TrustOrder {
        TrustOrder(names.iter().map(|name| (*name).to_owned()).collect())
    }

    #[test]
    fn earlier_feeds_are_believed_before_later_ones_and_those_without_a_place() {
        let trust = order(&["nhs", "council"]);
        for (one, other, prefers) in [
            ("nhs", "council", true),
            ("council", "nhs", false),
            ("council", "scraped", true),
            ("scraped", "council", false),
            ("scraped", "other", false),
            ("nhs", "nhs", false),
        ] {
            assert_eq!(trust.prefers(one, other), prefers, "{one} {other}");
        }
        assert_eq!(trust.clone().with_raised("council"), order(&["council", "nhs"]));
        assert_eq!(trust.clone().with_raised("nhs"), trust);
        assert_eq!(trust.clone().with_raised("new"), order(&["nhs", "council", "new"]));
        assert_eq!(trust.without("nhs"), order(&["council"]));
    }
}
