//! What a row says of its listing, ready to be saved.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::{
    domain::{Role, ServiceId, ServiceStatus, UploadId},
    keeping::{
        Caretaker, DoorStated, Edited, KeepingError, Kept, Pending, Saving, as_it_was,
        changed_parts, comes_to, find_kept,
    },
    store::Version,
    text::tidy,
};

use super::{
    cells::{Cells, is_same},
    columns::Column,
    desk::Desk,
    hear::hear,
    new::new_row,
    plan::{CellChange, CellFault},
    said::{confirms, door},
    typed::Typed,
};

/// A row that is ready to be saved, or why it is not.
pub(super) enum Prepared {
    Nothing(Option<ServiceId>),
    Existing(Box<Existing>),
    New(Box<Edited>, Vec<CellChange>),
    Faults(Option<ServiceId>, Vec<CellFault>),
}

/// What a row says of a listing that is there.
pub(super) struct Existing {
    pub kept: Kept,
    pub by: Caretaker,
    pub pending: Pending,
    /// The listing with what waits, and the same with what the row says.
    pub shown: Edited,
    pub edited: Edited,
    pub changes: Vec<CellChange>,
    pub confirms: bool,
    pub door: Option<DoorStated>,
}

/// Works out what a row of a sheet of this moment would do.
pub(super) fn prepare(
    desk: &Desk<'_>,
    upload: UploadId,
    made: Timestamp,
    typed: &Typed,
) -> Result<Prepared, KeepingError> {
    if typed.id().is_empty() {
        return new_row(desk, upload, typed);
    }
    let fault = |column, how: &str| Prepared::Faults(None, vec![CellFault::new(column, how)]);
    let Ok(id) = typed.id().parse::<ServiceId>() else {
        let how =
            "This is not the ID of a listing: put it back as it was, or empty it for a new listing";
        return Ok(fault(Column::Id, how));
    };
    let theirs = find_kept(desk.store, desk.gazetteer, id)
        .and_then(|kept| kept.by(desk.person).map(|by| (kept, by)));
    let (kept, by) = match theirs {
        Ok(both) => both,
        Err(KeepingError::NotFound(_) | KeepingError::NotTheirs) => {
            return Ok(fault(Column::Id, "This is not a listing that you look after"));
        }
        Err(error) => return Err(error),
    };
    if kept.record.service.joined.is_some() {
        let how = "This listing was joined with another, which stands for both: take the row out";
        return Ok(fault(Column::Id, how));
    }
    existing(desk, made, typed, kept, by)
}

fn existing(
    desk: &Desk<'_>,
    made: Timestamp,
    typed: &Typed,
    kept: Kept,
    by: Caretaker,
) -> Result<Prepared, KeepingError> {
    let id = kept.record.service.id;
    let pending = Pending::of(desk.store, &kept, &by)?;
    // What is kept for later is nobody's to save from here.
    let shown = Pending { draft: None, ..pending.clone() }.over(&kept.record);
    let now = Cells::of(&shown, desk.vocabulary);
    let version = typed.get(Column::Version).parse().ok().map(Version);
    let was = match version.filter(|version| version.0 > 0) {
        Some(version) => as_it_was(desk.store, &kept, version)?,
        None => None,
    };
    let Some(was) = was else {
        let how = "Put back the version of this row, or download the sheet again: without it nobody can tell what changed since";
        return Ok(Prepared::Faults(Some(id), vec![CellFault::new(Column::Version, how)]));
    };
    let base = Cells::of(&was, desk.vocabulary);
    let changed = typed.changed(&now, &base);
    let mut faults = Vec::new();
    if version != Some(kept.version) {
        let venues = |edited: &Edited| -> Vec<_> {
            edited.service.venues.iter().map(|venue| venue.id).collect()
        };
        // Of other venues, the columns are of others too.
        let are_others = venues(&was) != venues(&shown);
        let by_both = changed.keys().filter(|column| {
            (are_others && matches!(column, Column::Venue(..)))
                || !is_same(**column, base.get(**column), now.get(**column))
        });
        faults.extend(by_both.map(|column| changed_by_both(*column, now.get(*column))));
    }
    let mut edited = shown.clone();
    let fills_new = by.role == Role::Steward || kept.record.service.status == ServiceStatus::Draft;
    faults.extend(hear(&changed, &mut edited, desk.world(), fills_new));
    let confirms = confirms(typed, &kept, version, made, &mut faults);
    let door = door(desk, typed, (&kept, &by), made, &mut faults);
    if !faults.is_empty() {
        return Ok(Prepared::Faults(Some(id), faults));
    }
    let differing = differing(desk, &changed, (&shown, &now), &edited, (&kept, &by));
    if differing.is_empty() && !confirms && door.is_none() {
        return Ok(Prepared::Nothing(Some(id)));
    }
    let existing =
        Existing { kept, by, pending, shown, edited, changes: differing, confirms, door };
    Ok(Prepared::Existing(Box::new(existing)))
}

fn changed_by_both(column: Column, now: &str) -> CellFault {
    let now =
        if now.is_empty() { "empty".to_owned() } else { format!("“{}”", tidy::cut(now, 120)) };
    let how = format!(
        "Somebody changed this since the sheet was made: it is {now} now. Put the same here, or download the sheet again to change it"
    );
    CellFault::new(column, how)
}

/// What the cells change, as it will stand.
fn differing(
    desk: &Desk<'_>,
    changed: &BTreeMap<Column, String>,
    (shown, now): (&Edited, &Cells),
    edited: &Edited,
    (kept, by): (&Kept, &Caretaker),
) -> Vec<CellChange> {
    let parts = changed_parts(&shown.service, &edited.service);
    let saved = comes_to(kept, by, edited, parts.clone(), Saving::Now);
    let after = Cells::of(edited, desk.vocabulary);
    let differs = changed
        .iter()
        .filter(|(column, _)| column.part().is_some_and(|part| parts.contains(&part)));
    let change = |(column, typed): (&Column, &String)| {
        // A venue that goes takes the place of the next one with it.
        let is_venue = matches!(column, Column::Venue(..));
        let after = if is_venue { typed.as_str() } else { after.get(*column) };
        CellChange {
            heading: column.heading(),
            before: now.get(*column).to_owned(),
            after: after.to_owned(),
            waits: column.part().is_some_and(|part| saved.waits.contains(&part)),
        }
    };
    differs.map(change).filter(|change| change.before != change.after).collect()
}
