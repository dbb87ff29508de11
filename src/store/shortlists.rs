//! Shortlists, by the hash of their key. None of it is logged, and nothing says whose they are.

use jiff::Timestamp;

use crate::domain::Shortlist;

use super::{
    engine::{Tx, first},
    error::StoreError,
    text::micros,
    write::Changes,
};

impl Changes<'_> {
    /// Keeps a shortlist under the hash of its key.
    pub fn keep_shortlist(&mut self, hash: &str, list: &Shortlist) -> Result<(), StoreError> {
        let body = serde_json::to_string(list).map_err(|_| StoreError::HalfDone)?;
        let sql = "INSERT INTO shortlist (hash, ends_at, body) VALUES ($1, $2, $3) \
            ON CONFLICT (hash) DO UPDATE SET ends_at = $2, body = $3";
        let row = [hash.into(), micros(list.ends()).into(), (&body).into()];
        self.tx().exec(sql, &row).map(|_| ())
    }

    /// Deletes a shortlist.
    pub fn delete_shortlist(&mut self, hash: &str) -> Result<(), StoreError> {
        self.tx().exec("DELETE FROM shortlist WHERE hash = $1", &[hash.into()]).map(|_| ())
    }

    /// Deletes those that were over at a moment.
    pub fn delete_old_shortlists(&mut self, at: Timestamp) -> Result<(), StoreError> {
        let sql = "DELETE FROM shortlist WHERE ends_at <= $1";
        self.tx().exec(sql, &[micros(at).into()]).map(|_| ())
    }
}

/// The shortlist whose key has this hash, where it is not over.
pub(super) fn find(
    tx: &dyn Tx,
    hash: &str,
    now: Timestamp,
) -> Result<Option<Shortlist>, StoreError> {
    let sql = "SELECT body FROM shortlist WHERE hash = $1 AND ends_at > $2";
    first(tx, sql, &[hash.into(), micros(now).into()], |row| {
        serde_json::from_str(row.text(0)?).map_err(|_| StoreError::Damaged)
    })
}
