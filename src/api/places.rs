//! `GET /api/v1/places` and `/places/{code}`.

use axum::extract::{Path, RawQuery, State};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::App,
    domain::{Place, PlaceCode},
    geo::PlaceRef,
    search::{FacetValue, Question},
};

use super::{
    error::{ApiError, ErrorBody},
    reply::{Keep, Reply},
    search::pairs,
};

/// Places by name.
#[derive(Serialize, ToSchema)]
pub struct PlacesWire {
    places: Vec<FoundPlace>,
}

/// A place with that name.
#[derive(Serialize, ToSchema)]
pub struct FoundPlace {
    /// Its code, where it has one: a town or village has none.
    code: Option<String>,
    /// In words: `town`, `council area`, `ward`.
    kind: String,
    name: String,
    /// What to send as `near` to mean this one.
    near: String,
}

/// A place in a few words.
#[derive(Serialize, ToSchema)]
pub struct PlaceBrief {
    code: String,
    /// Such as `council`, `ward`, `icb`.
    kind: String,
    name: String,
}

/// A place, with what is there.
#[derive(Serialize, ToSchema)]
pub struct PlaceWire {
    code: String,
    kind: String,
    name: String,
    /// The edition of the code and the boundary.
    edition: String,
    population: Option<u32>,
    lat: Option<f64>,
    lon: Option<f64>,
    indicators: Vec<IndicatorWire>,
    parents: Vec<PlaceBrief>,
    children: Vec<PlaceBrief>,
    neighbours: Vec<PlaceBrief>,
    /// Distinct services that serve any part of it, or have a venue inside.
    services: usize,
    /// Those of them that take people now.
    taking_people: usize,
    needs: Vec<NeedCount>,
}

/// A figure about a place.
#[derive(Serialize, ToSchema)]
pub struct IndicatorWire {
    name: String,
    value: f64,
    source: String,
    year: u16,
}

/// How many distinct services answer a need.
#[derive(Serialize, ToSchema)]
pub struct NeedCount {
    need: String,
    label: String,
    count: usize,
}

impl From<&PlaceRef> for PlaceBrief {
    fn from(place: &PlaceRef) -> Self {
        Self { code: place.code.to_string(), kind: kind(place.kind), name: place.name.clone() }
    }
}

/// Places whose name begins like the text.
#[utoipa::path(
    get,
    path = "/api/v1/places",
    params(("q" = Option<String>, Query, description = "The beginning of a name, or a code")),
    responses((status = 200, description = "Places, best first", body = PlacesWire))
)]
pub async fn places(
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Result<Reply<PlacesWire>, ApiError> {
    let text = pairs(query.as_deref()).into_iter().find(|(key, _)| key == "q");
    let text: String = text.map(|(_, text)| text.chars().take(100).collect()).unwrap_or_default();
    let places = app.gazetteer.find_places(&text, 20);
    let places = places.iter().map(|found| FoundPlace {
        code: found.code.as_ref().map(ToString::to_string),
        kind: found.kind.to_string(),
        name: found.label.clone(),
        near: found.key.clone(),
    });
    Ok(Reply(PlacesWire { places: places.collect() }, Keep::AMinute))
}

/// One place, with what is there.
#[utoipa::path(
    get,
    path = "/api/v1/places/{code}",
    params(("code" = String, Path, description = "The place's code, such as E08000010")),
    responses(
        (status = 200, description = "The place", body = PlaceWire),
        (status = 404, description = "There is no such place", body = ErrorBody),
    )
)]
pub async fn place(
    State(app): State<App>,
    Path(code): Path<String>,
) -> Result<Reply<PlaceWire>, ApiError> {
    let code = PlaceCode(code);
    let missing = || ApiError::NotFound { what: "place" };
    let place = app.gazetteer.place(&code).ok_or_else(missing)?;
    let now = app.clock.now();
    let wire = app
        .run(move |app| {
            let question = Question::about_place(&place.code);
            let findings = app.search.ask(&question, Vec::new(), now)?;
            let open = Question { open: true, ..question };
            let taking_people = app.search.count(&open, now)?;
            let group = |key: &str| findings.facets.iter().find(|group| group.key == key);
            let needs = group("need").map(|group| group.values.as_slice()).unwrap_or_default();
            Ok::<_, ApiError>(wire(app, &place, findings.total, taking_people, needs))
        })
        .await??;
    Ok(Reply(wire, Keep::Never))
}

fn wire(
    app: &App,
    place: &Place,
    services: usize,
    taking_people: usize,
    needs: &[FacetValue],
) -> PlaceWire {
    let briefs = |places: Vec<PlaceRef>| places.iter().map(PlaceBrief::from).collect();
    PlaceWire {
        code: place.code.to_string(),
        kind: kind(place.kind),
        name: place.name.clone(),
        edition: place.edition.clone(),
        population: place.population,
        lat: place.centre.map(|point| point.lat),
        lon: place.centre.map(|point| point.lon),
        indicators: place
            .indicators
            .iter()
            .map(|known| IndicatorWire {
                name: known.name.clone(),
                value: known.value,
                source: known.source.clone(),
                year: known.year,
            })
            .collect(),
        parents: briefs(app.gazetteer.parents(&place.code)),
        children: briefs(app.gazetteer.children(&place.code)),
        neighbours: briefs(app.gazetteer.neighbours(&place.code)),
        services,
        taking_people,
        needs: needs
            .iter()
            .map(|need| NeedCount {
                need: need.value.clone(),
                label: need.label.clone(),
                count: need.count,
            })
            .collect(),
    }
}

fn kind(kind: crate::domain::PlaceKind) -> String {
    let text = serde_json::to_value(kind).ok();
    text.and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
}
