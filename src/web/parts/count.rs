//! A figure that leads to the list behind it.

use maud::{Markup, html};

use crate::search::wording;

/// The number with what is shown after it; what is read out besides says what it counts.
#[must_use]
pub fn count(number: usize, shown: &str, href: &str, says: &str) -> Markup {
    html! {
        a class="govuk-link ha-count" href=(href) data-count=(number) {
            (wording::thousands(number)) (shown)
            @if !says.is_empty() { span class="govuk-visually-hidden" { " " (says) } }
        }
    }
}
