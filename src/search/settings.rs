//! How searching behaves, as the operator set it.

use hereabouts_index::Ranking;

use crate::geo::Metres;

/// What a search needs to know of the configuration.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    pub ranking: Ranking,
    /// How far a venue may be, in metres, for a service that states no area.
    pub reach_metres: f64,
    pub enough_results: usize,
    pub confirmed_months: i32,
    /// The directory's own place, as the operator named it; empty where not.
    pub home: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            ranking: Ranking::default(),
            reach_metres: Metres::from_miles(10.0).0,
            enough_results: 10,
            confirmed_months: 12,
            home: String::new(),
        }
    }
}
