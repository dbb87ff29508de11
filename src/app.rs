//! What every page and every call is given.

use std::sync::Arc;

use jiff::Timestamp;

use crate::{
    config::Config, geo::Gazetteer, search::Search, store::Store, vocabulary::Vocabulary,
};

/// The directory at work. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub config: Arc<Config>,
    pub store: Store,
    pub gazetteer: Arc<Gazetteer>,
    pub vocabulary: &'static Vocabulary,
    pub search: Search,
    pub clock: Clock,
    /// Whether the listings are invented ones, which every page then says.
    pub demonstration: bool,
}

/// Where the time comes from. Pages and calls read it once at the door; below it is an argument.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    #[default]
    System,
    /// For tests.
    Fixed(Timestamp),
}

impl Clock {
    /// The moment it is.
    #[must_use]
    pub fn now(self) -> Timestamp {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is the door")]
            Self::System => Timestamp::now(),
            Self::Fixed(moment) => moment,
        }
    }
}
