//! What a sheet would do: row by row, with nothing done.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;

use crate::{
    domain::{
        CapacityStatus, OrganisationId, Role, ServiceId, ServiceStatus, UploadId, date_in_england,
    },
    keeping::{
        Caretaker, DoorStated, Edited, FormFault, KeepingError, Kept, Pending, Saving, Section,
        as_it_was, changed_parts, comes_to, find_kept, lacks, new_listing,
    },
    store::{Reading, Version, folded_name},
    table::{Row, Table},
    text::{dates, tidy},
};

use super::{
    cells::{Cells, answer, door_status, is_same},
    columns::{Column, DoorCell, FIELDS},
    desk::Desk,
    hear::hear,
    uploads::Sent,
};

/// What a sheet would do.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub rows: Vec<RowPlan>,
    /// Headings that are none of ours: what is below them is not read.
    pub unread: Vec<String>,
}

/// What a row would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowPlan {
    /// The line of the sheet, from 1.
    pub line: u64,
    pub name: String,
    /// The listing, where it is there.
    pub service: Option<ServiceId>,
    pub outcome: Outcome,
}

/// What comes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It says what stands there already.
    Nothing,
    Changes {
        changes: Vec<CellChange>,
        /// It is confirmed as it is then.
        confirms: bool,
        door: Option<CapacityStatus>,
    },
    /// A listing that is begun, and sent to a steward.
    New(Vec<CellChange>),
    /// Nothing of it is saved before this is put right.
    Faults(Vec<CellFault>),
}

/// What a cell changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellChange {
    pub heading: String,
    pub before: String,
    pub after: String,
    /// Whether a steward looks at it first.
    pub waits: bool,
}

/// What is wrong with a cell, with what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellFault {
    pub heading: String,
    pub how: String,
}

impl CellFault {
    pub(super) fn new(column: Column, how: impl Into<String>) -> Self {
        Self { heading: column.heading(), how: how.into() }
    }
}

impl Plan {
    /// What a sheet would do if it were saved now.
    pub fn of(desk: &Desk<'_>, sent: &Sent) -> Result<Self, KeepingError> {
        let mut plan = Self { rows: Vec::new(), unread: unread(&sent.table) };
        let mut seen = HashMap::new();
        for row in &sent.table.rows {
            let typed = Typed::read(&sent.table, row);
            let twice = seen.insert(typed.id(), row.line).filter(|_| !typed.id().is_empty());
            plan.rows.push(match twice {
                Some(line) => {
                    let how = format!("The same listing is on line {line}: keep one of the two");
                    typed.faulty(vec![CellFault::new(Column::Id, how)])
                }
                None => prepare(desk, sent.upload.id, sent.upload.made, &typed)?.row(&typed),
            });
        }
        Ok(plan)
    }

    /// How many rows would change something.
    #[must_use]
    pub fn to_save(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::Changes { .. } | Outcome::New(_)))
    }

    /// How many rows are of this sort.
    pub fn count(&self, is_so: impl Fn(&Outcome) -> bool) -> usize {
        self.rows.iter().filter(|row| is_so(&row.outcome)).count()
    }
}

/// Headings under which something is said that nobody reads.
fn unread(table: &Table) -> Vec<String> {
    let says = |at: usize| {
        let mut rows = table.rows.iter();
        rows.any(|row| row.values.get(at).is_some_and(|value| !value.trim().is_empty()))
    };
    let mut known = BTreeSet::new();
    let headings = table.header.iter().enumerate().filter(|(_, heading)| *heading != TO_MEND);
    let headings = headings.filter(|(at, heading)| {
        let is_new = Column::of_heading(heading).is_some_and(|column| known.insert(column));
        !is_new && says(*at)
    });
    headings.map(|(_, heading)| heading.clone()).collect()
}

/// The heading of what to do about a row.
const TO_MEND: &str = "What to put right";

/// The rows of a sheet that have to be put right, each with what to do before what was typed.
#[must_use]
pub fn to_mend(sent: &Sent, plan: &Plan) -> Table {
    let headings = sent.table.header.iter().filter(|heading| *heading != TO_MEND).cloned();
    let header: Vec<String> = std::iter::once(TO_MEND.to_owned()).chain(headings).collect();
    let kept: Vec<bool> = sent.table.header.iter().map(|heading| heading != TO_MEND).collect();
    let row = |(row, planned): (&Row, &RowPlan)| {
        let Outcome::Faults(faults) = &planned.outcome else { return None };
        let how: Vec<String> =
            faults.iter().map(|fault| format!("{}: {}", fault.heading, fault.how)).collect();
        let typed = values(row).zip(&kept).filter(|(_, kept)| **kept).map(|(value, _)| value);
        let values = std::iter::once(how.join("\n")).chain(typed).collect();
        Some(Row { line: row.line, values })
    };
    let rows = sent.table.rows.iter().zip(&plan.rows).filter_map(row).collect();
    Table { header, rows }
}

