//! `/api`: how programs use the directory.

use axum::{extract::State, response::Response};
use maud::{Markup, Render, html};

use crate::web::{
    cache::Cache,
    layout::{Head, Page, Section},
    paths,
    work::Web,
};

/// What can be asked, and what is answered.
const CALLS: [(&str, &str); 7] = [
    (
        "/api/v1/search?q=&near=&need=&place=",
        "Services that answer a question, with everything that the pages show. It takes the same keys as the pages of results.",
    ),
    ("/api/v1/services/{id}", "One service."),
    ("/api/v1/organisations/{id}", "One organisation with its services."),
    ("/api/v1/places?q=", "Places by name, postcode or part of one."),
    ("/api/v1/places/{code}", "One place, with how many services answer each need there."),
    ("/api/v1/needs", "The vocabulary of needs, by group."),
    ("/api/v1/suggest?q=", "Suggestions while typing."),
];

/// Answers with how programs use the directory.
pub async fn show(State(web): State<Web>) -> Response {
    web.show(&ApiPage { address: &web.app.config.directory.address }, Cache::Hour)
}

/// How programs use the directory.
pub struct ApiPage<'a> {
    /// Where this directory is known by.
    pub address: &'a str,
}

impl Page for ApiPage<'_> {
    fn head(&self) -> Head {
        Head {
            canonical: Some(paths::API.to_owned()),
            section: Some(Section::Api),
            ..Head::new("API and open data")
        }
    }
}

impl Render for ApiPage<'_> {
    fn render(&self) -> Markup {
        let example = format!(
            "curl '{}/api/v1/search?q=lonely&near=WN1'",
            self.address.trim_end_matches('/')
        );
        html! {
            h1 class="govuk-heading-xl" { "API and open data" }
            p class="govuk-body-l" { "Everything public here can be had by programs, as JSON, without a key." }
            p class="govuk-body" { "The whole of it is described in " a class="govuk-link" href=(paths::OPENAPI) { "an OpenAPI document" } "." }
            h2 class="govuk-heading-m" { "Try it" }
            pre class="ha-scroll" tabindex="0" { code { (example) } }
            h2 class="govuk-heading-m" { "Calls" }
            (calls())
            h2 class="govuk-heading-m" { "What to know" }
            ul class="govuk-list govuk-list--bullet" {
                li { "All calls are GET and change nothing." }
                li { "What is not stated is null or left out. It never means no." }
                li { "Whether a service takes people comes with who said it, when, and when that lapses. Do not show it after that." }
                li { "Addresses and points of confidential places are never given." }
                li { "Every fault says which key it is about, what was found and what would do." }
                li { "Show the sources where you use the facts of places: see " a class="govuk-link" href=(paths::SOURCES) { "sources and licences" } "." }
            }
        }
    }
}

fn calls() -> Markup {
    html! {
        div class="ha-scroll" role="region" aria-labelledby="calls" tabindex="0" {
            table class="govuk-table" {
                caption class="govuk-table__caption govuk-table__caption--s" id="calls" { "What can be asked" }
                thead class="govuk-table__head" {
                    tr class="govuk-table__row" {
                        th scope="col" class="govuk-table__header" { "Address" }
                        th scope="col" class="govuk-table__header" { "Answer" }
                    }
                }
                tbody class="govuk-table__body" {
                    @for (address, answer) in CALLS {
                        tr class="govuk-table__row" {
                            th scope="row" class="govuk-table__header" { code { (address) } }
                            td class="govuk-table__cell" { (answer) }
                        }
                    }
                }
            }
        }
    }
}
