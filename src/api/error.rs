//! What a program is told when a call fails. It alone knows status codes.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::Overloaded,
    search::{Fault, SearchError},
    store::StoreError,
};

/// Why a call was not answered.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    #[error("some values could not be read")]
    BadValues(Vec<Fault>),
    #[error("there is no such {what}")]
    NotFound { what: &'static str },
    #[error("this address is only read")]
    MethodNotAllowed,
    #[error("too much is asked at once; come back in a few seconds")]
    Overloaded(#[from] Overloaded),
    #[error("this could not be answered now")]
    Search(#[from] SearchError),
    #[error("this could not be answered now")]
    Store(#[from] StoreError),
}

/// An error in JSON.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorBody {
    /// A stable name: `bad_values`, `not_found`, `method_not_allowed`, `overloaded`, `unavailable`.
    error: &'static str,
    /// What happened, for people.
    message: String,
    /// Each value that could not be read.
    fields: Vec<FieldFault>,
}

/// A value that could not be read.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldFault {
    field: String,
    found: String,
    expected: String,
}

impl From<Fault> for FieldFault {
    fn from(fault: Fault) -> Self {
        Self { field: fault.field, found: fault.found, expected: fault.expected }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, error) = match &self {
            Self::BadValues(_) => (StatusCode::BAD_REQUEST, "bad_values"),
            Self::NotFound { .. } => (StatusCode::NOT_FOUND, "not_found"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"),
            Self::Overloaded(_) => (StatusCode::SERVICE_UNAVAILABLE, "overloaded"),
            Self::Search(_) | Self::Store(_) => (StatusCode::INTERNAL_SERVER_ERROR, "unavailable"),
        };
        if let Some(cause) = std::error::Error::source(&self).filter(|_| status.is_server_error()) {
            tracing::error!(%cause, "a call failed");
        }
        let message = self.to_string();
        let fields = match self {
            Self::BadValues(faults) => faults.into_iter().map(FieldFault::from).collect(),
            _ => Vec::new(),
        };
        (status, Json(ErrorBody { error, message, fields })).into_response()
    }
}
