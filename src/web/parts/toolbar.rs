//! The order of the results, and the ways to see them.

use maud::{Markup, html};

use crate::{
    search::{Labelled, Order, Question},
    web::paths,
};

/// How results are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    List,
    Map,
}

impl View {
    /// Where a question is asked in this view.
    #[must_use]
    pub fn path(self) -> fn(&Question) -> String {
        match self {
            Self::List => paths::search,
            Self::Map => paths::search_map,
        }
    }
}

/// Sort links and views. Nearest first is offered only where there is a place to measure from.
#[must_use]
pub fn toolbar(question: &Question, view: View) -> Markup {
    let is_placed = !question.near.is_empty() || question.place.is_some();
    let orders = Order::all().into_iter().filter(|order| is_placed || *order != Order::Distance);
    html! {
        div class="ha-toolbar" {
            nav aria-label="Order of the results" {
                ul class="ha-views" role="list" {
                    @for order in orders { li { (sort_link(question, order, view)) } }
                }
            }
            nav aria-label="Ways to see the results" {
                ul class="ha-views" role="list" {
                    li { (view_link("List", &paths::search(question), view == View::List)) }
                    li { (view_link("Map", &paths::search_map(question), view == View::Map)) }
                    li { (view_link("Print", &paths::search_print(question), false)) }
                }
            }
        }
        p class="ha-note" { (explanation(question.order)) }
    }
}

fn sort_link(question: &Question, order: Order, view: View) -> Markup {
    let sorted = Question { order, page: 1, ..question.clone() };
    let is_current = (question.order == order).then_some("true");
    html! {
        a class="govuk-link" href=(view.path()(&sorted)) aria-current=[is_current] {
            span class="govuk-visually-hidden" { "Sort by: " } (order.label())
        }
    }
}

fn view_link(label: &str, href: &str, is_here: bool) -> Markup {
    html! { a class="govuk-link" href=(href) aria-current=[is_here.then_some("page")] { (label) } }
}

fn explanation(order: Order) -> &'static str {
    match order {
        Order::Best => {
            "Best match weighs what was asked, who it is for, distance, whether it takes people now and how recently it was confirmed."
        }
        Order::Distance => {
            "Nearest first. Services that come to you, or that you ring or go online for, have no distance and come after."
        }
        Order::Name => "By name, from A to Z.",
        Order::Confirmed => "The most recently confirmed first.",
    }
}
