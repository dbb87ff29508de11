//! `GET /api/v1/services/{id}`.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::App,
    domain::{CostOption, Exclusions, FundingVisibility, NeedId, Service, ServiceId},
    search::{Labelled, door_of, needs_of, part_name, shows_where, wording},
    store::{Reading, ServiceRecord},
};

use super::{
    error::{ApiError, ErrorBody},
    facts::{ContactWire, SessionWire, VenueWire, answer, contacts, sessions},
    reply::{Keep, Reply},
    results::{CapacityWire, OrganisationBrief},
    understood::NeedWire,
};

/// A service, with everything about it that is public.
#[derive(Serialize, ToSchema)]
pub struct ServiceWire {
    id: String,
    name: String,
    aliases: Vec<String>,
    summary: String,
    description: String,
    in_short: Vec<String>,
    /// `active` or `temporarily-closed`.
    status: &'static str,
    alert: Option<String>,
    organisation: OrganisationBrief,
    needs: Vec<NeedWire>,
    eligibility: EligibilityWire,
    costs: Vec<CostWire>,
    routes: Vec<RouteWire>,
    what_to_say: Option<String>,
    reply_days: Option<u16>,
    first_visit: Option<String>,
    bring: Option<String>,
    delivery: Vec<&'static str>,
    languages: Vec<String>,
    access: BTreeMap<&'static str, &'static str>,
    sessions: Vec<SessionWire>,
    venues: Vec<VenueWire>,
    /// Venues whose address may not leave the server.
    hidden_venues: usize,
    /// The areas served; null where none is stated.
    serves: Option<ServesAreas>,
    funding: Vec<FundingWire>,
    outcome_measures: Vec<String>,
    website: Option<String>,
    contacts: Vec<ContactWire>,
    capacity: CapacityWire,
    /// The three dates: confirmed by somebody who knows, edited, imported.
    confirmed_on: Option<String>,
    edited_on: Option<String>,
    imported_on: Option<String>,
    source: Option<String>,
}

/// Who it is for.
#[derive(Serialize, ToSchema)]
pub struct EligibilityWire {
    description: Option<String>,
    ages: Vec<AgesWire>,
    for_people: Vec<String>,
    only_for_these: &'static str,
    open_to_all: &'static str,
    /// `not-stated`, `nobody` or `these`.
    exclusions: &'static str,
    not_for: Option<String>,
}

/// Ages in whole years, both ends included.
#[derive(Serialize, ToSchema)]
pub struct AgesWire {
    from: u8,
    to: u8,
}

/// A cost.
#[derive(Serialize, ToSchema)]
pub struct CostWire {
    kind: &'static str,
    pence: Option<u32>,
    text: String,
}

/// A way in.
#[derive(Serialize, ToSchema)]
pub struct RouteWire {
    who: &'static str,
    to: Option<String>,
    note: Option<String>,
}

/// The areas served.
#[derive(Serialize, ToSchema)]
pub struct ServesAreas {
    areas: Vec<String>,
    except: Vec<String>,
    note: Option<String>,
}

/// A source of money that is public.
#[derive(Serialize, ToSchema)]
pub struct FundingWire {
    funder: String,
    programme: Option<String>,
    ends_on: Option<String>,
}

