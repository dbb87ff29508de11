//! `/commissioning`: of which place somebody wants the figures.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, Render, html};

use crate::{
    app::App,
    domain::{PlaceCode, PlaceKind},
    geo::{PlaceRef, Resolution, kind_in_words},
    search::{PlaceUnderstood, Question},
    web::{
        asked::Pairs,
        cache::Cache,
        error::PageError,
        layout::{Head, Page, Section},
        pages::place_not_found::{Said, said},
        parts::{
            form::{TextField, text_field},
            understood,
        },
        paths::{self, View},
        work::Web,
    },
};

/// Leads to the place that was typed; or shows the form with what was meant, or may have been.
pub async fn show(State(web): State<Web>, pairs: Pairs) -> Result<Response, PageError> {
    let typed: String = pairs.first("place").chars().take(LONGEST).collect();
    let page = web
        .work(move |app| {
            let meant = (!typed.is_empty()).then(|| app.search.resolve(&typed));
            Ok::<_, PageError>(ChoosePage { boards: boards(app), home: home(app), meant, typed })
        })
        .await?;
    let place =
        page.meant.as_ref().and_then(Resolution::found).and_then(|spot| spot.place.as_ref());
    if let Some(code) = place {
        return Ok(Redirect::to(&paths::assessment(code, &View::default())).into_response());
    }
    Ok(web.show(&page, Cache::Private))
}

/// The longest place that is read.
const LONGEST: usize = 200;

fn boards(app: &App) -> Vec<PlaceRef> {
    app.gazetteer.list(PlaceKind::Icb)
}

/// The places that hold the middle of the directory's own area.
fn home(app: &App) -> Vec<PlaceRef> {
    let Some(home) = app.search.home() else { return Vec::new() };
    let codes = app.gazetteer.codes_at(home);
    let places = codes.iter().filter_map(|code| app.gazetteer.place_ref(code));
    places.filter(|place| is_assessed(place.kind)).collect()
}

/// Whether figures of a place of this kind say much.
fn is_assessed(kind: PlaceKind) -> bool {
    use PlaceKind::{
        Constituency, Council, County, Custom, Icb, Msoa, NhsRegion, Parish, Pcn, Region, SubIcb,
        Ward,
    };
    match kind {
        Custom | Ward | Parish | Pcn | Constituency | Council | County | SubIcb | Icb
        | NhsRegion | Region | Msoa => true,
        PlaceKind::Lsoa
        | PlaceKind::Named
        | PlaceKind::Sector
        | PlaceKind::Outcode
        | PlaceKind::Nation => false,
    }
}

struct ChoosePage {
    boards: Vec<PlaceRef>,
    home: Vec<PlaceRef>,
    meant: Option<Resolution>,
    typed: String,
}

impl Page for ChoosePage {
    fn head(&self) -> Head {
        Head {
            description: Some("What local services there are in any place of England, by need, and who takes people now.".to_owned()),
            canonical: Some(paths::COMMISSIONING.to_owned()),
            section: Some(Section::Commissioning),
            ..Head::new(self.title())
        }
    }
}

impl Render for ChoosePage {
    fn render(&self) -> Markup {
        html! {
            h1 class="govuk-heading-xl" { "What there is in a place" }
            p class="govuk-body-l" { "For those who plan and pay for help: how many services there are for each need, who takes people now, and where little is listed. Every figure opens the list behind it." }
            (self.answer())
            form method="get" action=(paths::COMMISSIONING) role="search" aria-label="Choose a place" {
                (text_field(&TextField {
                    name: "place", id: "place", label: "Which place?",
                    hint: Some("A ward, a neighbourhood, a council, a board, or a postcode in it"),
                    value: &self.typed, kind: "text", autocomplete: Some("off"), width: "govuk-input--width-20",
                }, &[]))
                button class="govuk-button" data-module="govuk-button" { "Show its figures" }
            }
            (links("Where this directory is at home", &self.home))
            (links("Integrated care boards", &self.boards))
        }
    }
}

impl ChoosePage {
    fn title(&self) -> String {
        let title = "What there is in a place, for commissioners";
        let label = self.meant.as_ref().and_then(Resolution::found).map(|spot| &spot.short_label);
        label.map_or_else(|| title.to_owned(), |label| format!("{title}: {label}"))
    }

    /// What holds the spot that was typed, or what may have been meant.
    fn answer(&self) -> Markup {
        let place = match &self.meant {
            None => return html! {},
            Some(Resolution::Found(spot)) => {
                let places: Vec<PlaceRef> =
                    spot.places.iter().filter(|place| is_assessed(place.kind)).cloned().collect();
                return html! {
                    @if places.is_empty() { p class="govuk-body" { "No place that holds “" (spot.short_label) "” is known." } }
                    (links(&format!("Places that hold {}, or share it", spot.short_label), &places))
                };
            }
            Some(Resolution::Several { text, candidates }) => {
                PlaceUnderstood::Several { text: text.clone(), candidates: candidates.clone() }
            }
            Some(Resolution::NotFound { text, did_you_mean }) => {
                PlaceUnderstood::NotFound { text: text.clone(), did_you_mean: did_you_mean.clone() }
            }
            Some(Resolution::NotCovered { reason, what }) => {
                PlaceUnderstood::NotCovered { what: what.clone(), reason: *reason }
            }
        };
        let Said { title, advice, candidates } = said(&place);
        html! {
            h2 class="govuk-heading-m" { (title) }
            p class="govuk-body" { (advice) }
            (understood::candidates(candidates, &Question::default(), chosen))
        }
    }
}

fn chosen(question: &Question) -> String {
    paths::commissioning_of(&question.near)
}

fn links(title: &str, places: &[PlaceRef]) -> Markup {
    html! {
        @if !places.is_empty() {
            h2 class="govuk-heading-m" { (title) }
            ul class="ha-columns govuk-!-margin-bottom-6" role="list" {
                @for place in places {
                    li {
                        a class="govuk-link" href=(assessed(&place.code)) { (place.name) }
                        @if place.kind != PlaceKind::Icb { " " span class="ha-muted" { (kind_in_words(place.kind)) } }
                    }
                }
            }
        }
    }
}

fn assessed(code: &PlaceCode) -> String {
    paths::assessment(code, &View::default())
}
