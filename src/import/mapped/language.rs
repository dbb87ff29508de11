//! The mapping language: a TOML file that says which column gives which field.
//!
//! See `data/mappings/README.md`, which says what a template is and what each table may hold.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::{Delivery, LegalForm, LocationKind, Sector, Sensitivity};

/// One template or several.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(untagged)]
pub enum Templates {
    #[default]
    None,
    One(String),
    Many(Vec<String>),
}

impl Templates {
    /// The templates in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let all = match self {
            Self::None => &[],
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many.as_slice(),
        };
        all.iter().map(String::as_str)
    }
}

/// How the rows of one shape of table become records.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// What the table is, for people.
    pub title: String,
    /// The name of the source, where none is given on the command line.
    pub source: String,
    pub licence: Option<String>,
    pub attribution: Option<String>,
    /// The columns by which the table is told from others: all have to be there.
    #[serde(rename = "match")]
    pub columns: Vec<String>,
    /// Words that stand for nothing, besides the empty field.
    #[serde(default)]
    pub empty: Vec<String>,
    /// Rows in which any of these columns says nothing are passed over.
    #[serde(default)]
    pub skip_when_empty: Vec<String>,
    pub organisation: OrganisationRule,
    pub service: Option<ServiceRule>,
    pub venue: Option<VenueRule>,
    pub funding: Option<FundingRule>,
}

/// The organisation of a row.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationRule {
    pub name: Templates,
    /// What tells it from others; its name, where this is left out.
    #[serde(default)]
    pub key: Templates,
    #[serde(default)]
    pub description: Templates,
    pub sector: Option<Sector>,
    pub sector_by: Option<Choice<Sector>>,
    pub legal_form: Option<LegalForm>,
    pub legal_form_by: Option<Choice<LegalForm>>,
    /// Scheme of org-id.guide to template: `GB-CHC = "{charity number}"`.
    #[serde(default)]
    pub identifiers: BTreeMap<String, String>,
    #[serde(default)]
    pub website: Templates,
    #[serde(default)]
    pub contact: Templates,
}

/// A value by what a column says; a column may say several things.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice<T> {
    pub column: String,
    pub split: Option<String>,
    pub values: BTreeMap<String, T>,
}

/// The service of a row.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceRule {
    pub name: Templates,
    /// What tells it from others. Rows with the same key make one service.
    pub key: Templates,
    /// Added to the name where another service has the same: `", {venue}"`.
    pub distinguish: Option<String>,
    /// No service where all of these say nothing: the organisation alone is loaded.
    #[serde(default)]
    pub only_when: Templates,
    pub status: Option<Status>,
    #[serde(default)]
    pub aliases: Templates,
    #[serde(default)]
    pub summary: Templates,
    #[serde(default)]
    pub description: Templates,
    /// A line that each row with the same key adds to the description.
    #[serde(default)]
    pub line: Templates,
    #[serde(default)]
    pub needs: Vec<String>,
    pub needs_by: Option<Choice<Vec<String>>>,
    /// Who it is for, in the source's words; ages and people are read from it.
    #[serde(default)]
    pub eligibility: Templates,
    #[serde(default)]
    pub audience: Vec<String>,
    #[serde(default)]
    pub cost: Templates,
    /// How to start, in the source's words; ways in are read from it.
    #[serde(default)]
    pub how_to_start: Templates,
    #[serde(default)]
    pub delivery: Vec<Delivery>,
    #[serde(default)]
    pub sensitivity: Sensitivity,
    #[serde(default)]
    pub times: Templates,
    #[serde(default)]
    pub website: Templates,
    /// Fields with telephone numbers and mailboxes, however mixed.
    #[serde(default)]
    pub contact: Templates,
    /// Areas served: names or codes of the Office for National Statistics.
    #[serde(default)]
    pub area: Templates,
    pub area_split: Option<String>,
    /// Other words for an area, by its words in small letters; an empty value is no area.
    #[serde(default)]
    pub area_words: BTreeMap<String, String>,
}

/// Whether a service goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// For as long as the money of `[funding]` lasts.
    WhileFunded,
    Inactive,
}

/// The venue of a row.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VenueRule {
    #[serde(default)]
    pub name: Templates,
    #[serde(default)]
    pub address: Templates,
    #[serde(default)]
    pub town: Templates,
    #[serde(default)]
    pub postcode: Templates,
    /// Latitude and longitude, parted by a comma or in templates of their own.
    #[serde(default)]
    pub point: Templates,
    /// Words about access; features are read from them.
    #[serde(default)]
    pub access: Templates,
    /// A column that answers yes or no to step-free access.
    #[serde(default)]
    pub step_free: Templates,
    #[serde(default)]
    pub getting_there: Templates,
    #[serde(default)]
    pub description: Templates,
    pub kind: Option<LocationKind>,
}

/// The money that a row speaks of.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FundingRule {
    pub funder: Templates,
    #[serde(default)]
    pub programme: Templates,
    #[serde(default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub from: Templates,
    #[serde(default)]
    pub to: Templates,
    /// Months from its start to its end, where no end is given.
    #[serde(default)]
    pub months: Templates,
}

impl Mapping {
    /// Reads a mapping; the fault names the line.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// Every template of the mapping.
    #[must_use]
    pub fn templates(&self) -> Vec<&Templates> {
        let organisation = &self.organisation;
        let mut all = vec![&organisation.name, &organisation.key, &organisation.description];
        all.extend([&organisation.website, &organisation.contact]);
        if let Some(rule) = &self.service {
            all.extend([&rule.name, &rule.key, &rule.only_when, &rule.aliases, &rule.summary]);
            all.extend([&rule.description, &rule.line, &rule.eligibility, &rule.cost]);
            all.extend([&rule.how_to_start, &rule.times, &rule.website, &rule.contact, &rule.area]);
        }
        if let Some(rule) = &self.venue {
            all.extend([&rule.name, &rule.address, &rule.town, &rule.postcode, &rule.point]);
            all.extend([&rule.access, &rule.step_free, &rule.getting_there, &rule.description]);
        }
        if let Some(rule) = &self.funding {
            all.extend([&rule.funder, &rule.programme, &rule.from, &rule.to, &rule.months]);
        }
        all
    }

    /// Whether a table with this header has all the columns that the mapping is told by.
    #[must_use]
    pub fn fits(&self, header: &[String]) -> bool {
        let has = |wanted: &String| header.iter().any(|column| same_column(column, wanted));
        self.columns.iter().all(has)
    }
}

/// Columns are the same whatever their case and stray spaces.
#[must_use]
pub fn same_column(one: &str, other: &str) -> bool {
    let plain = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(one) == plain(other)
}