/// A row by its columns, as it was typed.
pub(super) struct Typed {
    pub line: u64,
    cells: BTreeMap<Column, String>,
}

impl Typed {
    pub fn read(table: &Table, row: &Row) -> Self {
        let mut cells = BTreeMap::new();
        for (heading, value) in table.header.iter().zip(values(row)) {
            if let Some(column) = Column::of_heading(heading) {
                // Of two columns with one heading, the first counts.
                cells.entry(column).or_insert(value);
            }
        }
        Self { line: row.line, cells }
    }

    fn get(&self, column: Column) -> &str {
        self.cells.get(&column).map_or("", |text| text.trim())
    }

    fn id(&self) -> String {
        self.get(Column::Id).to_lowercase()
    }

    fn name(&self) -> String {
        let at = FIELDS.iter().position(|field| field.name == "name");
        tidy::line(at.map_or("", |at| self.get(Column::Field(at))))
    }

    fn faulty(&self, faults: Vec<CellFault>) -> RowPlan {
        RowPlan {
            line: self.line,
            name: self.name(),
            service: None,
            outcome: Outcome::Faults(faults),
        }
    }

    /// The cells that are not as a listing says, without those that nobody touched since `base`.
    fn changed(&self, now: &Cells, base: &Cells) -> BTreeMap<Column, String> {
        let fields = self.cells.iter().filter(|(column, _)| column.part().is_some());
        fields
            .filter(|(column, text)| {
                !is_same(**column, text, now.get(**column))
                    && !is_same(**column, text, base.get(**column))
            })
            .map(|(column, text)| (*column, text.clone()))
            .collect()
    }
}

/// The values of a row, without the mark that keeps a spreadsheet from working them out; those that
/// its line leaves out at the end are empty.
fn values(row: &Row) -> impl Iterator<Item = String> + '_ {
    let bare = |text: &String| match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
        _ => text.clone(),
    };
    row.values.iter().map(bare).chain(std::iter::repeat(String::new()))
}

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

impl Prepared {
    fn row(self, typed: &Typed) -> RowPlan {
        let row =
            |service, outcome| RowPlan { line: typed.line, name: typed.name(), service, outcome };
        match self {
            Self::Nothing(service) => row(service, Outcome::Nothing),
            Self::Faults(service, faults) => row(service, Outcome::Faults(faults)),
            Self::New(_, changes) => row(None, Outcome::New(changes)),
            Self::Existing(existing) => {
                let Existing { kept, changes, confirms, door, .. } = *existing;
                let door = door.map(|door| door.status);
                let name = kept.record.service.name.clone();
                let outcome = Outcome::Changes { changes, confirms, door };
                RowPlan { name, ..row(Some(kept.record.service.id), outcome) }
            }
        }
    }
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
    let changes = changes(desk, &changed, (&shown, &now), &edited, (&kept, &by));
    if changes.is_empty() && !confirms && door.is_none() {
        return Ok(Prepared::Nothing(Some(id)));
    }
    let existing = Existing { kept, by, pending, shown, edited, changes, confirms, door };
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
fn changes(
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

/// Whether the row says that the listing is still right, and nobody said so since it was sent.
fn confirms(
    typed: &Typed,
    kept: &Kept,
    version: Option<Version>,
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
    } else if version != Some(kept.version) {
        let how = "The listing was changed since the sheet was made: look at it first, or download the sheet again";
        faults.push(CellFault::new(Column::StillRight, how));
    }
    true
}

/// What the row says of whether people are taken, where nobody has said just that since it was
/// sent.
fn door(
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
    (!is_said).then_some(door)
}

/// A row without an ID: a listing of one's own organisation that is begun.
fn new_row(desk: &Desk<'_>, upload: UploadId, typed: &Typed) -> Result<Prepared, KeepingError> {
    let id = ServiceId::derive("sheet", &format!("{upload}/{}", typed.line));
    if desk.store.find_service(id)?.is_some() {
        return Ok(Prepared::Nothing(Some(id)));
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
    let mut changed = typed.changed(&now, &now);
    // A name and a line about it are asked for, be they typed or not.
    for field in ["name", "summary"] {
        let at = FIELDS.iter().position(|known| known.name == field);
        changed.extend(at.map(|at| {
            let column = Column::Field(at);
            (column, typed.get(column).to_owned())
        }));
    }
    let mut faults = hear(&changed, &mut edited, desk.world(), true);
    for fault in lacks(&edited) {
        let sections = Section::ALL.into_iter();
        let mut columns = sections.filter_map(|section| Column::of_field(section, &fault.field));
        let column = columns.next().unwrap_or(Column::Id);
        if faults.iter().all(|known| known.heading != column.heading()) {
            faults.push(CellFault::new(column, fault.message));
        }
    }
    for column in [Column::StillRight, Column::Door(DoorCell::Status)] {
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
    let changes = after.0.iter().map(change).collect();
    Ok(Prepared::New(Box::new(edited), changes))
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
