//! `/search`: what was found, how the question was taken, and why each result is where it is.

use axum::{extract::State, response::Response};
use maud::{Markup, Render, html};

use super::{
    answered::{self, Answered},
    nothing_found, place_not_found,
};
use crate::{
    config::Directory,
    search::{Findings, PlaceUnderstood, Question, wording},
    web::{
        asked::Asked,
        cache::Cache,
        counted::Counts,
        error::PageError,
        handed::Holding,
        layout::{Head, Page, Robots, Section},
        parts::{
            card, chosen, filters,
            keep_search::keep_search,
            pagination,
            report_gap::report_gap,
            search_form::{SearchForm, search_form},
            to_shortlist::{self, Picking},
            toolbar::{View, toolbar},
            understood, urgent,
        },
        paths,
        work::Web,
    },
};

/// Answers a question as a list.
pub async fn show(
    State(web): State<Web>,
    counts: Counts,
    holding: Holding,
    asked: Asked,
) -> Result<Response, PageError> {
    let answered = Answered::of(&web, asked, holding).await?;
    if let Some(elsewhere) = answered.past_the_end(paths::search) {
        return Ok(elsewhere);
    }
    if let Some(network) = counts.reader {
        for words in web.app.search.sought(&answered.findings) {
            web.app.sought.count(&words, network, web.now());
        }
    }
    if let Some(network) = counts.visitor {
        let results = answered.findings.results.iter();
        web.app.uses.shown(results.map(|found| found.record.service.id), network, web.now());
    }
    let page = ResultsPage { answered: &answered, directory: &web.app.config.directory };
    Ok(web.show(&page, Cache::Private))
}

/// The results, or else the ways on.
pub struct ResultsPage<'a> {
    pub answered: &'a Answered,
    pub directory: &'a Directory,
}

impl Page for ResultsPage<'_> {
    fn head(&self) -> Head {
        let findings = &self.answered.findings;
        Head {
            robots: Robots::NoIndex,
            canonical: Some(paths::search(&answered::shareable(findings))),
            section: Some(Section::Search),
            shortlisted: to_shortlist::count(self.answered.held.as_ref()),
            skips: if findings.results.is_empty() {
                vec![]
            } else {
                vec![("Skip to results", "#results")]
            },
            ..Head::new(if findings.is_withheld() {
                place_not_found::title(findings)
            } else {
                answered::title(findings)
            })
        }
    }
}

impl Render for ResultsPage<'_> {
    fn render(&self) -> Markup {
        let findings = &self.answered.findings;
        if findings.is_withheld() {
            return place_not_found::body(findings, self.directory);
        }
        html! {
            (form(findings))
            h1 class="govuk-heading-l" { (answered::heading(findings)) }
            @if let Some(panel) = findings.understood.urgent { (urgent::panel(panel, self.directory)) }
            (understood::understood(findings, paths::search))
            @match &findings.ways_on {
                Some(ways) => { (nothing_found::body(self.answered, ways, self.directory)) }
                None => { (self.results()) }
            }
        }
    }
}

impl ResultsPage<'_> {
    fn results(&self) -> Markup {
        let findings = &self.answered.findings;
        let question = &findings.question;
        let back = paths::search(question);
        html! {
            div class="ha-layout" {
                div class="ha-layout__side" { (filters::filters(findings)) }
                div class="ha-layout__main" id="results" tabindex="-1" {
                    h2 class="govuk-heading-m" { (answered::summary(findings)) }
                    (toolbar(question, View::List))
                    (chosen::chosen(findings, paths::search))
                    (beside(self.answered, View::List))
                    (card::result_list(&findings.results, &findings.question.near, Picking { list: self.answered.held.as_ref(), back: &back }, findings.asked_at))
                    (pagination::pagination(question, findings.pages(), paths::search))
                    (keep_search(question, &answered::shareable(findings), self.directory))
                    (report_gap(findings))
                }
            }
        }
    }
}

/// The search box as it was filled in. A place that was chosen stands in it by its name.
#[must_use]
pub fn form(findings: &Findings) -> Markup {
    let near = match &findings.understood.place {
        PlaceUnderstood::Within(place) => &place.name,
        _ => &findings.question.near,
    };
    html! {
        (search_form(&SearchForm { words: &findings.question.words, near, ..SearchForm::default() }))
        p class="govuk-body" { a class="govuk-link" href=(paths::somebody(&findings.question)) { "Say more about whom it is for" } }
    }
}

/// What needs no journey, and what is nearer but for other people.
#[must_use]
pub fn beside(answered: &Answered, view: View) -> Markup {
    let question = &answered.findings.question;
    let elsewhere = answered.findings.elsewhere;
    let only_others = question.elsewhere;
    html! {
        @if let Some(count) = answered.to_you.filter(|count| *count > 0) {
            p class="ha-note" { (to_you(answered, count, view)) }
        }
        @if elsewhere > 0 {
            div class="ha-elsewhere" {
                p {
                    a class="govuk-link" href=(view.path()(&Question { elsewhere: true, page: 1, ..question.clone() })) {
                        (others(elsewhere))
                    }
                    " and left out here."
                }
            }
        }
        @if answered.findings.nowhere > 0 {
            p class="ha-note" { (nowhere(answered, view)) }
        }
        @if only_others {
            div class="ha-elsewhere" {
                p {
                    "These are near, and for people who live elsewhere. "
                    a class="govuk-link" href=(view.path()(&Question { elsewhere: false, page: 1, ..question.clone() })) {
                        "Back to services for this address"
                    }
                }
            }
        }
    }
}

/// What is left out because nothing tells where it is: counted, and one press away.
fn nowhere(answered: &Answered, view: View) -> Markup {
    let question = &answered.findings.question;
    let count = answered.findings.nowhere;
    let says = if count == 1 { "does not say where it is" } else { "do not say where they are" };
    html! {
        a class="govuk-link" href=(view.path()(&question.without("near", None))) {
            (wording::thousands(count)) " more " (says)
        }
        ": look without a place."
    }
}

fn to_you(answered: &Answered, count: usize, view: View) -> Markup {
    let verb = if count == 1 { "needs" } else { "need" };
    html! {
        @if count == answered.findings.total {
            "No journey is needed: all of these can be had by phone, online or at home."
        } @else {
            a class="govuk-link" href=(view.path()(&answered::needing_no_journey(&answered.findings.question))) {
                (wording::thousands(count)) " of them " (verb) " no journey"
            }
            ": by phone, online or at home."
        }
    }
}

fn others(count: usize) -> String {
    match count {
        1 => "1 nearer service is for other areas".to_owned(),
        count => format!("{} nearer services are for other areas", wording::thousands(count)),
    }
}
