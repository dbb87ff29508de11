//! Changes of listings that are not in force.

use super::{Columns, Noun, Param, Tx, Value, Version, Versioned, all, parse, select};
use crate::{
    domain::{Proposal, ServiceId},
    store::{
        error::StoreError,
        subject::{Subject, SubjectKind},
    },
};

impl Noun for Proposal {
    const KIND: SubjectKind = SubjectKind::Proposal;

    /// What was proposed and came into force stands in the history of its listing; what did not
    /// is nobody's to read.
    fn keeps_in_history(field: &str) -> bool {
        field == "decided"
    }

    fn subject(&self) -> Subject {
        Subject::Proposal(self.id)
    }

    fn name(&self) -> &'static str {
        "proposal"
    }

    fn columns(&self, _tx: &dyn Tx) -> Result<Columns, StoreError> {
        Ok(vec![
            ("service", Value::Text(self.service.to_string())),
            ("is_open", Value::Integer(i64::from(self.decided.is_none()))),
            ("is_sent", Value::Integer(i64::from(self.sent.is_some()))),
        ])
    }
}

/// Those that wait for a steward, oldest first.
pub(in crate::store) fn waiting(tx: &dyn Tx, limit: usize) -> Result<Vec<Proposal>, StoreError> {
    let rest = "WHERE n.is_open = 1 AND n.is_sent = 1 ORDER BY n.key LIMIT $1";
    select(tx, rest, &[Param::count(limit)])
}

/// Those of a listing that nobody has ended: one that is kept for later, and one that waits.
pub(in crate::store) fn open_of(
    tx: &dyn Tx,
    service: ServiceId,
) -> Result<Vec<Versioned<Proposal>>, StoreError> {
    let sql = "SELECT id, body, version FROM proposal \
        WHERE service = $1 AND is_open = 1 ORDER BY is_sent";
    all(tx, sql, &[(&service.to_string()).into()], |row| {
        let record = parse(SubjectKind::Proposal, row.text(0)?, row.text(1)?)?;
        Ok(Versioned { version: Version(u64::try_from(row.integer(2)?).unwrap_or(0)), record })
    })
}
