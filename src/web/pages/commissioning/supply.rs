//! `/commissioning/{code}`: what there is in a place, by need and by the places inside it.

use axum::{
    extract::{Path, State},
    response::Response,
};
use maud::{Markup, Render, html};

use super::{Known, SCROLLS, Tab, cell, definition, kind_choice, view_of};
use crate::{
    assessing::{Measure, Measured},
    domain::PlaceCode,
    geo::kind_in_words,
    search::{NeedShown, wording},
    vocabulary::{Group, Need, Vocabulary},
    web::{
        asked::{Named, Pairs},
        cache::Cache,
        error::PageError,
        layout::{Head, Page, Section},
        parts::{
            count::count,
            form::{Choices, select},
        },
        paths::{self, Among, View},
        work::Web,
    },
};

/// Answers with the figures of a place.
pub async fn show(
    State(web): State<Web>,
    Path(named): Path<Named>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let view = view_of(&pairs);
    let known = Known::find(&web, PlaceCode(named.id), view.parts).await?;
    let groups = web.app.vocabulary.groups();
    let asked = groups.iter().find(|group| view.group.as_deref() == Some(group.id.as_str()));
    let group = asked.or(groups.first()).ok_or(PageError::NotFound)?;
    let page = SupplyPage { known: &known, view: &view, group, vocabulary: web.app.vocabulary };
    Ok(web.show(&page, Cache::Fresh))
}

struct SupplyPage<'a> {
    known: &'a Known,
    view: &'a View,
    group: &'a Group,
    vocabulary: &'a Vocabulary,
}

impl Page for SupplyPage<'_> {
    fn head(&self) -> Head {
        Head {
            canonical: Some(paths::assessment(
                self.known.code(),
                &View {
                    parts: self.known.assessment.kind,
                    group: Some(self.group.id.clone()),
                    order: None,
                },
            )),
            section: Some(Section::Commissioning),
            // With many places the table has hundreds of links.
            skips: vec![("Skip to what the figures mean", "#method")],
            ..Head::new(format!("What there is in {}: {}", self.known.name(), self.group.label))
        }
    }

    fn before(&self) -> Markup {
        self.known.wider()
    }
}

impl Render for SupplyPage<'_> {
    fn render(&self) -> Markup {
        let place = self.known.assessment.whole.place();
        html! {
            span class="govuk-caption-l" { (wording::capitalised(kind_in_words(place.kind))) }
            h1 class="govuk-heading-l" { "What there is in " (place.name) }
            (self.known.tabs(Tab::Supply, self.view))
            (self.figures())
            (self.known.gathered())
            (self.choice())
            (self.matrix())
            (self.files())
            (self.known.method())
        }
    }
}

