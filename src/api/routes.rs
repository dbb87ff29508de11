//! The site map of the API.

use axum::{
    Router,
    http::{HeaderValue, header},
    middleware::map_response,
    response::Response,
    routing::get,
};

use crate::app::App;

use super::{error::ApiError, needs, openapi, organisations, places, search, services, suggest};

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
        .fallback(|| async { ApiError::NotFound { what: "address" } })
        .method_not_allowed_fallback(|| async { ApiError::MethodNotAllowed });
    Router::new().nest("/api/v1", v1).layer(map_response(for_programs)).with_state(app)
}

/// Any page anywhere may call: nothing here is private, and no cookie counts.
async fn for_programs(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}
