//! What a pack says about its own origin, and the named spots in it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::{PlaceCode, PlaceKind, Point};

/// One thing that was imported.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edition {
    /// What it is, and what a later import of the same replaces: `postcodes`, `names`,
    /// `boundaries: ward`, `lookup: lsoa sub-icb icb`, `need`.
    pub what: String,
    /// Such as `NSPL May 2025`, or `2025` where only the columns tell.
    pub edition: String,
    /// The file's name without its folders.
    pub file: String,
    pub rows: u64,
    pub imported_at: Timestamp,
    /// The text that the licence asks to be shown.
    pub attribution: String,
    /// How many of each kind there are, and how many were left out and why.
    pub counts: BTreeMap<String, u64>,
    pub warnings: Vec<String>,
}

/// A named town, village or suburb.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PackName {
    pub name: String,
    /// Its name in another language or spelling, or an older one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
    pub kind: PackNameKind,
    pub point: Point,
    /// The council that it lies in, where the pack can tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub council: Option<PlaceCode>,
    /// The name of its council or county as the file gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
}

/// What sort of settlement a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PackNameKind {
    City,
    Town,
    Village,
    Suburb,
    Hamlet,
    Other,
}

/// What one file said about places.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct FactSource {
    /// The `what` of its edition.
    pub(crate) what: String,
    pub(crate) facts: Vec<Fact>,
}

/// What a file said about one place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Fact {
    pub(crate) code: PlaceCode,
    pub(crate) kind: PlaceKind,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) edition: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) centre: Option<Point>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) parents: Vec<PlaceCode>,
    /// The code that took over from this one, where it is no longer in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) successor: Option<PlaceCode>,
}
