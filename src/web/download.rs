//! Files to be saved, not shown.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};

use super::cache::Cache;
use crate::table::{Table, to_csv};

/// The kind of a workbook.
pub const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A file of one's own.
#[must_use]
pub fn file(kind: &'static str, name: &'static str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    let mut response = (headers, bytes).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, Cache::Private.header());
    response
}

/// A table as a file that a spreadsheet opens.
#[must_use]
pub fn csv(name: &'static str, table: &Table) -> Response {
    file("text/csv; charset=utf-8; header=present", name, to_csv(table).into_bytes())
}
