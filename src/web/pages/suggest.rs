//! `/suggest`: what somebody may be about to type, for the script beside the search box.

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::{
    domain::NeedId,
    search::{Suggestion, SuggestionKind},
    web::{asked::Pairs, cache::Cache, error::PageError, paths, work::Web},
};

/// The most suggestions that are given.
const MOST: usize = 8;

#[derive(Serialize)]
struct Suggestions {
    suggestions: Vec<Shown>,
}

#[derive(Serialize)]
struct Shown {
    kind: &'static str,
    label: String,
    detail: String,
    href: String,
}

/// Answers what has been typed so far.
pub async fn show(State(web): State<Web>, pairs: Pairs) -> Result<Response, PageError> {
    let typed = pairs.first("q").to_owned();
    let found = web.work(move |app| app.search.suggest(&typed, MOST)).await?;
    let suggestions = found.into_iter().map(shown).collect();
    let headers = [(header::CACHE_CONTROL, Cache::Minute.header())];
    Ok((headers, Json(Suggestions { suggestions })).into_response())
}

fn shown(found: Suggestion) -> Shown {
    let (kind, href) = match &found.kind {
        SuggestionKind::Need(id) => ("need", paths::search_need(&NeedId::from(id.as_str()))),
        SuggestionKind::Service(id) => ("service", paths::service(*id, &found.label)),
        SuggestionKind::Organisation(id) => {
            ("organisation", paths::organisation(*id, &found.label))
        }
        SuggestionKind::Place(place) => ("place", paths::search_near(place)),
    };
    Shown { kind, href, label: found.label, detail: found.detail }
}
