//! `/sign-in`: an address is typed, a link is mailed, a button on its page signs in. Where the
//! operator named a provider, another button leads to it.

use axum::Extension;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use jiff::SignedDuration;
use maud::{Markup, Render, html};
use serde::Deserialize;

use crate::{
    app::App,
    domain::{Email, Person, Role},
    keeping::{FormFault, Network, Secret, ask_to_sign_in, sign_in},
    openid::Provider,
    store::{Reading, StoreError},
    web::{
        asked::Pairs,
        cache::Cache,
        cookie,
        error::PageError,
        layout::{Head, Page, Robots, Section},
        parts::form::{TextField, error_summary, hidden, text_field},
        paths,
        typed::Typed,
        work::Web,
    },
};

/// Links asked for from one network in ten minutes, and links tried that were never made: a whole
/// office may be behind one address, and its own links do not count.
const ASKED: u32 = 60;
const TRIED: u32 = 60;
const SPAN: SignedDuration = SignedDuration::from_mins(10);

/// The part of an address that is a secret.
#[derive(Deserialize)]
pub struct Linked {
    pub link: String,
}

/// Answers with the form.
pub async fn show(State(web): State<Web>, pairs: Pairs) -> Result<Response, PageError> {
    let next = paths::onward(pairs.first("next"));
    let people = web.work(offered).await?;
    let provider = provider(&web);
    let page = SignInPage { email: "", next: &next, faults: &[], people: &people, provider };
    Ok(web.show(&page, Cache::Private))
}

/// Mails a link to whoever has the address that was typed. Whether anybody has is not told.
pub async fn ask(
    State(web): State<Web>,
    Extension(network): Extension<Network>,
    typed: Typed,
) -> Result<Response, PageError> {
    let now = web.now();
    web.app.limits.count_from("sign-in", network, ASKED, SPAN, now)?;
    let next = paths::onward(typed.get("next"));
    let Ok(email) = typed.get("email").parse::<Email>() else {
        let faults =
            [FormFault::new("email", "Enter your e-mail address, such as name@example.org")];
        let people = web.work(offered).await?;
        let email: String = typed.get("email").chars().take(254).collect();
        let (next, provider) = (&next, provider(&web));
        let page = SignInPage { email: &email, next, faults: &faults, people: &people, provider };
        return Ok(web.show_as(&PageError::Unacceptable(Vec::new()), &page));
    };
    web.work(move |app| ask_to_sign_in(&app.store, &app.config.directory, &email, &next, now))
        .await?;
    Ok(Redirect::to(paths::SIGN_IN_SENT).into_response())
}

/// Answers that a mail is on its way, if anybody is to have one.
pub async fn sent(State(web): State<Web>) -> Response {
    web.show(
        &SentPage { title: "Look in your mail", demonstration: web.app.demonstration },
        Cache::Private,
    )
}

/// Answers a mailed link with a button. Looking uses nothing up.
pub async fn show_link(
    State(web): State<Web>,
    Path(linked): Path<Linked>,
    Extension(network): Extension<Network>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let link = readable(&web, &linked, network)?;
    let (now, hash) = (web.now(), link.hash());
    let known = web.work(move |app| app.store.link(&hash)).await?;
    if known.is_none() {
        return Err(never_made(&web, network));
    }
    if !known.is_some_and(|known| known.service.is_none() && known.is_good(now)) {
        return Err(PageError::LinkIsOver);
    }
    let next = paths::onward(pairs.first("next"));
    Ok(web.show(&LinkPage { link: link.reveal(), next: &next }, Cache::Private))
}

/// Signs in, and uses the link up.
pub async fn enter(
    State(web): State<Web>,
    Path(linked): Path<Linked>,
    Extension(network): Extension<Network>,
    typed: Typed,
) -> Result<Response, PageError> {
    let link = readable(&web, &linked, network)?;
    let now = web.now();
    let session = web.work(move |app| sign_in(&app.store, &link, now)).await?;
    let next = paths::onward(typed.get("next"));
    let next = if next.is_empty() { paths::MANAGE } else { &next };
    Ok(with_session(&web, &session, Redirect::to(next).into_response()))
}

/// A response that also makes the browser keep a session.
pub fn with_session(web: &Web, session: &Secret, mut response: Response) -> Response {
    let headers: &mut HeaderMap = response.headers_mut();
    headers.extend(cookie::keep(session, web).map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

/// The secret of a link; one that has not its form was never made.
pub fn readable(web: &Web, linked: &Linked, network: Network) -> Result<Secret, PageError> {
    Secret::parse(&linked.link).ok_or_else(|| never_made(web, network))
}

/// What somebody is told who tries a link that was never made. Trying many is stopped.
pub fn never_made(web: &Web, network: Network) -> PageError {
    let counted = web.app.limits.count_from("link", network, TRIED, SPAN, web.now());
    counted.map_or_else(PageError::from, |()| PageError::LinkIsOver)
}

/// What the button says that leads to the provider, where the operator named one.
fn provider(web: &Web) -> Option<&str> {
    web.app.openid.as_ref().map(Provider::label)
}

/// Whom the demonstration offers to be.
fn offered(app: &App) -> Result<Vec<Person>, StoreError> {
    if app.demonstration { app.store.everybody() } else { Ok(Vec::new()) }
}

struct SignInPage<'a> {
    email: &'a str,
    next: &'a str,
    faults: &'a [FormFault],
    people: &'a [Person],
    provider: Option<&'a str>,
}

impl Page for SignInPage<'_> {
    fn head(&self) -> Head {
        let error = if self.faults.is_empty() { "" } else { "Error: " };
        Head {
            robots: Robots::NoIndex,
            section: Some(Section::Manage),
            ..Head::new(format!("{error}Sign in"))
        }
    }
}