/// One service, whole.
#[utoipa::path(
    get,
    path = "/api/v1/services/{id}",
    params(("id" = String, Path, description = "The service's id")),
    responses(
        (status = 200, description = "The service", body = ServiceWire),
        (status = 308, description = "It was joined with another, whose address is in `Location`", body = ErrorBody),
        (status = 404, description = "There is no such service", body = ErrorBody),
    )
)]
pub async fn service(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Reply<ServiceWire>, ApiError> {
    let missing = || ApiError::NotFound { what: "service" };
    let id: ServiceId = id.parse().map_err(|_| missing())?;
    let now = app.clock.now();
    let wire = app
        .run(move |app| {
            let standing = app.store.standing_for(id)?;
            let record = app.store.service_record(standing)?;
            match record.filter(|record| record.service.is_listed()) {
                Some(_) if standing != id => {
                    Err(ApiError::Moved { to: format!("/api/v1/services/{standing}") })
                }
                Some(record) => Ok(wire(app, &record, now)),
                None => Err(missing()),
            }
        })
        .await??;
    Ok(Reply(wire, Keep::Never))
}

fn wire(app: &App, record: &ServiceRecord, now: Timestamp) -> ServiceWire {
    let service = &record.service;
    let shown = record.venues().filter(|(_, location)| shows_where(service, location));
    let venues: Vec<VenueWire> =
        shown.map(|(venue, location)| VenueWire::new(venue, location)).collect();
    ServiceWire {
        id: service.id.to_string(),
        name: service.name.clone(),
        aliases: service.aliases.clone(),
        summary: service.summary.clone(),
        description: service.description.clone(),
        in_short: service.in_short.clone(),
        status: match service.status {
            crate::domain::ServiceStatus::TemporarilyClosed => "temporarily-closed",
            _ => "active",
        },
        alert: service.alert.clone(),
        organisation: OrganisationBrief::from(&record.organisation),
        needs: needs(app, service),
        eligibility: eligibility(service),
        costs: service.costs.iter().map(cost).collect(),
        routes: routes(service),
        what_to_say: service.access_routes.what_to_say.clone(),
        reply_days: service.access_routes.reply_days,
        first_visit: service.first_visit.what_happens.clone(),
        bring: service.first_visit.bring.clone(),
        delivery: service.delivery.iter().map(|how| how.key()).collect(),
        languages: service.languages.clone(),
        access: service.access.iter().map(|(what, said)| (what.key(), answer(*said))).collect(),
        sessions: sessions(&service.sessions),
        hidden_venues: service.venues.len() - venues.len(),
        venues,
        serves: serves(service),
        funding: funding(service),
        outcome_measures: service.outcome_measures.clone(),
        website: service.website.clone(),
        contacts: contacts(&service.contacts),
        capacity: CapacityWire::from(&door_of(record, None, now)),
        confirmed_on: date(service.upkeep.confirmed.as_ref().map(|by| by.at)),
        edited_on: date(service.upkeep.edited),
        imported_on: date(service.upkeep.imported),
        source: service.provenance.record.as_ref().map(|from| from.source.clone()),
    }
}

fn date(at: Option<Timestamp>) -> Option<String> {
    at.map(|at| wording::date_of(at).to_string())
}

fn needs(app: &App, service: &Service) -> Vec<NeedWire> {
    let shown = |(need, tier): (NeedId, hereabouts_index::NeedTier)| {
        let need = app.search.need(&need);
        let inferred = tier != hereabouts_index::NeedTier::Stated;
        NeedWire { id: need.id.to_string(), label: need.label, inferred }
    };
    needs_of(service, app.vocabulary).into_iter().map(shown).collect()
}

fn eligibility(service: &Service) -> EligibilityWire {
    let stated = &service.eligibility;
    let (exclusions, not_for) = match &stated.exclusions {
        Exclusions::NotStated => ("not-stated", None),
        Exclusions::Nobody => ("nobody", None),
        Exclusions::These { description, .. } => ("these", Some(description.clone())),
    };
    EligibilityWire {
        description: stated.description.clone(),
        ages: stated.ages.iter().map(|ages| AgesWire { from: ages.from, to: ages.to }).collect(),
        for_people: stated.for_people.iter().map(ToString::to_string).collect(),
        only_for_these: answer(stated.only_for_these),
        open_to_all: answer(stated.open_to_all),
        exclusions,
        not_for,
    }
}

fn cost(option: &CostOption) -> CostWire {
    CostWire { kind: option.kind.key(), pence: option.pence, text: wording::cost(option) }
}

fn routes(service: &Service) -> Vec<RouteWire> {
    let routes = service.access_routes.routes.iter();
    routes
        .map(|route| RouteWire {
            who: route.who.key(),
            to: route.to.clone(),
            note: route.note.clone(),
        })
        .collect()
}

fn serves(service: &Service) -> Option<ServesAreas> {
    service.footprint.as_ref().map(|area| ServesAreas {
        areas: area.parts.iter().map(part_name).collect(),
        except: area.except.iter().map(part_name).collect(),
        note: area.note.clone(),
    })
}

fn funding(service: &Service) -> Vec<FundingWire> {
    let public = service.funding.iter().filter(|from| from.visibility == FundingVisibility::Public);
    public
        .map(|from| FundingWire {
            funder: from.funder.clone(),
            programme: from.programme.clone(),
            ends_on: from.to.map(|date| date.to_string()),
        })
        .collect()
}
