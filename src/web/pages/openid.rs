//! `/sign-in/openid`: to the provider that the operator named, and back with its word.

use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use jiff::SignedDuration;
use maud::{Markup, Render, html};

use super::sign_in::with_session;
use crate::{
    config::Directory,
    domain::Email,
    keeping::{Network, sign_in_as},
    openid::{Answer, OpenIdError},
    web::{
        access::is_from_elsewhere,
        asked::Pairs,
        cache::Cache,
        cookie,
        error::PageError,
        layout::{Head, Page, Robots, Section},
        paths,
        work::Web,
    },
};

/// Those who set out, and those who come back, from one network in ten minutes: a whole office may
/// be behind one address.
const MOST: u32 = 60;
const SPAN: SignedDuration = SignedDuration::from_mins(10);

/// Sends somebody to the provider, with a ticket that their browser keeps. Only from a page of
/// ours: nobody is sent to it by another site.
pub async fn set_out(
    State(web): State<Web>,
    Extension(network): Extension<Network>,
    headers: HeaderMap,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let next = paths::onward(pairs.first("next"));
    if is_from_elsewhere(&headers) {
        return Ok(Redirect::to(&paths::sign_in(&next)).into_response());
    }
    let (back, now) = (back(&web), web.now());
    web.app.limits.count_from("openid", network, MOST, SPAN, now)?;
    let begun = web.ask(move |provider| provider.begin(&back, &next, now)).await?;
    let response = Redirect::to(begun.to.as_str()).into_response();
    Ok(with_cookie(response, cookie::keep_ticket(&begun.ticket, &web)))
}

/// Signs somebody in by the provider's word, and lets them go on to where they wanted.
pub async fn come_back(
    State(web): State<Web>,
    Extension(network): Extension<Network>,
    headers: HeaderMap,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let (back, now) = (back(&web), web.now());
    web.app.limits.count_from("openid-back", network, MOST, SPAN, now)?;
    let ticket = cookie::ticket(&headers, &web);
    let answer = Answer {
        state: pairs.first("state").to_owned(),
        code: pairs.first("code").to_owned(),
        issuer: pairs.first("iss").to_owned(),
        error: pairs.first("error").to_owned(),
    };
    let vouched = web.ask(move |provider| {
        let ticket = ticket.ok_or(OpenIdError::NotBegunHere)?;
        provider.finish(&ticket, &answer, &back, now)
    });
    let vouched = vouched.await?;
    let (email, next) = (vouched.email.clone(), paths::onward(&vouched.next));
    let Some(session) = web.work(move |app| sign_in_as(&app.store, &email, now)).await? else {
        let page = StrangerPage { email: &vouched.email, directory: &web.app.config.directory };
        return Ok(web.show_as(&PageError::NotYours, &page));
    };
    let next = if next.is_empty() { paths::MANAGE } else { &next };
    let response = with_session(&web, &session, Redirect::to(next).into_response());
    Ok(with_cookie(response, cookie::forget_ticket(&web)))
}

/// Where the provider sends people back to, as it was told beforehand.
fn back(web: &Web) -> String {
    format!("{}{}", web.app.config.directory.address.trim_end_matches('/'), paths::OPENID_BACK)
}

/// A response for this one browser, which sets a cookie besides those that it sets already.
fn with_cookie(mut response: Response, cookie: Option<HeaderValue>) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, Cache::Private.header());
    if let Some(cookie) = cookie {
        headers.append(header::SET_COOKIE, cookie);
    }
    response
}

/// That nobody here has the address which the provider vouches for.
struct StrangerPage<'a> {
    email: &'a Email,
    directory: &'a Directory,
}

impl Page for StrangerPage<'_> {
    fn head(&self) -> Head {
        Head {
            robots: Robots::NoIndex,
            section: Some(Section::Manage),
            ..Head::new("You are not known here yet")
        }
    }
}

impl Render for StrangerPage<'_> {
    fn render(&self) -> Markup {
        let (name, phone) = (&self.directory.help_name, &self.directory.help_phone);
        html! {
            h1 class="govuk-heading-l" { "You are not known here yet" }
            p class="govuk-body" { "Nobody with the address " strong { (self.email) } " looks after anything in this directory. Nothing has been changed, and no account was made." }
            h2 class="govuk-heading-m" { "If you should" }
            ul class="govuk-list govuk-list--bullet" {
                li { "Ask a colleague who looks after your organisation’s listings already to let you in." }
                @if !name.is_empty() || !phone.is_empty() {
                    li { "Or ask " (if name.is_empty() { "the help line" } else { name }) @if !phone.is_empty() { ": " (phone) } "." }
                } @else {
                    li { "Or ask whoever runs this directory." }
                }
                li { "If you are known here by another address, " a class="govuk-link" href=(paths::SIGN_IN) { "have a link mailed to it" } "." }
            }
        }
    }
}
