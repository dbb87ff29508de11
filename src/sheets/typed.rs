//! A row as it was typed.

use std::collections::BTreeMap;

use crate::{
    table::{Row, Table, in_windows},
    text::tidy,
};

use super::{
    cells::{Cells, is_same, with_its_zero},
    columns::Column,
    fields::{FIELDS, Kind},
    mark::Mark,
    plan::CellFault,
};

/// The columns of a sheet by their places; nothing for those that are none of ours.
pub(super) struct Headings(Vec<Option<Column>>);

/// A row by its columns, as it was typed.
pub(super) struct Typed {
    pub line: u64,
    cells: BTreeMap<Column, String>,
}

/// What spreadsheets write where a formula came to nothing.
const ERRORS: [&str; 10] = [
    "#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
    "#ERROR!",
];

impl Headings {
    /// The columns of a table. Of two with one heading, the first counts.
    pub fn of(table: &Table) -> Self {
        let mut seen = Vec::new();
        let column = |heading: &String| {
            let column = Column::of_heading(heading).filter(|column| !seen.contains(column));
            seen.extend(column);
            column
        };
        Self(table.header.iter().map(column).collect())
    }

    /// Whether the column of this place is one of ours.
    pub fn is_ours(&self, at: usize) -> bool {
        self.0.get(at).is_some_and(Option::is_some)
    }
}

impl Typed {
    pub fn read(headings: &Headings, row: &Row) -> Self {
        let cells = headings.0.iter().zip(values(row));
        let ours = cells.filter_map(|(column, value)| Some(((*column)?, value)));
        Self { line: row.line, cells: ours.collect() }
    }

    pub fn get(&self, column: Column) -> &str {
        self.cells.get(&column).map_or("", |text| text.trim())
    }

    pub fn id(&self) -> String {
        self.get(Column::Id).to_lowercase()
    }

    pub fn name(&self) -> String {
        let at = FIELDS.iter().position(|field| field.name == "name");
        tidy::line(at.map_or("", |at| self.get(Column::Field(at))))
    }

    /// Cells that lost letters because the file was saved in letters that have not all of ours.
    pub fn lost_letters(&self, now: &Cells) -> Vec<CellFault> {
        let lost = self.cells.iter().filter(|(column, text)| {
            let says = now.get(**column);
            text.contains('?')
                && !is_same(**column, text, says)
                && ["?", "??"].iter().any(|mark| is_same(**column, text, &in_windows(says, mark)))
        });
        let how = "The file was saved in a way that lost letters. Save it as a workbook (.xlsx), or as “CSV UTF-8”";
        lost.map(|(column, _)| CellFault::new(*column, how)).collect()
    }

    /// Cells that the spreadsheet itself spoilt.
    pub fn spoilt(&self) -> Vec<CellFault> {
        let spoilt = self.cells.iter().filter(|(_, text)| ERRORS.contains(&text.trim()));
        let fault = |(column, text): (&Column, &String)| {
            let how =
                format!("The spreadsheet wrote {} here: type what it should say", text.trim());
            CellFault::new(*column, how)
        };
        spoilt.map(fault).collect()
    }

    /// The cells that say something else than the listing does, and than the sheet did when it was
    /// made.
    pub fn touched(&self, now: &Cells, mark: Option<&Mark>) -> BTreeMap<Column, String> {
        let is_untouched = |column: Column, text: &str| {
            let says = |text: &str| {
                mark.is_some_and(|mark| mark.holds(column, text))
                    || is_same(column, text, now.get(column))
            };
            let is_phone = column.kind() == Some(Kind::Phone);
            says(text) || (is_phone && with_its_zero(text).is_some_and(|text| says(&text)))
        };
        let fields = self.cells.iter().filter(|(column, _)| column.part().is_some());
        let touched = fields.filter(|(column, text)| !is_untouched(**column, text));
        touched.map(|(column, text)| (*column, text.clone())).collect()
    }

    /// The cells that nobody touched in the sheet, and that somebody changed in the listing since.
    pub fn left<'a>(&'a self, now: &'a Cells, mark: &'a Mark) -> impl Iterator<Item = Column> + 'a {
        let fields = self.cells.iter().filter(|(column, _)| column.part().is_some());
        let left = fields.filter(|(column, text)| {
            mark.holds(**column, text) && !mark.holds(**column, now.get(**column))
        });
        left.map(|(column, _)| *column)
    }
}

/// The values of a row; those that its line leaves out at the end are empty.
pub(super) fn values(row: &Row) -> impl Iterator<Item = String> + '_ {
    row.values.iter().cloned().chain(std::iter::repeat(String::new()))
}
