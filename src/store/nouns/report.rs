//! What people say is wrong with listings.

use super::{Columns, Noun, Param, Tx, Value, select};
use crate::{
    domain::{Report, ServiceId},
    store::{
        error::StoreError,
        subject::{Subject, SubjectKind},
    },
};

impl Noun for Report {
    const KIND: SubjectKind = SubjectKind::Report;

    /// Words of the public are kept while they are looked at, and not for ever.
    fn keeps_in_history(field: &str) -> bool {
        field != "words"
    }

    fn subject(&self) -> Subject {
        Subject::Report(self.id)
    }

    fn name(&self) -> &'static str {
        "report"
    }

    fn columns(&self, _tx: &dyn Tx) -> Result<Columns, StoreError> {
        Ok(vec![
            ("service", Value::Text(self.service.to_string())),
            ("is_open", Value::Integer(i64::from(self.closed.is_none()))),
        ])
    }
}

/// Reports that nobody has ended, oldest first.
pub(in crate::store) fn open_reports(tx: &dyn Tx, limit: usize) -> Result<Vec<Report>, StoreError> {
    select(tx, "WHERE n.is_open = 1 ORDER BY n.key LIMIT $1", &[Param::count(limit)])
}

/// Every report about a listing.
pub(in crate::store) fn reports_of(
    tx: &dyn Tx,
    service: ServiceId,
) -> Result<Vec<Report>, StoreError> {
    let rest = "WHERE n.is_open IN (0, 1) AND n.service = $1 ORDER BY n.key";
    select(tx, rest, &[(&service.to_string()).into()])
}
