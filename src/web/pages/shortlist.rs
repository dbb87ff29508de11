//! `/shortlists/{key}`: services that somebody put together for a person, to be handed over.

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use maud::{Markup, Render, html};
use serde::Deserialize;

use crate::{
    app::App,
    domain::{ServiceId, ShortlistChange},
    keeping::FormFault,
    referring::{ShortlistKey, change_shortlist, delete_shortlist},
    search::wording,
    web::{
        asked::Pairs,
        cache::Cache,
        cookie,
        error::PageError,
        handed::{Handed, Held, Holding},
        layout::{Head, Page, Robots, Section},
        parts::{
            form::{done_banner, error_summary},
            hand_over::hand_over,
            leave::leave_where,
            list_settings::list_settings,
            listed_entry::{Editing, listed_entry},
        },
        paths,
        refused::Refused,
        typed::Typed,
        work::Web,
    },
};

/// The part of an address that is a shortlist's key.
#[derive(Clone, Debug, Deserialize)]
pub struct Keyed {
    key: String,
}

impl Keyed {
    fn key(&self) -> Result<ShortlistKey, PageError> {
        ShortlistKey::parse(&self.key).ok_or(PageError::ShortlistIsOver)
    }
}

/// Answers with the list: to whoever began it, or asks to, with what changes it.
pub async fn show(
    State(web): State<Web>,
    holding: Holding,
    handed: Handed,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let key = handed.held.as_ref().map(|held| held.key.clone());
    let is_own = holding.0.is_some() && holding.0 == key;
    let changes = is_own || pairs.first("change") == "1";
    let now = web.now();
    let was_out = pairs.first("out") == "1";
    let page = ShortlistPage {
        handed: &handed,
        app: &web.app,
        changes,
        is_own,
        was_out,
        faults: &[],
        typed: &Typed::default(),
        now,
    };
    Ok(web.show(&page, Cache::Private))
}

/// Changes the list, or what the browser keeps of it.
pub async fn act(
    State(web): State<Web>,
    Path(keyed): Path<Keyed>,
    holding: Holding,
    typed: Typed,
) -> Result<Response, PageError> {
    let key = keyed.key()?;
    match typed.get("do") {
        "delete" => delete(&web, key, &holding).await,
        "put-away" => Ok(to(paths::SHORTLISTS, cookie::forget_shortlist(&web))),
        "take-up" => Ok(to(&paths::shortlist(&key), cookie::keep_shortlist(&key, &web))),
        what => {
            let change = change_of(what, &typed)?;
            let now = web.now();
            let kept = key.clone();
            let done = web.attempt(move |app| change_shortlist(&app.store, &kept, &change, now));
            let list = match done.await? {
                Ok(Some(_)) => return Ok(to(&back_to(&key, &holding, &typed), None)),
                Ok(None) => return Err(PageError::ShortlistIsOver),
                Err(why) => why,
            };
            let held = web.work(move |app| Holding(Some(key)).find(app, now)).await?;
            refused(&web, held.ok_or(PageError::ShortlistIsOver)?, list, &typed).await
        }
    }
}

/// The list, with why something was not done to it.
pub async fn refused(
    web: &Web,
    held: Held,
    why: Refused,
    typed: &Typed,
) -> Result<Response, PageError> {
    let now = web.now();
    let handed = web.work(move |app| Handed::of_list(app, held, now)).await?;
    let page = ShortlistPage {
        handed: &handed,
        app: &web.app,
        changes: true,
        is_own: true,
        was_out: false,
        faults: why.faults(),
        typed,
        now,
    };
    Ok(web.show_refused(&why, &page))
}

async fn delete(web: &Web, key: ShortlistKey, holding: &Holding) -> Result<Response, PageError> {
    let is_own = holding.0.as_ref() == Some(&key);
    let now = web.now();
    web.work(move |app| delete_shortlist(&app.store, &key, now)).await?;
    let forget = if is_own { cookie::forget_shortlist(web) } else { None };
    Ok(to(&format!("{}?deleted=1", paths::SHORTLISTS), forget))
}

fn change_of(what: &str, typed: &Typed) -> Result<ShortlistChange, PageError> {
    let service = || typed.get("service").parse::<ServiceId>().map_err(|_| PageError::NotFound);
    Ok(match what {
        "up" => ShortlistChange::Up(service()?),
        "down" => ShortlistChange::Down(service()?),
        "take-out" => ShortlistChange::TakeOut(service()?),
        "put-back" => ShortlistChange::PutBack,
        "note" => ShortlistChange::Note(service()?, typed.get("note").to_owned()),
        "title" => ShortlistChange::Title(typed.get("title").to_owned()),
        _ => return Err(PageError::Unreadable),
    })
}

