//! `/shortlists`: putting a listing on a shortlist, without an account, and the way to one's own.

use axum::{
    Extension,
    extract::State,
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use jiff::SignedDuration;
use maud::{Markup, Render, html};

use super::shortlist::refused;
use crate::{
    app::App,
    domain::{ServiceId, Shortlist, ShortlistChange},
    keeping::{KeepingError, Network},
    referring::{ShortlistKey, begin_shortlist, change_shortlist},
    web::{
        asked::Pairs,
        cache::Cache,
        cookie,
        error::PageError,
        handed::Holding,
        layout::{Head, Page, Robots, Section},
        parts::form::done_banner,
        paths,
        typed::Typed,
        work::Web,
    },
};

/// Lists begun from one network in an hour: many practices may share one.
const BEGUN: u32 = 600;
const SPAN: SignedDuration = SignedDuration::from_hours(1);

/// Leads to the list that the reader has, or says how one is made.
pub async fn show(
    State(web): State<Web>,
    holding: Holding,
    pairs: Pairs,
) -> Result<Response, PageError> {
    if pairs.first("deleted") == "1" {
        return Ok(web.show(&NoListPage { was_deleted: true }, Cache::Private));
    }
    let now = web.now();
    let held = web.work(move |app| holding.find(app, now)).await?;
    match held {
        Some(held) => {
            let mut response = Redirect::to(&paths::shortlist(&held.key)).into_response();
            let keep = Cache::Private.header();
            response.headers_mut().insert(header::CACHE_CONTROL, keep);
            Ok(response)
        }
        None => Ok(web.show(&NoListPage { was_deleted: false }, Cache::Private)),
    }
}

/// Puts a listing on the reader's list, or begins one with it, and goes back to where it was
/// pressed.
pub async fn add(
    State(web): State<Web>,
    Extension(network): Extension<Network>,
    holding: Holding,
    typed: Typed,
) -> Result<Response, PageError> {
    let service: ServiceId = typed.get("service").parse().map_err(|_| PageError::NotFound)?;
    let now = web.now();
    if holding.0.is_none() {
        web.app.limits.count_from("shortlist", network, BEGUN, SPAN, now)?;
    }
    let held = holding.clone();
    let added = web.attempt(move |app| add_to(app, held.0.as_ref(), service, now)).await?;
    match added {
        Ok(key) => {
            web.app.uses.shortlisted(service, network, now);
            let mut response = Redirect::to(paths::back(typed.get("back"))).into_response();
            let cookie = cookie::keep_shortlist(&key, &web).map(|kept| (header::SET_COOKIE, kept));
            response.headers_mut().extend(cookie);
            Ok(response)
        }
        Err(why) => {
            let held = web.work(move |app| holding.find(app, now)).await?;
            refused(&web, held.ok_or(PageError::ShortlistIsOver)?, why, &typed).await
        }
    }
}

/// The key of the list that the listing is on now.
fn add_to(
    app: &App,
    key: Option<&ShortlistKey>,
    service: ServiceId,
    now: jiff::Timestamp,
) -> Result<ShortlistKey, KeepingError> {
    if let Some(key) = key
        && change_shortlist(&app.store, key, &ShortlistChange::Add(service), now)?.is_some()
    {
        return Ok(key.clone());
    }
    begin_shortlist(&app.store, service, now)
}

struct NoListPage {
    was_deleted: bool,
}

impl Page for NoListPage {
    fn head(&self) -> Head {
        Head {
            robots: Robots::NoIndex,
            section: Some(Section::Shortlist),
            ..Head::new(if self.was_deleted {
                "Your shortlist was deleted"
            } else {
                "Your shortlist"
            })
        }
    }
}

impl Render for NoListPage {
    fn render(&self) -> Markup {
        html! {
            @if self.was_deleted { (done_banner("Deleted", "The list is gone, and its link works no more.")) }
            h1 class="govuk-heading-l" { "Your shortlist" }
            p class="govuk-body" { "There is nothing on it yet. Search for services, and press “Add to shortlist” beside those that would suit: up to " (Shortlist::MOST) " of them." }
            p class="govuk-body" { "Then print them, send them as a text message, or keep them in one file. It needs no account, and nothing on it says who it is for." }
            p class="govuk-body" { a class="govuk-button" href=(paths::HOME) { "Search for services" } }
        }
    }
}
