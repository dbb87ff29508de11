//! The ways between a steward's pages.

use maud::{Markup, html};

use crate::web::paths;

/// What a steward can look at; `here` is the page that this stands on.
#[must_use]
pub fn steward_menu(here: &str) -> Markup {
    let pages = [
        (paths::STEWARD, "What waits"),
        (paths::DUPLICATES, "Listed twice"),
        (paths::DEAD_LINKS, "Pages that fail"),
        (paths::IMPORTS, "Feeds"),
        (paths::WORDS, "Words"),
        (paths::GAPS, "What is missing"),
        (paths::HEALTH, "How the listings stand"),
        (paths::CALLS, "Whom to ring"),
    ];
    html! {
        nav aria-label="For stewards" class="govuk-!-margin-bottom-4" {
            ul class="ha-views" role="list" {
                @for (href, label) in pages {
                    li { a class="govuk-link" href=(href) aria-current=[(href == here).then_some("page")] { (label) } }
                }
            }
        }
    }
}
