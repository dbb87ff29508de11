//! Gaps: that a need is not met in an area, said with one press; counted, never with words or
//! people.

use jiff::{SignedDuration, Timestamp};

use crate::{
    domain::{NeedId, Route, month_in_england, months_after},
    keeping::{FormFault, KeepingError, Limits, Network},
    store::{Actor, GapCount, Reading, Store},
};

/// Fewer than so many are not told, since few may be one person.
pub const FEWEST_TOLD: u64 = 5;
/// How many months are counted together, the current one included.
const MONTHS: i32 = 12;
/// One network counts once for a need and an area in so long.
const ONCE_IN: SignedDuration = SignedDuration::from_hours(24);

/// Counts that a need is not met in an area. One who presses twice counts once.
pub fn report_gap(
    store: &Store,
    (limits, network): (&Limits, Network),
    need: &NeedId,
    area: &str,
    now: Timestamp,
) -> Result<(), KeepingError> {
    if area.is_empty() {
        let how = "Enter the first half of a postcode, such as WN1";
        return Err(FormFault::new("area", how).into());
    }
    let what = format!("gap {need} {area}");
    if limits.count_from(&what, network, 1, ONCE_IN, now).is_err() {
        return Ok(());
    }
    let (need, area, month) = (need.clone(), area.to_owned(), month_in_england(now));
    let visitor = Actor::new("visitor", Route::Owner);
    store.change(&visitor, now, move |changes| {
        changes.forget_gaps(&month_in_england(months_after(now, -2 * MONTHS)))?;
        changes.count_gap(&need, &area, &month)
    })?;
    Ok(())
}

/// What was reported within a year, the most first.
pub fn gaps(store: &Store, now: Timestamp) -> Result<Vec<GapCount>, KeepingError> {
    Ok(store.gaps_since(&month_in_england(months_after(now, 1 - MONTHS)))?)
}
