//! What is put into the index: one entry per service, with all its venues and areas.

use serde::{Deserialize, Serialize};

/// The service's own id, as 16 bytes of its UUID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EntryId(pub [u8; 16]);

/// A WGS84 position in degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    pub lat: f64,
    pub lon: f64,
}

/// One service as the engine sees it.
///
/// A service is one entry however many venues, areas or needs it has, so totals
/// and facet counts are counts of services.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub id: EntryId,
    pub name: String,
    /// Other names of the service, and names of its organisation.
    pub also_known_as: Vec<String>,
    pub organisation: String,
    pub summary: String,
    /// Everything else that is worth finding by words.
    pub body: String,
    /// Plain words for its needs (labels and phrases), weighted as the name is.
    pub need_words: Vec<String>,
    pub needs: Vec<EntryNeed>,
    /// Whether it says whom it serves by area. If so, `serves` decides.
    pub states_area: bool,
    /// Codes of the areas served.
    pub serves: Vec<String>,
    /// Codes of areas left out of those served.
    pub serves_not: Vec<String>,
    /// How wide the stated area is: 0 a neighbourhood … 1 a nation.
    pub breadth: f32,
    /// Public venues with a known point. Confidential ones are never here.
    pub venues: Vec<Venue>,
    /// Codes of the places that its venues are in (coarse ones only where a venue is confidential).
    pub venue_places: Vec<String>,
    /// Whether it reaches people where they are: telephone, online, home visit, outreach.
    pub remote: bool,
    /// Facet values; a value of `not-stated` stands where nothing is known.
    pub facets: Vec<(Facet, String)>,
    /// Inclusive age ranges that it is for, empty where not stated.
    pub ages: Vec<(u8, u8)>,
    /// Circumstances that it is for.
    pub fits: Vec<String>,
    /// Whether it is for those of `fits` and nobody else.
    pub only_these: bool,
    /// Circumstances that it is not for.
    pub fits_not: Vec<String>,
    /// Dated statements of whether it takes people, newest first for each venue.
    pub doors: Vec<Door>,
    /// Seconds since 1970 of the last confirmation by somebody who knows.
    pub confirmed_at: Option<i64>,
    /// Share of the facts that a reader needs which are stated, 0 to 1.
    pub completeness: f32,
    /// The share of those who sent somebody there lately for whom it worked, 0 to 1; none where too
    /// few said anything.
    pub experience: Option<f32>,
}

/// A public venue of the service. `ordinal` is the caller's own number for it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Venue {
    pub ordinal: u16,
    pub point: Point,
}

/// A need that the service answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryNeed {
    pub need: String,
    pub tier: NeedTier,
}

/// How a need is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NeedTier {
    /// Somebody stated it.
    Stated,
    /// The name, or where the text says what it is about, shows it.
    Inferred,
    /// The text speaks of it further on.
    Mentioned,
}

/// A statement about taking people. It counts from `from` until just before `until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Door {
    /// The venue it is about, or `None` for the whole service.
    pub venue: Option<u16>,
    pub status: DoorStatus,
    /// Seconds since 1970.
    pub from: i64,
    /// Seconds since 1970; at this moment the statement has lapsed.
    pub until: i64,
}

/// Whether a service takes people, as last stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DoorStatus {
    Open,
    Waiting,
    Full,
    Paused,
    NotKnown,
}

/// The groups of values that results can be filtered and counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Facet {
    Need,
    /// Worked out at the moment of asking from the doors: `open`, `waiting`, `full`, `paused`, `not-known`.
    Capacity,
    Who,
    Day,
    Time,
    Cost,
    Delivery,
    Access,
    Language,
    Referral,
    Sector,
    Organisation,
}
