//! `/referrals/{id}/by/{link}`: from a mail, a provider answers a referral with one press. Opening
//! the page changes nothing.

use axum::{
    Extension,
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, Render, html};
use serde::Deserialize;

use super::{confirm::entered, sign_in::never_made};
use crate::{
    app::App,
    domain::ReferralId,
    keeping::{FormFault, Network, Secret},
    referring::{SeenReferral, referral_by_link, state_in_words, step_by_link},
    search::wording,
    store::Reading,
    web::{
        cache::Cache,
        error::PageError,
        layout::{Head, Page, Robots},
        parts::{
            form::{done_banner, error_summary},
            referral_facts::{referral_facts, steps},
            referral_steps::{choice, named_faults, referral_steps},
        },
        paths,
        refused::Refused,
        typed::Typed,
        work::Web,
    },
};

/// The parts of the address.
#[derive(Clone, Debug, Deserialize)]
pub struct ByLink {
    id: String,
    link: String,
}

impl ByLink {
    fn read(&self, web: &Web, network: Network) -> Result<(ReferralId, Secret), PageError> {
        let id = self.id.parse().map_err(|_| PageError::NotFound)?;
        let link = Secret::parse(&self.link).ok_or_else(|| never_made(web, network))?;
        Ok((id, link))
    }
}

/// Answers with the referral and what may be answered.
pub async fn show(
    State(web): State<Web>,
    Path(by): Path<ByLink>,
    Extension(network): Extension<Network>,
) -> Result<Response, PageError> {
    let (id, link) = by.read(&web, network)?;
    let (seen, referrer) = looked_at(&web, id, &link).await?;
    let page = LinkPage {
        seen: &seen,
        referrer: &referrer,
        link: &link,
        app: &web.app,
        was_moved: false,
        typed: &Typed::default(),
        faults: &[],
    };
    Ok(web.show(&page, Cache::Private))
}

/// Takes the answer, and uses the link up.
pub async fn act(
    State(web): State<Web>,
    Path(by): Path<ByLink>,
    Extension(network): Extension<Network>,
    headers: HeaderMap,
    typed: Typed,
) -> Result<Response, PageError> {
    let (id, link) = by.read(&web, network)?;
    let (seen, _) = looked_at(&web, id, &link).await?;
    let (sent, secret, now) = (typed.clone(), link.clone(), web.now());
    let done = web
        .attempt(move |app| {
            let directory = &app.config.directory;
            step_by_link(&app.store, directory, (id, &secret), &choice(&sent)?, now)
        })
        .await?;
    match done {
        Ok(session) => {
            let onward = format!("{}?sent=moved", paths::referral(id));
            let response = Redirect::to(&onward).into_response();
            entered(&web, &headers, &session, seen.person.id, response).await
        }
        Err(refused) => refuse(&web, (id, &link), &typed, &refused).await,
    }
}

/// The page again, with why nothing was done, as it stands now.
async fn refuse(
    web: &Web,
    (id, link): (ReferralId, &Secret),
    typed: &Typed,
    refused: &Refused,
) -> Result<Response, PageError> {
    let (seen, referrer) = looked_at(web, id, link).await?;
    let faults = named_faults(refused.faults(), typed);
    let page = LinkPage {
        seen: &seen,
        referrer: &referrer,
        link,
        app: &web.app,
        was_moved: *refused == Refused::ChangedMeanwhile,
        typed,
        faults: &faults,
    };
    Ok(web.show_refused(refused, &page))
}

async fn looked_at(
    web: &Web,
    id: ReferralId,
    link: &Secret,
) -> Result<(SeenReferral, String), PageError> {
    let (link, now) = (link.clone(), web.now());
    web.work(move |app: &App| {
        let seen = referral_by_link(&app.store, id, &link, now)?;
        let by = app.store.find_person(seen.referral.by)?;
        Ok::<_, PageError>((seen, by.map(|by| by.email.to_string()).unwrap_or_default()))
    })
    .await
}

struct LinkPage<'a> {
    seen: &'a SeenReferral,
    referrer: &'a str,
    link: &'a Secret,
    app: &'a App,
    /// Whether it was moved on since the page was opened.
    was_moved: bool,
    typed: &'a Typed,
    faults: &'a [FormFault],
}

impl Page for LinkPage<'_> {
    fn head(&self) -> Head {
        let error = if self.faults.is_empty() { "" } else { "Error: " };
        let title = format!("{error}Referral {}", self.seen.referral.reference);
        Head { robots: Robots::NoIndex, ..Head::new(title) }
    }
}

impl Render for LinkPage<'_> {
    fn render(&self) -> Markup {
        let referral = &self.seen.referral;
        let since = wording::long_date(wording::date_of(referral.since()));
        let action = paths::referral_by(referral.id, self.link.reveal());
        html! {
            (error_summary(self.faults))
            @if self.was_moved { (done_banner("Not done", "It was moved on since you opened this page; this is how it stands.")) }
            span class="govuk-caption-l" { (self.seen.record.service.name) }
            h1 class="govuk-heading-l" { "Referral " (referral.reference) }
            p class="govuk-body-l" { strong { (wording::capitalised(state_in_words(referral.state()))) } " since " (since) "." }
            (referral_facts(referral, Some(self.referrer), self.app))
            h2 class="govuk-heading-m" { "Your answer" }
            (referral_steps(referral, self.seen.side, (&action, None), self.typed, self.faults))
            (steps(referral))
        }
    }
}
