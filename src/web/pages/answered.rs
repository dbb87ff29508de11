//! The answer to a question, as the list, the map and the print of it share it.

use axum::response::{IntoResponse, Redirect, Response};

use crate::{
    domain::Delivery,
    search::{Answerable, Findings, Order, PlaceUnderstood, Question, wording},
    web::{
        asked::Asked,
        error::PageError,
        handed::{Held, Holding},
        work::Web,
    },
};

/// Findings, with what pages say beside them.
pub struct Answered {
    pub findings: Findings,
    /// How many of them reach people where they are; none where that was asked for already.
    pub to_you: Option<usize>,
    /// The shortlist that whoever asks has at hand.
    pub held: Option<Held>,
}

impl Answered {
    /// Asks the question of a request.
    pub async fn of(web: &Web, asked: Asked, holding: Holding) -> Result<Self, PageError> {
        let now = web.now();
        let Asked { mut question, faults, .. } = asked;
        if question.near.is_empty() && question.place.is_none() && question.order == Order::Distance
        {
            question.order = Order::Best;
        }
        web.work(move |app| {
            let findings = app.search.ask(&question, faults, now)?;
            let to_you = match to_you(&findings) {
                Some(question) => Some(app.search.count(&question, now)?),
                None => None,
            };
            let held = holding.find(app, now)?;
            Ok::<_, PageError>(Self { findings, to_you, held })
        })
        .await
    }

    /// Where to go instead, when the page asked for lies past the last.
    #[must_use]
    pub fn past_the_end(&self, path: impl Fn(&Question) -> String) -> Option<Response> {
        let question = &self.findings.question;
        let is_past = question.page > 1 && self.findings.results.is_empty();
        is_past.then(|| Redirect::temporary(&path(&question.on_page(1))).into_response())
    }
}

/// The question that counts what reaches people where they are.
fn to_you(findings: &Findings) -> Option<Question> {
    let question = &findings.question;
    let is_placed = !question.near.is_empty() || question.place.is_some();
    let asks = is_placed && question.how.is_empty() && findings.total > 0;
    asks.then(|| needing_no_journey(question))
}

/// The same question of what reaches people where they are.
#[must_use]
pub fn needing_no_journey(question: &Question) -> Question {
    let how = [Delivery::Phone, Delivery::Online, Delivery::HomeVisit].map(Answerable::Stated);
    Question { how: how.to_vec(), page: 1, ..question.clone() }
}

/// What was asked, as a heading: `“lonely” near WN1`.
#[must_use]
pub fn heading(findings: &Findings) -> String {
    let place = place_phrase(&findings.understood.place);
    match (what(findings), place) {
        (what, None) => what,
        (what, Some(place)) => format!("{what} {place}"),
    }
}

fn what(findings: &Findings) -> String {
    let question = &findings.question;
    if let Some(corrected) = &findings.understood.corrected {
        return format!("“{}”", corrected.to);
    }
    if !question.words.is_empty() {
        return format!("“{}”", question.words);
    }
    let needs = findings.facets.iter().find(|group| group.key == "need");
    let needs: Vec<&str> = needs
        .map(|group| group.chosen().map(|need| need.label.as_str()).collect())
        .unwrap_or_default();
    if needs.is_empty() { "All services".to_owned() } else { wording::listed(&needs) }
}

/// `near WN1`, `in Wigan`. Never a full postcode: a title is kept by browsers and shared.
fn place_phrase(place: &PlaceUnderstood) -> Option<String> {
    match place {
        PlaceUnderstood::Near(spot) if spot.precision.is_exact() => {
            Some(format!("near {}", spot.short_label))
        }
        PlaceUnderstood::Near(spot) => Some(format!("near {}", spot.label)),
        PlaceUnderstood::Within(place) => Some(format!("in {}", place.name)),
        _ => None,
    }
}

/// How many there are and for where: `34 services for WN1 1YF`.
#[must_use]
pub fn summary(findings: &Findings) -> String {
    let count = wording::counted(findings.total, "service", "services");
    match &findings.understood.place {
        PlaceUnderstood::Near(spot) if findings.question.elsewhere => {
            format!("{count} near {} for people of other areas", spot.label)
        }
        PlaceUnderstood::Near(spot) => format!("{count} for {}", spot.label),
        PlaceUnderstood::Within(place) if findings.question.inside => {
            format!("{count} with a venue in {}", place.name)
        }
        PlaceUnderstood::Within(place) => format!("{count} in {} or for people there", place.name),
        _ => count,
    }
}

/// The title: what was asked, how much there is, and which page this is.
#[must_use]
pub fn title(findings: &Findings) -> String {
    let heading = heading(findings);
    let count = wording::counted(findings.total, "service", "services");
    match findings.pages() {
        0 | 1 => format!("{heading}: {count}"),
        pages => format!("{heading}: {count}, page {} of {pages}", findings.question.page),
    }
}

/// The question as it may be shared: with the area of a postcode instead of the postcode.
#[must_use]
pub fn shareable(findings: &Findings) -> Question {
    match &findings.understood.place {
        PlaceUnderstood::Near(spot) if spot.precision.is_exact() => {
            Question { near: spot.short_label.clone(), ..findings.question.clone() }
        }
        _ => findings.question.clone(),
    }
}
