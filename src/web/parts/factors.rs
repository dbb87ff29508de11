//! Why a result is where it is, in words and in numbers.

use maud::{Markup, html};

use crate::search::{FactorShown, Found};

/// The strongest reasons, and behind them every factor of the order.
#[must_use]
pub fn why(found: &Found) -> Markup {
    let reasons: Vec<&str> = found.reasons.iter().take(2).map(String::as_str).collect();
    let name = &found.record.service.name;
    html! {
        details class="ha-why" {
            summary {
                span class="ha-why__lead" { "Why here:" } " "
                @if reasons.is_empty() { "how sure we are, and whether it takes people" } @else { (reasons.join("; ")) }
            }
            table class="ha-factors" {
                caption { "What put " (name) " here: " (points(found.score)) " out of 100 in all, blended from these" }
                tbody { @for factor in &found.factors { (row(factor)) } }
            }
        }
    }
}

fn row(factor: &FactorShown) -> Markup {
    let value = points(factor.value);
    html! {
        tr {
            th scope="row" { (factor.label) @if !factor.reason.is_empty() { ": " (factor.reason) } }
            td class="ha-factors__value" { (value) " of 100, counts " (points(factor.share)) "%" }
            td { (bar(value)) }
        }
    }
}

fn bar(value: u8) -> Markup {
    html! {
        svg class="ha-factors__bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect class="ha-factors__track" width="100" height="10" {}
            rect class="ha-factors__fill" width=(value) height="10" {}
        }
    }
}

/// A share of one as whole points of a hundred; at least one, since no factor is nothing.
fn points(share: f32) -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 1 to 100"
    )]
    let points = (share * 100.0).round().clamp(1.0, 100.0) as u8;
    points
}
