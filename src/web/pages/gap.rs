//! `/gap`: that something is missing, in two choices and one press, without an account.

use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, Render, html};

use crate::{
    app::App,
    domain::{NeedId, PlaceCode},
    geo::PostcodePart,
    keeping::{FormFault, Network},
    referring::report_gap,
    web::{
        asked::Pairs,
        cache::Cache,
        error::PageError,
        layout::{Head, Page, Robots, Section},
        parts::form::{Choices, TextField, error_summary, select, text_field},
        paths,
        refused::Refused,
        typed::Typed,
        work::Web,
    },
};

/// Answers with the form, or that it was counted.
pub async fn show(State(web): State<Web>, pairs: Pairs) -> Response {
    let page = GapPage {
        need: pairs.first("need"),
        area: pairs.first("area"),
        is_counted: pairs.first("counted") == "1",
        app: &web.app,
        faults: &[],
    };
    web.show(&page, Cache::Private)
}

/// Counts it.
pub async fn send(
    State(web): State<Web>,
    Extension(network): Extension<Network>,
    typed: Typed,
) -> Result<Response, PageError> {
    let now = web.now();
    let need = web.app.vocabulary.need(typed.get("need")).map(|need| need.id.clone());
    let area = area_of(typed.get("area"), &web.app);
    let done = match (need, area) {
        (Some(need), Some(area)) => {
            web.attempt(move |app| {
                report_gap(&app.store, (&app.limits, network), &need, &area, now)
            })
            .await?
        }
        (need, area) => Err(Refused::Wrong(missing(need.as_ref(), area.as_deref()))),
    };
    let Err(refused) = done else {
        return Ok(Redirect::to(&format!("{}?counted=1", paths::GAP)).into_response());
    };
    let page = GapPage {
        need: typed.get("need"),
        area: typed.get("area"),
        is_counted: false,
        app: &web.app,
        faults: refused.faults(),
    };
    Ok(web.show_refused(&refused, &page))
}

/// The first half of a postcode, whatever more of it was typed, or the code of a place.
#[must_use]
pub fn area_of(typed: &str, app: &App) -> Option<String> {
    if let Ok(part) = PostcodePart::parse(typed) {
        return Some(part.outcode().to_owned());
    }
    let place = app.gazetteer.place(&PlaceCode::from(typed))?;
    Some(place.code.to_string())
}

fn missing(need: Option<&NeedId>, area: Option<&str>) -> Vec<FormFault> {
    let choose = need.is_none().then(|| FormFault::new("need", "Choose what is missing"));
    let how = "Enter the first half of a postcode, such as WN1";
    let enter = area.is_none().then(|| FormFault::new("area", how));
    choose.into_iter().chain(enter).collect()
}

struct GapPage<'a> {
    need: &'a str,
    area: &'a str,
    is_counted: bool,
    app: &'a App,
    faults: &'a [FormFault],
}

impl Page for GapPage<'_> {
    fn head(&self) -> Head {
        let error = if self.faults.is_empty() { "" } else { "Error: " };
        let title = if self.is_counted { "It was counted" } else { "Say what is missing" };
        Head {
            robots: Robots::NoIndex,
            section: Some(Section::Search),
            ..Head::new(format!("{error}{title}"))
        }
    }
}

impl Render for GapPage<'_> {
    fn render(&self) -> Markup {
        if self.is_counted {
            return counted();
        }
        html! {
            (error_summary(self.faults))
            h1 class="govuk-heading-l" { "Say what is missing" }
            p class="govuk-body" { "Those who plan services see how often a need is not met in an area. No name is kept, and no words." }
            form method="post" action=(paths::GAP) novalidate {
                (select(&Choices { name: "need", legend: "What is missing?", hint: None, all: &self.needs(), chosen: &[self.need.to_owned()] }, self.faults))
                (text_field(&TextField {
                    name: "area",
                    id: "area",
                    label: "Where? The first half of a postcode",
                    hint: Some("Such as WN1"),
                    value: self.area,
                    kind: "text",
                    autocomplete: Some("off"),
                    width: "govuk-input--width-5",
                }, self.faults))
                button class="govuk-button" data-module="govuk-button" data-prevent-double-click="true" { "It is missing" }
            }
        }
    }
}

impl GapPage<'_> {
    fn needs(&self) -> Vec<(String, String)> {
        let known = self.app.vocabulary.needs().iter();
        let mut all: Vec<(String, String)> =
            known.map(|need| (need.id.to_string(), need.label.clone())).collect();
        all.sort_by(|one, other| one.1.cmp(&other.1));
        all.insert(0, (String::new(), "Choose".to_owned()));
        all
    }
}

fn counted() -> Markup {
    html! {
        h1 class="govuk-heading-l" { "It was counted" }
        p class="govuk-body" { "Those who plan services see that this is missing, once several people said so. Thank you." }
        p class="govuk-body" { a class="govuk-link" href=(paths::HOME) { "Search again" } }
    }
}
