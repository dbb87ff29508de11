//! Saving a sheet, row by row, as far as there is time.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use crate::{
    domain::ServiceId,
    keeping::{
        Edited, KeepingError, Saving, ask_to_list, begin, confirm_words, find_kept, save_edited,
        state_door,
    },
};

use super::{
    desk::Desk,
    plan::twice,
    prepare::{Existing, Prepared, prepare},
    typed::{Headings, Typed},
    uploads::{Sent, keep_rest},
};

/// The longest that rows are saved at a stretch: well within the time that a page may take. What is
/// left is saved by pressing again.
const STRETCH: Duration = Duration::from_secs(8);

/// What saving came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedRows {
    pub saved: usize,
    /// Rows that could not be saved after all, each with why.
    pub refused: Vec<(u64, String)>,
    /// The row to go on from, where there was no time for the rest.
    pub rest_from: Option<u64>,
}

/// Saves what a sheet would do now, from a row on: each row by itself and whole. Rows with faults
/// are left.
pub fn save(desk: &Desk<'_>, sent: &Sent, from: u64) -> Result<SavedRows, KeepingError> {
    let mut done = SavedRows::default();
    let mut saved = BTreeSet::new();
    let began = Instant::now();
    let headings = Headings::of(&sent.table);
    let rows: Vec<Typed> = sent.table.rows.iter().map(|row| Typed::read(&headings, row)).collect();
    let twice = twice(&rows);
    for typed in rows.iter().filter(|typed| typed.line >= from) {
        if began.elapsed() > STRETCH {
            done.rest_from = Some(typed.line);
            break;
        }
        if twice.contains_key(&typed.line) {
            continue;
        }
        match save_row(desk, sent, typed) {
            Ok(true) => {
                saved.insert(typed.line);
            }
            Ok(false) => {}
            Err(KeepingError::ChangedMeanwhile) => {
                let how =
                    "Somebody changed the listing in this moment: look at it, and press again";
                done.refused.push((typed.line, how.to_owned()));
            }
            Err(KeepingError::Form(faults)) => {
                let how: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
                done.refused.push((typed.line, how.join(". ")));
            }
            Err(error) => return Err(error),
        }
    }
    done.saved = saved.len();
    if !saved.is_empty() {
        keep_rest(desk.store, sent, &saved, desk.now)?;
    }
    Ok(done)
}

/// Whether there was anything to save. Confirming comes first: it is of the listing as the sheet
/// showed it. Each step leaves a sheet that goes on where this one broke off.
fn save_row(desk: &Desk<'_>, sent: &Sent, typed: &Typed) -> Result<bool, KeepingError> {
    let prepared = || prepare(desk, sent.upload.id, sent.upload.made, typed);
    let mut existing = match prepared()? {
        Prepared::Nothing(..) | Prepared::Faults(..) => return Ok(false),
        Prepared::New(edited, _) => return add(desk, *edited).map(|()| true),
        Prepared::Begun(id) => return send(desk, id).map(|()| true),
        Prepared::Existing(existing) => existing,
    };
    if existing.confirms {
        let Existing { kept, by, .. } = existing.as_ref();
        confirm_words(desk.store, kept, by, desk.keeping, desk.now)?;
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
    let id = edited.service.id;
    begin(desk.store, desk.limits, desk.person, edited, desk.now)?;
    send(desk, id)
}

fn send(desk: &Desk<'_>, id: ServiceId) -> Result<(), KeepingError> {
    let kept = find_kept(desk.store, desk.gazetteer, id)?;
    let by = kept.by(desk.person)?;
    ask_to_list(desk.store, &kept, &by, desk.now).map(|_| ())
}
