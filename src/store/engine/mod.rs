//! The thin layer between the store's one SQL text and a database engine.
//!
//! Statements are written once, in what `SQLite` and `PostgreSQL` both take: `$n` placeholders,
//! portable types, `ON CONFLICT`, `RETURNING`. An engine runs them inside transactions.
//! A second engine implements [`Engine`], [`Tx`] and [`Row`]; nothing above changes.

pub(super) mod sqlite;

use std::path::Path;

use super::error::StoreError;

/// A value bound to a placeholder.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Param<'a> {
    Null,
    Integer(i64),
    Real(f64),
    Text(&'a str),
}

impl Param<'_> {
    /// A count or limit.
    pub(super) fn count(count: usize) -> Self {
        Self::Integer(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<i64> for Param<'_> {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl<'a> From<&'a str> for Param<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Param<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl<'a, T: Into<Param<'a>>> From<Option<T>> for Param<'a> {
    fn from(maybe: Option<T>) -> Self {
        maybe.map_or(Self::Null, Into::into)
    }
}

/// A row of an answer, by columns from zero.
pub trait Row {
    fn text(&self, column: usize) -> Result<&str, StoreError>;
    fn maybe_text(&self, column: usize) -> Result<Option<&str>, StoreError>;
    fn integer(&self, column: usize) -> Result<i64, StoreError>;
    fn maybe_integer(&self, column: usize) -> Result<Option<i64>, StoreError>;
}

/// A transaction: sees one state of the database, and its changes become one.
pub trait Tx {
    /// Runs a statement and returns how many rows it wrote.
    fn exec(&self, sql: &str, params: &[Param<'_>]) -> Result<u64, StoreError>;
    /// Visits the rows of an answer in order, without gathering them.
    fn each(
        &self,
        sql: &str,
        params: &[Param<'_>],
        visit: &mut dyn FnMut(&dyn Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError>;
    /// Runs the statements of a migration; `{KEY}` becomes the engine's own numbered key.
    fn batch(&self, sql: &str) -> Result<(), StoreError>;
    /// Makes the order of log numbers that of commits, where the engine does not do so by itself.
    fn order_barrier(&self) -> Result<(), StoreError>;
}

/// The tables that an engine opens its database with.
pub trait Tables {
    /// Whether they are up to date; an error where the database is not one to be brought so.
    fn are_current(&self, tx: &dyn Tx) -> Result<bool, StoreError>;
    /// Brings them up to date.
    fn bring_up_to_date(&self, tx: &dyn Tx) -> Result<(), StoreError>;
}

/// Work for the one writer.
pub type Work = Box<dyn FnOnce(&dyn Tx) -> Result<(), StoreError> + Send>;

/// A database engine.
pub trait Engine: Send + Sync {
    /// Looks at one state of the database.
    fn read(
        &self,
        look: &mut dyn FnMut(&dyn Tx) -> Result<(), StoreError>,
    ) -> Result<(), StoreError>;
    /// Does work in a transaction and returns once it is durable; work that fails leaves nothing.
    fn write(&self, work: Work) -> Result<(), StoreError>;
    /// The engine's own findings about its files; none where all is well.
    fn faults(&self) -> Result<Vec<String>, StoreError>;
    /// Writes a complete copy to a new file.
    fn backup(&self, to: &Path) -> Result<(), StoreError>;
}

/// The first row of an answer.
pub(super) fn first<T>(
    tx: &dyn Tx,
    sql: &str,
    params: &[Param<'_>],
    mut read: impl FnMut(&dyn Row) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    let mut found = None;
    tx.each(sql, params, &mut |row| {
        if found.is_none() {
            found = Some(read(row)?);
        }
        Ok(())
    })?;
    Ok(found)
}

/// Every row of an answer.
pub(super) fn all<T>(
    tx: &dyn Tx,
    sql: &str,
    params: &[Param<'_>],
    mut read: impl FnMut(&dyn Row) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut rows = Vec::new();
    tx.each(sql, params, &mut |row| {
        rows.push(read(row)?);
        Ok(())
    })?;
    Ok(rows)
}

/// The number that an answer consists of.
pub(super) fn count(tx: &dyn Tx, sql: &str, params: &[Param<'_>]) -> Result<u64, StoreError> {
    let number = first(tx, sql, params, |row| row.integer(0))?.unwrap_or(0);
    Ok(u64::try_from(number).unwrap_or(0))
}

/// Lists are asked for in these lengths, so that few different statements are prepared.
const LENGTHS: [usize; 5] = [1, 5, 20, 100, 500];

/// Asks once for each stretch of a long list; `sql` makes the statement from its `$1, $2, …`.
///
/// A stretch is filled up by repeating its last value, which `IN (…)` does not mind.
pub(super) fn each_in(
    tx: &dyn Tx,
    values: &[Param<'_>],
    sql: impl Fn(&str) -> String,
    visit: &mut dyn FnMut(&dyn Row) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let longest = LENGTHS[LENGTHS.len() - 1];
    for stretch in values.chunks(longest) {
        let length = LENGTHS.into_iter().find(|length| *length >= stretch.len());
        let mut filled = stretch.to_vec();
        let last = filled.last().copied().unwrap_or(Param::Null);
        filled.resize(length.unwrap_or(longest), last);
        let marks: Vec<String> = (1..=filled.len()).map(|n| format!("${n}")).collect();
        tx.each(&sql(&marks.join(", ")), &filled, visit)?;
    }
    Ok(())
}
