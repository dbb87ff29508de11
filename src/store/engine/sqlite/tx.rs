//! Statements on a `SQLite` connection.

use rusqlite::{
    CachedStatement, Connection, ErrorCode, ToSql,
    types::{ToSqlOutput, ValueRef},
};

use super::{
    super::{Param, Row, Tx},
    placeholders::numbered,
};
use crate::store::error::StoreError;

/// A connection inside a transaction.
pub(super) struct SqliteTx<'c>(pub(super) &'c Connection);

impl SqliteTx<'_> {
    fn prepare(&self, sql: &str) -> Result<CachedStatement<'_>, StoreError> {
        self.0.prepare_cached(&numbered(sql)).map_err(fault)
    }
}

impl Tx for SqliteTx<'_> {
    fn exec(&self, sql: &str, params: &[Param<'_>]) -> Result<u64, StoreError> {
        let params = rusqlite::params_from_iter(params);
        self.prepare(sql)?.execute(params).map(|rows| rows as u64).map_err(fault)
    }

    fn each(
        &self,
        sql: &str,
        params: &[Param<'_>],
        visit: &mut dyn FnMut(&dyn Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.prepare(sql)?;
        let mut rows = statement.query(rusqlite::params_from_iter(params)).map_err(fault)?;
        while let Some(row) = rows.next().map_err(fault)? {
            visit(row)?;
        }
        Ok(())
    }

    fn batch(&self, sql: &str) -> Result<(), StoreError> {
        let sql = sql.replace("{KEY}", "INTEGER PRIMARY KEY");
        self.0.execute_batch(&sql).map_err(fault)
    }

    /// There is one writer at a time: its numbers are in the order of its commits.
    fn order_barrier(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

impl ToSql for Param<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Real(number) => ValueRef::Real(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

impl Row for rusqlite::Row<'_> {
    fn text(&self, column: usize) -> Result<&str, StoreError> {
        self.maybe_text(column)?.ok_or_else(|| misread(column))
    }

    fn maybe_text(&self, column: usize) -> Result<Option<&str>, StoreError> {
        let value = self.get_ref(column).map_err(fault)?;
        value.as_str_or_null().map_err(|_| misread(column))
    }

    fn integer(&self, column: usize) -> Result<i64, StoreError> {
        self.maybe_integer(column)?.ok_or_else(|| misread(column))
    }

    fn maybe_integer(&self, column: usize) -> Result<Option<i64>, StoreError> {
        let value = self.get_ref(column).map_err(fault)?;
        value.as_i64_or_null().map_err(|_| misread(column))
    }
}

fn misread(column: usize) -> StoreError {
    StoreError::Engine { code: 0, detail: format!("column {column} holds another type") }
}

/// The store's error for one of `SQLite`'s, without the statement.
pub(super) fn fault(error: rusqlite::Error) -> StoreError {
    let (error, detail) = match error {
        rusqlite::Error::SqliteFailure(error, detail) => (error, detail.unwrap_or_default()),
        rusqlite::Error::SqlInputError { error, msg, .. } => (error, msg),
        other => return StoreError::Engine { code: -1, detail: variant_name(&other) },
    };
    match error.code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy,
        ErrorCode::DiskFull => StoreError::Full,
        ErrorCode::SystemIoFailure => StoreError::Disk,
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StoreError::Damaged,
        ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => {
            StoreError::ReadOnly
        }
        ErrorCode::ConstraintViolation => StoreError::Constraint(constraint(&detail)),
        _ => StoreError::Engine { code: error.extended_code, detail },
    }
}

/// What a constraint is on, from `UNIQUE constraint failed: table.column`.
fn constraint(detail: &str) -> String {
    detail.split_once(": ").map_or("a reference", |(_, on)| on).to_owned()
}

/// The name of an error that did not come from `SQLite` itself; its content may quote values.
fn variant_name(error: &rusqlite::Error) -> String {
    let text = format!("{error:?}");
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned()
}
