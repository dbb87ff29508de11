//! Replies and how long they may be kept.

use axum::{
    Json,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// How long a reply may be kept by whoever stands between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// It says what holds at this moment, and perhaps where somebody lives.
    Never,
    /// It changes seldom and tells nothing of who asks.
    AMinute,
}

/// A JSON reply.
pub struct Reply<T>(pub T, pub Keep);

impl<T: Serialize> IntoResponse for Reply<T> {
    fn into_response(self) -> Response {
        let keep = match self.1 {
            Keep::Never => "no-store",
            Keep::AMinute => "public, max-age=60",
        };
        let mut response = Json(self.0).into_response();
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
        response
    }
}
