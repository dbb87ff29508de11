//! `/steward/duplicates/with/{id}`: the other listing of the same service, found by its name.

use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use maud::{Markup, Render, html};

use crate::{
    app::App,
    domain::{Person, ServiceId},
    keeping::{Guest, KeepingError, Kept, find_kept},
    search::{Question, wording},
    store::ServiceRecord,
    web::{
        asked::{Named, Pairs},
        cache::Cache,
        error::PageError,
        layout::{Head, Page},
        parts::{
            form::{TextField, text_field},
            frame::back_link,
        },
        paths,
        work::Web,
    },
};

/// How many listings are offered.
const MOST: usize = 20;

/// Answers with listings that are called much like one, or as somebody typed.
pub async fn show(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let (id, person, typed) =
        (named.id::<ServiceId>()?, guest.person.clone(), pairs.first("q").to_owned());
    let (kept, words, others) = web.work(move |app| others(app, &person, id, &typed)).await?;
    let page = TwinPage { guest: &guest, kept: &kept, words: &words, others: &others };
    Ok(web.show(&page, Cache::Private))
}

/// A listing of somebody's part, and others of it that answer to words: those typed, or its name.
fn others(
    app: &App,
    steward: &Person,
    id: ServiceId,
    typed: &str,
) -> Result<(Kept, String, Vec<ServiceRecord>), PageError> {
    let kept = find_kept(&app.store, &app.gazetteer, id)?;
    kept.by_steward(steward)?;
    let words = if typed.is_empty() { &kept.record.service.name } else { typed }.to_owned();
    let question =
        Question { words: words.clone(), page: 1, per_page: MOST, ..Question::default() };
    let found = app.search.ask(&question, Vec::new(), app.clock.now())?.results;
    let mut others = Vec::new();
    for record in found.into_iter().map(|found| found.record) {
        let other = record.service.id;
        if other != id && is_theirs(app, steward, other)? {
            others.push(record);
        }
    }
    Ok((kept, words, others))
}

fn is_theirs(app: &App, steward: &Person, id: ServiceId) -> Result<bool, KeepingError> {
    match find_kept(&app.store, &app.gazetteer, id) {
        Ok(kept) => Ok(kept.by_steward(steward).is_ok()),
        // It was taken out since the index last looked.
        Err(KeepingError::NotFound(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

struct TwinPage<'a> {
    guest: &'a Guest,
    kept: &'a Kept,
    words: &'a str,
    others: &'a [ServiceRecord],
}

impl Page for TwinPage<'_> {
    fn head(&self) -> Head {
        Head::for_guest("Is it listed twice?", self.guest)
    }

    fn before(&self) -> Markup {
        back_link(&paths::keep(self.kept.record.service.id), "Back to looking after it")
    }
}

impl Render for TwinPage<'_> {
    fn render(&self) -> Markup {
        let service = &self.kept.record.service;
        let field = TextField {
            name: "q",
            id: "q",
            label: "Look for the other one",
            hint: Some("By its name, or by words of it"),
            value: self.words,
            kind: "search",
            autocomplete: Some("off"),
            width: "",
        };
        html! {
            span class="govuk-caption-l" { (service.name) }
            h1 class="govuk-heading-l" { "Is it listed twice?" }
            form method="get" action=(paths::twin(service.id)) novalidate {
                (text_field(&field, &[]))
                button class="govuk-button govuk-button--secondary" { "Look" }
            }
            @if self.others.is_empty() {
                p class="govuk-body" { "No other listing of your part of the directory answers to that." }
            } @else {
                p class="govuk-body" { (wording::counted(self.others.len(), "listing", "listings")) ". Choose the one that is the same, to see both side by side." }
                ul class="ha-ways" role="list" { @for other in self.others { li { (self.other(other)) } } }
            }
        }
    }
}

impl TwinPage<'_> {
    fn other(&self, other: &ServiceRecord) -> Markup {
        let id = self.kept.record.service.id;
        html! {
            h2 class="ha-ways__title" {
                a class="govuk-link" href=(paths::duplicate(id, other.service.id)) { (other.service.name) }
            }
            p { (other.organisation.name) }
            p { (other.service.summary) }
        }
    }
}
