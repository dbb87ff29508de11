//! What pays for a service, and until when.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One source of money.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Funding {
    pub funder: String,
    #[serde(default)]
    pub programme: Option<String>,
    /// Grant, contract, earned, donations.
    #[serde(default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub from: Option<Date>,
    #[serde(default)]
    pub to: Option<Date>,
    /// Share of the service's cost, in hundredths.
    #[serde(default)]
    pub share_percent: Option<u8>,
    #[serde(default)]
    pub visibility: FundingVisibility,
}

/// Who may see a source of money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FundingVisibility {
    Public,
    #[default]
    Commissioners,
    Nobody,
}
