//! `/services/{id}/{slug}/how-it-went`: what a link worker says came of sending people to a service.

use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, Render, html};

use super::{referral::WORKED, report::listed};
use crate::{
    app::App,
    domain::{ServiceId, Worked},
    keeping::{FormFault, Guest},
    referring::{said_this_month, say_how_it_went, worked_in_words},
    store::{ServiceRecord, unit_text},
    web::{
        asked::{Named, Pairs},
        cache::Cache,
        error::PageError,
        layout::{Head, Page},
        parts::{
            form::{Choices, done_banner, error_summary, hidden, radios},
            frame::back_link,
        },
        paths,
        refused::Refused,
        typed::{KEY, Typed},
        work::Web,
    },
};

/// Answers with the form, and with what they said this month.
pub async fn show(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let record = listed(&web, named.id()?).await?;
    let said = said(&web, record.service.id, &guest).await?;
    let is_saved = pairs.first("said") == "1";
    let page = WentPage { record: &record, said, is_saved, guest: &guest, faults: &[] };
    Ok(web.show(&page, Cache::Private))
}

/// Keeps what they say.
pub async fn say(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    let id: ServiceId = named.id()?;
    let record = listed(&web, id).await?;
    let now = web.now();
    let came = WORKED.into_iter().find(|came| unit_text(came) == typed.get("came"));
    let done = match came {
        None => Err(Refused::Wrong(vec![FormFault::new("came", "Choose how it went")])),
        Some(came) => {
            let by = guest.person.clone();
            web.attempt(move |app| say_how_it_went(&app.store, (id, &by), came, now)).await?
        }
    };
    let Err(refused) = done else {
        let to = paths::how_it_went(id, &record.service.name);
        return Ok(Redirect::to(&format!("{to}?said=1")).into_response());
    };
    let said = said(&web, record.service.id, &guest).await?;
    let faults = refused.faults();
    let page = WentPage { record: &record, said, is_saved: false, guest: &guest, faults };
    Ok(web.show_refused(&refused, &page))
}

async fn said(web: &Web, id: ServiceId, guest: &Guest) -> Result<Option<Worked>, PageError> {
    let (by, now) = (guest.person.clone(), web.now());
    web.work(move |app: &App| said_this_month(&app.store, (id, &by), now)).await
}

struct WentPage<'a> {
    record: &'a ServiceRecord,
    /// What they said of it this month.
    said: Option<Worked>,
    is_saved: bool,
    guest: &'a Guest,
    faults: &'a [FormFault],
}

impl Page for WentPage<'_> {
    fn head(&self) -> Head {
        let error = if self.faults.is_empty() { "" } else { "Error: " };
        Head::for_guest(format!("{error}Say how it went"), self.guest)
    }

    fn before(&self) -> Markup {
        let service = &self.record.service;
        back_link(&paths::service(service.id, &service.name), "Back to the listing")
    }
}

impl Render for WentPage<'_> {
    fn render(&self) -> Markup {
        let service = &self.record.service;
        let all: Vec<(String, String)> = WORKED
            .iter()
            .map(|came| (unit_text(came), worked_in_words(*came).to_owned()))
            .collect();
        let chosen: Vec<String> = self.said.iter().map(unit_text).collect();
        let choices = Choices {
            name: "came",
            legend: "When you last sent somebody there, how did it go?",
            hint: Some("Once a month for each service. You may change it until the month is over."),
            all: &all,
            chosen: &chosen,
        };
        html! {
            (error_summary(self.faults))
            @if self.is_saved { (done_banner("Thank you", "What you say is saved.")) }
            span class="govuk-caption-l" { (service.name) }
            h1 class="govuk-heading-l" { "Say how it went" }
            form method="post" action=(paths::how_it_went(service.id, &service.name)) novalidate {
                (hidden(KEY, &self.guest.form_key))
                (radios(&choices, self.faults))
                button class="govuk-button" data-module="govuk-button" data-prevent-double-click="true" { "Save" }
            }
            p class="govuk-body" { "Once three link workers have said something within half a year, those who run the service and stewards see how many say what, and not who. Then it counts a little in the order of results too, and the reasons there say so. After half a year it is forgotten." }
            p class="govuk-body" {
                "If something in the listing is wrong, "
                a class="govuk-link" href=(paths::report(service.id, &service.name)) { "report it" } " too."
            }
        }
    }
}
