//! Saving a sheet, row by row, as far as there is time.

use std::time::{Duration, Instant};

use crate::{
    domain::ServiceId,
    keeping::{
        Edited, KeepingError, Saving, ask_to_list, begin, confirm, find_kept, save_edited, seen,
        state_door,
    },
    store::Reading,
};

use super::{
    desk::Desk,
    prepare::{Existing, Prepared, prepare},
    typed::Typed,
    uploads::Sent,
};

/// The longest that rows are saved at a stretch: well within the time that a page may take. What is
/// left is saved by pressing again.
const STRETCH: Duration = Duration::from_secs(8);

/// What saving came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SavedRows {
    pub saved: usize,
    /// Rows that could not be saved after all: somebody changed the listing in that moment, or it
    /// was enough for a day.
    pub refused: usize,
    /// Whether rows were left for want of time.
    pub goes_on: bool,
}

/// Saves what a sheet would do now, each row by itself and whole. Rows with faults are left.
pub fn save(desk: &Desk<'_>, sent: &Sent) -> Result<SavedRows, KeepingError> {
    let mut done = SavedRows::default();
    let begun = Instant::now();
    for row in &sent.table.rows {
        if begun.elapsed() > STRETCH {
            done.goes_on = true;
            break;
        }
        match save_row(desk, sent, &Typed::read(&sent.table, row)) {
            Ok(true) => done.saved += 1,
            Ok(false) => {}
            Err(KeepingError::ChangedMeanwhile | KeepingError::Form(_)) => done.refused += 1,
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}

/// Whether there was anything to save. Confirming comes first: it is of the listing as the sheet
/// showed it. Each step leaves a sheet that goes on where this one broke off.
fn save_row(desk: &Desk<'_>, sent: &Sent, typed: &Typed) -> Result<bool, KeepingError> {
    let prepared = || prepare(desk, sent.upload.id, sent.upload.made, typed);
    let mut existing = match prepared()? {
        Prepared::Nothing(_) | Prepared::Faults(..) => return Ok(false),
        Prepared::New(edited, _) => return add(desk, *edited).map(|()| true),
        Prepared::Existing(existing) => existing,
    };
    if existing.confirms {
        let Existing { kept, by, .. } = existing.as_ref();
        let shown = seen(&kept.record, desk.now);
        confirm(desk.store, kept, by, &shown, desk.keeping, desk.now)?;
        match prepared()? {
            Prepared::Existing(rest) => existing = rest,
            _ => return Ok(true),
        }
    }
    let Existing { kept, by, pending, shown, edited, changes, door, .. } = existing.as_ref();
    if let Some(door) = door {
        state_door(desk.store, kept, by, door, desk.keeping, desk.now)?;
    }
    if !changes.is_empty() {
        let what = (shown, edited);
        save_edited(desk.store, kept, by, pending, what, (&[], Saving::Now), desk.now)?;
    }
    Ok(true)
}

/// Begins a listing and sends it to a steward.
fn add(desk: &Desk<'_>, edited: Edited) -> Result<(), KeepingError> {
    let id: ServiceId = edited.service.id;
    begin(desk.store, desk.limits, desk.person, edited, desk.now)?;
    let kept = find_kept(desk.store, desk.gazetteer, id)?;
    let by = kept.by(desk.person)?;
    ask_to_list(desk.store, &kept, &by, desk.now)?;
    debug_assert!(desk.store.find_service(id)?.is_some());
    Ok(())
}
