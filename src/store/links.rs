//! Whether the pages that listings name answered. None of it is logged: it is found out anew.

use jiff::Timestamp;

use crate::domain::{LinkCheck, ServiceId};

use super::{
    engine::{Param, Row, Tx, all, first},
    error::StoreError,
    text::{micros, unit_text, when},
    write::Changes,
};

impl Changes<'_> {
    /// Keeps what came of asking, over what was known.
    pub fn note_link(&mut self, check: &LinkCheck) -> Result<(), StoreError> {
        let sql = "INSERT INTO link_check \
            (service, address, asked_at, outcome, failing_since, failures, next_at) \
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (service) DO UPDATE SET \
            address = $2, asked_at = $3, outcome = $4, failing_since = $5, failures = $6, \
            next_at = $7";
        let (service, outcome) = (check.service.to_string(), unit_text(&check.outcome));
        let since = check.failing_since.map(micros);
        let row = [
            (&service).into(),
            check.address.as_deref().into(),
            micros(check.at).into(),
            (&outcome).into(),
            since.map_or(Param::Null, Param::Integer),
            i64::from(check.failures).into(),
            micros(check.next).into(),
        ];
        self.tx().exec(sql, &row).map(|_| ())
    }

    /// Forgets what is known of a page that a listing names no more, so that the new one is asked.
    pub(super) fn forget_other_link(
        &mut self,
        service: ServiceId,
        address: Option<&str>,
    ) -> Result<(), StoreError> {
        let sql = "DELETE FROM link_check WHERE service = $1 \
            AND COALESCE(address, '') <> COALESCE($2, '')";
        self.tx().exec(sql, &[(&service.to_string()).into(), address.into()]).map(|_| ())
    }

    /// Forgets what is known of listings that are no longer there.
    pub fn forget_links_of_nobody(&mut self) -> Result<(), StoreError> {
        let sql = "DELETE FROM link_check WHERE service NOT IN (SELECT id FROM service)";
        self.tx().exec(sql, &[]).map(|_| ())
    }
}

/// Listings whose pages are to be asked at `now`: those that were never asked first.
pub(super) fn due(tx: &dyn Tx, now: Timestamp, limit: usize) -> Result<Vec<ServiceId>, StoreError> {
    let sql = "SELECT s.id FROM service s LEFT JOIN link_check l ON l.service = s.id \
        WHERE s.status IN ('active', 'temporarily-closed') AND COALESCE(l.next_at, 0) <= $1 \
        ORDER BY COALESCE(l.next_at, 0), s.key LIMIT $2";
    all(tx, sql, &[micros(now).into(), Param::count(limit)], |row| {
        row.text(0)?.parse().map_err(|_| StoreError::Damaged)
    })
}

const COLUMNS: &str = "service, address, asked_at, outcome, failing_since, failures, next_at";

/// What is known of the page of a listing.
pub(super) fn find(tx: &dyn Tx, service: ServiceId) -> Result<Option<LinkCheck>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM link_check WHERE service = $1");
    first(tx, &sql, &[(&service.to_string()).into()], read)
}

/// A page that answered when it was last asked.
pub(super) fn answered(tx: &dyn Tx) -> Result<Option<String>, StoreError> {
    let sql = "SELECT address FROM link_check WHERE outcome = 'answers' AND address IS NOT NULL \
        ORDER BY asked_at DESC LIMIT 1";
    first(tx, sql, &[], |row| Ok(row.text(0)?.to_owned()))
}

/// What is known of pages that fail, the longest failing first.
pub(super) fn failing(tx: &dyn Tx) -> Result<Vec<LinkCheck>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM link_check WHERE failing_since IS NOT NULL \
         ORDER BY failing_since, service"
    );
    all(tx, &sql, &[], read)
}

fn read(row: &dyn Row) -> Result<LinkCheck, StoreError> {
    let outcome = serde_json::Value::String(row.text(3)?.to_owned());
    Ok(LinkCheck {
        service: row.text(0)?.parse().map_err(|_| StoreError::Damaged)?,
        address: row.maybe_text(1)?.map(str::to_owned),
        at: when(row.integer(2)?)?,
        outcome: serde_json::from_value(outcome).map_err(|_| StoreError::Damaged)?,
        failing_since: row.maybe_integer(4)?.map(when).transpose()?,
        failures: u32::try_from(row.integer(5)?).map_err(|_| StoreError::Damaged)?,
        next: when(row.integer(6)?)?,
    })
}
