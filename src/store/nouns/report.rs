//! What people say is wrong with listings.

use super::{Columns, Noun, Param, Tx, Value, select};
use crate::{
    domain::Report,
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
