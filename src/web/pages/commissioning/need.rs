//! `/commissioning/{code}/needs/{need}`: what answers one need in a place, on a map and as a table
//! with the same numbers.

use axum::{
    extract::{Path, State},
    response::Response,
};
use maud::{Markup, Render, html};
use serde::Deserialize;

use super::{
    Known, SCROLLS, Tab, kind_choice,
    order::{Order, value},
    view_of,
};
use crate::{
    assessing::Measured,
    domain::{Indicator, Place, PlaceCode},
    search::{NeedShown, wording},
    vocabulary::Need,
    web::{
        asked::Pairs,
        cache::Cache,
        error::PageError,
        layout::{Head, Page, Section},
        parts::{
            count::count,
            form::hidden,
            place_facts::{indicator_in_words, indicator_value, is_worse_low},
            shade_map::{Scaled, Shade, shade_map},
        },
        paths::{self, Among, View},
        work::Web,
    },
};

/// A place and a need, in an address.
#[derive(Debug, Deserialize)]
pub struct Of {
    id: String,
    need: String,
}

/// Answers with the figures of one need.
pub async fn show(
    State(web): State<Web>,
    Path(of): Path<Of>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let view = view_of(&pairs);
    let need = web.app.vocabulary.need(&of.need).ok_or(PageError::NotFound)?;
    let mut known = Known::find(&web, PlaceCode(of.id), view.parts).await?;
    let order = Order::read(view.order.as_deref());
    order.sort(&mut known.assessment.parts, need);
    let page = NeedInPlace { known: &known, view: &view, need, order };
    Ok(web.show(&page, Cache::Fresh))
}

struct NeedInPlace<'a> {
    known: &'a Known,
    view: &'a View,
    need: &'a Need,
    order: Order,
}

impl Page for NeedInPlace<'_> {
    fn head(&self) -> Head {
        let view = View { parts: self.known.assessment.kind, ..View::default() };
        let path = paths::assessment_of_need(self.known.code(), &self.need.id, &view);
        Head {
            canonical: Some(path),
            section: Some(Section::Commissioning),
            ..Head::new(format!("{} in {}: what there is", self.need.label, self.known.name()))
        }
    }

    fn before(&self) -> Markup {
        self.known.wider()
    }
}

impl Render for NeedInPlace<'_> {
    fn render(&self) -> Markup {
        let by = self.known.kinds().map(|(one, _)| format!(", by {one}")).unwrap_or_default();
        html! {
            span class="govuk-caption-l" { "What there is" (by) }
            h1 class="govuk-heading-l" { (self.need.label) " in " (self.known.name()) }
            (self.known.tabs(Tab::Other, self.view))
            p class="govuk-body-l" { (self.need.summary) }
            (self.known.gathered())
            (self.choice())
            (self.map())
            (self.table())
            p class="govuk-body" { a class="govuk-link" href=(paths::need(&self.need.id)) { "What this need covers" } }
            (self.known.method())
        }
    }
}

