//! `/commissioning/{code}/gaps`: where little is listed, or where it hangs by a thread. Each is a
//! sentence with its evidence, and how far that can be trusted.

use std::collections::HashMap;

use axum::{
    extract::{Path, State},
    response::Response,
};
use maud::{Markup, Render, html};

use super::{Known, Tab, view_of};
use crate::{
    assessing::{Concern, Grade, Why, concerns},
    domain::{NeedId, OrganisationId, PlaceCode},
    search::{Stock, wording},
    store::Reading,
    vocabulary::Vocabulary,
    web::{
        asked::{Named, Pairs},
        cache::Cache,
        error::PageError,
        layout::{Head, Page, Section},
        parts::count::count,
        paths::{self, Among, View},
        work::Web,
    },
};

/// Answers with what to look at.
pub async fn show(
    State(web): State<Web>,
    Path(named): Path<Named>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let view = view_of(&pairs);
    let known = Known::find(&web, PlaceCode(named.id), view.parts).await?;
    let vocabulary = web.app.vocabulary;
    let (known, concerns, by) = web
        .work(move |app| {
            let concerns = concerns(&known.assessment, vocabulary);
            let mut by = HashMap::new();
            for concern in &concerns {
                if let Why::OneProvider(id) = concern.why {
                    let found = app.store.find_organisation(id)?;
                    by.extend(found.map(|organisation| (id, organisation.name)));
                }
            }
            Ok::<_, PageError>((known, concerns, by))
        })
        .await?;
    let page = GapsPage { known: &known, view: &view, concerns, by, vocabulary };
    Ok(web.show(&page, Cache::Fresh))
}

struct GapsPage<'a> {
    known: &'a Known,
    view: &'a View,
    concerns: Vec<Concern>,
    /// What those are called who run something alone.
    by: HashMap<OrganisationId, String>,
    vocabulary: &'a Vocabulary,
}

impl Page for GapsPage<'_> {
    fn head(&self) -> Head {
        Head {
            canonical: Some(paths::assessment_gaps(
                self.known.code(),
                &View { parts: self.known.assessment.kind, ..View::default() },
            )),
            section: Some(Section::Commissioning),
            ..Head::new(format!("Gaps and risks in {}", self.known.name()))
        }
    }

    fn before(&self) -> Markup {
        self.known.wider()
    }
}

/// A sort of concern, with what is said above all of its sort.
struct Sort {
    title: &'static str,
    says: &'static str,
    holds: fn(&Why) -> bool,
}

const SORTS: [Sort; 6] = [
    Sort {
        title: "One organisation runs all of it",
        says: "Nothing else is listed. That one may be large and sound; it is still only one.",
        holds: |why| matches!(why, Why::OneProvider(_)),
    },
    Sort {
        title: "Nobody says that they take people now",
        says: "They are full, paused, or have not said lately. It may be worth a call before it is called a gap.",
        holds: |why| matches!(why, Why::NobodyTakesPeople),
    },
    Sort {
        title: "None of it was confirmed in the last 6 months",
        says: "It may have changed or closed.",
        holds: |why| matches!(why, Why::NothingConfirmed),
    },
    Sort {
        title: "Missing in some places",
        says: "Nothing that is listed serves any part of these, though others have something.",
        holds: |why| matches!(why, Why::Missing { .. }),
    },
    Sort {
        title: "Much less in some places",
        says: "They have fewer than half as many services as the place in the middle, when all are put in order.",
        holds: |why| matches!(why, Why::FarBelow { .. }),
    },
    Sort {
        title: "Nothing is listed",
        says: "That is not to say that there is none: somebody may do it whom nobody has listed.",
        holds: |why| matches!(why, Why::NoneListed),
    },
];

impl Render for GapsPage<'_> {
    fn render(&self) -> Markup {
        let by = self.known.kinds().map(|(one, _)| format!(", by {one}")).unwrap_or_default();
        html! {
            span class="govuk-caption-l" { (self.known.name()) (by) }
            h1 class="govuk-heading-l" { "Gaps and risks in " (self.known.name()) }
            (self.known.tabs(Tab::Gaps, self.view))
            p class="govuk-body" {
                "What the listings give reason to look at, need by need. It goes by what is listed here, and weighs nothing: none of it is a score."
            }
            (self.known.gathered())
            (self.contents())
            @for (at, sort) in SORTS.iter().enumerate() { (self.sort(at, sort)) }
            (grades())
            (self.known.method())
        }
    }
}

