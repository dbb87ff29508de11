//! What a sheet would do: row by row, with nothing done.

use std::collections::{BTreeSet, HashMap};

use crate::{
    domain::{CapacityStatus, ServiceId},
    keeping::KeepingError,
    table::{Row, Table},
};

use super::{
    columns::Column,
    desk::Desk,
    prepare::{Existing, Prepared, prepare},
    typed::{Typed, values},
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
                    let how = format!("The same listing is in row {line}: keep one of the two");
                    planned(Prepared::Faults(None, vec![CellFault::new(Column::Id, how)]), &typed)
                }
                None => planned(prepare(desk, sent.upload.id, sent.upload.made, &typed)?, &typed),
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

/// A row as it is shown.
fn planned(prepared: Prepared, typed: &Typed) -> RowPlan {
    let row = |service, outcome| RowPlan { line: typed.line, name: typed.name(), service, outcome };
    match prepared {
        Prepared::Nothing(service) => row(service, Outcome::Nothing),
        Prepared::Faults(service, faults) => row(service, Outcome::Faults(faults)),
        Prepared::New(_, changes) => row(None, Outcome::New(changes)),
        Prepared::Existing(existing) => {
            let Existing { kept, changes, confirms, door, .. } = *existing;
            let door = door.map(|door| door.status);
            let name = kept.record.service.name.clone();
            let outcome = Outcome::Changes { changes, confirms, door };
            RowPlan { name, ..row(Some(kept.record.service.id), outcome) }
        }
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
