//! `/steward/health`: how the listings of a steward's part stand, as a whole and by place.

use axum::{Extension, extract::State, response::Response};
use jiff::Timestamp;
use maud::{Markup, Render, html};

use crate::{
    domain::Scope,
    geo::{PlaceRef, kind_in_words},
    keeping::{Figure, Guest, Health, RemitHealth, Tally, health},
    search::wording,
    web::{
        cache::Cache,
        error::PageError,
        layout::{Head, Page},
        parts::{
            figures::{FIGURES, FigureWords},
            steward_menu::steward_menu,
        },
        paths,
        work::Web,
    },
};

/// Answers with the figures.
pub async fn show(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
) -> Result<Response, PageError> {
    let (person, now) = (guest.person.clone(), web.now());
    let found = web
        .work(move |app| health((&app.survey, &app.store, &app.gazetteer), &person, now))
        .await?;
    Ok(web.show(&HealthPage { guest: &guest, health: &found, now }, Cache::Private))
}

struct HealthPage<'a> {
    guest: &'a Guest,
    health: &'a Health,
    now: Timestamp,
}

impl Page for HealthPage<'_> {
    fn head(&self) -> Head {
        Head::for_guest("How the listings stand", self.guest)
    }
}

impl Render for HealthPage<'_> {
    fn render(&self) -> Markup {
        let names: Vec<&str> =
            self.health.parts.iter().map(|part| part.part.name.as_str()).collect();
        let count = self.health.total.of(Figure::Listed);
        html! {
            (steward_menu(paths::HEALTH))
            span class="govuk-caption-l" { (wording::listed(&names)) }
            h1 class="govuk-heading-l" { "How the listings stand" }
            p class="govuk-body-l" { (wording::counted(count, "listing", "listings")) ", each counted once. Press a number to see which they are." }
            (self.reports())
            (self.all())
            @for part in &self.health.parts { (self.part(part)) }
        }
    }
}

impl HealthPage<'_> {
    fn reports(&self) -> Markup {
        let count = self.health.reports;
        html! {
            @if let Some(oldest) = self.health.oldest_report {
                p class="govuk-body" {
                    a class="govuk-link" href=(paths::STEWARD) { (wording::counted(count, "report", "reports")) " of problems" }
                    @if count == 1 { " waits" } @else { " wait" }
                    ", the oldest since " (wording::long_date(wording::date_of(oldest))) " (" (days(oldest, self.now)) ")."
                }
            }
        }
    }

    /// Every figure with what it counts.
    fn all(&self) -> Markup {
        html! {
            table class="govuk-table" {
                caption class="govuk-table__caption govuk-table__caption--m" { "All of them" }
                thead class="govuk-table__head" {
                    tr class="govuk-table__row" {
                        th scope="col" class="govuk-table__header" { "What is counted" }
                        th scope="col" class="govuk-table__header govuk-table__header--numeric" { "Listings" }
                    }
                }
                tbody class="govuk-table__body" {
                    @for words in &FIGURES {
                        tr class="govuk-table__row" {
                            th scope="row" class="govuk-table__header" {
                                (words.label)
                                br;
                                span class="ha-muted govuk-!-font-weight-regular" { (words.definition) }
                            }
                            (cell(words, self.health.total, &|what| paths::health_listings(what, None, None, 1), ""))
                        }
                    }
                }
            }
        }
    }

    /// A part by the places inside it.
    fn part(&self, part: &RemitHealth) -> Markup {
        let kind = part.rows.first().map(|(place, _)| kind_in_words(place.kind));
        let id = format!("by-place-{}", paths::slug(&part.part.key()));
        html! {
            @if let Some(kind) = kind {
                h2 class="govuk-heading-m" { (part.part.name) ", by " (kind) }
                p class="govuk-body" { (counts_where(part, kind)) }
                div class="ha-scroll" role="region" aria-labelledby=(id) tabindex="0" {
                    table class="govuk-table ha-figures" {
                        caption class="govuk-table__caption govuk-visually-hidden" id=(id) { "Listings of " (part.part.name) " by " (kind) }
                        thead class="govuk-table__head" {
                            tr class="govuk-table__row" {
                                th scope="col" class="govuk-table__header" { (first_letter_large(kind)) }
                                @for words in &FIGURES { th scope="col" class="govuk-table__header govuk-table__header--numeric" { (words.short) } }
                            }
                        }
                        tbody class="govuk-table__body" {
                            (self.row(part, None, part.total))
                            @for (place, tally) in &part.rows { (self.row(part, Some(place), *tally)) }
                        }
                    }
                }
                (without(part, kind))
            }
        }
    }

    /// A place inside a part, or all of the part.
    fn row(&self, part: &RemitHealth, place: Option<&PlaceRef>, tally: Tally) -> Markup {
        let key = (self.health.parts.len() > 1).then(|| part.part.key());
        let code = place.map(|place| place.code.as_str());
        let name = place.map_or("All of it", |place| place.name.as_str());
        let link = |what: &str| paths::health_listings(what, key.as_deref(), code, 1);
        html! {
            tr class="govuk-table__row" {
                th scope="row" class="govuk-table__header" { (name) }
                @for words in &FIGURES { (cell(words, tally, &link, name)) }
            }
        }
    }
}

/// A figure that leads to its listings; of none there is nothing to see.
fn cell(words: &FigureWords, tally: Tally, link: &dyn Fn(&str) -> String, place: &str) -> Markup {
    let count = tally.of(words.figure);
    let of = if place.is_empty() { String::new() } else { format!("{place}, ") };
    html! {
        td class="govuk-table__cell govuk-table__cell--numeric" {
            @if count == 0 { "0" } @else {
                a class="govuk-link" href=(link(words.key)) {
                    span class="govuk-visually-hidden" { (of) (words.label) ": " }
                    (wording::thousands(count))
                }
            }
        }
    }
}

fn counts_where(part: &RemitHealth, kind: &str) -> String {
    let whole = match part.part.scope {
        Scope::Place { .. } => {
            format!("One for the whole of {} counts in no {kind}", part.part.name)
        }
        _ => format!("One for wider areas only counts in no {kind}"),
    };
    format!(
        "A listing counts in each {kind} where it has a venue, and in each that it names as what it serves. {whole}; one with venues in two counts in both. So the rows need not add up. A venue whose address is kept secret counts in none of them."
    )
}

fn without(part: &RemitHealth, kind: &str) -> Markup {
    let is_place = matches!(part.part.scope, Scope::Place { .. });
    html! {
        @if part.without > 0 && is_place {
            p class="govuk-body" {
                @if part.without == 1 { "1 " (kind) " has nothing of its own." }
                @else { (wording::thousands(part.without)) " of its places of this kind have nothing of their own." }
            }
        }
    }
}

/// How long something has waited.
fn days(since: Timestamp, now: Timestamp) -> String {
    let days =
        wording::date_of(since).until(wording::date_of(now)).map_or(0, |span| span.get_days());
    match days {
        ..=0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days => format!("{days} days ago"),
    }
}

fn first_letter_large(text: &str) -> String {
    wording::capitalised(text)
}
