//! `/follow`: somebody asks to be mailed when something is different. Nothing is sent before they
//! say so again from the mail.

use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::SignedDuration;
use maud::{Markup, Render, html};

use super::gap::area_of;
use crate::{
    app::App,
    domain::{Followed, PlaceCode, ServiceId},
    keeping::Network,
    referring::follow,
    store::Reading,
    web::{
        asked::Pairs,
        cache::Cache,
        error::PageError,
        layout::{Head, Page, Robots, Section},
        parts::form::{TextField, error_summary, hidden, text_field},
        paths,
        refused::Refused,
        typed::Typed,
        work::Web,
    },
};

/// Mails to confirm that are asked for from one network in an hour.
const ASKED: u32 = 10;
const SPAN: SignedDuration = SignedDuration::from_hours(1);

/// Answers with the form, or that a mail is on its way.
pub async fn show(State(web): State<Web>, pairs: Pairs) -> Result<Response, PageError> {
    if pairs.first("sent") == "1" {
        return Ok(web.show(&SentPage, Cache::Private));
    }
    let found = what(&web, &pairs).await?;
    let page = FollowPage { found: &found, email: "", refused: None };
    Ok(web.show(&page, Cache::Private))
}

/// Mails whoever has the address, whether or not it is known.
pub async fn ask(
    State(web): State<Web>,
    Extension(network): Extension<Network>,
    typed: Typed,
) -> Result<Response, PageError> {
    let found = what(&web, &typed.0).await?;
    let now = web.now();
    web.app.limits.count_from("follow", network, ASKED, SPAN, now)?;
    let (what, email) = (found.what.clone(), typed.get("email").to_owned());
    let done = web
        .attempt(move |app| {
            let with = (&app.config.directory, &app.limits);
            follow(&app.store, with, (&email, what), now)
        })
        .await?;
    match done {
        Ok(()) => Ok(Redirect::to(&format!("{}?sent=1", paths::FOLLOW)).into_response()),
        Err(refused) => {
            let page =
                FollowPage { found: &found, email: typed.get("email"), refused: Some(&refused) };
            Ok(web.show_refused(&refused, &page))
        }
    }
}

/// What is to be followed, with what it is called.
struct Found {
    what: Followed,
    name: String,
}

async fn what(web: &Web, pairs: &Pairs) -> Result<Found, PageError> {
    if let Ok(id) = pairs.first("service").parse::<ServiceId>() {
        let find = move |app: &App| app.store.service_record(id);
        let record = web.work(find).await?.filter(|record| record.service.is_listed());
        let record = record.ok_or(PageError::NotFound)?;
        let name = if record.needs_care() { "this service" } else { &record.service.name };
        return Ok(Found {
            what: Followed::Service { id },
            name: format!("when {name} takes people again"),
        });
    }
    let need = web.app.vocabulary.need(pairs.first("need")).ok_or(PageError::NotFound)?;
    let area = area_of(pairs.first("area"), &web.app).ok_or(PageError::NotFound)?;
    let place = web.app.gazetteer.place(&PlaceCode::from(area.as_str()));
    let called = place.map_or_else(|| area.clone(), |place| place.name.clone());
    let name = format!("changes in what there is for {} in {called}", need.label.to_lowercase());
    Ok(Found { what: Followed::Need { need: need.id.clone(), area }, name })
}

struct FollowPage<'a> {
    found: &'a Found,
    email: &'a str,
    refused: Option<&'a Refused>,
}

impl Page for FollowPage<'_> {
    fn head(&self) -> Head {
        let error = if self.refused.is_some() { "Error: " } else { "" };
        Head {
            robots: Robots::NoIndex,
            section: Some(Section::Search),
            ..Head::new(format!("{error}Be told by mail"))
        }
    }
}

impl Render for FollowPage<'_> {
    fn render(&self) -> Markup {
        let faults = self.refused.map(Refused::faults).unwrap_or_default();
        let often = match self.found.what {
            Followed::Need { .. } => "One mail a week at most, and none where nothing changed.",
            Followed::Service { .. } => "One mail, as soon as it says that it takes people.",
        };
        html! {
            (error_summary(faults))
            h1 class="govuk-heading-l" { "Be told by mail" }
            p class="govuk-body" { "Of " (self.found.name) ". " (often) " One press in any of them stops them, and the address is forgotten." }
            form method="post" action=(paths::FOLLOW) novalidate {
                @match &self.found.what {
                    Followed::Need { need, area } => { (hidden("need", need.as_str())) (hidden("area", area)) }
                    Followed::Service { id } => { (hidden("service", &id.to_string())) }
                }
                (text_field(&TextField {
                    name: "email",
                    id: "email",
                    label: "Your e-mail address",
                    hint: Some("A work address is best: the mail says what is followed."),
                    value: self.email,
                    kind: "email",
                    autocomplete: Some("email"),
                    width: "govuk-input--width-20",
                }, faults))
                button class="govuk-button" data-module="govuk-button" data-prevent-double-click="true" { "Send me a mail to confirm" }
            }
        }
    }
}

struct SentPage;

impl Page for SentPage {
    fn head(&self) -> Head {
        Head {
            robots: Robots::NoIndex,
            section: Some(Section::Search),
            ..Head::new("Look into your mail")
        }
    }
}

impl Render for SentPage {
    fn render(&self) -> Markup {
        html! {
            h1 class="govuk-heading-l" { "Look into your mail" }
            p class="govuk-body" { "If the address is right, a mail is on its way that asks whether you want this. Nothing else is sent unless you press the button in it within a week." }
            p class="govuk-body" { a class="govuk-link" href=(paths::HOME) { "Search again" } }
        }
    }
}