impl SupplyPage<'_> {
    /// The four figures of the whole place.
    fn figures(&self) -> Markup {
        let whole = &self.known.assessment.whole;
        let (stock, code) = (whole.supply.all, self.known.code());
        let listed = |number: usize, among: Among, says: &str| match number {
            0 => html! { "0" },
            number => count(number, "", &paths::behind(code, None, among), says),
        };
        let rate =
            whole.rate(stock).map_or_else(|| "Not given".to_owned(), |rate| rate.to_string());
        let share = stock.percent_confirmed().map(|percent| format!(" ({percent}%)"));
        let all = [
            (Measure::Services, listed(stock.services, Among::All, "services")),
            (
                Measure::TakingPeople,
                listed(stock.open, Among::TakingPeople, "services that take people"),
            ),
            (
                Measure::Confirmed,
                html! { (listed(stock.confirmed, Among::Confirmed, "confirmed services")) (share.unwrap_or_default()) },
            ),
            (Measure::Rate, html! { (rate) }),
        ];
        html! {
            dl class="ha-key-figures" {
                @for (measure, shown) in all {
                    @let (name, says) = definition(measure);
                    div {
                        dt { (name) }
                        dd class="ha-key-figures__number" { (shown) }
                        dd class="ha-key-figures__says" { (says) }
                    }
                }
            }
        }
    }

    fn choice(&self) -> Markup {
        let groups = self.vocabulary.groups().iter();
        let groups: Vec<(String, String)> =
            groups.map(|group| (group.id.clone(), group.label.clone())).collect();
        html! {
            form class="ha-pick" method="get" action=(paths::assessment(self.known.code(), &View::default())) aria-label="Needs and places" {
                (select(&Choices { name: "group", legend: "Needs", hint: None, all: &groups, chosen: std::slice::from_ref(&self.group.id) }, &[]))
                (kind_choice(&self.known.assessment))
                button class="govuk-button govuk-button--secondary" data-module="govuk-button" { "Show" }
            }
        }
    }

    fn matrix(&self) -> Markup {
        let by = self.known.kinds().map(|(one, _)| format!(" by {one}")).unwrap_or_default();
        let places: Vec<&Measured> = self.known.assessment.parts.iter().collect();
        let plain = View { parts: self.view.parts, ..View::default() };
        html! {
            h2 class="govuk-heading-m" { (self.group.label) }
            p class="govuk-body" {
                "Press a number to see the services. Press a need to see it place by place. What serves several places counts in each. "
                span class="ha-weak ha-weak--key" { "Hatched" } ": fewer than half were confirmed in the last 6 months, so little can be said."
            }
            @if !places.is_empty() { p class="ha-note" { (SCROLLS) } }
            div class="ha-scroll" role="region" aria-labelledby="matrix" tabindex="0" {
                table class="govuk-table ha-figures ha-matrix" {
                    caption class="govuk-table__caption govuk-visually-hidden" id="matrix" {
                        (self.group.label) " in " (self.known.name()) ", services and those that take people now" (by)
                    }
                    thead class="govuk-table__head" {
                        tr class="govuk-table__row" {
                            th scope="col" class="govuk-table__header" { "Need" }
                            th scope="col" class="govuk-table__header govuk-table__header--numeric" { "All of " (self.known.name()) }
                            @for part in &places {
                                th scope="col" class="govuk-table__header govuk-table__header--numeric" {
                                    a class="govuk-link" href=(paths::assessment(&part.place().code, &View::default())) { (part.place().name) }
                                }
                            }
                        }
                    }
                    tbody class="govuk-table__body" {
                        (self.all_needs(&places))
                        @for need in self.vocabulary.needs_in(&self.group.id) { (self.row(need, &places, &plain)) }
                    }
                }
            }
        }
    }

    fn all_needs(&self, places: &[&Measured]) -> Markup {
        let whole = &self.known.assessment.whole;
        html! {
            tr class="govuk-table__row" {
                th scope="row" class="govuk-table__header" { "Any need" }
                @for place in std::iter::once(&whole).chain(places) {
                    (cell(&place.place().code, None, place.supply.all, &place.place().name))
                }
            }
        }
    }

    fn row(&self, need: &Need, places: &[&Measured], view: &View) -> Markup {
        let shown = NeedShown { id: need.id.clone(), label: need.label.clone(), inferred: false };
        let whole = &self.known.assessment.whole;
        html! {
            tr class="govuk-table__row" {
                th scope="row" class="govuk-table__header" {
                    a class="govuk-link" href=(paths::assessment_of_need(self.known.code(), &need.id, view)) { (need.label) }
                }
                @for place in std::iter::once(&whole).chain(places) {
                    (cell(&place.place().code, Some(&shown), place.supply.of(&need.id), &place.place().name))
                }
            }
        }
    }

    fn files(&self) -> Markup {
        let plain = View { parts: self.known.assessment.kind, ..View::default() };
        let file = |kind: &str| paths::assessment_file(self.known.code(), kind, &plain);
        html! {
            p class="govuk-body" {
                "Every need, with what each figure means: "
                a class="govuk-link" href=(file("xlsx")) { "save as a workbook (XLSX)" } " or "
                a class="govuk-link" href=(file("csv")) { "as a table (CSV)" } "."
            }
        }
    }
}
