//! `GET /api/v1/organisations/{id}`.

use axum::extract::{Path, State};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::App,
    domain::{IdentifierScheme, Organisation, OrganisationId, Service},
    search::Labelled,
    store::Reading,
};

use super::{
    error::{ApiError, ErrorBody},
    facts::{ContactWire, contacts},
    reply::{Keep, Reply},
};

/// An organisation with its services.
#[derive(Serialize, ToSchema)]
pub struct OrganisationWire {
    id: String,
    name: String,
    aliases: Vec<String>,
    description: String,
    sector: Option<&'static str>,
    legal_form: Option<&'static str>,
    size: Option<&'static str>,
    identifiers: Vec<IdentifierWire>,
    website: Option<String>,
    contacts: Vec<ContactWire>,
    services: Vec<ServiceBrief>,
}

/// A number in a register.
#[derive(Serialize, ToSchema)]
pub struct IdentifierWire {
    /// The list's code at org-id.guide, where it has one.
    scheme: &'static str,
    value: String,
}

/// A service in a few words.
#[derive(Serialize, ToSchema)]
pub struct ServiceBrief {
    id: String,
    name: String,
    summary: String,
}

/// One organisation, with its services.
#[utoipa::path(
    get,
    path = "/api/v1/organisations/{id}",
    params(("id" = String, Path, description = "The organisation's id")),
    responses(
        (status = 200, description = "The organisation", body = OrganisationWire),
        (status = 308, description = "It was joined with another, whose address is in `Location`", body = ErrorBody),
        (status = 404, description = "There is no such organisation", body = ErrorBody),
    )
)]
pub async fn organisation(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Reply<OrganisationWire>, ApiError> {
    let missing = || ApiError::NotFound { what: "organisation" };
    let id: OrganisationId = id.parse().map_err(|_| missing())?;
    let wire = app
        .run(move |app| {
            let standing = app.store.standing_organisation(id)?;
            if standing != id {
                let to = format!("/api/v1/organisations/{standing}");
                return Err(ApiError::Moved { to });
            }
            let organisation = app.store.find_organisation(id)?.ok_or_else(missing)?;
            Ok::<_, ApiError>(wire(&organisation, &app.store.list_services_of(id)?))
        })
        .await??;
    Ok(Reply(wire, Keep::Never))
}

fn wire(organisation: &Organisation, services: &[Service]) -> OrganisationWire {
    let listed = services.iter().filter(|service| service.is_listed());
    OrganisationWire {
        id: organisation.id.to_string(),
        name: organisation.name.clone(),
        aliases: organisation.aliases.clone(),
        description: organisation.description.clone(),
        sector: organisation.sector.map(Labelled::key),
        legal_form: organisation.legal_form.map(Labelled::key),
        size: organisation.size.map(Labelled::key),
        identifiers: organisation
            .identifiers
            .iter()
            .map(|known| IdentifierWire {
                scheme: scheme(known.scheme),
                value: known.value.clone(),
            })
            .collect(),
        website: organisation.website.clone(),
        contacts: contacts(&organisation.contacts),
        services: listed
            .map(|service| ServiceBrief {
                id: service.id.to_string(),
                name: service.name.clone(),
                summary: service.summary.clone(),
            })
            .collect(),
    }
}

fn scheme(scheme: IdentifierScheme) -> &'static str {
    match scheme {
        IdentifierScheme::Charity => "GB-CHC",
        IdentifierScheme::ScottishCharity => "GB-SC",
        IdentifierScheme::Company | IdentifierScheme::Cic => "GB-COH",
        IdentifierScheme::Cqc => "cqc",
        IdentifierScheme::Ods => "GB-NHS",
        IdentifierScheme::Ofsted => "ofsted",
        IdentifierScheme::Ukprn => "GB-UKPRN",
        IdentifierScheme::Other => "other",
    }
}
