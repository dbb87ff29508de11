//! `/steward/duplicates/organisations/{first}/{second}`: two organisations that may be the same,
//! side by side.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use maud::{Markup, Render, html};
use serde::Deserialize;

use super::{duplicates::of_two, said::Said};
use crate::{
    app::App,
    domain::OrganisationId,
    keeping::{
        BothOrganisations, Guest, Held, KeepingError, Reason, find_both_organisations,
        join_organisations, keep_organisations_apart, keep_organisations_apart_no_more,
        part_organisations, why_alike,
    },
    search::wording,
    store::Version,
    web::{
        cache::Cache,
        error::PageError,
        layout::{Head, Page},
        parts::{
            contacts::contacts,
            form::{hidden, key_field},
            frame::back_link,
            identity::identity,
        },
        paths,
        typed::Typed,
        work::Web,
    },
};

/// How many listings of an organisation are named.
const MOST_NAMED: usize = 12;

/// The part of an address that says which two organisations.
#[derive(Deserialize)]
pub struct Which {
    first: String,
    second: String,
}

impl Which {
    fn read(&self) -> Result<(OrganisationId, OrganisationId), PageError> {
        let id = |text: &str| text.parse().map_err(|_| PageError::NotFound);
        let (first, second) = (id(&self.first)?, id(&self.second)?);
        if first == second { Err(PageError::NotFound) } else { Ok((first, second)) }
    }
}

/// Answers with the two.
pub async fn show(
    State(web): State<Web>,
    Path(which): Path<Which>,
    Extension(guest): Extension<Guest>,
) -> Result<Response, PageError> {
    let both = both(&web, &guest, &which).await?;
    let which = which.read()?;
    let why = web.work(move |app| why_alike((&app.survey, &app.store, &*app.gazetteer), which));
    let reasons = why.await?;
    let page = TwicePage { guest: &guest, both: &both, reasons: &reasons, said: Said::Nothing };
    Ok(web.show(&page, Cache::Private))
}

/// Joins them, keeps them apart, or sets apart what was joined.
pub async fn act(
    State(web): State<Web>,
    Path(which): Path<Which>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    let both = both(&web, &guest, &which).await?;
    let pressed = Pressed::read(&typed)?;
    let done = pressed.done();
    let (for_work, now) = (Arc::clone(&both), web.now());
    let Err(refused) = web.attempt(move |app| pressed.do_it(app, &for_work, now)).await? else {
        let to = paths::organisations_done(done, which.read()?);
        return Ok(Redirect::to(&to).into_response());
    };
    let said = refused.clone().into();
    let page = TwicePage { guest: &guest, both: &both, reasons: &[], said };
    Ok(web.show_refused(&refused, &page))
}

async fn both(
    web: &Web,
    guest: &Guest,
    which: &Which,
) -> Result<Arc<BothOrganisations>, PageError> {
    let (person, which) = (guest.person.clone(), which.read()?);
    let find = move |app: &App| {
        find_both_organisations(&app.store, &app.gazetteer, &person, which).map(Arc::new)
    };
    web.work(find).await
}

/// What was pressed.
#[derive(Clone, Copy)]
enum Pressed {
    /// Whether the first stays, and the versions that were shown.
    Join(bool, (Version, Version)),
    Apart,
    /// They may be the same after all.
    Again,
    Back,
}

impl Pressed {
    fn read(typed: &Typed) -> Result<Self, PageError> {
        let version = |field| Version(typed.get(field).parse().unwrap_or(u64::MAX));
        let shown = (version("first-version"), version("second-version"));
        Ok(match typed.get("do") {
            "keep-first" => Self::Join(true, shown),
            "keep-second" => Self::Join(false, shown),
            "apart" => Self::Apart,
            "again" => Self::Again,
            "back" => Self::Back,
            _ => return Err(PageError::Unreadable),
        })
    }

    fn done(self) -> &'static str {
        match self {
            Self::Join(..) => "joined-organisations",
            Self::Apart => "organisations-apart",
            Self::Again => "organisations-again",
            Self::Back => "organisations-back",
        }
    }

    fn do_it(
        self,
        app: &App,
        both: &BothOrganisations,
        now: Timestamp,
    ) -> Result<(), KeepingError> {
        let (store, directory) = (&app.store, &app.config.directory);
        match self {
            Self::Join(true, shown) => join_organisations(store, directory, both, shown, now),
            Self::Join(false, (first, second)) => {
                let both = both.clone().turned();
                join_organisations(store, directory, &both, (second, first), now)
            }
            Self::Apart => keep_organisations_apart(store, both, now),
            Self::Again => keep_organisations_apart_no_more(store, both, now),
            Self::Back => part_organisations(store, directory, both, now),
        }
    }
}

