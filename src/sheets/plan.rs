//! What a sheet would do: row by row, with nothing done.

use std::collections::HashMap;

use crate::{
    domain::{CapacityStatus, ServiceId},
    keeping::KeepingError,
    table::{Row, Table},
};

use super::{
    columns::Column,
    desk::Desk,
    prepare::{Existing, Prepared, prepare},
    typed::{Headings, Typed, values},
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
    /// The row of the sheet, from 1.
    pub line: u64,
    pub name: String,
    /// The listing, where it is there.
    pub service: Option<ServiceId>,
    pub outcome: Outcome,
    /// The columns that somebody else changed since the sheet was made, and that stay so.
    pub left: Vec<String>,
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
        let headings = Headings::of(&sent.table);
        let mut plan = Self { rows: Vec::new(), unread: unread(&sent.table, &headings) };
        let rows: Vec<Typed> =
            sent.table.rows.iter().map(|row| Typed::read(&headings, row)).collect();
        let twice = twice(&rows);
        for typed in &rows {
            let prepared = match twice.get(&typed.line) {
                Some(line) => {
                    let how = format!(
                        "The same listing is in row {line} too: keep one of the two, and empty the ID of a new listing"
                    );
                    Prepared::Faults(None, vec![CellFault::new(Column::Id, how)])
                }
                None => prepare(desk, sent.upload.id, sent.upload.made, typed)?,
            };
            plan.rows.push(planned(prepared, typed));
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

/// The rows that name a listing that another row names too, each with that one. Neither counts: the
/// first may be the copy.
pub(super) fn twice(rows: &[Typed]) -> HashMap<u64, u64> {
    let mut by_id: HashMap<String, Vec<u64>> = HashMap::new();
    for typed in rows.iter().filter(|typed| !typed.id().is_empty()) {
        by_id.entry(typed.id()).or_default().push(typed.line);
    }
    let mut twice = HashMap::new();
    for lines in by_id.into_values().filter(|lines| lines.len() > 1) {
        for (at, line) in lines.iter().enumerate() {
            twice.insert(*line, lines[usize::from(at == 0)]);
        }
    }
    twice
}

/// A row as it is shown.
fn planned(prepared: Prepared, typed: &Typed) -> RowPlan {
    let row = |service, outcome, left| RowPlan {
        line: typed.line,
        name: typed.name(),
        service,
        outcome,
        left,
    };
    match prepared {
        Prepared::Nothing(service, left) => row(service, Outcome::Nothing, left),
        Prepared::Faults(service, faults) => row(service, Outcome::Faults(faults), Vec::new()),
        Prepared::New(_, changes) => row(None, Outcome::New(changes), Vec::new()),
        Prepared::Begun(id) => row(Some(id), Outcome::New(Vec::new()), Vec::new()),
        Prepared::Existing(existing) => {
            let Existing { kept, changes, confirms, door, left, .. } = *existing;
            let door = door.map(|door| door.status);
            let name = kept.record.service.name.clone();
            let outcome = Outcome::Changes { changes, confirms, door };
            RowPlan { name, ..row(Some(kept.record.service.id), outcome, left) }
        }
    }
}

/// Headings under which something is said that nobody reads.
fn unread(table: &Table, headings: &Headings) -> Vec<String> {
    let says = |at: usize| {
        let mut rows = table.rows.iter();
        rows.any(|row| row.values.get(at).is_some_and(|value| !value.trim().is_empty()))
    };
    let unread = table
        .header
        .iter()
        .enumerate()
        .filter(|(at, heading)| *heading != TO_MEND && !headings.is_ours(*at) && says(*at));
    unread.map(|(_, heading)| heading.clone()).collect()
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
