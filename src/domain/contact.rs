//! How to reach somebody, and who may see it.

use serde::{Deserialize, Serialize};

/// A way to reach an organisation, service or partnership.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// A person's name, only where they agreed to be named.
    pub name: Option<String>,
    pub role: Option<String>,
    pub phone: Option<String>,
    /// What the number is for or how it is answered: "ask for Jean", "text only".
    pub phone_note: Option<String>,
    pub email: Option<String>,
    pub visibility: ContactVisibility,
}

/// Who may see a contact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContactVisibility {
    #[default]
    Public,
    /// Those who may refer.
    Professionals,
    /// Those who keep the directory.
    Stewards,
}
