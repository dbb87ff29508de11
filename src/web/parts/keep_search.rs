//! The address of a search, to be kept or sent on.

use maud::{Markup, html};

use crate::{config::Directory, search::Question, web::paths};

/// The link, with the area of a postcode in the place of the postcode; the whole of it only for
/// whoever wants it.
#[must_use]
pub fn keep_search(question: &Question, shared: &Question, directory: &Directory) -> Markup {
    let link = |question: &Question| directory.link(&paths::search(&question.on_page(1)));
    let (short, exact) = (link(shared), link(question));
    html! {
        details class="govuk-details" {
            summary class="govuk-details__summary" { span class="govuk-details__summary-text" { "Keep this search, or send it on" } }
            div class="govuk-details__text" {
                p class="govuk-body" { "The link says what you asked, in your words, with the age and circumstances that you chose, and no name. What it finds is worked out anew each time." }
                (copied("search-link", "Link to this search", &short))
                @if short != exact { (copied("search-link-exact", "The same with the whole postcode, which may tell where somebody lives", &exact)) }
            }
        }
    }
}

fn copied(id: &str, label: &str, link: &str) -> Markup {
    html! {
        div class="govuk-form-group" {
            label class="govuk-label govuk-label--s" for=(id) { (label) }
            input class="govuk-input" id=(id) type="text" readonly value=(link);
            button type="button" class="govuk-button govuk-button--secondary ha-button--small ha-needs-js" data-copy=(id) { "Copy the link" }
        }
    }
}
