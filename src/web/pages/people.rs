//! `/manage/people`: who looks after an organisation's listings.

use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, Render, html};

use crate::{
    domain::OrganisationId,
    keeping::{FormFault, Guest, Team, let_in, let_out, teams},
    web::{
        asked::Pairs,
        cache::Cache,
        error::PageError,
        layout::{Head, Page},
        parts::{
            form::{TextField, done_banner, error_summary, hidden, key_field, text_field},
            frame::back_link,
        },
        paths,
        refused::Refused,
        typed::Typed,
        work::Web,
    },
};

/// Answers with the teams.
pub async fn show(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let teams = of(&web, &guest).await?;
    let done = pairs.first("done").to_owned();
    let page = PeoplePage { guest: &guest, teams: &teams, done: &done, faults: &[], typed: None };
    Ok(web.show(&page, Cache::Private))
}

/// Lets somebody in.
pub async fn add(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    let (by, now) = (guest.person.clone(), web.now());
    let organisation = organisation(&typed)?;
    let (email, name) = (typed.get("email").to_owned(), typed.get("name").to_owned());
    let (to, named) = (email.clone(), name.clone());
    let done = web
        .attempt(move |app| {
            let (store, directory) = (&app.store, &app.config.directory);
            let whom = (to.as_str(), named.as_str());
            let_in(store, &app.limits, directory, &by, organisation, whom, now)
        })
        .await?;
    ended(&web, &guest, done, "added", (organisation, &email, &name)).await
}

/// Lets somebody out.
pub async fn remove(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    let (by, now) = (guest.person.clone(), web.now());
    let organisation = organisation(&typed)?;
    let who = typed.get("person").parse().map_err(|_| PageError::Unreadable)?;
    let done = web.attempt(move |app| let_out(&app.store, &by, organisation, who, now)).await?;
    ended(&web, &guest, done, "removed", (organisation, "", "")).await
}

fn organisation(typed: &Typed) -> Result<OrganisationId, PageError> {
    typed.get("organisation").parse().map_err(|_| PageError::Unreadable)
}

async fn of(web: &Web, guest: &Guest) -> Result<Vec<Team>, PageError> {
    let person = guest.person.clone();
    web.work(move |app| teams(&app.store, &person)).await
}

/// Back to the page, or the page with what is wrong and what was typed.
async fn ended(
    web: &Web,
    guest: &Guest,
    done: Result<(), Refused>,
    what: &str,
    typed: (OrganisationId, &str, &str),
) -> Result<Response, PageError> {
    let Err(refused) = done else {
        return Ok(Redirect::to(&format!("{}?done={what}", paths::PEOPLE)).into_response());
    };
    let teams = of(web, guest).await?;
    let faults = refused.faults();
    let page = PeoplePage { guest, teams: &teams, done: "", faults, typed: Some(typed) };
    Ok(web.show_refused(&refused, &page))
}

struct PeoplePage<'a> {
    guest: &'a Guest,
    teams: &'a [Team],
    done: &'a str,
    faults: &'a [FormFault],
    /// For which organisation which address and name were typed.
    typed: Option<(OrganisationId, &'a str, &'a str)>,
}

impl Page for PeoplePage<'_> {
    fn head(&self) -> Head {
        let error = if self.faults.is_empty() { "" } else { "Error: " };
        Head::for_guest(format!("{error}Who looks after your listings"), self.guest)
    }

    fn before(&self) -> Markup {
        back_link(paths::MANAGE, "Your listings")
    }
}

impl Render for PeoplePage<'_> {
    fn render(&self) -> Markup {
        html! {
            (error_summary(self.faults))
            @match self.done {
                "added" => { (done_banner("Done", "They may look after the listings now, and have a mail that says so.")) }
                "removed" => { (done_banner("Done", "They no longer look after the listings.")) }
                _ => {}
            }
            h1 class="govuk-heading-l" { "Who looks after your listings" }
            p class="govuk-body" { "Each of them is asked in turn whether the listings are still right, and may change them." }
            @if self.teams.is_empty() { p class="govuk-body" { "You look after no organisation’s listings yet." } }
            @for (nth, team) in self.teams.iter().enumerate() { (self.team(nth, team)) }
        }
    }
}

impl PeoplePage<'_> {
    fn team(&self, nth: usize, team: &Team) -> Markup {
        let id = team.organisation.id.to_string();
        html! {
            h2 class="govuk-heading-m" { (team.organisation.name) }
            ul class="ha-ways" role="list" {
                @for person in &team.people {
                    li {
                        strong { @if person.name.is_empty() { "No name given" } @else { (person.name) } }
                        p class="ha-wrap" { (person.email) @if person.id == self.guest.person.id { " (you)" } }
                        @if team.people.len() > 1 {
                            form method="post" action=(paths::PEOPLE_REMOVE) class="ha-inline-form" {
                                (key_field(&self.guest.form_key))
                                (hidden("organisation", &id))
                                (hidden("person", &person.id.to_string()))
                                button class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0" {
                                    "Remove" span class="govuk-visually-hidden" { " " (person.email) " from " (team.organisation.name) }
                                }
                            }
                        }
                    }
                }
            }
            (self.form(nth, team, &id))
        }
    }

    fn form(&self, nth: usize, team: &Team, id: &str) -> Markup {
        let typed = self.typed.filter(|(of, ..)| *of == team.organisation.id);
        let (email, name) = typed.map_or(("", ""), |(_, email, name)| (email, name));
        // Faults are of one form, whose field is called as the summary says; the others differ.
        let of_faults = typed.is_some() || (self.typed.is_none() && nth == 0);
        let called =
            |field: &str| if of_faults { field.to_owned() } else { format!("{field}-{nth}") };
        let faults = if typed.is_some() { self.faults } else { &[] };
        let hint = format!(
            "They get a mail that says so. They may change every listing of {}.",
            team.organisation.name
        );
        html! {
            form method="post" action=(paths::PEOPLE_ADD) novalidate {
                (key_field(&self.guest.form_key))
                (hidden("organisation", id))
                (text_field(&TextField {
                    name: "email", id: &called("email"), label: "Somebody else’s e-mail address", hint: Some(&hint), value: email,
                    kind: "email", autocomplete: Some("off"), width: "govuk-input--width-20",
                }, faults))
                (text_field(&TextField {
                    name: "name", id: &called("name"), label: "Their name (not needed)", hint: Some("Only for greeting them in mails."), value: name,
                    kind: "text", autocomplete: Some("off"), width: "govuk-input--width-20",
                }, faults))
                button class="govuk-button" data-module="govuk-button" data-prevent-double-click="true" { "Let them look after the listings" }
            }
        }
    }
}
