//! What a listing brings: how often people are shown it and open it.

use maud::{Markup, html};

use crate::{search::wording, store::MonthOfUse};

/// Counts by month, the newest first; nothing where there are none yet.
#[must_use]
pub fn brings(uses: &[MonthOfUse]) -> Markup {
    html! {
        @if !uses.is_empty() {
            h2 class="govuk-heading-m" id="brings" { "What it brings" }
            div class="ha-scroll" role="region" aria-labelledby="brings" tabindex="0" {
                table class="govuk-table" {
                    thead class="govuk-table__head" {
                        tr class="govuk-table__row" {
                            th scope="col" class="govuk-table__header" { "Month" }
                            th scope="col" class="govuk-table__header govuk-table__header--numeric" { "Shown among results" }
                            th scope="col" class="govuk-table__header govuk-table__header--numeric" { "Opened" }
                        }
                    }
                    tbody class="govuk-table__body" { @for month in uses { (row(month)) } }
                }
            }
            p class="govuk-hint" { "How often, never by whom: one reader counts once an hour, programs and those who look after listings do not count. It is brought up to date every minute." }
        }
    }
}

fn row(of: &MonthOfUse) -> Markup {
    let number = |count: u64| wording::thousands(usize::try_from(count).unwrap_or(usize::MAX));
    html! {
        tr class="govuk-table__row" {
            th scope="row" class="govuk-table__header" { (wording::month_in_words(&of.month)) }
            td class="govuk-table__cell govuk-table__cell--numeric" { (number(of.shown)) }
            td class="govuk-table__cell govuk-table__cell--numeric" { (number(of.opened)) }
        }
    }
}
