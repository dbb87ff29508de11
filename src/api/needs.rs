//! `GET /api/v1/needs`.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::App,
    vocabulary::{Added, Need},
};

use super::{
    error::ApiError,
    reply::{Keep, Reply},
};

/// The vocabulary of needs.
#[derive(Serialize, ToSchema)]
pub struct NeedsWire {
    groups: Vec<GroupWire>,
}

/// A group of needs.
#[derive(Serialize, ToSchema)]
pub struct GroupWire {
    id: String,
    label: String,
    needs: Vec<NeedEntry>,
}

/// A need with the words that lead to it.
#[derive(Serialize, ToSchema)]
pub struct NeedEntry {
    id: String,
    label: String,
    summary: String,
    broader: Vec<String>,
    /// What people say, those of this directory last.
    phrases: Vec<String>,
}

/// Every need, by group.
#[utoipa::path(
    get,
    path = "/api/v1/needs",
    responses((status = 200, description = "The needs", body = NeedsWire))
)]
pub async fn needs(State(app): State<App>) -> Result<Reply<NeedsWire>, ApiError> {
    let added = app.search.added();
    let groups = app.vocabulary.groups().iter().map(|group| GroupWire {
        id: group.id.clone(),
        label: group.label.clone(),
        needs: app.vocabulary.needs_in(&group.id).map(|need| entry(need, &added)).collect(),
    });
    Ok(Reply(NeedsWire { groups: groups.collect() }, Keep::AMinute))
}

fn entry(need: &Need, added: &Added) -> NeedEntry {
    let here = added.phrases_of(&need.id).map(str::to_owned);
    NeedEntry {
        id: need.id.to_string(),
        label: need.label.clone(),
        summary: need.summary.clone(),
        broader: need.broader.iter().map(ToString::to_string).collect(),
        phrases: need.phrases.iter().cloned().chain(here).collect(),
    }
}
