//! `/`: the search box, the needs that are answered most, and where to turn at once.

use std::collections::HashMap;

use axum::{extract::State, response::Response};
use maud::{Markup, Render, html};

use crate::{
    app::App,
    domain::NeedId,
    search::{Figures, Question, wording},
    vocabulary::{Need, Vocabulary},
    web::{
        cache::Cache,
        error::PageError,
        layout::{Head, Page, Section, Shape},
        parts::{
            search_form::{SearchForm, search_form},
            urgent,
        },
        paths,
        work::Web,
    },
};

/// How many needs stand on the first page.
const TILES: usize = 12;

/// What somebody might ask, and where, in the demonstration.
const EXAMPLES: [(&str, &str); 3] = [
    ("lonely, likes gardening", "WN1 1YF"),
    ("money worries", "Leigh"),
    ("something to do with my hands", "Ashton-in-Makerfield"),
];

/// Answers with the first page.
pub async fn show(State(web): State<Web>) -> Result<Response, PageError> {
    let now = web.now();
    let figures = web.work(move |app| app.search.figures(now)).await?;
    Ok(web.show(&HomePage { app: &web.app, figures: &figures }, Cache::Fresh))
}

/// The first page.
pub struct HomePage<'a> {
    pub app: &'a App,
    pub figures: &'a Figures,
}

impl Page for HomePage<'_> {
    fn head(&self) -> Head {
        let name = &self.app.config.directory.name;
        Head {
            description: Some("Community groups, charities and other services in England, found by what somebody needs and where they live.".to_owned()),
            canonical: Some(paths::HOME.to_owned()),
            section: Some(Section::Search),
            shape: Shape::Bands,
            ..Head::new(format!("{name}: find help that serves where you live"))
        }
    }
}

impl Render for HomePage<'_> {
    fn render(&self) -> Markup {
        let tiles = tiles(self.app.vocabulary, self.figures);
        html! {
            (self.hero())
            div class="govuk-width-container" {
                div class="govuk-main-wrapper" {
                    h2 class="govuk-heading-m" { "Look by need" }
                    ul class="ha-tiles" role="list" {
                        @for (need, count) in &tiles { li { (tile(need, *count)) } }
                    }
                    p class="govuk-body" { a class="govuk-link" href=(paths::NEEDS) { "All needs, by group" } }
                    (urgent::for_anybody(&self.app.config.directory))
                    (for_professionals())
                }
            }
        }
    }
}

impl HomePage<'_> {
    fn hero(&self) -> Markup {
        html! {
            div class="ha-hero" {
                div class="govuk-width-container" {
                    h1 class="govuk-heading-xl" { "Find help that serves where you live" }
                    p class="ha-hero__lead" { "Community groups, charities and other services, with what they offer and whether they are taking people now." }
                    (search_form(&SearchForm { hero: true, ..SearchForm::default() }))
                    p class="ha-note govuk-!-margin-top-3" { a class="govuk-link" href=(paths::SOMEBODY) { "Say more about whom it is for" } ": ages, days, access, and what to leave out." }
                    p class="ha-note" { "Leave the first box empty to see everything near you. " (freshness(self.figures)) }
                    @if self.app.demonstration { (examples()) }
                }
            }
        }
    }
}

/// How much there is, how much of it is fresh, and how much takes people.
fn freshness(figures: &Figures) -> String {
    match figures.services {
        0 => "Nothing is listed yet.".to_owned(),
        services => format!(
            "{} listed; {} confirmed in the last 6 months; {} said to be taking people now.",
            wording::counted(services, "service", "services"),
            wording::thousands(figures.confirmed),
            wording::thousands(figures.open)
        ),
    }
}

fn examples() -> Markup {
    let asked = |words: &str, near: &str| Question {
        words: words.to_owned(),
        near: near.to_owned(),
        ..Question::default()
    };
    html! {
        p class="ha-note govuk-!-margin-bottom-1" { "For example:" }
        ul class="ha-views" role="list" {
            @for (words, near) in EXAMPLES {
                li { a class="govuk-link" href=(paths::search(&asked(words, near))) { (words) ", near " (near) } }
            }
        }
    }
}

fn tile(need: &Need, count: usize) -> Markup {
    html! {
        a class="ha-tile" href=(paths::search_need(&need.id)) {
            (need.label)
            @if count > 0 {
                span class="ha-tile__detail" { (wording::counted(count, "service", "services")) }
            }
        }
    }
}

/// The need of each group that most services answer, most first; groups that nothing answers
/// come last, with their first need.
fn tiles<'a>(vocabulary: &'a Vocabulary, figures: &Figures) -> Vec<(&'a Need, usize)> {
    let counts: HashMap<&NeedId, usize> =
        figures.by_need.iter().map(|(need, count)| (need, *count)).collect();
    let count = |need: &Need| counts.get(&need.id).copied().unwrap_or(0);
    let most = |group: &crate::vocabulary::Group| {
        // Of equals the last is taken, so the order is turned round to prefer the file's first.
        let needs: Vec<&Need> = vocabulary.needs_in(&group.id).collect();
        needs.into_iter().rev().max_by_key(|need| count(need))
    };
    let mut tiles: Vec<(&Need, usize)> =
        vocabulary.groups().iter().filter_map(most).map(|need| (need, count(need))).collect();
    tiles.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    tiles.truncate(TILES);
    tiles
}

fn for_professionals() -> Markup {
    html! {
        h2 class="govuk-heading-m" { "For professionals" }
        p class="govuk-body" {
            "Link workers can search from a person’s postcode, filter by who may refer and who is taking people, and print a list to hand over. "
            "No name, NHS number or other detail of a person is needed, and none is kept."
        }
        p class="govuk-body" {
            "Commissioners can see what there is in a place for each need, who takes people now, and what is missing: "
            a class="govuk-link" href=(paths::COMMISSIONING) { "choose a place" } "."
        }
        p class="govuk-body" {
            "Everything public here can be had as open data: see the " a class="govuk-link" href=(paths::API) { "API" } "."
        }
    }
}
