//! `/search/map`: the results as a list and on a map, with the same numbers.

use axum::{extract::State, response::Response};
use maud::{Markup, Render, html};

use super::{
    answered::{self, Answered},
    nothing_found, place_not_found, results,
};
use crate::{
    app::App,
    web::{
        asked::Asked,
        cache::Cache,
        chart::Chart,
        error::PageError,
        handed::Holding,
        layout::{Head, Page, Robots, Section},
        markup,
        parts::{
            card, chosen, pagination,
            still_map::still_map,
            to_shortlist::{self, Picking},
            toolbar::{View, toolbar},
            understood, urgent,
        },
        paths,
        work::Web,
    },
};

/// Answers a question as a list and a map.
pub async fn show(
    State(web): State<Web>,
    holding: Holding,
    asked: Asked,
) -> Result<Response, PageError> {
    let answered = Answered::of(&web, asked, holding).await?;
    if let Some(elsewhere) = answered.past_the_end(paths::search_map) {
        return Ok(elsewhere);
    }
    let chart = Chart::of(&answered.findings, &web.app.gazetteer);
    let page = MapPage { answered: &answered, chart: chart.as_ref(), app: &web.app };
    Ok(web.show(&page, Cache::Private))
}

/// The results with a map above them.
pub struct MapPage<'a> {
    pub answered: &'a Answered,
    pub chart: Option<&'a Chart>,
    pub app: &'a App,
}

impl Page for MapPage<'_> {
    fn head(&self) -> Head {
        let findings = &self.answered.findings;
        let title = if findings.is_withheld() {
            place_not_found::title(findings)
        } else {
            format!("Map of {}", answered::title(findings))
        };
        Head {
            robots: Robots::NoIndex,
            canonical: Some(paths::search_map(&answered::shareable(findings))),
            section: Some(Section::Search),
            shortlisted: to_shortlist::count(self.answered.held.as_ref()),
            map: self.chart.is_some() && !findings.results.is_empty(),
            ..Head::new(title)
        }
    }
}

impl Render for MapPage<'_> {
    fn render(&self) -> Markup {
        let findings = &self.answered.findings;
        let directory = &self.app.config.directory;
        if findings.is_withheld() {
            return place_not_found::body(findings, directory);
        }
        html! {
            (results::form(findings))
            h1 class="govuk-heading-l" { (answered::heading(findings)) }
            @if let Some(panel) = findings.understood.urgent { (urgent::panel(panel, directory)) }
            (understood::understood(findings, paths::search_map))
            @match &findings.ways_on {
                Some(ways) => { (nothing_found::body(self.answered, ways, directory)) }
                None => { (self.map_and_list()) }
            }
        }
    }
}

impl MapPage<'_> {
    fn map_and_list(&self) -> Markup {
        let findings = &self.answered.findings;
        let back = paths::search_map(&findings.question);
        html! {
            h2 class="govuk-heading-m" { (answered::summary(findings)) }
            (toolbar(&findings.question, View::Map))
            (chosen::chosen(findings, paths::search_map))
            @match self.chart {
                Some(chart) => { (self.map(chart)) }
                None => { p class="govuk-body" { "None of these has a place that may be shown on a map." } }
            }
            div id="results" tabindex="-1" {
                (results::beside(self.answered, View::Map))
                (card::result_list(&findings.results, &findings.question.near, Picking { list: self.answered.held.as_ref(), back: &back }, findings.asked_at))
            }
            (pagination::pagination(&findings.question, findings.pages(), paths::search_map))
        }
    }

    fn map(&self, chart: &Chart) -> Markup {
        html! {
            a class="govuk-link ha-map__skip" href="#results" { "Skip past the map" }
            (markup::data("map-data", &chart.data(&self.app.config.map)))
            div class="ha-map" id="map" data-map role="region" aria-label="Map of results" { (still_map(chart)) }
            p class="ha-map__note" {
                "The numbers are those of the list. Services by phone, online and at home, and those whose address is not shown, are in the list only."
            }
        }
    }
}
