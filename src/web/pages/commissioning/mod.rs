//! What there is in a place, measured: for those who commission. Public, and open to everybody.

pub mod choose;
pub mod files;
pub mod gaps;
pub mod need;
mod order;
pub mod supply;

use maud::{Markup, html};

use crate::{
    assessing::{Assessment, DEFINITIONS, Measure, PEOPLE_SOURCE},
    domain::{PlaceCode, PlaceKind},
    geo::{PlaceRef, kind_in_words, kinds_in_words},
    search::{NeedShown, Stock, wording},
    store::unit_text,
    web::{
        asked::Pairs,
        error::PageError,
        parts::{
            count::count,
            form::{Choices, select},
        },
        paths::{self, Among, View},
        work::Web,
    },
};

/// What of a place is asked for in an address. What cannot be read is left open.
fn view_of(pairs: &Pairs) -> View {
    let text =
        |key: &str| Some(pairs.first(key)).filter(|text| !text.is_empty()).map(str::to_owned);
    let parts = text("parts").and_then(|key| serde_json::from_value(key.into()).ok());
    View { parts, group: text("group"), order: text("order") }
}

/// A place measured, with those that it lies in.
struct Known {
    assessment: Assessment,
    parents: Vec<PlaceRef>,
}

impl Known {
    async fn find(web: &Web, code: PlaceCode, parts: Option<PlaceKind>) -> Result<Self, PageError> {
        let now = web.now();
        web.work(move |app| {
            let found = Assessment::of((&app.search, &app.gazetteer), &code, parts, now)?;
            let assessment = found.ok_or(PageError::NotFound)?;
            Ok::<_, PageError>(Self { assessment, parents: app.gazetteer.parents(&code) })
        })
        .await
    }
}

impl Known {
    fn code(&self) -> &PlaceCode {
        &self.assessment.whole.place().code
    }

    fn name(&self) -> &str {
        &self.assessment.whole.place().name
    }

    /// The wider places, the widest first, each with its own figures.
    fn wider(&self) -> Markup {
        html! {
            nav class="govuk-breadcrumbs" aria-label="Wider places" {
                ol class="govuk-breadcrumbs__list" {
                    li class="govuk-breadcrumbs__list-item" {
                        a class="govuk-breadcrumbs__link" href=(paths::COMMISSIONING) { "Choose a place" }
                    }
                    @for place in self.parents.iter().rev() {
                        li class="govuk-breadcrumbs__list-item" {
                            a class="govuk-breadcrumbs__link" href=(paths::assessment(&place.code, &View::default())) { (place.name) }
                        }
                    }
                }
            }
        }
    }

    /// The pages about this place.
    fn tabs(&self, here: Tab, view: &View) -> Markup {
        let code = self.code();
        let plain = View { parts: view.parts, ..View::default() };
        let pages = [
            (Tab::Supply, "What there is", paths::assessment(code, &plain)),
            (Tab::Gaps, "Gaps and risks", paths::assessment_gaps(code, &plain)),
        ];
        html! {
            nav aria-label="About this place" class="govuk-!-margin-bottom-4" {
                ul class="ha-views" role="list" {
                    @for (tab, label, href) in &pages {
                        li { a class="govuk-link" href=(href) aria-current=[(*tab == here).then_some("page")] { (label) } }
                    }
                    li { a class="govuk-link" href=(paths::place(code, self.name())) { "About the place" } }
                }
            }
        }
    }

    /// The kind of the parts, one of them and several.
    fn kinds(&self) -> Option<(&'static str, String)> {
        self.assessment.kind.map(|kind| (kind_in_words(kind), kinds_in_words(kind)))
    }

