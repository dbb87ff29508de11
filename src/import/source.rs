//! Who publishes what is imported, and on what terms.

use jiff::Timestamp;

use crate::domain::{FieldSource, Provenance, Route};

/// A feed or file with a name of its own. Ids are worked out from the name, so it must not change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    pub name: String,
    /// The licence, where the publisher states one.
    pub licence: Option<String>,
    /// The words that the licence asks to be shown.
    pub attribution: Option<String>,
}

impl Source {
    /// A source that states no licence.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// The provenance of a record that this source knows as `key`.
    #[must_use]
    pub fn provenance(&self, key: &str, at: Timestamp) -> Provenance {
        let record = FieldSource {
            source: self.name.clone(),
            route: Route::Feed,
            at,
            licence: self.licence.clone(),
        };
        let keys = [(self.name.clone(), key.to_owned())].into();
        Provenance { record: Some(record), keys, ..Provenance::default() }
    }
}

/// The name of a source from the name of its file: small letters, digits and hyphens.
#[must_use]
pub fn slug(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}
