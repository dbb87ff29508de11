//! How the listings of a steward's part stand: figures by place, and the listings behind each.
//!
//! *Invariants.* A figure is the length of the list behind it. A total counts each listing once,
//! however many places it counts in. Where a venue is kept secret, it counts in no smaller place.

mod count;
mod facts;
mod figure;
mod remit;
mod survey;

use jiff::Timestamp;

pub use figure::{Figure, Tally};
pub use remit::Remit;
pub use survey::Survey;

use self::{
    count::Theirs,
    remit::{parts, place_in},
};
pub(super) use self::{facts::Facts, survey::Known};
use crate::{
    domain::{Person, PlaceCode, ServiceId},
    geo::{Gazetteer, PlaceRef},
    store::{Reading, ServiceRecord, Store},
};

use super::error::KeepingError;

/// How a steward's listings stand.
#[derive(Clone, Debug)]
pub struct Health {
    /// Of all parts together, each listing once.
    pub total: Tally,
    pub parts: Vec<RemitHealth>,
    /// Open reports, of which a listing may have several, and since when the oldest waits.
    pub reports: usize,
    pub oldest_report: Option<Timestamp>,
}

/// How the listings of one part stand.
#[derive(Clone, Debug)]
pub struct RemitHealth {
    pub part: Remit,
    pub total: Tally,
    /// The places inside it in which anything is listed.
    pub rows: Vec<(PlaceRef, Tally)>,
    /// How many places inside it have nothing of their own.
    pub without: usize,
}

/// Which listings are asked for: those that count in a figure, in a part, in a place inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    pub figure: Figure,
    /// The key of a part; all of them where there is none.
    pub part: Option<String>,
    pub place: Option<PlaceCode>,
}

/// A stretch of the listings behind a figure: those that nobody confirmed for longest first.
#[derive(Clone, Debug)]
pub struct Listings {
    pub records: Vec<ServiceRecord>,
    pub total: usize,
    /// Where they are: the names of the parts, or of the place.
    pub place: String,
}

/// How the listings stand that somebody is a steward of.
pub fn health(
    (survey, store, gazetteer): (&Survey, &Store, &Gazetteer),
    steward: &Person,
    now: Timestamp,
) -> Result<Health, KeepingError> {
    let parts = parts(store, gazetteer, steward)?;
    let count = |known: &Known| Theirs::new(known, &parts, now).health(gazetteer);
    survey.look(store, gazetteer, count)
}

/// A stretch of the listings behind a figure. Of what is not theirs there is none.
pub fn listings_behind(
    (survey, store, gazetteer): (&Survey, &Store, &Gazetteer),
    steward: &Person,
    asked: &Behind,
    (skip, limit): (usize, usize),
    now: Timestamp,
) -> Result<Listings, KeepingError> {
    let mut parts = parts(store, gazetteer, steward)?;
    if let Some(key) = &asked.part {
        parts.retain(|part| part.key() == *key);
    }
    if parts.is_empty() {
        return Err(KeepingError::NotTheirs);
    }
    let place = match &asked.place {
        None => None,
        Some(code) => Some(place_in(gazetteer, &parts, code)?),
    };
    let find = |known: &Known| Theirs::new(known, &parts, now).behind(asked);
    let ids = survey.look(store, gazetteer, find)?;
    let some: Vec<ServiceId> = ids.iter().skip(skip).take(limit).copied().collect();
    let names: Vec<String> = parts.into_iter().map(|part| part.name).collect();
    Ok(Listings {
        records: store.services_by_ids(&some)?,
        total: ids.len(),
        place: place.map_or_else(|| names.join(", "), |place| place.name),
    })
}
