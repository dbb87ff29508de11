//! What a listing brings: how often people are shown it, open it, take it along and are referred to it.

use maud::{Markup, html};

use crate::{search::wording, store::MonthOfUse};

/// A heading, and what is counted under it.
type Column = (&'static str, fn(&MonthOfUse) -> u64);

const COLUMNS: [Column; 5] = [
    ("Shown among results", |of| of.shown),
    ("Opened", |of| of.opened),
    ("Put on a shortlist", |of| of.shortlisted),
    ("Text taken", |of| of.copied),
    ("Referred to", |of| of.referred),
];

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
                            @for (heading, _) in COLUMNS {
                                th scope="col" class="govuk-table__header govuk-table__header--numeric" { (heading) }
                            }
                        }
                    }
                    tbody class="govuk-table__body" { @for month in uses { (row(month)) } }
                }
            }
            p class="govuk-hint" { "How often, never by whom: “text taken” is a text message or the text for a clinical record. One reader counts once an hour, programs and those who look after listings do not count. It is brought up to date every minute." }
        }
    }
}

fn row(of: &MonthOfUse) -> Markup {
    let number = |count: u64| wording::thousands(usize::try_from(count).unwrap_or(usize::MAX));
    html! {
        tr class="govuk-table__row" {
            th scope="row" class="govuk-table__header" { (wording::month_in_words(&of.month)) }
            @for (_, count) in COLUMNS {
                td class="govuk-table__cell govuk-table__cell--numeric" { (number(count(of))) }
            }
        }
    }
}
