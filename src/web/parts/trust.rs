//! Trust: what is held, who says so, and when. What is absent is shown as absent.

use maud::{Markup, html};

use super::fact_list::{answer_class, fact, not_stated};
use crate::{
    domain::{Answer, Check, DueDiligence, Statement},
    search::wording,
};

/// The facts of trust.
#[must_use]
pub fn trust(known: &DueDiligence) -> Markup {
    let rows = [
        ("Registration", &known.registration),
        ("Safeguarding lead", &known.safeguarding_lead),
        ("Safeguarding training", &known.safeguarding_training),
        ("Insurance", &known.insurance),
        ("DBS checks", &known.dbs),
    ];
    let until = known.insurance_until.map(wording::long_date);
    html! {
        dl class="ha-factlist ha-factlist--small" {
            @for (label, check) in rows { (fact(label, &check.as_ref().map_or_else(not_stated, said))) }
            @if let Some(until) = until { (fact("Insured until", &html! { (until) })) }
            @if known.policies.is_empty() { (fact("Policies", &not_stated())) }
            @for policy in &known.policies { (fact("Policy", &said(policy))) }
        }
    }
}

fn said(check: &Check) -> Markup {
    let answer = match check.answer {
        Answer::Yes => "Yes",
        Answer::No => "No",
        Answer::NotStated => "Not known",
    };
    let by = match check.by {
        Statement::StatedByProvider => "stated by provider",
        Statement::CheckedBySteward => "checked by steward",
    };
    html! {
        span class=(answer_class(check.answer)) {
            (answer) @if let Some(detail) = &check.detail { ": " (detail) } ", " (by) ", " (wording::long_date(check.on))
        }
    }
}
