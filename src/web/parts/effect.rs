//! What a phrase would change, were it added to the vocabulary.

use maud::{Markup, html};

use crate::{
    domain::ServiceId,
    search::{Glance, Likely, Sample, wording},
    web::paths,
};

/// What speaks for a need.
#[must_use]
pub fn likely(why: &Likely) -> Markup {
    html! {
        @match why {
            Likely::Listings { of: 1, .. } => { "The only listing that it finds answers this." }
            Likely::Listings { answer, of } => {
                (wording::thousands(*answer)) " of the " (wording::counted(*of, "listing", "listings")) " that it finds first answer this."
            }
            Likely::Phrase(phrase) => { "People say “" (phrase) "” for it." }
        }
    }
}

/// What a question finds now, and what it would find.
#[must_use]
pub fn effect(sample: &Sample) -> Markup {
    html! {
        h3 class="govuk-heading-s" { "Whoever searches for “" (sample.words) "”" }
        @if sample.now == sample.then {
            p class="govuk-body" { "finds the same as now: " (found(&sample.now)) "." }
        } @else {
            div class="ha-two" {
                div { h4 class="govuk-heading-s" { "Now" } (glance(&sample.now, &sample.then, "not among the first five then")) }
                div { h4 class="govuk-heading-s" { "Then" } (glance(&sample.then, &sample.now, "not among the first five now")) }
            }
        }
    }
}

fn found(glance: &Glance) -> String {
    let total = wording::counted(glance.total, "listing", "listings");
    match glance.leading {
        0 => format!("{total}, none of which answers it well"),
        leading if leading == glance.total => total,
        1 => format!("{total}, one of which answers it well"),
        leading => format!("{total}, {} of which answer it well", wording::thousands(leading)),
    }
}

fn glance(of: &Glance, other: &Glance, apart: &str) -> Markup {
    let is_apart = |id: &ServiceId| other.first.iter().all(|(known, _)| known != id);
    html! {
        p class="govuk-body" { (wording::capitalised(&found(of))) "." }
        @if !of.first.is_empty() {
            ol class="govuk-list govuk-list--number" {
                @for (id, name) in &of.first {
                    li {
                        a class="govuk-link" href=(paths::service(*id, name)) { (name) }
                        @if is_apart(id) { " (" (apart) ")" }
                    }
                }
            }
        }
    }
}
