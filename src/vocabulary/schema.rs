//! The vocabulary files as they are written. Unknown keys are refused.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Who made a file, when, and on what terms.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Meta {
    pub title: String,
    pub version: String,
    pub date: String,
    pub licence: String,
    pub sources: Vec<Source>,
}

/// Something of another's that a file draws on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Source {
    pub name: String,
    pub licence: String,
    pub what: String,
}

/// `needs.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NeedsFile {
    pub meta: Meta,
    pub group: Vec<GroupRow>,
    pub need: Vec<NeedRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupRow {
    pub id: String,
    pub label: String,
    pub summary: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NeedRow {
    pub id: String,
    pub label: String,
    pub group: String,
    pub summary: String,
    pub broader: Vec<String>,
    pub phrases: Vec<String>,
    /// What names one kind of the need.
    #[serde(default)]
    pub kinds: Vec<String>,
    #[serde(default)]
    pub referrer: Vec<String>,
    #[serde(default)]
    pub signals: Vec<String>,
    #[serde(default)]
    pub named: Vec<String>,
    #[serde(default)]
    pub unless: Vec<String>,
    #[serde(default)]
    pub ukcat: Vec<String>,
    #[serde(default)]
    pub openactive: Vec<String>,
    #[serde(default)]
    pub dfe: Vec<u16>,
    #[serde(default)]
    pub urgent: bool,
    /// Whether whoever is named for it mostly runs, and lists, much else besides: a church, a hall.
    #[serde(default)]
    pub hosts: bool,
}

/// `urgent.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UrgentFile {
    pub meta: Meta,
    pub panel: Vec<PanelRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PanelRow {
    pub id: String,
    pub title: String,
    pub advice: String,
    pub lines: Vec<LineRow>,
    pub phrases: Vec<String>,
    #[serde(default)]
    pub unless: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LineRow {
    pub name: String,
    pub contact: String,
    pub note: String,
}

/// `circumstances.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CircumstancesFile {
    pub meta: Meta,
    pub circumstance: Vec<CircumstanceRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CircumstanceRow {
    pub id: String,
    #[serde(default)]
    pub wide: bool,
    pub label: String,
    pub kind: String,
    pub phrases: Vec<String>,
}

/// `facts.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FactsFile {
    pub meta: Meta,
    pub fact: Vec<FactRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FactRow {
    pub key: String,
    pub values: Vec<String>,
    pub label: String,
    pub phrases: Vec<String>,
}

/// `filler.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FillerFile {
    pub meta: Meta,
    pub filler: Vec<String>,
    pub in_names: Vec<String>,
    pub negators: Vec<String>,
    pub lacks: Vec<String>,
    pub avoidable: Vec<String>,
    pub between: Vec<String>,
    pub denies_after: Vec<String>,
    pub denies_before: Vec<String>,
    pub turns: Vec<String>,
    pub elsewhere: Vec<String>,
}

/// `variants.toml`: for each form, the words that are looked at as it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VariantsFile {
    pub meta: Meta,
    pub same: BTreeMap<String, Vec<String>>,
    pub spelling: BTreeMap<String, Vec<String>>,
}
