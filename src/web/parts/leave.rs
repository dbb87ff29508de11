//! The way out of a page for somebody who must not be seen there.

use maud::{Markup, html};

use crate::web::paths;

/// The way out, where something on a page is for people who must not be seen there.
#[must_use]
pub fn leave_where(needs_care: bool) -> Markup {
    html! {
        @if needs_care {
            p class="govuk-body govuk-!-margin-top-3 ha-no-print" {
                a class="govuk-button govuk-button--warning" rel="noreferrer" href=(paths::ELSEWHERE) { "Leave this page now" }
            }
        }
    }
}
