//! `/about`: what this is, how results are ordered, and whose facts it holds.

use axum::{extract::State, response::Response};
use maud::{Markup, Render, html};

use crate::{
    app::App,
    search::{Figures, wording},
    web::{
        cache::Cache,
        error::PageError,
        layout::{Head, Page, Section},
        parts::urgent::telephone,
        paths,
        work::Web,
    },
};

/// What is promised, in short.
const PROMISES: [&str; 7] = [
    "Nothing is made up. What nobody stated is shown as not stated, never as no.",
    "Whether a service takes people is said with who said it and when, and stops counting when it lapses.",
    "Every listing carries its dates. Editing or importing a listing does not count as confirming it.",
    "A service for other areas is not put before somebody it cannot serve.",
    "Nobody can pay to come first. The order is worked out as described below.",
    "The address of a place of safety never leaves the server.",
    "It works without scripts, on an old phone, on paper and with a screen reader.",
];

/// Whose codes the vocabulary of needs names.
const WORDS: [(&str, &str); 3] = [
    ("UK-CAT, the classification of charities", "CC BY 4.0"),
    ("OpenActive activity list", "CC BY 4.0"),
    ("Department for Education family hubs categories", "MIT, Crown copyright"),
];

/// Answers with what this is.
pub async fn show(State(web): State<Web>) -> Result<Response, PageError> {
    let now = web.now();
    let figures = web.work(move |app| app.search.figures(now)).await?;
    Ok(web.show(&AboutPage { app: &web.app, figures: &figures }, Cache::Fresh))
}

/// What this is.
pub struct AboutPage<'a> {
    pub app: &'a App,
    pub figures: &'a Figures,
}

impl Page for AboutPage<'_> {
    fn head(&self) -> Head {
        let name = &self.app.config.directory.name;
        Head {
            canonical: Some(paths::ABOUT.to_owned()),
            section: Some(Section::About),
            ..Head::new(format!("About {name}"))
        }
    }
}

impl Render for AboutPage<'_> {
    fn render(&self) -> Markup {
        let name = &self.app.config.directory.name;
        html! {
            h1 class="govuk-heading-xl" { "About " (name) }
            p class="govuk-body-l" {
                (name) " is a directory of community groups, charities and other services in England: what they offer, whom they serve, where, and whether they are taking people now."
            }
            @if self.app.demonstration { p class="govuk-body" { strong { "The listings here are invented" } ", to show how it works. Do not ring them." } }
            (self.who())
            h2 class="govuk-heading-m" { "What we promise" }
            ul class="govuk-list govuk-list--bullet" { @for promise in PROMISES { li { (promise) } } }
            (self.figures())
            (self.order())
            (kept())
            (self.sources())
        }
    }
}

impl AboutPage<'_> {
    fn who(&self) -> Markup {
        let directory = &self.app.config.directory;
        let name = if directory.help_name.is_empty() { "Help line" } else { &directory.help_name };
        html! {
            h2 class="govuk-heading-m" { "Who runs it" }
            p class="govuk-body" { "The software is open, and whoever runs this copy answers for what is listed. A listing is what an organisation says about itself. That it is listed is not an endorsement." }
            p class="govuk-body" {
                @if directory.help_phone.is_empty() { "The operator has not given a telephone number." }
                @else { (name) ": " (telephone(&directory.help_phone)) }
            }
        }
    }

    fn figures(&self) -> Markup {
        let figures = self.figures;
        html! {
            h2 class="govuk-heading-m" { "How fresh it is" }
            p class="govuk-body" {
                (wording::counted(figures.services, "service is listed", "services are listed")) ". "
                (wording::thousands(figures.confirmed)) " were confirmed in the last 6 months. "
                (wording::thousands(figures.open)) " are said to be taking people now."
            }
            p class="govuk-body" {
                "After " (self.app.config.search.confirmed_months) " months without a confirmation a listing moves under a heading of its own, below the others."
            }
        }
    }

    fn order(&self) -> Markup {
        let weights = &self.app.config.ranking.weights;
        let factors = [
            ("Words: how well the listing matches what was typed", weights.words),
            ("Need: whether it says that it helps with this", weights.need),
            ("Nearness: how far its nearest venue is", weights.nearness),
            ("Who it is for: age and circumstances", weights.person),
            ("Taking people: whether it has room now", weights.availability),
            (
                "How sure we are: how long ago it was confirmed, and how complete it is",
                weights.confidence,
            ),
            ("Area served: the more local, the better", weights.area),
        ];
        html! {
            h2 class="govuk-heading-m" id="order" { "How results are ordered" }
            p class="govuk-body" { "Each result gets a mark for each of these, and they are blended by these weights. A factor that was not asked about does not count. “Why here” on each result shows its own marks." }
            table class="govuk-table" {
                caption class="govuk-table__caption govuk-table__caption--s" { "What counts, and how much" }
                thead class="govuk-table__head" {
                    tr class="govuk-table__row" {
                        th scope="col" class="govuk-table__header" { "Factor" }
                        th scope="col" class="govuk-table__header govuk-table__header--numeric" { "Weight" }
                    }
                }
                tbody class="govuk-table__body" {
                    @for (factor, weight) in factors {
                        tr class="govuk-table__row" {
                            th scope="row" class="govuk-table__header" { (factor) }
                            td class="govuk-table__cell govuk-table__cell--numeric" { (weight) }
                        }
                    }
                }
            }
        }
    }

    fn sources(&self) -> Markup {
        html! {
            h2 class="govuk-heading-m" id="sources" { "Sources and licences" }
            @for known in self.app.gazetteer.attributions() {
                h3 class="govuk-heading-s govuk-!-margin-bottom-1" { (known.what) }
                p class="govuk-body" {
                    (known.source) ", " (known.edition) @if !known.licence.is_empty() { ", " (known.licence) } ". " (known.text)
                }
            }
            h3 class="govuk-heading-s govuk-!-margin-bottom-1" { "The needs vocabulary" }
            p class="govuk-body" { "Our own words, under the MIT licence. It names codes of:" }
            ul class="govuk-list govuk-list--bullet" { @for (what, licence) in WORDS { li { (what) " (" (licence) ")" } } }
        }
    }
}

/// What is kept of visitors, and where to read more.
fn kept() -> Markup {
    html! {
        h2 class="govuk-heading-m" { "Privacy" }
        p class="govuk-body" { "What is searched for and where is not logged. There are no cookies for searching, no trackers, and nothing is loaded from another site unless the operator has set a map base." }
        ul class="govuk-list" {
            li { a class="govuk-link" href=(paths::PRIVACY) { "More about privacy" } }
            li { a class="govuk-link" href=(paths::ACCESSIBILITY) { "Accessibility" } }
            li { a class="govuk-link" href=(paths::HELP) { "Help with searching" } }
            li { a class="govuk-link" href=(paths::API) { "API and open data" } }
        }
    }
}
