//! `GET /api/v1/suggest`.

use axum::extract::{RawQuery, State};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::App,
    search::{Suggestion, SuggestionKind},
};

use super::{
    error::ApiError,
    reply::{Keep, Reply},
    search::pairs,
};

/// The most suggestions.
const MOST: usize = 8;

/// What somebody may be about to type.
#[derive(Serialize, ToSchema)]
pub struct SuggestWire {
    suggestions: Vec<SuggestionWire>,
}

/// A suggestion.
#[derive(Serialize, ToSchema)]
pub struct SuggestionWire {
    /// `need`, `service`, `organisation` or `place`.
    kind: &'static str,
    /// The id of the need, service or organisation; for a place, what to send as `near`.
    id: String,
    label: String,
    detail: String,
}

impl From<Suggestion> for SuggestionWire {
    fn from(suggestion: Suggestion) -> Self {
        let (kind, id) = match suggestion.kind {
            SuggestionKind::Need(id) => ("need", id),
            SuggestionKind::Service(id) => ("service", id.to_string()),
            SuggestionKind::Organisation(id) => ("organisation", id.to_string()),
            SuggestionKind::Place(near) => ("place", near),
        };
        Self { kind, id, label: suggestion.label, detail: suggestion.detail }
    }
}

/// Needs, services, organisations and places that a text may be the beginning of; from two letters on.
#[utoipa::path(
    get,
    path = "/api/v1/suggest",
    params(("q" = String, Query, description = "What was typed so far")),
    responses((status = 200, description = "At most eight suggestions", body = SuggestWire))
)]
pub async fn suggest(
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Result<Reply<SuggestWire>, ApiError> {
    let typed = pairs(query.as_deref()).into_iter().find(|(key, _)| key == "q");
    let typed = typed.map(|(_, typed)| typed).unwrap_or_default();
    let found = app.run(move |app| app.search.suggest(&typed, MOST)).await??;
    let suggestions = found.into_iter().map(SuggestionWire::from).collect();
    Ok(Reply(SuggestWire { suggestions }, Keep::AMinute))
}
