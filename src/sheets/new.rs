//! A row of a listing that is new.

use crate::{
    domain::{OrganisationId, ServiceId, ServiceStatus, UploadId},
    keeping::{KeepingError, Section, lacks, new_listing},
    store::{Reading, folded_name},
};

use super::{
    cells::Cells,
    columns::{Column, DoorCell},
    desk::Desk,
    fields::FIELDS,
    hear::hear,
    plan::{CellChange, CellFault},
    prepare::Prepared,
    typed::Typed,
};

/// A row without an ID: a listing of one's own organisation that is begun.
pub(super) fn new_row(
    desk: &Desk<'_>,
    upload: UploadId,
    typed: &Typed,
) -> Result<Prepared, KeepingError> {
    let id = ServiceId::derive("sheet", &format!("{upload}/{}", typed.line));
    if let Some(known) = desk.store.find_service(id)? {
        let open = desk.store.list_open_proposals_of(id)?;
        let is_sent = open.iter().any(|proposal| proposal.record.sent.is_some());
        let waits = known.status == ServiceStatus::Draft && !is_sent;
        let nothing = Prepared::Nothing(Some(id), Vec::new());
        return Ok(if waits { Prepared::Begun(id) } else { nothing });
    }
    let organisation = match organisation_of(desk, typed)? {
        Ok(organisation) => organisation,
        Err(how) => {
            return Ok(Prepared::Faults(None, vec![CellFault::new(Column::Organisation, how)]));
        }
    };
    let name = folded_name(&typed.name());
    let named = desk.store.list_services_of(organisation)?;
    if let Some(known) = named.iter().find(|known| folded_name(&known.name) == name) {
        let how = format!(
            "There is a listing of this name already. To change it, put {} here; else give this one another name",
            known.id
        );
        return Ok(Prepared::Faults(None, vec![CellFault::new(Column::Id, how)]));
    }
    let mut edited = new_listing(id, organisation, desk.now);
    let now = Cells::of(&edited, desk.vocabulary);
    let mut touched = typed.touched(&now, None);
    // A name and a line about it are asked for, be they typed or not.
    for field in ["name", "summary"] {
        let at = FIELDS.iter().position(|known| known.name == field);
        touched.extend(at.map(|at| {
            let column = Column::Field(at);
            (column, typed.get(column).to_owned())
        }));
    }
    let mut faults = typed.spoilt();
    faults.extend(hear((&touched, &now), &mut edited, desk.world(), true));
    for fault in lacks(&edited) {
        let sections = Section::ALL.into_iter();
        let mut columns = sections.filter_map(|section| Column::of_field(section, &fault.field));
        let column = columns.next().unwrap_or(Column::Id);
        if faults.iter().all(|known| known.heading != column.heading()) {
            faults.push(CellFault::new(column, fault.message));
        }
    }
    let doors = [DoorCell::Status, DoorCell::Weeks, DoorCell::Until, DoorCell::Note];
    for column in [Column::StillRight].into_iter().chain(doors.map(Column::Door)) {
        if !typed.get(column).is_empty() {
            let how = "Leave this empty in a new row: say it once the listing is there";
            faults.push(CellFault::new(column, how));
        }
    }
    if !faults.is_empty() {
        return Ok(Prepared::Faults(None, faults));
    }
    let after = Cells::of(&edited, desk.vocabulary);
    let change = |(column, text): (&Column, &String)| CellChange {
        heading: column.heading(),
        before: String::new(),
        after: text.clone(),
        waits: true,
    };
    let said = after.0.iter().map(change).collect();
    Ok(Prepared::New(Box::new(edited), said))
}

/// The organisation that a new row is of: one that the sender looks after.
fn organisation_of(
    desk: &Desk<'_>,
    typed: &Typed,
) -> Result<Result<OrganisationId, String>, KeepingError> {
    let wanted = folded_name(typed.get(Column::Organisation));
    let mut theirs = Vec::new();
    for id in desk.person.organisations() {
        theirs.extend(desk.store.find_organisation(id)?);
    }
    let found = theirs.iter().find(|known| folded_name(&known.name) == wanted);
    let only = if theirs.len() == 1 && wanted.is_empty() { theirs.first() } else { None };
    let how = if theirs.is_empty() {
        "You look after no organisation’s listings, so there is none to add to: take the row out"
    } else {
        "Write the name of an organisation whose listings you look after, as it is in its other rows"
    };
    Ok(found.or(only).map(|known| known.id).ok_or_else(|| how.to_owned()))
}
