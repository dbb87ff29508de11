//! `/places/{code}`: what there is in a place, by need, and where it lies among the others.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use maud::{Markup, Render, html};

use crate::{
    app::App,
    domain::{NeedId, PlaceCode, PlaceKind},
    geo::{Area, PlaceRef, PostcodePart, kind_in_words},
    search::{Figures, Findings, Question, wording},
    web::{
        asked::Named,
        cache::Cache,
        chart::Chart,
        error::PageError,
        layout::{Head, Page},
        parts::{
            count::count,
            place_facts::{governance, place_facts},
            service_list::service_list,
            still_map,
        },
        paths::{self, Among, View},
        work::Web,
    },
};

/// The most places of one kind that are listed.
const MOST: usize = 60;

/// Answers with a place.
pub async fn show(State(web): State<Web>, Path(named): Path<Named>) -> Result<Response, PageError> {
    let code = PlaceCode(named.id);
    let now = web.now();
    let known = web.work(move |app| Known::find(app, &code, now)).await?;
    Ok(web.show(&PlacePage { known: &known, now }, Cache::Fresh))
}

/// Leads from a postcode district to what is near it. More of a postcode has no address here.
pub async fn near(Path(outcode): Path<String>) -> Result<Response, PageError> {
    match PostcodePart::parse(&outcode) {
        Ok(PostcodePart::Outcode(outcode)) => {
            Ok(Redirect::to(&paths::search_near(&outcode)).into_response())
        }
        _ => Err(PageError::NotFound),
    }
}

/// A place with everything that its page says.
pub struct Known {
    pub area: Area,
    pub chart: Option<Chart>,
    pub findings: Findings,
    pub figures: Figures,
    /// Each need that is answered here, with how many services answer it.
    pub needs: Vec<(NeedId, String, usize)>,
    pub parents: Vec<PlaceRef>,
    pub children: Vec<PlaceRef>,
    pub neighbours: Vec<PlaceRef>,
}

impl Known {
    fn find(app: &App, code: &PlaceCode, now: Timestamp) -> Result<Self, PageError> {
        let area = app.gazetteer.area(code).ok_or(PageError::NotFound)?;
        let question = Question::about_place(code);
        let findings = app.search.ask(&question, Vec::new(), now)?;
        let figures = app.search.figures_of(&question, now)?;
        let needs = figures.by_need.iter().filter(|(_, count)| *count > 0);
        let needs = needs.map(|(need, count)| (need.clone(), app.search.need(need).label, *count));
        Ok(Self {
            needs: needs.collect(),
            chart: area.shape.as_ref().and_then(Chart::of_area),
            parents: app.gazetteer.parents(code),
            children: app.gazetteer.children(code),
            neighbours: app.gazetteer.neighbours(code),
            area,
            findings,
            figures,
        })
    }
}

/// A place.
pub struct PlacePage<'a> {
    pub known: &'a Known,
    pub now: Timestamp,
}

impl Page for PlacePage<'_> {
    fn head(&self) -> Head {
        let place = &self.known.area.place;
        Head {
            canonical: Some(paths::place(&place.code, &place.name)),
            ..Head::new(format!("{}, {}: what there is", place.name, kind_in_words(place.kind)))
        }
    }
}

impl Render for PlacePage<'_> {
    fn render(&self) -> Markup {
        let place = &self.known.area.place;
        html! {
            h1 class="govuk-heading-xl" { (place.name) }
            p class="govuk-body-l" { (wording::capitalised(kind_in_words(place.kind))) }
            p class="govuk-body" { (self.counts()) }
            p class="govuk-body" {
                a class="govuk-link" href=(paths::search_place(&place.code)) { "See every service for " (place.name) }
                " · "
                a class="govuk-link" href=(paths::assessment(&place.code, &View::default())) { "Figures by need and place" }
                " · "
                a class="govuk-link" href=(paths::assessment_gaps(&place.code, &View::default())) { "Gaps and risks" }
            }
            (self.map())
            (self.needs())
            (self.services())
            h2 class="govuk-heading-m" { "About the place" }
            (place_facts(place))
            (governance(&place.governance))
            (self.others())
            p class="ha-stamp" { (freshness(&self.known.figures)) }
        }
    }
}

