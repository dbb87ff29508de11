//! What became of listings, from being shown to being referred to: counts by month, never by whom. None of it is logged.

use std::collections::BTreeMap;

use crate::domain::ServiceId;

use super::{
    engine::{Param, Tx, all},
    error::StoreError,
    write::Changes,
};

/// What became of a listing in a month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MonthOfUse {
    /// As `2026-11`.
    pub month: String,
    /// How often it was among the results that somebody looked at.
    pub shown: u64,
    /// How often somebody opened it.
    pub opened: u64,
    /// How often it was put on a shortlist.
    pub shortlisted: u64,
    /// How often its text was taken, to be pasted or sent.
    pub copied: u64,
    /// How often somebody was referred to it from here.
    pub referred: u64,
}

impl MonthOfUse {
    /// What both come to, in the month of the first.
    #[must_use]
    pub fn with(self, more: &Self) -> Self {
        Self {
            shown: self.shown + more.shown,
            opened: self.opened + more.opened,
            shortlisted: self.shortlisted + more.shortlisted,
            copied: self.copied + more.copied,
            referred: self.referred + more.referred,
            month: self.month,
        }
    }
}

impl Changes<'_> {
    /// Adds to the counts of a listing in a month.
    pub fn add_use(&mut self, service: ServiceId, of: &MonthOfUse) -> Result<(), StoreError> {
        let sql = "INSERT INTO listing_use \
            (service, month, shown, opened, shortlisted, copied, referred) \
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (service, month) DO UPDATE SET \
            shown = listing_use.shown + $3, opened = listing_use.opened + $4, \
            shortlisted = listing_use.shortlisted + $5, copied = listing_use.copied + $6, \
            referred = listing_use.referred + $7";
        let service = service.to_string();
        let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let row = [
            (&service).into(),
            of.month.as_str().into(),
            count(of.shown).into(),
            count(of.opened).into(),
            count(of.shortlisted).into(),
            count(of.copied).into(),
            count(of.referred).into(),
        ];
        self.tx().exec(sql, &row).map(|_| ())
    }

    /// Forgets the counts of months before one.
    pub fn forget_uses(&mut self, month: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM listing_use WHERE month < $1";
        self.tx().exec(sql, &[month.into()]).map(|_| ())
    }
}

/// The newest months in which anything became of a listing, the newest first.
pub(super) fn of_service(
    tx: &dyn Tx,
    service: ServiceId,
    months: usize,
) -> Result<Vec<MonthOfUse>, StoreError> {
    let sql = "SELECT month, shown, opened, shortlisted, copied, referred FROM listing_use \
        WHERE service = $1 ORDER BY month DESC LIMIT $2";
    all(tx, sql, &[(&service.to_string()).into(), Param::count(months)], |row| {
        Ok(MonthOfUse {
            month: row.text(0)?.to_owned(),
            shown: row.integer(1)?.unsigned_abs(),
            opened: row.integer(2)?.unsigned_abs(),
            shortlisted: row.integer(3)?.unsigned_abs(),
            copied: row.integer(4)?.unsigned_abs(),
            referred: row.integer(5)?.unsigned_abs(),
        })
    })
}

/// How often each listing was opened since a month began; those that nobody opened are not there.
pub(super) fn opened_since(
    tx: &dyn Tx,
    month: &str,
) -> Result<BTreeMap<ServiceId, u64>, StoreError> {
    let sql = "SELECT service, SUM(opened) FROM listing_use WHERE month >= $1 \
        GROUP BY service HAVING SUM(opened) > 0";
    let rows = all(tx, sql, &[month.into()], |row| {
        let id = row.text(0)?.parse().map_err(|_| StoreError::Damaged)?;
        Ok((id, row.integer(1)?.unsigned_abs()))
    })?;
    Ok(rows.into_iter().collect())
}
