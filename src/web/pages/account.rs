//! `/account`: who has signed in, what they may do, and ways out.

use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, Render, html};

use super::{reminders::choice, sign_in::roles};
use crate::{
    app::App,
    domain::{Role, Scope},
    keeping::{Guest, send_reminders, sign_out as end, sign_out_everywhere as end_all},
    store::{Reading, StoreError},
    web::{
        cache::Cache,
        cookie,
        error::PageError,
        layout::{Head, Page, Robots, Section},
        parts::{fact_list::fact, form::key_field},
        paths,
        typed::Typed,
        work::Web,
    },
};

/// Answers with who somebody is here.
pub async fn show(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
) -> Result<Response, PageError> {
    let held = guest.clone();
    let parts = web.work(move |app| parts(app, &held)).await?;
    Ok(web.show(&AccountPage { guest: &guest, parts: &parts }, Cache::Private))
}

/// Signs out here.
pub async fn sign_out(
    State(web): State<Web>,
    headers: HeaderMap,
    _typed: Typed,
) -> Result<Response, PageError> {
    if let Some(secret) = cookie::session(&headers, &web) {
        let now = web.now();
        web.work(move |app| end(&app.store, &secret, now)).await?;
    }
    Ok(gone(&web))
}

/// Signs out wherever somebody is signed in, and makes links that were mailed worthless.
pub async fn sign_out_everywhere(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
    _typed: Typed,
) -> Result<Response, PageError> {
    let now = web.now();
    web.work(move |app| end_all(&app.store, guest.person.id, now)).await?;
    Ok(gone(&web))
}

/// Stops the mails that ask whether listings are right, or lets them come again.
pub async fn choose_reminders(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    let (now, wanted) = (web.now(), typed.get("do") == "again");
    web.work(move |app| send_reminders(&app.store, guest.person.id, wanted, now)).await?;
    Ok(Redirect::to(paths::ACCOUNT).into_response())
}

fn gone(web: &Web) -> Response {
    let mut response = Redirect::to(paths::HOME).into_response();
    let forget = cookie::forget(web).map(|cookie| (header::SET_COOKIE, cookie));
    response.headers_mut().extend(forget);
    response
}

/// Each role with the part of the directory that it is for, in words.
fn parts(app: &App, guest: &Guest) -> Result<Vec<(Role, String)>, StoreError> {
    let named = |scope: &Scope| -> Result<String, StoreError> {
        let (name, id) = match scope {
            Scope::Everywhere => return Ok("the whole directory".to_owned()),
            Scope::Organisation { id } => {
                (app.store.find_organisation(*id)?.map(|found| found.name), id.to_string())
            }
            Scope::Place { code } => {
                (app.gazetteer.place_ref(code).map(|place| place.name), code.to_string())
            }
            Scope::Partnership { id } => {
                (app.store.find_partnership(*id)?.map(|found| found.name), id.to_string())
            }
        };
        Ok(name.unwrap_or(id))
    };
    guest.person.grants.iter().map(|grant| Ok((grant.role, named(&grant.scope)?))).collect()
}

struct AccountPage<'a> {
    guest: &'a Guest,
    parts: &'a [(Role, String)],
}

impl Page for AccountPage<'_> {
    fn head(&self) -> Head {
        Head {
            robots: Robots::NoIndex,
            section: Some(Section::Account),
            signed_in: true,
            ..Head::new("Your account")
        }
    }
}

impl Render for AccountPage<'_> {
    fn render(&self) -> Markup {
        let person = &self.guest.person;
        let signs = person.signs_as.as_deref().unwrap_or("your role only, such as “the provider”");
        html! {
            h1 class="govuk-heading-l" { "Your account" }
            dl class="ha-factlist" {
                (fact("Name", &html! { @if person.name.is_empty() { "Not given" } @else { (person.name) } }))
                (fact("E-mail", &html! { (person.email) }))
                (fact("You are", &html! { @if self.parts.is_empty() { "Not given anything to look after yet" } @else { (roles(person)) } }))
                @for (role, part) in self.parts { (fact(role.label(), &html! { "For " (part) })) }
                (fact("What you say is signed", &html! { (signs) }))
            }
            h2 class="govuk-heading-m" { "Mails that ask" }
            form method="post" action=(paths::ACCOUNT_REMINDERS) {
                (key_field(&self.guest.form_key))
                (choice(person))
            }
            h2 class="govuk-heading-m" { "Signing out" }
            form method="post" action=(paths::SIGN_OUT) {
                (key_field(&self.guest.form_key))
                button class="govuk-button" { "Sign out" }
            }
            form method="post" action=(paths::SIGN_OUT_EVERYWHERE) {
                (key_field(&self.guest.form_key))
                button class="govuk-button govuk-button--secondary" { "Sign out everywhere" }
            }
            p class="govuk-body" { "Signing out everywhere also makes links in mails that you have not used worthless. Do it if you left a shared computer signed in, or lost a phone." }
        }
    }
}
