//! Saying that something is missing, with one press, from results that do not help.

use maud::{Markup, html};

use super::form::hidden;
use crate::{
    geo::PostcodePart,
    search::{Findings, NeedShown, PlaceUnderstood},
    web::paths,
};

/// The most needs that are offered to be missing.
const MOST: usize = 3;

/// The form under results: the need and the area are filled in, as far as they are known.
#[must_use]
pub fn report_gap(findings: &Findings) -> Markup {
    let needs = needs(findings);
    let area = area(findings);
    let code = area.as_ref().map(|(code, _)| code.as_str());
    html! {
        section class="ha-gap" aria-labelledby="gap" {
            h2 class="govuk-heading-s" id="gap" { "Nothing that suits?" }
            @match (needs.as_slice(), &area) {
                ([], _) | (_, None) => {
                    p class="govuk-body" { a class="govuk-link" href=(paths::gap(needs.first().map(|need| &need.id), code)) { "Say what is missing" } ". It is counted, with no name and none of your words." }
                }
                (needs, Some((area, called))) => {
                    @for need in needs {
                        p class="govuk-body" { a class="govuk-link" href=(paths::follow_need(&need.id, area)) rel="nofollow" { "Tell me of changes: " (need.label) " in " (called) } }
                    }
                    p class="govuk-body" { "Say so with one press. It is counted, with no name and none of your words." }
                    form method="post" action=(paths::GAP) {
                        (hidden("area", area))
                        @for need in needs {
                            button class="govuk-button govuk-button--secondary ha-button--small" name="need" value=(need.id) { (need.label) " is missing in " (called) }
                            " "
                        }
                    }
                }
            }
        }
    }
}

/// The needs that were asked for, in words or by choice.
fn needs(findings: &Findings) -> Vec<NeedShown> {
    let chosen = findings.facets.iter().find(|group| group.key == "need");
    let labelled = |id: &crate::domain::NeedId| {
        let known = chosen.and_then(|group| group.values.iter().find(|of| of.value == id.as_str()));
        known.map(|of| NeedShown { id: id.clone(), label: of.label.clone(), inferred: false })
    };
    let asked = findings.question.needs.iter().filter_map(labelled);
    let said = findings.understood.terms.iter().filter_map(|term| term.needs.first().cloned());
    let mut needs: Vec<NeedShown> = Vec::new();
    for need in asked.chain(said) {
        if needs.len() < MOST && needs.iter().all(|known| known.id != need.id) {
            needs.push(need);
        }
    }
    needs
}

/// The outward code of the place that was asked about, or the code of a place; and what it is called.
fn area(findings: &Findings) -> Option<(String, String)> {
    match &findings.understood.place {
        PlaceUnderstood::Near(spot) => {
            if let Ok(part) = PostcodePart::parse(&spot.short_label) {
                let outcode = part.outcode().to_owned();
                return Some((outcode.clone(), outcode));
            }
            let code = spot.place.as_ref().or(spot.codes.first())?;
            let known = spot.places.iter().find(|place| place.code == *code);
            let called = known.map_or(&spot.short_label, |place| &place.name);
            Some((code.to_string(), called.clone()))
        }
        PlaceUnderstood::Within(place) => Some((place.code.to_string(), place.name.clone())),
        _ => None,
    }
}