    /// What is to be known before the figures are read: that the parts are not all of it, and where
    /// nothing is gathered.
    fn gathered(&self) -> Markup {
        let assessment = &self.assessment;
        let Some((kind, kinds)) = self.kinds() else { return html! {} };
        let parts = &assessment.parts;
        let bare: Vec<&str> = parts
            .iter()
            .filter(|part| !part.is_gathered())
            .map(|part| part.place().name.as_str())
            .collect();
        let outside = assessment.covered.filter(|share| *share < ALMOST_ALL);
        html! {
            @if let Some(share) = outside {
                p class="govuk-body" { "The " (wording::counted(parts.len(), kind, &kinds)) " hold " (format!("{:.0}%", share * 100.0)) " of the people of " (self.name()) "." }
            }
            @if !bare.is_empty() {
                div class="govuk-inset-text" {
                    "Nothing that is listed has a venue in " (bare.len()) " of the " (wording::counted(parts.len(), kind, &kinds))
                    @if bare.len() <= FEW_NAMES { " (" (wording::listed(&bare)) ")" }
                    ". Listings may not have been gathered there: what is counted for them serves wider places, or reaches over their border. They are left out of what is said to be missing."
                }
            }
        }
    }

    /// Of when the figures are, what they count, and what they do not say.
    fn method(&self) -> Markup {
        let as_of = wording::long_date(wording::date_of(self.assessment.as_of));
        html! {
            h2 class="govuk-heading-m" id="method" { "What the figures mean" }
            dl class="ha-factlist" {
                @for (_, name, says) in DEFINITIONS { div { dt { (name) } dd { (says) } } }
                div { dt { "Needs" } dd { "A service counts for a need that its provider named, or that its name or summary speaks of (without a summary, its description), and for each broader need. So the needs do not add up." } }
                div { dt { "Places" } dd { "What serves several places counts in each of them. So the places do not add up either, and figures of a place are compared with those of its neighbours, not with the whole." } }
                div { dt { "People" } dd { (wording::capitalised(PEOPLE_SOURCE)) "." } }
            }
            div class="govuk-inset-text" {
                "“None listed” does not say that there is none: somebody may do it whom nobody has listed. "
                "Where an organisation has its headquarters is not where it works: only areas served and venues count here. "
                "And how many services there are is not how many people they can take."
            }
            p class="ha-stamp" { "Counted on " (as_of) ", as it then was in this directory." }
        }
    }
}

/// Said above a table that may be wider than the screen.
const SCROLLS: &str =
    "Where the table is wider than the screen, scroll it sideways: the names stay in sight.";
/// With this share of the people, parts are all of a place.
const ALMOST_ALL: f64 = 0.995;
/// So many places are named.
const FEW_NAMES: usize = 12;

/// One of the pages about a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Supply,
    Gaps,
    /// A page below these.
    Other,
}

/// The services of a cell and those of them that take people.
fn cell(code: &PlaceCode, need: Option<&NeedShown>, stock: Stock, place: &str) -> Markup {
    let id = need.map(|need| &need.id);
    let of = need.map_or_else(|| place.to_owned(), |need| format!("{} in {place}", need.label));
    let weak = if stock.is_weak() { " ha-weak" } else { "" };
    html! {
        td class=(format!("govuk-table__cell govuk-table__cell--numeric{weak}")) {
            @if stock.services == 0 { span class="ha-muted" { "none listed" } }
            @else {
                (count(stock.services, "", &paths::behind(code, id, Among::All), &format!("services, {of}")))
                br;
                @if stock.open == 0 { span class="ha-muted" { "none open" } }
                @else { (count(stock.open, " open", &paths::behind(code, id, Among::TakingPeople), &format!("now, {of}"))) }
                @if stock.is_weak() { span class="govuk-visually-hidden" { ", few of them confirmed" } }
            }
        }
    }
}

/// The choice of the kind of places; nothing where there are none.
fn kind_choice(assessment: &Assessment) -> Markup {
    let words = |(kind, count): &(PlaceKind, usize)| {
        let words =
            if *count == 1 { kind_in_words(*kind).to_owned() } else { kinds_in_words(*kind) };
        (unit_text(kind), format!("{} {words}", wording::thousands(*count)))
    };
    let all: Vec<(String, String)> = assessment.kinds.iter().map(words).collect();
    let chosen: Vec<String> = assessment.kind.iter().map(unit_text).collect();
    html! {
        @if !all.is_empty() {
            (select(&Choices { name: "parts", legend: "Places", hint: None, all: &all, chosen: &chosen }, &[]))
        }
    }
}

/// What a figure is called, and what it counts.
fn definition(measure: Measure) -> (&'static str, &'static str) {
    let known = DEFINITIONS.into_iter().find(|(known, ..)| *known == measure);
    known.map_or(("", ""), |(_, name, says)| (name, says))
}
