//! Who says that they belong to an organisation.

use super::{Columns, Noun, Param, Tx, Value, select};
use crate::{
    domain::Claim,
    store::{
        error::StoreError,
        subject::{Subject, SubjectKind},
        text::micros,
    },
};

impl Noun for Claim {
    const KIND: SubjectKind = SubjectKind::Claim;

    /// Who asked is forgotten once it is decided.
    fn keeps_in_history(_field: &str) -> bool {
        false
    }

    fn subject(&self) -> Subject {
        Subject::Claim(self.id)
    }

    fn name(&self) -> &'static str {
        "claim"
    }

    fn columns(&self, _tx: &dyn Tx) -> Result<Columns, StoreError> {
        Ok(vec![
            ("service", Value::Text(self.service.to_string())),
            ("link", Value::MaybeText(self.link.clone())),
            ("made_at", Value::Integer(micros(self.at))),
            ("is_decided", Value::Integer(i64::from(self.decided.is_some()))),
        ])
    }
}

/// Those whose address is confirmed and that nobody decided, oldest first.
pub(in crate::store) fn confirmed_claims(
    tx: &dyn Tx,
    limit: usize,
) -> Result<Vec<Claim>, StoreError> {
    let rest = "WHERE n.link IS NULL AND n.is_decided = 0 ORDER BY n.key LIMIT $1";
    select(tx, rest, &[Param::count(limit)])
}

/// Those that were decided, the newest first.
pub(in crate::store) fn decided_claims(tx: &dyn Tx) -> Result<Vec<Claim>, StoreError> {
    select(tx, "WHERE n.is_decided = 1 ORDER BY n.key DESC", &[])
}

/// Those of which a link with this hash was mailed and not used.
pub(in crate::store) fn claims_by_link(tx: &dyn Tx, hash: &str) -> Result<Vec<Claim>, StoreError> {
    select(tx, "WHERE n.link = $1", &[hash.into()])
}

/// Those made before a moment.
pub(in crate::store) fn claims_before(
    tx: &dyn Tx,
    before: jiff::Timestamp,
) -> Result<Vec<Claim>, StoreError> {
    select(tx, "WHERE n.made_at < $1 ORDER BY n.key", &[micros(before).into()])
}
