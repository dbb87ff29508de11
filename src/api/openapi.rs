//! The description of the API, made from the handlers themselves.

use axum::Json;
use utoipa::{
    Modify, OpenApi,
    openapi::security::{Http, HttpAuthScheme, SecurityScheme},
};

/// The document.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Hereabouts",
        description = "Find capacity by place and need, and state it. Reading is public and needs no key; a program that states capacity has a key from whoever runs the directory.",
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
        super::capacity::state,
        super::capacity::state_several,
        super::capacity_check::check,
    ),
    modifiers(&Keys)
)]
struct Document;

/// How a program shows its key.
struct Keys;

impl Modify for Keys {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        document.components.get_or_insert_default().add_security_scheme("key", scheme);
    }
}

/// `GET /api/v1/openapi.json`.
pub async fn document() -> Json<utoipa::openapi::OpenApi> {
    Json(Document::openapi())
}