impl NeedInPlace<'_> {
    /// The places by what they are ordered by.
    fn map(&self) -> Markup {
        let is_indicator = matches!(self.order, Order::Indicator(_));
        let parts = &self.known.assessment.parts;
        let shades = parts.iter().filter_map(|part| {
            Some(Shade {
                name: &part.place().name,
                shape: part.area.shape.as_ref()?,
                value: self.order.worth(part, self.need)?,
                is_weak: !is_indicator && part.supply.of(&self.need.id).is_weak(),
            })
        });
        let shades: Vec<Shade<'_>> = shades.collect();
        let (what, decimals) = self.order.in_words();
        let none = if is_indicator { "0" } else { "none listed" };
        html! {
            @if shades.len() > 1 {
                @let label = format!("{what}, {} in {}: the table below has the same numbers", self.need.label, self.known.name());
                (shade_map(&shades, &Scaled { what: &what, decimals, none }, &label))
                p class="ha-note" {
                    @if shades.len() < parts.len() { "Of " (parts.len()) " places " (shades.len()) " have an outline here and are drawn; all are in the table. " }
                    "Press the head of a column to order the table and shade the map by it."
                }
            }
        }
    }

    /// The choice of the places that it is divided into.
    fn choice(&self) -> Markup {
        let assessment = &self.known.assessment;
        let order = self.order.key();
        html! {
            @if assessment.kinds.len() > 1 {
                form class="ha-pick" method="get" action=(paths::assessment_of_need(self.known.code(), &self.need.id, &View::default())) aria-label="Divided into" {
                    (kind_choice(assessment))
                    @if self.order != Order::Name { (hidden("order", order)) }
                    button class="govuk-button govuk-button--secondary" data-module="govuk-button" { "Show" }
                }
            }
        }
    }

    fn table(&self) -> Markup {
        let whole = &self.known.assessment.whole;
        let indicators = self.indicators();
        html! {
            p class="ha-note" { (SCROLLS) }
            div class="ha-scroll" role="region" aria-labelledby="by-place" tabindex="0" {
                table class="govuk-table ha-figures ha-matrix" {
                    caption class="govuk-table__caption govuk-visually-hidden" id="by-place" { (self.need.label) " in " (self.known.name()) ", place by place" }
                    thead class="govuk-table__head" {
                        tr class="govuk-table__row" {
                            (self.heading("Place", Some(&Order::Name), ""))
                            (self.heading("Services", Some(&Order::Services), NUMERIC))
                            (self.heading("Taking people", None, NUMERIC))
                            (self.heading("Confirmed", None, NUMERIC))
                            (self.heading("With a venue there", Some(&Order::Inside), NUMERIC))
                            (self.heading("People", None, NUMERIC))
                            (self.heading("With a venue there, per 10,000 people", Some(&Order::Rate), NUMERIC))
                            @for known in &indicators {
                                (self.heading(&indicator_in_words(&known.name), Some(&Order::Indicator(known.name.clone())), NUMERIC))
                            }
                        }
                    }
                    tbody class="govuk-table__body" {
                        (self.row(whole, &indicators))
                        @for part in &self.known.assessment.parts { (self.row(part, &indicators)) }
                    }
                }
            }
            @if !indicators.is_empty() {
                p class="ha-note" {
                    @for known in &indicators { (indicator_in_words(&known.name)) ": " (known.source) ", " (known.year) ". " }
                }
            }
        }
    }

    /// What is known of the parts besides.
    fn indicators(&self) -> Vec<Indicator> {
        let mut all: Vec<Indicator> = Vec::new();
        for known in self.known.assessment.parts.iter().flat_map(|part| &part.place().indicators) {
            if all.iter().all(|before| before.name != known.name) {
                all.push(known.clone());
            }
        }
        all
    }

    /// The head of a column, by which the places may be ordered.
    fn heading(&self, text: &str, order: Option<&Order>, class: &str) -> Markup {
        let is_here = order.is_some_and(|order| *order == self.order);
        let sorted = is_here.then_some(match self.order {
            Order::Indicator(ref name) if !is_worse_low(name) => "descending",
            _ => "ascending",
        });
        let href =
            order.filter(|_| !is_here && !self.known.assessment.parts.is_empty()).map(|order| {
                let view = View { order: Some(order.key().to_owned()), ..self.view.clone() };
                paths::assessment_of_need(self.known.code(), &self.need.id, &view)
            });
        html! {
            th scope="col" class=(format!("govuk-table__header {class}")) aria-sort=[sorted] {
                @match href {
                    Some(href) => a class="govuk-link" href=(href) { (text) span class="govuk-visually-hidden" { ": order by this" } },
                    None => (text),
                }
            }
        }
    }

    fn row(&self, of: &Measured, indicators: &[Indicator]) -> Markup {
        let (place, stock) = (of.place(), of.supply.of(&self.need.id));
        let shown =
            NeedShown { id: self.need.id.clone(), label: self.need.label.clone(), inferred: false };
        let people = place
            .population
            .map(|people| wording::thousands(usize::try_from(people).unwrap_or(usize::MAX)));
        let is_whole = place.code == *self.known.code();
        html! {
            tr class="govuk-table__row" {
                th scope="row" class="govuk-table__header" {
                    @if is_whole { "All of " (place.name) }
                    @else { a class="govuk-link" href=(paths::assessment(&place.code, &View::default())) { (place.name) } }
                }
                (self.number(place, &shown, stock.services, Among::All, "none listed"))
                (self.number(place, &shown, stock.open, Among::TakingPeople, "none"))
                (self.number(place, &shown, stock.confirmed, Among::Confirmed, "none"))
                (self.number(place, &shown, stock.inside, Among::Inside, "none"))
                td class="govuk-table__cell govuk-table__cell--numeric" { (people.unwrap_or_else(|| "not known".to_owned())) }
                td class="govuk-table__cell govuk-table__cell--numeric" {
                    (of.venue_rate(stock).map_or_else(|| "not known".to_owned(), |rate| rate.to_string()))
                }
                @for known in indicators {
                    td class="govuk-table__cell govuk-table__cell--numeric" {
                        @match value(of, &known.name) { Some(known) => (indicator_value(known)), None => span class="ha-muted" { "not known" } }
                    }
                }
            }
        }
    }

    fn number(
        &self,
        place: &Place,
        need: &NeedShown,
        number: usize,
        among: Among,
        none: &str,
    ) -> Markup {
        let says = match among {
            Among::All => "services",
            Among::TakingPeople => "take people",
            Among::Confirmed => "confirmed",
            Among::Inside => "with a venue there",
        };
        let weak = among == Among::Confirmed && self.is_weak(place);
        let class = if weak { " ha-weak" } else { "" };
        html! {
            td class=(format!("govuk-table__cell govuk-table__cell--numeric{class}")) {
                @if number == 0 { span class="ha-muted" { (none) } }
                @else { (count(number, "", &paths::behind(&place.code, Some(&need.id), among), &format!("{says}, {}", place.name))) }
            }
        }
    }

    fn is_weak(&self, place: &Place) -> bool {
        let assessment = &self.known.assessment;
        let mut all = std::iter::once(&assessment.whole).chain(&assessment.parts);
        all.any(|of| of.place().code == place.code && of.supply.of(&self.need.id).is_weak())
    }
}

const NUMERIC: &str = "govuk-table__header--numeric";