impl Render for SignInPage<'_> {
    fn render(&self) -> Markup {
        let field = TextField {
            name: "email",
            id: "email",
            label: "Your e-mail address",
            hint: Some("We send a link to it. There is no password."),
            value: self.email,
            kind: "email",
            autocomplete: Some("email"),
            width: "govuk-input--width-20",
        };
        html! {
            (error_summary(self.faults))
            h1 class="govuk-heading-l" { "Sign in" }
            p class="govuk-body" { "For organisations that keep their listings here, and for those who keep the directory. Searching needs no account." }
            @if let Some(label) = self.provider { (self.by_word(label)) }
            form method="post" action=(paths::SIGN_IN) novalidate {
                (hidden("next", self.next))
                (text_field(&field, self.faults))
                button class="govuk-button" data-module="govuk-button" data-prevent-double-click="true" { "Send me a link" }
            }
            @if !self.people.is_empty() { (self.offers()) }
        }
    }
}

impl SignInPage<'_> {
    /// A link and not a form, since browsers hold what a form leads to, however far, to the
    /// policy of the page.
    fn by_word(&self, label: &str) -> Markup {
        html! {
            a class="govuk-button" href=(paths::openid(self.next)) role="button" draggable="false" data-module="govuk-button" rel="nofollow" { (label) }
            h2 class="govuk-heading-m" { "Or by a link in your mail" }
        }
    }

    fn offers(&self) -> Markup {
        html! {
            h2 class="govuk-heading-m" { "Try it as somebody in the demonstration" }
            p class="govuk-body" {
                "Choose who to be. Their mail is at " a class="govuk-link" href=(paths::OUTBOX) { "the demonstration’s outbox" } "."
            }
            ul class="ha-ways" role="list" {
                @for person in self.people {
                    li {
                        form method="post" action=(paths::SIGN_IN) class="ha-inline-form" {
                            (hidden("next", self.next))
                            (hidden("email", person.email.as_str()))
                            button class="govuk-button govuk-button--secondary govuk-!-margin-bottom-1" { (person.name) ", " (roles(person).to_lowercase()) }
                        }
                    }
                }
            }
        }
    }
}

/// The roles of somebody, each once.
pub fn roles(person: &Person) -> String {
    let held = Role::ALL.into_iter().filter(|role| person.is(*role));
    let said = held.map(|role| match role {
        Role::Steward if person.stewards_everything() => "Steward of everything",
        role => role.label(),
    });
    said.collect::<Vec<_>>().join(", ")
}

/// That a mail is on its way.
pub struct SentPage {
    pub title: &'static str,
    pub demonstration: bool,
}

impl Page for SentPage {
    fn head(&self) -> Head {
        Head { robots: Robots::NoIndex, section: Some(Section::Manage), ..Head::new(self.title) }
    }
}

impl Render for SentPage {
    fn render(&self) -> Markup {
        html! {
            h1 class="govuk-heading-l" { (self.title) }
            p class="govuk-body" { "If somebody here has that address, a link is on its way to it. It comes within a minute or two." }
            @if self.demonstration {
                p class="govuk-body" { "This is the demonstration, so nothing is really sent: the mail is in " a class="govuk-link" href=(paths::OUTBOX) { "the outbox" } "." }
            }
            h2 class="govuk-heading-m" { "If it does not come" }
            ul class="govuk-list govuk-list--bullet" {
                li { "Look among unwanted mail." }
                li { "Use the address that your organisation is known here by." }
                li { a class="govuk-link" href=(paths::SIGN_IN) { "Ask for another" } ": only the newest one works." }
            }
        }
    }
}

struct LinkPage<'a> {
    link: &'a str,
    next: &'a str,
}

impl Page for LinkPage<'_> {
    fn head(&self) -> Head {
        Head { robots: Robots::NoIndex, section: Some(Section::Manage), ..Head::new("Sign in now") }
    }
}

impl Render for LinkPage<'_> {
    fn render(&self) -> Markup {
        html! {
            h1 class="govuk-heading-l" { "Sign in" }
            form method="post" action=(paths::sign_in_by(self.link)) {
                (hidden("next", self.next))
                button class="govuk-button" data-module="govuk-button" data-prevent-double-click="true" { "Sign in" }
            }
            p class="govuk-body" { "You stay signed in until you sign out, close the browser, or leave it unused for half an hour." }
        }
    }
}
