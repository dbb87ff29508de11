//! The search box: what, and where.

use maud::{Markup, html};

use crate::web::paths;

/// A search box. Two on one page differ by `id`.
#[derive(Clone, Copy, Debug, Default)]
pub struct SearchForm<'a> {
    pub words: &'a str,
    pub near: &'a str,
    /// Why the place cannot be used, and what to do.
    pub place_error: Option<&'a str>,
    pub hero: bool,
}

/// The form.
#[must_use]
pub fn search_form(form: &SearchForm<'_>) -> Markup {
    let class = if form.hero { "ha-search ha-search--hero" } else { "ha-search" };
    let label = if form.hero { "Search the directory" } else { "Change the search" };
    html! {
        form class=(class) role="search" aria-label=(label) method="get" action=(paths::SEARCH) {
            div class="ha-search__field" {
                label class="govuk-label" for="what" { "What is needed?" }
                input class="govuk-input" id="what" name="q" type="search" value=(form.words)
                    data-suggest=(paths::SUGGEST) spellcheck="true" maxlength="200";
            }
            div class="ha-search__field" {
                label class="govuk-label" for="where" { "Postcode or place" }
                (near_input(form))
            }
            button class="govuk-button ha-search__button" data-module="govuk-button" { "Search" }
            @if let Some(error) = form.place_error {
                p class="ha-search__error govuk-error-message" id="where-error" {
                    span class="govuk-visually-hidden" { "Error: " } (error)
                }
            }
        }
    }
}

fn near_input(form: &SearchForm<'_>) -> Markup {
    let is_wrong = form.place_error.is_some();
    let class = if is_wrong { "govuk-input govuk-input--error" } else { "govuk-input" };
    html! {
        input class=(class) id="where" name="near" type="text" value=(form.near) autocomplete="postal-code"
            spellcheck="false" maxlength="200"
            aria-describedby=[is_wrong.then_some("where-error")] aria-invalid=[is_wrong.then_some("true")];
    }
}
