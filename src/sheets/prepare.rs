//! What a row says of its listing, ready to be saved.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::{
    domain::{Role, ServiceAtLocationId, ServiceId, ServiceStatus, UploadId},
    keeping::{
        Caretaker, DoorStated, Edited, KeepingError, Kept, Pending, Saving, changed_parts,
        comes_to, find_kept,
    },
    store::folded_name,
    text::tidy,
};

use super::{
    cells::{Cells, is_same},
    columns::{Column, VenueCell},
    desk::Desk,
    guide::shown,
    hear::hear,
    mark::Mark,
    new::new_row,
    plan::{CellChange, CellFault},
    said::{confirms, door},
    typed::Typed,
};

/// A row that is ready to be saved, or why it is not.
pub(super) enum Prepared {
    /// With the columns that somebody else changed, and that stay so.
    Nothing(Option<ServiceId>, Vec<String>),
    Existing(Box<Existing>),
    New(Box<Edited>, Vec<CellChange>),
    /// A new listing that is begun, and was not sent to a steward yet.
    Begun(ServiceId),
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
    /// The columns that somebody else changed, and that stay so.
    pub left: Vec<String>,
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
    let shown = shown(&kept, &by, &pending);
    let now = Cells::of(&shown, desk.vocabulary);
    let Some(mark) = Mark::read(typed.get(Column::Version)) else {
        let how = "Put back what stood here, or download the sheet again: without it nobody can tell what changed since";
        return Ok(Prepared::Faults(Some(id), vec![CellFault::new(Column::Version, how)]));
    };
    let mut faults = typed.spoilt();
    faults.extend(typed.lost_letters(&now));
    if !moves_nowhere(typed, &kept) {
        let how = "A listing cannot be given to another organisation here: put its own back";
        faults.push(CellFault::new(Column::Organisation, how));
    }
    let mut touched = typed.touched(&now, Some(&mark));
    touched.retain(|column, _| faults.iter().all(|fault| fault.heading != column.heading()));
    let mut edited = shown.clone();
    let fills_new = by.role == Role::Steward || kept.record.service.status == ServiceStatus::Draft;
    faults.extend(hear((&touched, &now), &mut edited, desk.world(), fills_new));
    let mut after = Cells::of(&edited, desk.vocabulary);
    // What says the same in other words changes nothing. A venue that goes takes its columns along.
    let are_others = venues(&shown) != venues(&edited);
    let all = touched.len();
    touched.retain(|column, _| {
        (are_others && matches!(column, Column::Venue(..)))
            || !is_same(*column, after.get(*column), now.get(*column))
    });
    if touched.len() < all {
        edited = shown.clone();
        let _ = hear((&touched, &now), &mut edited, desk.world(), fills_new);
        after = Cells::of(&edited, desk.vocabulary);
    }
    let by_both = touched.keys().filter(|column| !is_as_it_was(**column, &mark, &now));
    faults.extend(by_both.map(|column| changed_by_both(*column, now.get(*column))));
    let left: Vec<String> = typed.left(&now, &mark).map(Column::heading).collect();
    let is_as_shown = mark.version == kept.version && left.is_empty();
    let confirms = confirms(typed, &kept, is_as_shown, made, &mut faults);
    let door = door(desk, typed, (&kept, &by), made, &mut faults);
    if !faults.is_empty() {
        return Ok(Prepared::Faults(Some(id), faults));
    }
    let differing = differing(&touched, (&shown, &now), (&edited, &after), (&kept, &by));
    if differing.is_empty() && !confirms && door.is_none() {
        return Ok(Prepared::Nothing(Some(id), left));
    }
    let existing =
        Existing { kept, by, pending, shown, edited, changes: differing, confirms, door, left };
    Ok(Prepared::Existing(Box::new(existing)))
}

/// Whether the row names the organisation that the listing is of, or none.
fn moves_nowhere(typed: &Typed, kept: &Kept) -> bool {
    let named = folded_name(typed.get(Column::Organisation));
    named.is_empty() || named == folded_name(&kept.record.organisation.name)
}

fn venues(edited: &Edited) -> Vec<ServiceAtLocationId> {
    edited.service.venues.iter().map(|venue| venue.id).collect()
}

/// Whether a cell, and for one of a venue the venue itself, is as it was when the sheet was made.
fn is_as_it_was(column: Column, mark: &Mark, now: &Cells) -> bool {
    let holds = |column| mark.holds(column, now.get(column));
    let is_same_venue = match column {
        Column::Venue(number, _) => [VenueCell::Name, VenueCell::Postcode, VenueCell::Hidden]
            .into_iter()
            .all(|cell| holds(Column::Venue(number, cell))),
        _ => true,
    };
    holds(column) && is_same_venue
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
    touched: &BTreeMap<Column, String>,
    (shown, now): (&Edited, &Cells),
    (edited, after): (&Edited, &Cells),
    (kept, by): (&Kept, &Caretaker),
) -> Vec<CellChange> {
    let parts = changed_parts(&shown.service, &edited.service);
    let saved = comes_to(kept, by, edited, parts.clone(), Saving::Now);
    let differs = touched
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
    differs.map(change).collect()
}
