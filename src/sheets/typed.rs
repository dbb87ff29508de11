//! A row as it was typed.

use std::collections::BTreeMap;

use crate::{
    table::{Row, Table},
    text::tidy,
};

use super::{
    cells::{Cells, is_same},
    columns::Column,
    fields::FIELDS,
};

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

    /// The cells that are not as a listing says, without those that nobody touched since `base`.
    pub fn changed(&self, now: &Cells, base: &Cells) -> BTreeMap<Column, String> {
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
pub(super) fn values(row: &Row) -> impl Iterator<Item = String> + '_ {
    let bare = |text: &String| match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
        _ => text.clone(),
    };
    row.values.iter().map(bare).chain(std::iter::repeat(String::new()))
}
