//! What people did not find: counts by need, area and month, never by whom. None of it is logged.

use crate::domain::NeedId;

use super::{
    engine::{Tx, all},
    error::StoreError,
    write::Changes,
};

/// How often somebody said that a need is not met in an area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapCount {
    pub need: NeedId,
    /// An outward code, or the code of a place.
    pub area: String,
    pub times: u64,
}

impl Changes<'_> {
    /// Counts once more that a need is not met in an area.
    pub fn count_gap(&mut self, need: &NeedId, area: &str, month: &str) -> Result<(), StoreError> {
        let sql = "INSERT INTO gap (need, area, month, times) VALUES ($1, $2, $3, 1) \
            ON CONFLICT (need, area, month) DO UPDATE SET times = gap.times + 1";
        self.tx().exec(sql, &[need.as_str().into(), area.into(), month.into()]).map(|_| ())
    }

    /// Forgets what was counted before a month.
    pub fn forget_gaps(&mut self, month: &str) -> Result<(), StoreError> {
        self.tx().exec("DELETE FROM gap WHERE month < $1", &[month.into()]).map(|_| ())
    }
}

/// What was counted since a month began, the most first.
pub(super) fn since(tx: &dyn Tx, month: &str) -> Result<Vec<GapCount>, StoreError> {
    let sql = "SELECT need, area, SUM(times) FROM gap WHERE month >= $1 \
        GROUP BY need, area ORDER BY 3 DESC, need, area";
    all(tx, sql, &[month.into()], |row| {
        Ok(GapCount {
            need: NeedId(row.text(0)?.to_owned()),
            area: row.text(1)?.to_owned(),
            times: row.integer(2)?.unsigned_abs(),
        })
    })
}