impl PlacePage<'_> {
    /// The figures, each with the list behind it.
    fn counts(&self) -> Markup {
        let (figures, code) = (&self.known.figures, &self.known.area.place.code);
        let noun = if figures.services == 1 { " service" } else { " services" };
        let listed = |number: usize, noun: &str, among: Among| match number {
            0 => html! { "0" (noun) },
            number => count(number, noun, &paths::behind(code, None, among), ""),
        };
        html! {
            (listed(figures.services, noun, Among::All)) " for all or part of it; "
            (listed(figures.open, "", Among::TakingPeople)) " said to be taking people now; "
            (listed(figures.confirmed, "", Among::Confirmed)) " confirmed in the last 6 months."
        }
    }

    fn map(&self) -> Markup {
        let name = &self.known.area.place.name;
        html! {
            @if let Some(chart) = &self.known.chart {
                div class="ha-map" { (still_map::still_area(chart, &format!("The outline of {name}"))) }
            }
        }
    }

    fn needs(&self) -> Markup {
        let code = &self.known.area.place.code;
        html! {
            h2 class="govuk-heading-m" { "What is here, by need" }
            @if self.known.needs.is_empty() { p class="govuk-body" { "Nothing is listed for this place yet." } }
            @else {
                ul class="ha-columns govuk-!-margin-bottom-6" role="list" {
                    @for (need, label, count) in &self.known.needs {
                        li {
                            a class="govuk-link" href=(paths::search_need_in(need, code)) { (label) }
                            " " span class="ha-columns__count" { "(" (wording::thousands(*count)) ")" }
                        }
                    }
                }
            }
        }
    }

    fn services(&self) -> Markup {
        let results = &self.known.findings.results;
        html! {
            @if !results.is_empty() {
                h2 class="govuk-heading-m" { "Some who cover it" }
                (service_list(results.iter().map(|found| &found.record), self.now))
            }
        }
    }

    fn others(&self) -> Markup {
        let known = self.known;
        let small = [PlaceKind::Lsoa, PlaceKind::Sector];
        let inside: Vec<&PlaceRef> =
            known.children.iter().filter(|place| !small.contains(&place.kind)).collect();
        html! {
            (links("It lies in", &known.parents.iter().collect::<Vec<_>>()))
            (links("Inside it", &inside))
            (links("Next to it", &known.neighbours.iter().collect::<Vec<_>>()))
        }
    }
}

fn links(title: &str, places: &[&PlaceRef]) -> Markup {
    let left_out = places.len().saturating_sub(MOST);
    html! {
        @if !places.is_empty() {
            h2 class="govuk-heading-m" { (title) }
            ul class="ha-columns govuk-!-margin-bottom-6" role="list" {
                @for place in places.iter().take(MOST) {
                    li {
                        a class="govuk-link" href=(paths::place(&place.code, &place.name)) { (place.name) }
                        " " span class="ha-muted" { (kind_in_words(place.kind)) }
                    }
                }
            }
            @if left_out > 0 { p class="govuk-body" { "And " (wording::thousands(left_out)) " more." } }
        }
    }
}

fn freshness(figures: &Figures) -> String {
    let old = figures.services.saturating_sub(figures.confirmed);
    match (figures.services, old) {
        (0, _) => "Nothing is listed for this place.".to_owned(),
        (_, 0) => "Every listing for this place was confirmed in the last 6 months.".to_owned(),
        (_, 1) => "1 listing for this place was not confirmed in the last 6 months.".to_owned(),
        (_, old) => format!(
            "{} listings for this place were not confirmed in the last 6 months.",
            wording::thousands(old)
        ),
    }
}
