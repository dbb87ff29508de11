//! `/partnerships/{id}`: who works together, in what part, and for what.

use std::collections::HashMap;

use axum::{
    extract::{Path, State},
    response::Response,
};
use jiff::{Timestamp, civil::Date};
use maud::{Markup, Render, html};

use crate::{
    app::App,
    domain::{
        Member, Organisation, OrganisationId, Partnership, PartnershipId, PathwayStage, ServiceId,
    },
    search::{Labelled, wording},
    store::{Reading, ServiceRecord},
    web::{
        asked::Named,
        cache::Cache,
        error::PageError,
        layout::{Head, Page},
        parts::{
            contacts::contacts,
            fact_list::{fact, known_fact, not_stated, paragraphs, text_fact},
            service_list::service_list,
            stamp::stamp,
            suits::area,
        },
        paths,
        work::Web,
    },
};

/// Answers with a partnership.
pub async fn show(State(web): State<Web>, Path(named): Path<Named>) -> Result<Response, PageError> {
    let id: PartnershipId = named.id()?;
    let now = web.now();
    let known = web.work(move |app| Known::find(app, id)).await?;
    Ok(web.show(&PartnershipPage { known: &known, now }, Cache::Fresh))
}

/// A partnership with those whom it names.
pub struct Known {
    pub partnership: Partnership,
    pub organisations: HashMap<OrganisationId, Organisation>,
    pub services: Vec<ServiceRecord>,
}

impl Known {
    fn find(app: &App, id: PartnershipId) -> Result<Self, PageError> {
        let partnership = app.store.get_partnership(id)?;
        let mut organisations = HashMap::new();
        for member in &partnership.members {
            let found = app.store.find_organisation(member.organisation)?;
            organisations.extend(found.map(|organisation| (organisation.id, organisation)));
        }
        let along = partnership.pathway.iter().flat_map(|stage| &stage.services);
        let ids: Vec<ServiceId> = partnership.services.iter().chain(along).copied().collect();
        let services = app.store.services_by_ids(&ids)?.into_iter();
        let services = services.filter(|record| record.service.is_listed()).collect();
        Ok(Self { partnership, organisations, services })
    }
}

/// A partnership.
pub struct PartnershipPage<'a> {
    pub known: &'a Known,
    pub now: Timestamp,
}

impl Page for PartnershipPage<'_> {
    fn head(&self) -> Head {
        let partnership = &self.known.partnership;
        Head {
            canonical: Some(paths::partnership(partnership.id, &partnership.name)),
            ..Head::new(format!("{}: who works together", partnership.name))
        }
    }
}

impl Render for PartnershipPage<'_> {
    fn render(&self) -> Markup {
        let partnership = &self.known.partnership;
        html! {
            h1 class="govuk-heading-xl" { (partnership.name) }
            (paragraphs(&partnership.purpose))
            (self.facts())
            (self.members())
            @if !partnership.pathway.is_empty() {
                h2 class="govuk-heading-m" { "The way through" }
                ol class="govuk-list govuk-list--number" { @for stage in &partnership.pathway { li { (self.stage(stage)) } } }
            }
            h2 class="govuk-heading-m" { "Services" }
            @if self.known.services.is_empty() { p class="govuk-body" { "None is listed." } }
            @else { (service_list(self.known.services.iter(), self.now)) }
            h2 class="govuk-heading-m" { "Contact" }
            div class="govuk-body" { (contacts(partnership.contacts.iter(), None)) }
            (stamp(&partnership.upkeep, &partnership.provenance))
        }
    }
}

impl PartnershipPage<'_> {
    fn facts(&self) -> Markup {
        let partnership = &self.known.partnership;
        let measures = partnership.outcome_measures.join("; ");
        html! {
            dl class="ha-factlist" {
                (text_fact("Kind", Some(partnership.kind.label())))
                (text_fact("Dates", dates(partnership.from, partnership.to).as_deref()))
                (fact("Area", &partnership.footprint.as_ref().map_or_else(not_stated, area)))
                (text_fact("Governance", partnership.governance.as_deref()))
                (known_fact("Outcome measures", Some(&measures)))
            }
        }
    }

    fn members(&self) -> Markup {
        html! {
            h2 class="govuk-heading-m" { "Members" }
            p class="govuk-body" { "Being a member is not the same as an endorsement, by us or by the other members." }
            ul class="govuk-list govuk-list--bullet" {
                @for member in &self.known.partnership.members { li { (self.member(member)) } }
            }
        }
    }

    fn member(&self, member: &Member) -> Markup {
        let organisation = self.known.organisations.get(&member.organisation);
        html! {
            @match organisation {
                Some(known) => { a class="govuk-link" href=(paths::organisation(known.id, &known.name)) { (known.name) } }
                None => { "An organisation that is no longer listed" }
            }
            ": " (member.role.label().to_lowercase())
            @if let Some(dates) = dates(member.from, member.to) { ", " (dates) }
            @if let Some(note) = &member.note { ". " (note) }
        }
    }

    fn stage(&self, stage: &PathwayStage) -> Markup {
        let services = self.known.services.iter().map(|record| &record.service);
        let services: Vec<_> =
            services.filter(|service| stage.services.contains(&service.id)).collect();
        html! {
            strong { (stage.name) }
            @if let Some(description) = &stage.description { ": " (description) }
            @for service in services {
                br; a class="govuk-link" href=(paths::service(service.id, &service.name)) { (service.name) }
            }
        }
    }
}

fn dates(from: Option<Date>, to: Option<Date>) -> Option<String> {
    let (from, to) = (from.map(wording::long_date), to.map(wording::long_date));
    match (from, to) {
        (Some(from), Some(to)) => Some(format!("from {from} to {to}")),
        (Some(from), None) => Some(format!("since {from}")),
        (None, Some(to)) => Some(format!("until {to}")),
        (None, None) => None,
    }
}
