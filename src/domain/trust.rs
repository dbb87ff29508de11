//! Due diligence: what was stated by the provider and what was checked by a steward.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::eligibility::Answer;

/// The trust facts of an organisation or service. Absent facts are shown as absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DueDiligence {
    pub registration: Option<Check>,
    pub safeguarding_lead: Option<Check>,
    pub safeguarding_training: Option<Check>,
    pub insurance: Option<Check>,
    pub insurance_until: Option<Date>,
    pub dbs: Option<Check>,
    /// Names of the policies held: data protection, complaints, equality.
    pub policies: Vec<Check>,
}

/// One fact with who stands behind it and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    pub answer: Answer,
    #[serde(default)]
    pub detail: Option<String>,
    pub by: Statement,
    pub on: Date,
}

/// Whether a provider said it or a steward looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Statement {
    StatedByProvider,
    CheckedBySteward,
}
