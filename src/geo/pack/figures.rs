//! Need indicators by code: a column for each, a row for each place.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::wire::{Bytes, put_count, put_short_text};
use crate::domain::{Indicator, PlaceCode};

/// Figures about places. A value that is not known is not a number.
#[derive(Debug, Default, Clone)]
pub(crate) struct Figures {
    columns: Vec<FigureColumn>,
    rows: BTreeMap<PlaceCode, Vec<f64>>,
}

/// What the values of a column are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FigureColumn {
    pub(crate) name: String,
    pub(crate) source: String,
    pub(crate) year: u16,
}

impl Figures {
    /// The indicators of a place that are known.
    pub(crate) fn of(&self, code: &PlaceCode) -> Vec<Indicator> {
        let values = self.rows.get(code).map(Vec::as_slice).unwrap_or_default();
        let known = self.columns.iter().zip(values).filter(|(_, value)| value.is_finite());
        known
            .map(|(column, value)| Indicator {
                name: column.name.clone(),
                value: *value,
                source: column.source.clone(),
                year: column.year,
            })
            .collect()
    }

    /// One value of a place.
    pub(crate) fn value(&self, code: &PlaceCode, column: usize) -> Option<f64> {
        self.rows.get(code)?.get(column).copied().filter(|value| value.is_finite())
    }

    pub(crate) fn columns(&self) -> &[FigureColumn] {
        &self.columns
    }

    /// The number of a column by its name.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    pub(crate) fn codes(&self) -> impl Iterator<Item = &PlaceCode> {
        self.rows.keys()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The number of a column, new or known; its values are forgotten when its source changes.
    pub(crate) fn add_column(&mut self, column: FigureColumn) -> usize {
        if let Some(at) = self.column(&column.name) {
            self.columns[at] = column;
            self.rows.values_mut().filter_map(|row| row.get_mut(at)).for_each(|v| *v = f64::NAN);
            return at;
        }
        self.columns.push(column);
        self.rows.values_mut().for_each(|row| row.push(f64::NAN));
        self.columns.len() - 1
    }

    pub(crate) fn set(&mut self, code: &PlaceCode, column: usize, value: f64) {
        let width = self.columns.len();
        if !self.rows.contains_key(code) {
            self.rows.insert(code.clone(), vec![f64::NAN; width]);
        }
        if let Some(slot) = self.rows.get_mut(code).and_then(|row| row.get_mut(column)) {
            *slot = value;
        }
    }

    /// Takes the columns of another table, in the place of columns of the same name.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (from, column) in other.columns.iter().enumerate() {
            let to = self.add_column(column.clone());
            for (code, values) in &other.rows {
                if let Some(value) = values.get(from).filter(|value| value.is_finite()) {
                    self.set(code, to, *value);
                }
            }
        }
    }

    pub(crate) fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put_count(&mut out, self.columns.len());
        for column in &self.columns {
            put_short_text(&mut out, &column.name);
            put_short_text(&mut out, &column.source);
            out.extend_from_slice(&column.year.to_le_bytes());
        }
        put_count(&mut out, self.rows.len());
        for (code, values) in &self.rows {
            put_short_text(&mut out, code.as_str());
            for value in values {
                out.extend_from_slice(&value.to_le_bytes());
            }
        }
        out
    }

    pub(crate) fn read(section: &[u8]) -> Option<Self> {
        let mut bytes = Bytes(section);
        let mut figures = Self::default();
        for _ in 0..bytes.count(4)? {
            let (name, source) = (bytes.short_text()?.to_owned(), bytes.short_text()?.to_owned());
            figures.columns.push(FigureColumn { name, source, year: bytes.u16()? });
        }
        for _ in 0..bytes.count(1)? {
            let code = PlaceCode::from(bytes.short_text()?);
            let values: Option<Vec<f64>> = figures.columns.iter().map(|_| bytes.f64()).collect();
            figures.rows.insert(code, values?);
        }
        bytes.0.is_empty().then_some(figures)
    }
}
