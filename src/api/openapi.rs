//! The description of the API, made from the handlers themselves.

use axum::Json;
use utoipa::OpenApi;

/// The document.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Hereabouts",
        description = "Find capacity by place and need. Everything is public and read-only; no key is needed.",
        license(name = "MIT", identifier = "MIT"),
    ),
    paths(
        super::search::search,
        super::services::service,
        super::organisations::organisation,
        super::places::places,
        super::places::place,
        super::needs::needs,
        super::suggest::suggest,
    )
)]
struct Document;

/// `GET /api/v1/openapi.json`.
pub async fn document() -> Json<utoipa::openapi::OpenApi> {
    Json(Document::openapi())
}