impl GapsPage<'_> {
    fn of(&self, sort: &Sort) -> Vec<&Concern> {
        self.concerns.iter().filter(|concern| (sort.holds)(&concern.why)).collect()
    }

    /// How many needs there are of each sort.
    fn contents(&self) -> Markup {
        html! {
            ul class="govuk-list" {
                @for (at, sort) in SORTS.iter().enumerate() {
                    @let of = self.of(sort).len();
                    @if of > 0 { li { a class="govuk-link" href=(format!("#sort-{at}")) { (sort.title) } ": " (wording::counted(of, "need", "needs")) } }
                }
            }
            @if self.concerns.is_empty() { p class="govuk-body" { "Nothing stands out." } }
        }
    }

    fn sort(&self, at: usize, sort: &Sort) -> Markup {
        let of = self.of(sort);
        html! {
            @if !of.is_empty() {
                h2 class="govuk-heading-m" id=(format!("sort-{at}")) { (sort.title) }
                p class="govuk-body" { (sort.says) }
                ul class=(if matches!(of[0].why, Why::NoneListed) { "ha-columns govuk-!-margin-bottom-6" } else { "govuk-list govuk-list--bullet" }) role="list" {
                    @for concern in of { li { (self.sentence(concern)) } }
                }
            }
        }
    }

    fn sentence(&self, concern: &Concern) -> Markup {
        let (code, id) = (self.known.code(), &concern.need);
        let label =
            self.vocabulary.need(id.as_str()).map_or(id.as_str(), |need| need.label.as_str());
        let view = View { parts: self.view.parts, ..View::default() };
        let href = paths::assessment_of_need(code, id, &view);
        let link = html! { a class="govuk-link" href=(href) { (label) } };
        let number = concern.stock.services;
        let noun = if number == 1 { " service" } else { " services" };
        let services = count(
            number,
            noun,
            &paths::behind(code, Some(id), Among::All),
            &format!("for {label}"),
        );
        let (kind, kinds) = self.known.kinds().unwrap_or(("place", "places".to_owned()));
        match &concern.why {
            Why::NoneListed => link,
            Why::NobodyTakesPeople => {
                html! { (link) ": " (services) ", and none says that it takes people. " (grade(concern)) }
            }
            Why::OneProvider(by) => {
                html! { (link) ": " (services) ", run by " (self.name(*by)) " alone. " (grade(concern)) }
            }
            Why::NothingConfirmed => {
                html! { (link) ": " (services) ", none confirmed. " (grade(concern)) }
            }
            Why::Missing { parts, of } if parts.len() * 2 > *of => {
                let all = self.known.assessment.parts.iter().enumerate();
                let have = all.filter(|(at, part)| part.is_gathered() && !parts.contains(at));
                let have: Vec<usize> = have.map(|(at, _)| at).collect();
                html! {
                    (link) ": listed in only " (have.len()) " of " (wording::counted(*of, kind, &kinds)) ": "
                    (self.places(&have, None)) ". " (grade(concern))
                }
            }
            Why::Missing { parts, of } => html! {
                (link) ": none listed in " (parts.len()) " of " (wording::counted(*of, kind, &kinds)) ": "
                (self.places(parts, None)) ". " (grade(concern))
            },
            Why::FarBelow { parts, middle } => html! {
                (link) ": " (self.places(parts, Some(id))) "; the " (kind) " in the middle has " (middle) ". " (grade(concern))
            },
        }
    }

    fn name(&self, id: OrganisationId) -> Markup {
        let name = self.by.get(&id).map_or("one organisation", String::as_str);
        html! { a class="govuk-link" href=(paths::organisation(id, name)) { (name) } }
    }

    /// The names of parts; with a need, each with what it has of that.
    fn places(&self, parts: &[usize], need: Option<&NeedId>) -> Markup {
        let known: Vec<_> =
            parts.iter().filter_map(|at| self.known.assessment.parts.get(*at)).collect();
        html! {
            @for (at, part) in known.iter().enumerate() {
                @if at > 0 { @if at + 1 == known.len() { " and " } @else { ", " } }
                a class="govuk-link" href=(paths::assessment(&part.place().code, &View::default())) { (part.place().name) }
                @if let Some(need) = need {
                    @let stock = part.supply.of(need);
                    " (" (count(stock.services, "", &paths::behind(&part.place().code, Some(need), Among::All), "services")) ")"
                }
            }
        }
    }
}

/// How fresh the listings behind a concern are.
fn grade(concern: &Concern) -> Markup {
    let Stock { services, confirmed, .. } = concern.stock;
    html! { span class="ha-muted" { "(Evidence " (letter(concern.grade)) ": " (confirmed) " of " (services) " confirmed)" } }
}

fn letter(grade: Grade) -> &'static str {
    match grade {
        Grade::A => "A",
        Grade::B => "B",
        Grade::C => "C",
    }
}

fn grades() -> Markup {
    html! {
        h2 class="govuk-heading-m" { "How far to trust it" }
        p class="govuk-body" { "The letter says how fresh the listings are that are counted. It cannot say what nobody has listed." }
        dl class="ha-factlist" {
            div { dt { "Evidence A" } dd { "Two thirds or more of the services, and of three at the least, were confirmed in the last 6 months." } }
            div { dt { "Evidence B" } dd { "One third or more; or all of fewer than three." } }
            div { dt { "Evidence C" } dd { "Less. Have the listings confirmed before anything is decided by it." } }
        }
    }
}
