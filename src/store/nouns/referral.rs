//! Referrals, which say nothing of whom they are for.

use jiff::Timestamp;

use super::{Columns, Noun, Param, Tx, Value, select};
use crate::{
    domain::{PersonId, Referral, ReferralId, ServiceId},
    store::{
        engine::all,
        error::StoreError,
        subject::{Subject, SubjectKind},
        text::micros,
    },
};

impl Noun for Referral {
    const KIND: SubjectKind = SubjectKind::Referral;

    /// What became of it stands in it; it goes with it in time.
    fn keeps_in_history(_field: &str) -> bool {
        false
    }

    fn subject(&self) -> Subject {
        Subject::Referral(self.id)
    }

    fn name(&self) -> &'static str {
        "referral"
    }

    fn columns(&self, _tx: &dyn Tx) -> Result<Columns, StoreError> {
        Ok(vec![
            ("service", Value::Text(self.service.to_string())),
            ("referrer", Value::Text(self.by.to_string())),
            ("is_open", Value::Integer(i64::from(!self.state().is_over()))),
            ("moved_at", Value::Integer(micros(self.since()))),
            ("due_at", Value::Integer(micros(self.due().unwrap_or_else(|| self.since())))),
        ])
    }
}

/// Somebody's referrals, the one that moved last first.
pub(in crate::store) fn referrals_by(
    tx: &dyn Tx,
    referrer: PersonId,
    limit: usize,
) -> Result<Vec<Referral>, StoreError> {
    let rest = "WHERE n.referrer = $1 ORDER BY n.moved_at DESC, n.key DESC LIMIT $2";
    select(tx, rest, &[(&referrer.to_string()).into(), Param::count(limit)])
}

/// Referrals to a listing since a moment, the one that moved last first.
pub(in crate::store) fn referrals_to(
    tx: &dyn Tx,
    service: ServiceId,
    since: Timestamp,
) -> Result<Vec<Referral>, StoreError> {
    let rest = "WHERE n.service = $1 AND n.moved_at >= $2 ORDER BY n.moved_at DESC, n.key DESC";
    select(tx, rest, &[(&service.to_string()).into(), micros(since).into()])
}

/// Those that the clock has something to do with at a moment, the longest due first; their ids, so
/// that one that cannot be read holds up no other.
pub(in crate::store) fn referrals_due(
    tx: &dyn Tx,
    at: Timestamp,
    limit: usize,
) -> Result<Vec<ReferralId>, StoreError> {
    let sql = "SELECT n.id FROM referral n WHERE n.is_open = 1 AND n.due_at <= $1 \
        ORDER BY n.due_at, n.key LIMIT $2";
    all(tx, sql, &[micros(at).into(), Param::count(limit)], |row| {
        row.text(0)?.parse().map_err(|_| StoreError::Damaged)
    })
}

/// Those that were over before a moment.
pub(in crate::store) fn referrals_over(
    tx: &dyn Tx,
    before: Timestamp,
    limit: usize,
) -> Result<Vec<Referral>, StoreError> {
    let rest = "WHERE n.is_open = 0 AND n.due_at < $1 ORDER BY n.due_at, n.key LIMIT $2";
    select(tx, rest, &[micros(before).into(), Param::count(limit)])
}
