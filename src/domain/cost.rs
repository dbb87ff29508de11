//! What it costs.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One thing that somebody may have to pay. A service without any has not stated its cost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CostOption {
    pub kind: CostKind,
    /// Pounds sterling, in pence.
    #[serde(default)]
    pub pence: Option<u32>,
    /// What the amount is for: "a session", "a month", "lunch".
    #[serde(default)]
    pub per: Option<String>,
    /// Who pays this, where not everybody: "carers".
    #[serde(default)]
    pub for_whom: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
    #[serde(default)]
    pub valid_from: Option<Date>,
    #[serde(default)]
    pub valid_to: Option<Date>,
}

/// The kind of cost, which is also what results are filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CostKind {
    Free,
    Donation,
    /// Less for those on a low income, or as they can pay.
    Concession,
    Paid,
    /// A means test decides.
    Assessed,
}

impl CostOption {
    /// An option that costs nothing.
    #[must_use]
    pub fn free() -> Self {
        Self {
            kind: CostKind::Free,
            pence: None,
            per: None,
            for_whom: None,
            note: None,
            valid_from: None,
            valid_to: None,
        }
    }
}
