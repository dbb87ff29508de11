//! `/organisations/{id}`: who they are, and what they do.

use axum::{
    extract::{Path, State},
    response::Response,
};
use jiff::Timestamp;
use maud::{Markup, Render, html};

use crate::{
    app::App,
    domain::{Organisation, OrganisationId, Partnership, Sensitivity},
    store::{Reading, ServiceRecord, Subject},
    web::{
        asked::Named,
        cache::Cache,
        error::PageError,
        layout::{Head, Page, Robots},
        parts::{
            contacts::contacts, fact_list::paragraphs, identity::identity,
            partnership_links::partnership_links, service_list::service_list, stamp::stamp,
            trust::trust,
        },
        paths,
        work::Web,
    },
};

/// Answers with an organisation.
pub async fn show(State(web): State<Web>, Path(named): Path<Named>) -> Result<Response, PageError> {
    let id: OrganisationId = named.id()?;
    let now = web.now();
    let known = web.work(move |app| Known::find(app, id)).await?;
    Ok(web.show(&OrganisationPage { known: &known, now }, Cache::Fresh))
}

/// An organisation with everything that its page says.
pub struct Known {
    pub organisation: Organisation,
    pub parent: Option<Organisation>,
    pub services: Vec<ServiceRecord>,
    pub partnerships: Vec<Partnership>,
}

impl Known {
    fn find(app: &App, id: OrganisationId) -> Result<Self, PageError> {
        let Some(organisation) = app.store.find_organisation(id)? else {
            let was_there = !app.store.changes_of(&Subject::Organisation(id), 1)?.is_empty();
            return Err(if was_there { PageError::Gone } else { PageError::NotFound });
        };
        if organisation.joined.is_some()
            && let Some(stands) =
                app.store.find_organisation(app.store.standing_organisation(id)?)?
        {
            let to = paths::organisation(stands.id, &stands.name);
            return Err(PageError::Moved { to });
        }
        let services = app.store.list_services_of(id)?;
        let ids: Vec<_> = services
            .iter()
            .filter(|service| service.is_listed())
            .map(|service| service.id)
            .collect();
        let parent =
            organisation.parent.map(|parent| app.store.find_organisation(parent)).transpose()?;
        Ok(Self {
            parent: parent.flatten(),
            services: app.store.services_by_ids(&ids)?,
            partnerships: app.store.list_partnerships_of_organisation(id)?,
            organisation,
        })
    }
}

/// An organisation.
pub struct OrganisationPage<'a> {
    pub known: &'a Known,
    pub now: Timestamp,
}

impl Page for OrganisationPage<'_> {
    fn head(&self) -> Head {
        let organisation = &self.known.organisation;
        let is_sensitive =
            |record: &ServiceRecord| record.service.sensitivity == Sensitivity::Sensitive;
        if self.known.services.iter().any(is_sensitive) {
            return Head { robots: Robots::NoIndex, ..Head::new("An organisation") };
        }
        Head {
            canonical: Some(paths::organisation(organisation.id, &organisation.name)),
            ..Head::new(format!("{}: who they are and what they do", organisation.name))
        }
    }
}

impl Render for OrganisationPage<'_> {
    fn render(&self) -> Markup {
        let organisation = &self.known.organisation;
        html! {
            h1 class="govuk-heading-xl" { (organisation.name) }
            @if let Some(parent) = &self.known.parent {
                p class="govuk-body" { "Part of " a class="govuk-link" href=(paths::organisation(parent.id, &parent.name)) { (parent.name) } }
            }
            (paragraphs(&organisation.description))
            div class="ha-listing" {
                div class="ha-listing__main" {
                    section class="ha-listing__section" aria-labelledby="who" {
                        h2 class="govuk-heading-m" id="who" { "Who they are" }
                        (identity(organisation))
                    }
                    (self.services())
                    (stamp(&organisation.upkeep, &organisation.provenance))
                }
                aside class="ha-listing__side" aria-label="Contact and trust" {
                    h2 { "Contact" }
                    (contacts(organisation.contacts.iter(), organisation.website.as_deref()))
                    h2 { "Trust" }
                    (trust(&organisation.trust))
                    (partnership_links(&self.known.partnerships))
                }
            }
        }
    }
}

impl OrganisationPage<'_> {
    fn services(&self) -> Markup {
        let services = &self.known.services;
        html! {
            section class="ha-listing__section" aria-labelledby="services" {
                h2 class="govuk-heading-m" id="services" { "Their services" }
                @if services.is_empty() { p class="govuk-body" { "None is listed." } }
                @else { (service_list(services.iter(), self.now)) }
            }
        }
    }
}
