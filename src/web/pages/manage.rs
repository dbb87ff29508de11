//! `/manage`: the listings that somebody looks after, those to look at first.

use axum::{Extension, extract::State, response::Response};
use jiff::Timestamp;
use maud::{Markup, Render, html};

use crate::{
    domain::{Freshness, Role, ServiceStatus},
    keeping::{Guest, kept_by, seen},
    search::{door_of, wording},
    store::ServiceRecord,
    web::{
        cache::Cache,
        error::PageError,
        layout::{Head, Page},
        parts::{
            form::{hidden, key_field},
            state,
        },
        paths,
        work::Web,
    },
};

/// Answers with somebody's listings.
pub async fn show(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
) -> Result<Response, PageError> {
    let person = guest.person.clone();
    let now = web.now();
    let all = web.work(move |app| kept_by(&app.store, &person)).await?;
    let (mut listings, hidden): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|record| record.service.is_listed());
    listings.sort_by_key(|record| !needs_a_look(record, now));
    let page = ManagePage { guest: &guest, listings: &listings, hidden: &hidden, now };
    Ok(web.show(&page, Cache::Private))
}

/// Whether nobody confirmed it for three months.
fn is_unconfirmed(record: &ServiceRecord, now: Timestamp) -> bool {
    record.service.upkeep.freshness(now) != Freshness::Confirmed
}

/// Whether it is to be confirmed, or its door is not known.
fn needs_a_look(record: &ServiceRecord, now: Timestamp) -> bool {
    is_unconfirmed(record, now) || door_of(record, None, now).status.is_none()
}

struct ManagePage<'a> {
    guest: &'a Guest,
    listings: &'a [ServiceRecord],
    /// Those that nobody is shown: begun and not listed yet, or taken down.
    hidden: &'a [ServiceRecord],
    now: Timestamp,
}

impl Page for ManagePage<'_> {
    fn head(&self) -> Head {
        Head::for_guest("Your listings", self.guest)
    }
}

impl Render for ManagePage<'_> {
    fn render(&self) -> Markup {
        let is_steward = self.guest.person.is(Role::Steward);
        html! {
            h1 class="govuk-heading-l" { "Your listings" }
            @if self.guest.person.organisations().next().is_none() {
                (none(is_steward))
            } @else {
                @if !self.listings.is_empty() {
                    p class="govuk-body-l" { (self.to_look_at()) }
                    ul class="ha-ways" role="list" {
                        @for record in self.listings { li { (self.listing(record)) } }
                    }
                }
                (self.out_of_view())
                p class="govuk-body" { a class="govuk-link" href=(paths::ADD) { "Add a listing" } }
                p class="govuk-body" { a class="govuk-link" href=(paths::SHEETS) { "Change many at once in a spreadsheet" } }
                p class="govuk-body" { a class="govuk-link" href=(paths::PEOPLE) { "Who looks after these listings" } }
                @if is_steward { (steward()) }
            }
        }
    }
}

impl ManagePage<'_> {
    fn to_look_at(&self) -> String {
        let count = self.listings.iter().filter(|record| needs_a_look(record, self.now)).count();
        match count {
            0 => "All of them are fresh. Nothing to do.".to_owned(),
            1 => "1 needs a look.".to_owned(),
            count => format!("{} need a look.", wording::thousands(count)),
        }
    }

    fn out_of_view(&self) -> Markup {
        html! {
            @if !self.hidden.is_empty() {
                h2 class="govuk-heading-m" { "Not shown to anybody" }
                ul class="ha-ways" role="list" {
                    @for record in self.hidden {
                        @let service = &record.service;
                        li {
                            h3 class="ha-ways__title" { a class="govuk-link" href=(paths::keep(service.id)) { (service.name) } }
                            p { @if service.status == ServiceStatus::Draft { "Begun, and not listed yet." } @else { "Taken down." } }
                        }
                    }
                }
            }
        }
    }

    fn listing(&self, record: &ServiceRecord) -> Markup {
        let service = &record.service;
        let door = door_of(record, None, self.now);
        html! {
            h2 class="ha-ways__title" {
                a class="govuk-link" href=(paths::keep(service.id)) { (service.name) }
            }
            p { (record.organisation.name) }
            p class="ha-listing__state" { (state::state_line(&door, &service.upkeep, self.now)) }
            @if is_unconfirmed(record, self.now) {
                form method="post" action=(paths::keep_part(service.id, "confirm")) class="ha-inline-form" {
                    (key_field(&self.guest.form_key))
                    (hidden("seen", &seen(record, self.now)))
                    (hidden("from", "list"))
                    button class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0" {
                        "All still right" span class="govuk-visually-hidden" { ": " (service.name) }
                    }
                    " "
                    a class="govuk-link" href=(paths::keep(service.id)) {
                        "Look at it or change it" span class="govuk-visually-hidden" { ": " (service.name) }
                    }
                }
            } @else if door.status.is_none() {
                p {
                    a class="govuk-link" href=(paths::keep(service.id)) {
                        "Say whether it takes people" span class="govuk-visually-hidden" { ": " (service.name) }
                    }
                }
            }
        }
    }
}

fn none(is_steward: bool) -> Markup {
    html! {
        @if is_steward {
            (steward())
        } @else {
            p class="govuk-body" { "You look after no listing yet. Ask whoever runs this directory to give you your organisation’s." }
        }
    }
}

fn steward() -> Markup {
    html! {
        p class="govuk-body" { a class="govuk-link" href=(paths::STEWARD) { "What waits for a steward" } }
        p class="govuk-body" {
            "As a steward you may look after any listing of your part of the directory: "
            a class="govuk-link" href=(paths::SEARCH) { "find it" }
            " and press “Look after this listing” at its foot."
        }
    }
}
