//! `GET /api/v1/search`.

use std::collections::BTreeMap;

use axum::extract::{RawQuery, State};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::App,
    search::{Findings, Question},
};

use super::{
    error::{ApiError, ErrorBody},
    reply::{Keep, Reply},
    results::ResultWire,
    understood::UnderstoodWire,
};

/// The answer to a search.
#[derive(Serialize, ToSchema)]
pub struct SearchWire {
    understood: UnderstoodWire,
    /// Distinct services that answer.
    total: usize,
    /// How many of them were confirmed recently and answer all that was asked well; they come first.
    leading: usize,
    /// How many of them nobody confirmed recently.
    unconfirmed: usize,
    /// Nearer services left out because they are for other areas.
    elsewhere: usize,
    /// Services that answer, and of which nothing tells where they are or whom they serve.
    nowhere: usize,
    page: usize,
    per_page: usize,
    pages: usize,
    results: Vec<ResultWire>,
    /// For each filter its values, with counts of distinct services under all other filters.
    facets: BTreeMap<&'static str, Vec<FacetWire>>,
}

/// A value to filter by.
#[derive(Serialize, ToSchema)]
pub struct FacetWire {
    value: String,
    label: String,
    count: usize,
    chosen: bool,
}

impl From<&Findings> for SearchWire {
    fn from(findings: &Findings) -> Self {
        let facets = findings.facets.iter().map(|group| {
            let values = group.values.iter().map(|value| FacetWire {
                value: value.value.clone(),
                label: value.label.clone(),
                count: value.count,
                chosen: value.chosen,
            });
            (group.key, values.collect())
        });
        Self {
            understood: UnderstoodWire::from(&findings.understood),
            total: findings.total,
            leading: findings.leading,
            unconfirmed: findings.unconfirmed,
            elsewhere: findings.elsewhere,
            nowhere: findings.nowhere,
            page: findings.question.page,
            per_page: findings.question.per_page,
            pages: findings.pages(),
            results: findings.results.iter().map(ResultWire::from).collect(),
            facets: facets.collect(),
        }
    }
}

/// Find services by words, need and place.
///
/// Repeat a key for several values: values of one key are OR, keys are AND. `age` and `who` rank
/// and label results; they do not filter them.
#[utoipa::path(
    get,
    path = "/api/v1/search",
    params(
        ("q" = Option<String>, Query, description = "What is needed, in anybody's words; at most 200 characters"),
        ("words" = Option<String>, Query, description = "`only` keeps the words from being widened by the vocabulary"),
        ("spell" = Option<String>, Query, description = "`0` keeps the spelling from being corrected"),
        ("avoid" = Option<String>, Query, description = "What to leave out, in anybody's words; at most 200 characters"),
        ("need" = Option<Vec<String>>, Query, description = "Ids of needs, as `/needs` lists them"),
        ("near" = Option<String>, Query, description = "A postcode, part of one, a place name, or `lat,lon`"),
        ("within" = Option<u32>, Query, description = "Metres within which an in-person venue has to be"),
        ("place" = Option<String>, Query, description = "The code of a place: services for any part of it"),
        ("age" = Option<u8>, Query, description = "The age of the person it is for"),
        ("who" = Option<Vec<String>>, Query, description = "Circumstances of the person it is for"),
        ("day" = Option<Vec<String>>, Query, description = "`mon` to `sun`, `not-stated`"),
        ("time" = Option<Vec<String>>, Query, description = "`morning`, `afternoon`, `evening`, `not-stated`"),
        ("cost" = Option<Vec<String>>, Query, description = "`free`, `donation`, `concession`, `paid`, `assessed`, `not-stated`"),
        ("how" = Option<Vec<String>>, Query, description = "`in-person`, `home-visit`, `phone`, `online`, `outreach`, `not-stated`"),
        ("access" = Option<Vec<String>>, Query, description = "Access facts that have to be stated as yes, such as `step-free`"),
        ("must" = Option<Vec<String>>, Query, description = "Access facts all of which have to be stated as yes, and `company` where somebody may come along the first time"),
        ("lang" = Option<Vec<String>>, Query, description = "BCP 47 language tags, or `not-stated`"),
        ("refer" = Option<Vec<String>>, Query, description = "Who may refer: `drop-in`, `self`, `link-worker`, `professional`, `gp`, `not-stated`"),
        ("sector" = Option<Vec<String>>, Query, description = "`voluntary`, `social-enterprise`, `private`, `nhs`, `local-authority`, `other`, `not-stated`"),
        ("open" = Option<u8>, Query, description = "`1` for what takes people now"),
        ("confirmed" = Option<u8>, Query, description = "`1` for what was confirmed in the last six months"),
        ("inside" = Option<u8>, Query, description = "`1` with `place`, for what has a venue inside it"),
        ("elsewhere" = Option<u8>, Query, description = "`1` for the services near by that are for other areas"),
        ("sort" = Option<String>, Query, description = "`best`, `distance`, `name`, `confirmed`"),
        ("page" = Option<u32>, Query, description = "From 1"),
        ("per_page" = Option<u32>, Query, description = "1 to 100, else 10"),
    ),
    responses(
        (status = 200, description = "What was found", body = SearchWire),
        (status = 400, description = "Some values could not be read", body = ErrorBody),
        (status = 503, description = "Too much is asked at once", body = ErrorBody),
    )
)]
pub async fn search(
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Result<Reply<SearchWire>, ApiError> {
    let (question, faults) = Question::read(&pairs(query.as_deref()));
    if !faults.is_empty() {
        return Err(ApiError::BadValues(faults));
    }
    let now = app.clock.now();
    let wire = app
        .run(move |app| {
            let findings = app.search.ask(&question, Vec::new(), now)?;
            if findings.understood.faults.is_empty() {
                return Ok(SearchWire::from(&findings));
            }
            Err(ApiError::BadValues(findings.understood.faults))
        })
        .await??;
    Ok(Reply(wire, Keep::Never))
}

/// The keys and values of a query string.
pub fn pairs(query: Option<&str>) -> Vec<(String, String)> {
    let query = query.unwrap_or_default();
    url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}
