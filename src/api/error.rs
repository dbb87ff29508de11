//! What a program is told when a call fails. It alone knows status codes.

use axum::{
    Json,
    extract::rejection::JsonRejection,
    http::{StatusCode, header},
    response::{AppendHeaders, IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::Overloaded,
    keeping::{KeepingError, TooOften},
    search::{Fault, SearchError},
    store::StoreError,
};

/// Why a call was not answered.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    #[error("some values could not be read")]
    BadValues(Vec<Fault>),
    #[error("it was joined with another, which is at {to}")]
    Moved { to: String },
    #[error("there is no such {what}")]
    NotFound { what: &'static str },
    #[error("this address does not take that method")]
    MethodNotAllowed,
    #[error("this needs a key that is good, as Authorization: Bearer KEY")]
    NoKey,
    #[error("the key is not for this service")]
    NotTheirs,
    #[error("another statement was sent with the same key before")]
    SentOtherwise,
    #[error("the body cannot be read: {0}")]
    BadBody(String),
    #[error(transparent)]
    TooOften(#[from] TooOften),
    #[error("this could not be done now")]
    Panicked,
    #[error("this could not be done now")]
    Keeping(#[source] KeepingError),
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
    /// A stable name: `bad_values`, `bad_body`, `no_key`, `not_theirs`, `moved`, `not_found`,
    /// `method_not_allowed`, `sent_otherwise`, `too_often`, `overloaded`, `unavailable`.
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

impl From<JsonRejection> for ApiError {
    fn from(rejection: JsonRejection) -> Self {
        Self::BadBody(rejection.body_text().chars().take(300).collect())
    }
}

impl ApiError {
    fn status(&self) -> (StatusCode, &'static str) {
        match self {
            Self::BadValues(_) => (StatusCode::BAD_REQUEST, "bad_values"),
            Self::BadBody(_) => (StatusCode::BAD_REQUEST, "bad_body"),
            Self::NoKey => (StatusCode::UNAUTHORIZED, "no_key"),
            Self::NotTheirs => (StatusCode::FORBIDDEN, "not_theirs"),
            Self::SentOtherwise => (StatusCode::CONFLICT, "sent_otherwise"),
            Self::TooOften(_) => (StatusCode::TOO_MANY_REQUESTS, "too_often"),
            Self::Moved { .. } => (StatusCode::PERMANENT_REDIRECT, "moved"),
            Self::NotFound { .. } => (StatusCode::NOT_FOUND, "not_found"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"),
            Self::Overloaded(_) => (StatusCode::SERVICE_UNAVAILABLE, "overloaded"),
            Self::Search(_) | Self::Store(_) | Self::Keeping(_) | Self::Panicked => {
                (StatusCode::INTERNAL_SERVER_ERROR, "unavailable")
            }
        }
    }

    /// The error in JSON. What failed inside is logged here, once.
    pub fn into_body(self) -> ErrorBody {
        let (status, error) = self.status();
        if let Some(cause) = std::error::Error::source(&self).filter(|_| status.is_server_error()) {
            tracing::error!(%cause, "a call failed");
        }
        let message = self.to_string();
        let fields = match self {
            Self::BadValues(faults) => faults.into_iter().map(FieldFault::from).collect(),
            _ => Vec::new(),
        };
        ErrorBody { error, message, fields }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, _) = self.status();
        let besides = match &self {
            Self::TooOften(often) => {
                vec![(header::RETRY_AFTER, often.retry_seconds.to_string())]
            }
            Self::NoKey => vec![(header::WWW_AUTHENTICATE, "Bearer".to_owned())],
            // Joining can be taken back, so nobody is to remember it.
            Self::Moved { to } => {
                vec![(header::LOCATION, to.clone()), (header::CACHE_CONTROL, "no-cache".to_owned())]
            }
            _ => Vec::new(),
        };
        (status, AppendHeaders(besides), Json(self.into_body())).into_response()
    }
}
