//! The site map of the API.

use std::any::Any;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderValue, header},
    middleware::{from_fn_with_state, map_response},
    response::{IntoResponse, Response},
    routing::{get, post},
};

use tower_http::catch_panic::CatchPanicLayer;

use crate::app::App;

use super::{
    capacity, capacity_check, error::ApiError, key, needs, openapi, organisations, places, search,
    services, suggest,
};

/// The largest body that is read: 200 statements with their notes.
const LARGEST: usize = 512 * 1024;

/// Every route of the API.
pub fn router(app: App) -> Router {
    let v1 = Router::new()
        .route("/openapi.json", get(openapi::document))
        .route("/search", get(search::search))
        .route("/services/{id}", get(services::service))
        .route("/organisations/{id}", get(organisations::organisation))
        .route("/places", get(places::places))
        .route("/places/{code}", get(places::place))
        .route("/needs", get(needs::needs))
        .route("/suggest", get(suggest::suggest))
        .route("/capacity-check", post(capacity_check::check))
        .merge(with_key(&app))
        .fallback(|| async { ApiError::NotFound { what: "address" } })
        .method_not_allowed_fallback(|| async { ApiError::MethodNotAllowed });
    Router::new()
        .nest("/api/v1", v1)
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(map_response(for_programs))
        .with_state(app)
}

/// What panicked may hold what was asked for, so it is not repeated.
fn panicked(_said: Box<dyn Any + Send + 'static>) -> Response {
    ApiError::Panicked.into_response()
}

/// What takes a key.
fn with_key(app: &App) -> Router<App> {
    Router::new()
        .route("/services/{id}/capacity", post(capacity::state))
        .route("/capacity", post(capacity::state_several))
        .route_layer(from_fn_with_state(app.clone(), key::check))
}

/// Any page anywhere may call: no cookie counts, and keys are not for pages.
async fn for_programs(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}
