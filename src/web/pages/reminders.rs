//! `/reminders/{token}`: where one press stops the mails that ask whether listings are still right.
//! Programs that read mail press it too (RFC 8058), so it takes neither a session nor a key.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, Render, html};

use crate::{
    app::App,
    domain::Person,
    keeping::{KeepingError, send_reminders, whose_reminders},
    web::{
        cache::Cache,
        error::PageError,
        layout::{Head, Page, Robots},
        paths,
        typed::Typed,
        work::Web,
    },
};

/// Answers with whether they come, and the way to change that.
pub async fn show(
    State(web): State<Web>,
    Path(token): Path<String>,
) -> Result<Response, PageError> {
    let asked = token.clone();
    let person = web.work(move |app| whose_reminders(&app.store, &asked)).await?;
    Ok(web.show(&RemindersPage { person: &person, token: &token }, Cache::Private))
}

/// Stops them, or lets them come again.
pub async fn act(
    State(web): State<Web>,
    Path(token): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    let (asked, now) = (token.clone(), web.now());
    let wanted = typed.get("do") == "again";
    web.work(move |app: &App| {
        let person = whose_reminders(&app.store, &asked)?;
        Ok::<_, KeepingError>(send_reminders(&app.store, person.id, wanted, now)?)
    })
    .await?;
    Ok(Redirect::to(&paths::reminders(&token)).into_response())
}

struct RemindersPage<'a> {
    person: &'a Person,
    token: &'a str,
}

impl Page for RemindersPage<'_> {
    fn head(&self) -> Head {
        Head { robots: Robots::NoIndex, ..Head::new("Mails about your listings") }
    }
}

impl Render for RemindersPage<'_> {
    fn render(&self) -> Markup {
        html! {
            h1 class="govuk-heading-l" { "Mails about your listings" }
            form method="post" action=(paths::reminders(self.token)) {
                (choice(self.person))
            }
        }
    }
}

/// Whether the mails come, in words, with the button that changes it.
pub fn choice(person: &Person) -> Markup {
    html! {
        @if person.no_reminders {
            p class="govuk-body" { "You are not asked by mail whether your listings are still right. A colleague or a steward is asked instead. Mails about what you send, and links that you ask for, still come." }
            button class="govuk-button govuk-button--secondary" name="do" value="again" { "Ask me by mail again" }
        } @else {
            p class="govuk-body" { "You are asked by mail whether your listings are still right: at most once a month, when one is due." }
            button class="govuk-button govuk-button--secondary" name="do" value="stop" { "Do not ask me by mail" }
        }
    }
}