/// Back to the list, at what was pressed. Somebody else who changes it goes on changing it.
fn back_to(key: &ShortlistKey, holding: &Holding, typed: &Typed) -> String {
    let what = typed.get("do");
    let moved = ["up", "down", "note"].contains(&what);
    let service = typed.get("service").parse::<ServiceId>().ok().filter(|_| moved);
    let changes = (holding.0.as_ref() != Some(key)).then_some("change=1");
    let out = (what == "take-out").then_some("out=1");
    let asked: Vec<&str> = changes.into_iter().chain(out).collect();
    let mut to = paths::shortlist(key);
    if !asked.is_empty() {
        to = format!("{to}?{}", asked.join("&"));
    }
    service.map_or(to.clone(), |service| format!("{to}#s-{service}"))
}

fn to(path: &str, cookie: Option<axum::http::HeaderValue>) -> Response {
    let mut response = Redirect::to(path).into_response();
    response.headers_mut().extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

/// A shortlist.
struct ShortlistPage<'a> {
    handed: &'a Handed,
    app: &'a App,
    /// Whether it is shown with what changes it.
    changes: bool,
    /// Whether it is the one that this browser keeps at hand.
    is_own: bool,
    /// Whether a service was taken out just now.
    was_out: bool,
    faults: &'a [FormFault],
    typed: &'a Typed,
    now: Timestamp,
}

impl Page for ShortlistPage<'_> {
    fn head(&self) -> Head {
        let error = if self.faults.is_empty() { "" } else { "Error: " };
        Head {
            robots: Robots::NoIndex,
            section: Some(Section::Shortlist),
            shortlisted: Some(self.handed.services.len()).filter(|_| self.is_own),
            ..Head::new(format!("{error}{}", self.handed.title()))
        }
    }

    fn before(&self) -> Markup {
        leave_where(self.handed.needs_care())
    }
}

impl Render for ShortlistPage<'_> {
    fn render(&self) -> Markup {
        let Some(held) = &self.handed.held else { return html! {} };
        let count = self.handed.services.len();
        html! {
            (error_summary(self.faults))
            @if self.changes && self.was_out { (taken_out(held)) }
            h1 class="govuk-heading-l" { (self.handed.title()) }
            @if self.changes { (self.lead(held)) }
            @if count == 0 { p class="govuk-body" { "There is no service on this list. " a class="govuk-link" href=(paths::HOME) { "Search for services" } "." } }
            div class="ha-layout ha-layout--start" {
                div class="ha-layout__main" {
                    ol class="ha-results" id="shortlist" role="list" {
                        @for (at, service) in self.handed.services.iter().enumerate() {
                            @let editing = self.changes.then_some(Editing { key: &held.key, at, count, faults: self.faults, typed: self.typed });
                            (listed_entry(service, editing, self.app, self.now))
                        }
                    }
                    (self.gone(held))
                    @if self.changes { (list_settings(held, self.is_own, self.faults)) } @else { (change_it(held)) }
                }
                div class="ha-layout__side" { @if count > 0 { (hand_over(self.handed, held, self.app, self.now)) } }
            }
        }
    }
}

impl ShortlistPage<'_> {
    fn lead(&self, held: &Held) -> Markup {
        let ends = wording::long_date(wording::date_of(held.list.ends()));
        html! {
            p class="govuk-body" { "Nothing here says who it is for. Whoever has its link can see, change and delete it. It is gone on " (ends) ". " a class="govuk-link" href="#hand-over" { "Hand it over" } }
            @if self.handed.needs_care() {
                div class="govuk-inset-text" { "A service on this list is for people who may be in danger. Ask whether it is safe to take paper home or to get a text message. It is not named in texts." }
            }
        }
    }

    fn gone(&self, held: &Held) -> Markup {
        html! {
            @for service in &self.handed.gone {
                div class="govuk-inset-text" {
                    p { "A service that was on this list is no longer listed." }
                    @if self.changes {
                        form method="post" action=(paths::shortlist(&held.key)) {
                            input type="hidden" name="service" value=(service);
                            button class="govuk-button govuk-button--secondary ha-button--small" name="do" value="take-out" { "Take it off" }
                        }
                    }
                }
            }
        }
    }
}

fn change_it(held: &Held) -> Markup {
    let ends = wording::long_date(wording::date_of(held.list.ends()));
    html! {
        p class="govuk-body" {
            "You can see this list until " (ends) ". "
            a class="govuk-link" href=(format!("{}?change=1", paths::shortlist(&held.key))) { "Change or delete this list" }
        }
    }
}

fn taken_out(held: &Held) -> Markup {
    html! {
        @if held.list.taken_out.is_some() {
            (done_banner("Taken out", "The service was taken off this list."))
            form method="post" action=(paths::shortlist(&held.key)) {
                button class="govuk-button govuk-button--secondary" name="do" value="put-back" { "Put it back" }
            }
        }
    }
}
