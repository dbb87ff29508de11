//! Locations, found by their postcode and by the services at them.

use super::{Columns, Noun, Tx, Value, select};
use crate::{
    domain::{Location, Point},
    store::{
        error::StoreError,
        subject::{Subject, SubjectKind},
        text::{bare_code, unit_text},
    },
};

impl Noun for Location {
    const KIND: SubjectKind = SubjectKind::Location;
    const USED_BY: &'static [(SubjectKind, &'static str)] = &[(
        SubjectKind::Service,
        "SELECT COUNT(DISTINCT service) FROM service_at_location WHERE location = $1",
    )];

    fn subject(&self) -> Subject {
        Subject::Location(self.id)
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn columns(&self, _tx: &dyn Tx) -> Result<Columns, StoreError> {
        let finite = |point: &Point| point.lat.is_finite() && point.lon.is_finite();
        if !self.point.as_ref().is_none_or(finite) {
            return Err(StoreError::NotFinite(self.subject()));
        }
        let postcode = self.postcode();
        Ok(vec![
            ("kind", Value::Text(unit_text(&self.kind))),
            ("postcode", Value::MaybeText(postcode.map(bare_code))),
            ("uprn", Value::MaybeText(self.uprn.clone())),
            ("lat", Value::MaybeReal(self.point.map(|point| point.lat))),
            ("lon", Value::MaybeReal(self.point.map(|point| point.lon))),
            ("confidential", Value::Integer(i64::from(self.confidential))),
        ])
    }
}

/// Those at this full postcode, however it is spaced.
pub(in crate::store) fn at_postcode(
    tx: &dyn Tx,
    postcode: &str,
) -> Result<Vec<Location>, StoreError> {
    select(tx, "WHERE n.postcode = $1 ORDER BY n.key", &[(&bare_code(postcode)).into()])
}
