//! Which feeds are believed before which, as a steward of the whole directory has it.

use jiff::Timestamp;

use crate::{
    domain::{Person, TrustOrder},
    store::{Reading, Store, StoreError, Subject},
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

/// The order as it counts: without feeds that there are no more.
pub fn trust_order(store: &impl Reading) -> Result<TrustOrder, KeepingError> {
    Ok(known_of(store)?)
}

fn known_of(store: &impl Reading) -> Result<TrustOrder, StoreError> {
    let known = store.sources()?;
    let mut order = store.trust_order()?;
    order.0.retain(|name| known.iter().any(|known| known.name == *name));
    Ok(order)
}

/// Moves a feed in the order as it was shown. It counts from the next import on.
pub fn place_feed(
    store: &Store,
    steward: &Person,
    (source, place): (&str, Place),
    shown: &TrustOrder,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let by = Caretaker::of_everything(steward)?;
    if !store.sources()?.iter().any(|known| known.name == source) {
        return Err(KeepingError::ChangedMeanwhile);
    }
    let (source, shown) = (source.to_owned(), shown.clone());
    store.change(&by.actor(), now, move |changes| {
        let order = known_of(changes)?;
        if order != shown {
            // Two presses at once, or another steward.
            return Err(StoreError::Conflict(Subject::Setting(TrustOrder::SETTING.to_owned())));
        }
        let order = match place {
            Place::Up => order.with_raised(&source),
            Place::Out => order.without(&source),
        };
        let order = serde_json::to_string(&order).map_err(|_| StoreError::Damaged)?;
        changes.save_setting(TrustOrder::SETTING, &order).map(|_| ())
    })?;
    Ok(())
}
