//! What people follow by mail. The token stands in every mail to them and leads to nothing but going
//! on and stopping, so it is kept as it is. None of it is logged.

use jiff::Timestamp;

use crate::domain::{Email, Follow};

use super::{
    engine::{Param, Row, Tx, all, count, first},
    error::StoreError,
    text::micros,
    write::Changes,
};

impl Changes<'_> {
    /// Keeps something that is followed.
    pub fn keep_follow(&mut self, token: &str, follow: &Follow) -> Result<(), StoreError> {
        let body = serde_json::to_string(follow).map_err(|_| StoreError::HalfDone)?;
        let sql = "INSERT INTO follow (token, email, due_at, ends_at, body) \
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (token) DO UPDATE SET \
            due_at = $3, ends_at = $4, body = $5";
        let due = follow.due().map_or(Param::Null, |due| micros(due).into());
        let row = [
            token.into(),
            follow.email.as_str().into(),
            due,
            micros(follow.ends()).into(),
            (&body).into(),
        ];
        self.tx().exec(sql, &row).map(|_| ())
    }

    /// Forgets something that was followed, with the address.
    pub fn forget_follow(&mut self, token: &str) -> Result<(), StoreError> {
        self.tx().exec("DELETE FROM follow WHERE token = $1", &[token.into()]).map(|_| ())
    }

    /// Forgets what was over at a moment.
    pub fn forget_old_follows(&mut self, at: Timestamp) -> Result<(), StoreError> {
        let sql = "DELETE FROM follow WHERE ends_at <= $1";
        self.tx().exec(sql, &[micros(at).into()]).map(|_| ())
    }
}

/// What is followed by this token, where it is not over.
pub(super) fn find(tx: &dyn Tx, token: &str, now: Timestamp) -> Result<Option<Follow>, StoreError> {
    let sql = "SELECT token, body FROM follow WHERE token = $1 AND ends_at > $2";
    let found = first(tx, sql, &[token.into(), micros(now).into()], read)?;
    Ok(found.map(|(_, follow)| follow))
}

/// What has to be looked at, by token, from after one on.
pub(super) fn due(
    tx: &dyn Tx,
    now: Timestamp,
    after: &str,
    limit: usize,
) -> Result<Vec<(String, Follow)>, StoreError> {
    let sql = "SELECT token, body FROM follow WHERE due_at <= $1 AND ends_at > $1 AND token > $2 \
        ORDER BY token LIMIT $3";
    all(tx, sql, &[micros(now).into(), after.into(), Param::count(limit)], read)
}

/// How much is followed from an address.
pub(super) fn of_address(tx: &dyn Tx, email: &Email) -> Result<u64, StoreError> {
    count(tx, "SELECT COUNT(*) FROM follow WHERE email = $1", &[email.as_str().into()])
}

fn read(row: &dyn Row) -> Result<(String, Follow), StoreError> {
    let follow = serde_json::from_str(row.text(1)?).map_err(|_| StoreError::Damaged)?;
    Ok((row.text(0)?.to_owned(), follow))
}
