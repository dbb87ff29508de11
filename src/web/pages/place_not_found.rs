//! The place was not understood, or stands for several, or is not covered: results are withheld.

use maud::{Markup, html};

use crate::{
    config::Directory,
    geo::{Candidate, NotCovered},
    search::{Findings, PlaceUnderstood, Question},
    web::{
        parts::{
            search_form::{SearchForm, search_form},
            understood, urgent,
        },
        paths,
    },
};

/// What is to be said, and what may be meant instead.
pub struct Said<'a> {
    pub title: String,
    pub advice: &'static str,
    pub candidates: &'a [Candidate],
}

/// The title of the page.
#[must_use]
pub fn title(findings: &Findings) -> String {
    said(&findings.understood.place).title
}

/// The form as it was filled in, what is wrong, and what may have been meant.
#[must_use]
pub fn body(findings: &Findings, directory: &Directory) -> Markup {
    let question = &findings.question;
    let said = said(&findings.understood.place);
    let form = SearchForm {
        words: &question.words,
        near: &question.near,
        place_error: Some(&said.title),
        ..SearchForm::default()
    };
    let anywhere = Question { place: None, ..question.without("near", None) };
    html! {
        (search_form(&form))
        h1 class="govuk-heading-l" { (said.title) }
        @if let Some(panel) = findings.understood.urgent { (urgent::panel(panel, directory)) }
        p class="govuk-body" { (said.advice) }
        (understood::candidates(said.candidates, question, paths::search))
        p class="govuk-body" {
            "No results are shown, because they would not be for the right place. "
            a class="govuk-link" href=(paths::search(&anywhere)) { "Search everywhere instead" }
        }
    }
}

/// What is to be said of a place that stands for no one place.
#[must_use]
pub fn said(place: &PlaceUnderstood) -> Said<'_> {
    match place {
        PlaceUnderstood::Several { text, candidates } => Said {
            title: format!("Which “{text}” do you mean?"),
            advice: "There are several places of that name. Choose one, or type a postcode.",
            candidates,
        },
        PlaceUnderstood::NotFound { text, did_you_mean } if !did_you_mean.is_empty() => Said {
            title: format!("We couldn’t find a place called “{text}”"),
            advice: "Did you mean one of these? A postcode works as well.",
            candidates: did_you_mean,
        },
        PlaceUnderstood::NotFound { text, .. } => Said {
            title: format!("We couldn’t find a place called “{text}”"),
            advice: "Check the spelling, or type a postcode, the first half of one, or the nearest town.",
            candidates: &[],
        },
        PlaceUnderstood::NotCovered { what, reason } => Said {
            title: format!("“{what}” is {}", where_it_is(*reason)),
            advice: "This directory covers England. Type an English postcode or place.",
            candidates: &[],
        },
        PlaceUnderstood::NotAsked | PlaceUnderstood::Near(_) | PlaceUnderstood::Within(_) => {
            Said { title: String::new(), advice: "", candidates: &[] }
        }
    }
}

fn where_it_is(reason: NotCovered) -> &'static str {
    match reason {
        NotCovered::Wales => "in Wales",
        NotCovered::Scotland => "in Scotland",
        NotCovered::NorthernIreland => "in Northern Ireland",
        NotCovered::CrownDependency => "in the Isle of Man or the Channel Islands",
        NotCovered::NonGeographic => "not a place on the ground",
        NotCovered::OutsideEngland => "outside England",
    }
}
