//! Numbered pages of results.

use maud::{Markup, html};

use crate::search::Question;

/// Links to the pages of results around this one; nothing where there is one page.
#[must_use]
pub fn pagination(question: &Question, pages: usize, path: fn(&Question) -> String) -> Markup {
    numbered_pages(question.page, pages, &|page| path(&question.on_page(page)))
}

/// Links to the pages around this one, wherever they are; nothing where there is one page.
#[must_use]
pub fn numbered_pages(here: usize, pages: usize, link: &dyn Fn(usize) -> String) -> Markup {
    html! {
        @if pages > 1 {
            nav class="govuk-pagination" aria-label="Pages of results" {
                @if here > 1 { (step("prev", "Previous", &link(here - 1))) }
                ul class="govuk-pagination__list" {
                    @for shown in shown(here, pages) {
                        @match shown {
                            Some(page) => { (number(page, page == here, &link(page))) }
                            None => { li class="govuk-pagination__item govuk-pagination__item--ellipses" { "…" } }
                        }
                    }
                }
                @if here < pages { (step("next", "Next", &link(here + 1))) }
            }
        }
    }
}

fn step(way: &'static str, label: &str, href: &str) -> Markup {
    html! {
        div class=(format!("govuk-pagination__{way}")) {
            a class="govuk-link govuk-pagination__link" href=(href) rel=(way) {
                span class="govuk-pagination__link-title" { (label) span class="govuk-visually-hidden" { " page" } }
            }
        }
    }
}

fn number(page: usize, is_here: bool, href: &str) -> Markup {
    let class = if is_here {
        "govuk-pagination__item govuk-pagination__item--current"
    } else {
        "govuk-pagination__item"
    };
    html! {
        li class=(class) {
            a class="govuk-link govuk-pagination__link" href=(href) aria-label=(format!("Page {page}"))
                aria-current=[is_here.then_some("page")] { (page) }
        }
    }
}

/// The first, the last, and those next to this one; nothing stands for a gap.
fn shown(here: usize, pages: usize) -> Vec<Option<usize>> {
    let near = |page: &usize| *page == 1 || *page == pages || page.abs_diff(here) <= 1;
    let mut shown = Vec::new();
    let mut last = 0;
    for page in (1..=pages).filter(near) {
        if page > last + 1 {
            shown.push(None);
        }
        shown.push(Some(page));
        last = page;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(here: usize, pages: usize, expect: &str) {
        let text = |page: Option<usize>| page.map_or("…".to_owned(), |page| page.to_string());
        let found: Vec<String> = shown(here, pages).into_iter().map(text).collect();
        assert_eq!(found.join(" "), expect);
    }

    #[test]
    fn the_ends_and_the_neighbours_are_shown() {
        check(1, 3, "1 2 3");
        check(1, 40, "1 2 … 40");
        check(20, 40, "1 … 19 20 21 … 40");
        check(40, 40, "1 … 39 40");
    }
}
