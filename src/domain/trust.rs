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

impl DueDiligence {
    /// The same facts, with what is not stated taken from those of the organisation that runs it.
    #[must_use]
    pub fn or(&self, organisation: &Self) -> Self {
        let first =
            |own: &Option<Check>, theirs: &Option<Check>| own.clone().or_else(|| theirs.clone());
        let policies =
            if self.policies.is_empty() { &organisation.policies } else { &self.policies };
        Self {
            registration: first(&self.registration, &organisation.registration),
            safeguarding_lead: first(&self.safeguarding_lead, &organisation.safeguarding_lead),
            safeguarding_training: first(
                &self.safeguarding_training,
                &organisation.safeguarding_training,
            ),
            insurance: first(&self.insurance, &organisation.insurance),
            insurance_until: self.insurance_until.or(organisation.insurance_until),
            dbs: first(&self.dbs, &organisation.dbs),
            policies: policies.clone(),
        }
    }
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
