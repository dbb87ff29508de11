//! The partnerships that somebody belongs to, by name.

use maud::{Markup, html};

use crate::{domain::Partnership, web::paths};

/// Links under a heading; nothing where there are none.
#[must_use]
pub fn partnership_links(partnerships: &[Partnership]) -> Markup {
    html! {
        @if !partnerships.is_empty() {
            h2 { "Partnerships" }
            @for known in partnerships {
                p { a class="govuk-link" href=(paths::partnership(known.id, &known.name)) { (known.name) } }
            }
        }
    }
}
