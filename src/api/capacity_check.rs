//! `POST /api/v1/capacity-check`: of some services, which take people now.

use axum::{
    Json,
    extract::{State, rejection::JsonRejection},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    app::App,
    domain::{CapacityStatus, NeedId, ServiceId},
    geo::{Resolution, Whereabouts},
    search::{Fault, Serving, door_of, needs_of, wording},
    store::{Reading, ServiceRecord},
};

use super::{
    error::{ApiError, ErrorBody},
    reply::{Keep, Reply},
    results::CapacityWire,
};

/// The most services of one call.
const MOST: usize = 50;

/// What is asked. It is sent in a body so that a postcode stands in no address.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckWire {
    /// Ids, up to 50.
    services: Vec<String>,
    /// A postcode or place, to be told which serve it.
    #[serde(default)]
    near: Option<String>,
    /// The id of a need, to be told which answer it.
    #[serde(default)]
    need: Option<String>,
}

/// The answer, as of a moment.
#[derive(Serialize, ToSchema)]
pub struct CheckedWire {
    as_of: String,
    /// The place as it was understood; null where none was asked about.
    place: Option<String>,
    services: Vec<CheckedServiceWire>,
}

/// One service.
#[derive(Serialize, ToSchema)]
pub struct CheckedServiceWire {
    id: String,
    /// Null where it is not, or no longer, listed.
    name: Option<String>,
    /// `yes`, `waiting`, `no` or `not_known`.
    takes_people: &'static str,
    /// What was said last; null where it is not listed.
    capacity: Option<CapacityWire>,
    /// `yes`, `part`, `no`, `not_stated` or `not_asked`.
    serves: &'static str,
    /// `yes`, `inferred` (its text says so), `no` or `not_asked`.
    answers_need: &'static str,
    confirmed_on: Option<String>,
}

/// Which of these services take people now, serve a place and answer a need.
#[utoipa::path(
    post,
    path = "/api/v1/capacity-check",
    request_body = CheckWire,
    responses(
        (status = 200, description = "Each service, in the order asked", body = CheckedWire),
        (status = 400, description = "Something cannot be read", body = ErrorBody),
    )
)]
pub async fn check(
    State(app): State<App>,
    body: Result<Json<CheckWire>, JsonRejection>,
) -> Result<Reply<CheckedWire>, ApiError> {
    let Json(wire) = body?;
    let checked = app.run(move |app| checked(app, &wire)).await??;
    Ok(Reply(checked, Keep::Never))
}

struct Asked {
    spot: Option<Box<Whereabouts>>,
    need: Option<NeedId>,
}

fn checked(app: &App, wire: &CheckWire) -> Result<CheckedWire, ApiError> {
    let now = app.clock.now();
    let ids = read_ids(&wire.services)?;
    let asked = Asked { spot: spot(app, wire.near.as_deref())?, need: need(app, wire)? };
    // What is known by an earlier id is answered by it.
    let standing: Vec<ServiceId> =
        ids.iter().map(|id| app.store.standing_for(*id)).collect::<Result<_, _>>()?;
    let records = app.store.services_by_ids(&standing)?;
    let one = |(id, standing): (&ServiceId, &ServiceId)| {
        let record = records.iter().find(|record| record.service.id == *standing);
        match record.filter(|record| record.service.is_listed()) {
            Some(record) => {
                CheckedServiceWire { id: id.to_string(), ..service(app, record, &asked, now) }
            }
            None => missing(*id),
        }
    };
    Ok(CheckedWire {
        as_of: now.to_string(),
        place: asked.spot.as_ref().map(|spot| spot.label.clone()),
        services: ids.iter().zip(&standing).map(one).collect(),
    })
}

fn read_ids(texts: &[String]) -> Result<Vec<ServiceId>, ApiError> {
    let bad = |found: &str, expected: &str| {
        ApiError::BadValues(vec![Fault::new("services", found, expected.to_owned())])
    };
    if texts.is_empty() || texts.len() > MOST {
        return Err(bad(&texts.len().to_string(), "1 to 50 ids"));
    }
    texts.iter().map(|text| text.parse().map_err(|_| bad(text, "the id of a service"))).collect()
}

fn spot(app: &App, near: Option<&str>) -> Result<Option<Box<Whereabouts>>, ApiError> {
    let Some(near) = near.map(str::trim).filter(|near| !near.is_empty()) else { return Ok(None) };
    match app.search.resolve(&near.chars().take(200).collect::<String>()) {
        Resolution::Found(spot) => Ok(Some(spot)),
        // What was typed may be a postcode, and is not said back.
        Resolution::Several { .. } => Err(unclear("one place: there are several of that name")),
        _ => Err(unclear("a postcode or place in England")),
    }
}

fn unclear(expected: &str) -> ApiError {
    ApiError::BadValues(vec![Fault::new("near", "", expected.to_owned())])
}

fn need(app: &App, wire: &CheckWire) -> Result<Option<NeedId>, ApiError> {
    let Some(need) = &wire.need else { return Ok(None) };
    if app.vocabulary.need(need).is_none() {
        let expected = "the id of a need, as /api/v1/needs lists them".to_owned();
        return Err(ApiError::BadValues(vec![Fault::new("need", need, expected)]));
    }
    Ok(Some(NeedId::from(need.as_str())))
}

fn service(
    app: &App,
    record: &ServiceRecord,
    asked: &Asked,
    now: jiff::Timestamp,
) -> CheckedServiceWire {
    let door = door_of(record, None, now);
    let confirmed = record.service.upkeep.confirmed.as_ref();
    CheckedServiceWire {
        id: record.service.id.to_string(),
        name: Some(record.service.name.clone()),
        takes_people: match door.status {
            Some(CapacityStatus::Open) => "yes",
            Some(CapacityStatus::WaitingList) => "waiting",
            Some(CapacityStatus::Full | CapacityStatus::Paused) => "no",
            None => "not_known",
        },
        capacity: Some(CapacityWire::from(&door)),
        serves: serves(app, record, asked.spot.as_deref()),
        answers_need: answers(app, record, asked.need.as_ref()),
        confirmed_on: confirmed.map(|confirmed| wording::date_of(confirmed.at).to_string()),
    }
}

fn missing(id: ServiceId) -> CheckedServiceWire {
    CheckedServiceWire {
        id: id.to_string(),
        name: None,
        takes_people: "not_known",
        capacity: None,
        serves: "not_asked",
        answers_need: "not_asked",
        confirmed_on: None,
    }
}

fn serves(app: &App, record: &ServiceRecord, spot: Option<&Whereabouts>) -> &'static str {
    let Some(spot) = spot else { return "not_asked" };
    match app.search.serving(&record.service, spot) {
        Serving::Yes => "yes",
        Serving::YesOrPart => "part",
        Serving::LeftOut | Serving::No => "no",
        Serving::NotStated => "not_stated",
    }
}

fn answers(app: &App, record: &ServiceRecord, need: Option<&NeedId>) -> &'static str {
    let Some(need) = need else { return "not_asked" };
    let answered = needs_of(&record.service, app.vocabulary);
    match answered.into_iter().find(|(known, _)| known == need) {
        Some((_, hereabouts_index::NeedTier::Stated)) => "yes",
        Some(_) => "inferred",
        None => "no",
    }
}
