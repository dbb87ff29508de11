//! The operator's places: drawn areas, and governance stated for others.

use super::{Columns, Noun, Tx, Value, first};
use crate::{
    domain::{Place, PlaceCode},
    store::{
        error::StoreError,
        subject::{Subject, SubjectKind},
        text::unit_text,
    },
};

impl Noun for Place {
    const KIND: SubjectKind = SubjectKind::Place;

    fn subject(&self) -> Subject {
        Subject::Place(self.code.clone())
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn columns(&self, _tx: &dyn Tx) -> Result<Columns, StoreError> {
        let centre = self.centre.is_none_or(|at| at.lat.is_finite() && at.lon.is_finite());
        let figures = self.indicators.iter().all(|figure| figure.value.is_finite());
        if !(centre && figures) {
            return Err(StoreError::NotFinite(self.subject()));
        }
        Ok(vec![
            ("kind", Value::Text(unit_text(&self.kind))),
            ("edition", Value::Text(self.edition.clone())),
        ])
    }
}

/// A place's boundary as `GeoJSON`.
pub(in crate::store) fn boundary(
    tx: &dyn Tx,
    code: &PlaceCode,
) -> Result<Option<String>, StoreError> {
    let sql = "SELECT boundary FROM place WHERE id = $1";
    let stored =
        first(tx, sql, &[code.as_str().into()], |row| Ok(row.maybe_text(0)?.map(str::to_owned)))?;
    Ok(stored.flatten())
}
