//! `/follow/{token}`: from a mail: to begin, to go on, or to stop. Opening it changes nothing.
//! Programs that read mail stop it by a press of theirs (RFC 8058), so it takes neither a session nor a key.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, Render, html};

use crate::{
    app::App,
    domain::Follow,
    referring::{followed, go_on, stop_following},
    search::wording,
    web::{
        asked::Pairs,
        cache::Cache,
        error::PageError,
        layout::{Head, Page, Robots},
        parts::form::done_banner,
        paths,
        typed::Typed,
        work::Web,
    },
};

/// Answers with what is followed, and the presses.
pub async fn show(
    State(web): State<Web>,
    Path(token): Path<String>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    if pairs.first("stopped") == "1" {
        return Ok(web.show(&StoppedPage, Cache::Private));
    }
    let (asked, now) = (token.clone(), web.now());
    let found = web.work(move |app: &App| followed(&app.store, &asked, now)).await?;
    let is_new = pairs.first("begun") == "1";
    let page = FollowedPage { follow: &found.0, name: &found.1, token: &token, is_new };
    Ok(web.show(&page, Cache::Private))
}

/// Begins, goes on or stops.
pub async fn act(
    State(web): State<Web>,
    Path(token): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    let (asked, now) = (token.clone(), web.now());
    let to = paths::followed(&token);
    if typed.get("do") == "go-on" {
        web.work(move |app: &App| go_on(&app.store, &app.search, &asked, now)).await?;
        return Ok(Redirect::to(&format!("{to}?begun=1")).into_response());
    }
    web.work(move |app: &App| stop_following(&app.store, &asked, now)).await?;
    Ok(Redirect::to(&format!("{to}?stopped=1")).into_response())
}

struct FollowedPage<'a> {
    follow: &'a Follow,
    name: &'a str,
    token: &'a str,
    is_new: bool,
}

impl Page for FollowedPage<'_> {
    fn head(&self) -> Head {
        Head { robots: Robots::NoIndex, ..Head::new("What you follow") }
    }
}

impl Render for FollowedPage<'_> {
    fn render(&self) -> Markup {
        let ends = wording::long_date(wording::date_of(self.follow.ends()));
        let is_on = self.follow.confirmed.is_some();
        html! {
            @if self.is_new { (done_banner("Saved", "You are mailed when something is different.")) }
            h1 class="govuk-heading-l" { "What you follow" }
            p class="govuk-body-l" { strong { (self.name) } }
            @if is_on {
                p class="govuk-body" { "You are mailed until " (ends) ", and then the address is forgotten, unless you press “Go on”." }
            } @else {
                p class="govuk-body" { "Nothing is sent yet. Press the button if you want it." }
            }
            form method="post" action=(paths::followed(self.token)) {
                button class="govuk-button" name="do" value="go-on" { @if is_on { "Go on for another year" } @else { "Yes, tell me" } }
                " "
                button class="govuk-button govuk-button--secondary" name="do" value="stop" { @if is_on { "Stop these mails" } @else { "No, forget my address" } }
            }
        }
    }
}

struct StoppedPage;

impl Page for StoppedPage {
    fn head(&self) -> Head {
        Head { robots: Robots::NoIndex, ..Head::new("You are mailed no more") }
    }
}

impl Render for StoppedPage {
    fn render(&self) -> Markup {
        html! {
            h1 class="govuk-heading-l" { "You are mailed no more" }
            p class="govuk-body" { "The address is forgotten. If you want it again, ask for it on the page of the service, or under the results of a search." }
            p class="govuk-body" { a class="govuk-link" href=(paths::HOME) { "Search" } }
        }
    }
}
