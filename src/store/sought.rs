//! Words that found little, once enough people asked for them: how often, never by whom. None of it
//! is logged.

use super::{
    engine::{Param, Tx, all},
    error::StoreError,
    write::Changes,
};

/// Words that found little.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SoughtWords {
    /// In small letters, as they were typed.
    pub words: String,
    /// How often they were asked for.
    pub times: u64,
    /// The month in which they last were, as `2026-11`.
    pub month: String,
    /// Whether a steward wants to see them no more.
    pub set_aside: bool,
}

impl Changes<'_> {
    /// Adds to how often words were asked for.
    pub fn add_sought(&mut self, words: &str, times: u64, month: &str) -> Result<(), StoreError> {
        let sql = "INSERT INTO sought_words (words, times, month, set_aside) \
            VALUES ($1, $2, $3, 0) ON CONFLICT (words) DO UPDATE SET \
            times = sought_words.times + $2, month = $3";
        let times = i64::try_from(times).unwrap_or(i64::MAX);
        self.tx().exec(sql, &[words.into(), times.into(), month.into()]).map(|_| ())
    }

    /// Forgets all but those that were asked for most and last, and those set aside.
    pub fn keep_most_sought(&mut self, most: usize) -> Result<(), StoreError> {
        let sql = "DELETE FROM sought_words WHERE set_aside = 0 AND words NOT IN ( \
            SELECT words FROM sought_words WHERE set_aside = 0 \
            ORDER BY times DESC, month DESC, words LIMIT $1)";
        self.tx().exec(sql, &[Param::count(most)]).map(|_| ())
    }

    /// Sets words aside, or takes them up again.
    pub fn set_sought_aside(&mut self, words: &str, aside: bool) -> Result<(), StoreError> {
        let sql = "UPDATE sought_words SET set_aside = $2 WHERE words = $1";
        self.tx().exec(sql, &[words.into(), i64::from(aside).into()]).map(|_| ())
    }

    /// Forgets words that nobody asked for since a month began; those set aside stay so.
    pub fn forget_sought(&mut self, month: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM sought_words WHERE month < $1 AND set_aside = 0";
        self.tx().exec(sql, &[month.into()]).map(|_| ())
    }
}

/// The words that were asked for most.
pub(super) fn most(tx: &dyn Tx, limit: usize) -> Result<Vec<SoughtWords>, StoreError> {
    let sql = "SELECT words, times, month, set_aside FROM sought_words \
        ORDER BY times DESC, words LIMIT $1";
    all(tx, sql, &[Param::count(limit)], |row| {
        Ok(SoughtWords {
            words: row.text(0)?.to_owned(),
            times: row.integer(1)?.unsigned_abs(),
            month: row.text(2)?.to_owned(),
            set_aside: row.integer(3)? != 0,
        })
    })
}
