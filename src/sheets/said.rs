//! What a row says of its day: that the listing is still right, and whether people are taken.

use jiff::Timestamp;

use crate::{
    domain::{CapacityStatus, date_in_england},
    keeping::{Caretaker, DoorStated, FormFault, Kept},
    search::Labelled,
    text::{dates, tidy},
};

use super::{
    cells::{answer, door_status},
    columns::{Column, DoorCell},
    desk::Desk,
    plan::CellFault,
    typed::Typed,
};

/// Whether the row says that the listing is still right, and nobody said so since it was sent.
pub(super) fn confirms(
    typed: &Typed,
    kept: &Kept,
    is_as_shown: bool,
    made: Timestamp,
    faults: &mut Vec<CellFault>,
) -> bool {
    use crate::domain::Answer::{No, NotStated, Yes};
    match answer(typed.get(Column::StillRight)) {
        Some(Yes) => {}
        Some(No | NotStated) => return false,
        None => {
            faults.push(CellFault::new(Column::StillRight, "Write yes, or leave it empty"));
            return false;
        }
    }
    let upkeep = &kept.record.service.upkeep;
    if upkeep.confirmed.as_ref().is_some_and(|confirmed| confirmed.at >= made) {
        return false;
    }
    if !kept.is_listed() {
        let how = "This listing is not shown to anybody, so there is nothing to confirm";
        faults.push(CellFault::new(Column::StillRight, how));
    } else if !is_as_shown {
        let how = "The listing was changed since the sheet was made: look at it first, or download the sheet again";
        faults.push(CellFault::new(Column::StillRight, how));
    }
    true
}

/// What the row says of whether people are taken, where nobody has said just that since it was
/// sent.
pub(super) fn door(
    desk: &Desk<'_>,
    typed: &Typed,
    (kept, by): (&Kept, &Caretaker),
    made: Timestamp,
    faults: &mut Vec<CellFault>,
) -> Option<DoorStated> {
    let cell = |cell| typed.get(Column::Door(cell));
    let says = |of| !cell(of).is_empty();
    let mut fault = |of, how: &str| faults.push(CellFault::new(Column::Door(of), how));
    if !says(DoorCell::Status) {
        if [DoorCell::Weeks, DoorCell::Until, DoorCell::Note].into_iter().any(says) {
            fault(
                DoorCell::Status,
                "Say too whether it is open, has a waiting list, is full or paused",
            );
        }
        return None;
    }
    let Some(status) = door_status(cell(DoorCell::Status)) else {
        fault(DoorCell::Status, "Write open, waiting list, full or paused, or leave it empty");
        return None;
    };
    let wait_weeks = cell(DoorCell::Weeks).parse().ok();
    if wait_weeks.is_none() && says(DoorCell::Weeks) {
        fault(DoorCell::Weeks, "Write a whole number of weeks, such as 6");
    } else if says(DoorCell::Weeks) && status != CapacityStatus::WaitingList {
        fault(DoorCell::Weeks, "Empty this, or say that there is a waiting list");
    }
    let until = dates::date(cell(DoorCell::Until));
    if says(DoorCell::Until) && (until.is_none() || status != CapacityStatus::Paused) {
        fault(
            DoorCell::Until,
            "Where it is paused, write the last day such as 25/12/2026; else leave it empty",
        );
    }
    let note = Some(tidy::line(cell(DoorCell::Note))).filter(|note| !note.is_empty());
    let door = DoorStated { status, venue: None, wait_weeks, until, note };
    for FormFault { field, message } in door.faults(kept, by, desk.now) {
        let of = match field.as_ref() {
            "weeks" => DoorCell::Weeks,
            "until" => DoorCell::Until,
            "note" => DoorCell::Note,
            _ => DoorCell::Status,
        };
        fault(of, &message);
    }
    let author = by.person.author(by.role);
    let is_said = kept.record.capacity.iter().any(|said| {
        said.as_of >= made
            && (said.venue, said.status, &said.note, &said.by)
                == (None, status, &door.note, &author)
            && (status != CapacityStatus::WaitingList || said.wait_weeks == wait_weeks)
            && until.is_none_or(|until| date_in_england(said.lapses_at) > until)
    });
    let newest = kept
        .record
        .capacity
        .iter()
        .find(|said| said.as_of >= made && said.venue.is_none() && said.for_whom.is_none());
    if let Some(other) = newest.filter(|_| !is_said) {
        let how = format!(
            "Somebody said since the sheet was sent how it is: “{}”. Look at the listing, or empty this",
            other.status.label()
        );
        faults.push(CellFault::new(Column::Door(DoorCell::Status), how));
    }
    (!is_said).then_some(door)
}
