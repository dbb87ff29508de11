//! Which feeds are believed before which, as a steward of the whole directory has it.

use jiff::Timestamp;

use crate::{
    domain::{Person, TrustOrder},
    store::{Reading, Store, StoreError},
};

use super::{error::KeepingError, listing::Caretaker};

/// What is done with the place of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// One further up; the last where it had none.
    Up,
    /// None any more.
    Out,
}

/// Moves a feed in the order. It counts from the next import on.
pub fn place_feed(
    store: &Store,
    steward: &Person,
    source: &str,
    place: Place,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let by = Caretaker::of_everything(steward)?;
    if !store.sources()?.iter().any(|known| known.name == source) {
        return Err(KeepingError::ChangedMeanwhile);
    }
    let source = source.to_owned();
    store.change(&by.actor(), now, move |changes| {
        let order = changes.trust_order()?;
        let order = match place {
            Place::Up => order.with_raised(&source),
            Place::Out => order.without(&source),
        };
        let order = serde_json::to_string(&order).map_err(|_| StoreError::Damaged)?;
        changes.save_setting(TrustOrder::SETTING, &order).map(|_| ())
    })?;
    Ok(())
}