struct TwicePage<'a> {
    guest: &'a Guest,
    both: &'a BothOrganisations,
    reasons: &'a [Reason],
    said: Said,
}

impl Page for TwicePage<'_> {
    fn head(&self) -> Head {
        let title = format!("{}Are these the same organisation?", self.said.before_title());
        Head::for_guest(title, self.guest)
    }

    fn before(&self) -> Markup {
        back_link(paths::DUPLICATES, "Listed twice")
    }
}

impl Render for TwicePage<'_> {
    fn render(&self) -> Markup {
        let (first, second) = (&self.both.first, &self.both.second);
        html! {
            (self.said.shown())
            h1 class="govuk-heading-l" { "Are these the same organisation?" }
            @if !self.reasons.is_empty() {
                p class="govuk-body-l" { "They have " (of_two(self.reasons)) "." }
            }
            div class="ha-two" { div { (side(first)) } div { (side(second)) } }
            form method="post" action=(paths::organisations_twice(first.organisation.id, second.organisation.id)) {
                (key_field(&self.guest.form_key))
                (hidden("first-version", &first.version.0.to_string()))
                (hidden("second-version", &second.version.0.to_string()))
                @if self.both.are_joined() {
                    p class="govuk-body" { "They were joined: one stands for both. Set apart, each has its own listings and people again; what came since stays with the one that stood." }
                    button class="govuk-button govuk-button--secondary" name="do" value="back" { "Set them apart" }
                } @else if first.organisation.joined.is_some() || second.organisation.joined.is_some() {
                    p class="govuk-body" { "One of the two was joined to another, so there is nothing to join." }
                } @else {
                    (self.choices())
                }
            }
        }
    }
}

impl TwicePage<'_> {
    fn choices(&self) -> Markup {
        let keepers = self.both.first.keepers + self.both.second.keepers;
        let name = |held: &Held| held.organisation.name.clone();
        let (first, second) = (name(&self.both.first), name(&self.both.second));
        let are_alike = first == second;
        html! {
            p class="govuk-body" { "Where they are one, all listings go to the one that stays, and its address is the one that people see; the other one leads to it. What the one that stays does not say is taken from the other, and the names and numbers of both are kept. It can be taken back." }
            @if keepers > 0 {
                p class="govuk-inset-text" { "Whoever looks after the listings of either would look after all of them. They are told by mail." }
            }
            div class="govuk-button-group" {
                button class="govuk-button" name="do" value="keep-first" data-module="govuk-button" data-prevent-double-click="true" {
                    "They are one: keep " @if are_alike { "the first" } @else { "“" (first) "”" }
                }
                button class="govuk-button" name="do" value="keep-second" data-module="govuk-button" data-prevent-double-click="true" {
                    "They are one: keep " @if are_alike { "the second" } @else { "“" (second) "”" }
                }
                @if self.both.are_kept_apart() {
                    button class="govuk-button govuk-button--secondary" name="do" value="again" { "Ask again whether they are one" }
                } @else {
                    button class="govuk-button govuk-button--secondary" name="do" value="apart" { "They are two" }
                }
            }
        }
    }
}

fn side(held: &Held) -> Markup {
    let organisation = &held.organisation;
    let listed = held.services.iter().filter(|service| service.is_listed());
    let listed: Vec<_> = listed.collect();
    let source = organisation.provenance.record.as_ref();
    html! {
        h2 class="govuk-heading-m" { (organisation.name) }
        (identity(organisation))
        h3 class="govuk-heading-s" { "Contact" }
        (contacts(organisation.contacts.iter(), organisation.website.as_deref()))
        h3 class="govuk-heading-s" { (wording::counted(listed.len(), "listing", "listings")) }
        ul class="govuk-list govuk-list--bullet" {
            @for service in listed.iter().take(MOST_NAMED) {
                li { a class="govuk-link" href=(paths::keep(service.id)) { (service.name) } }
            }
            @if listed.len() > MOST_NAMED { li { "and " (listed.len() - MOST_NAMED) " more" } }
        }
        p class="govuk-body" {
            @match held.keepers {
                0 => "Nobody looks after them.",
                count => { (wording::counted(count, "person looks", "people look")) " after them." }
            }
            @if let Some(source) = source { " From " (source.source) "." }
        }
    }
}
