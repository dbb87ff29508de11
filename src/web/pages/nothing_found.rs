//! Nothing found: ways on, and no wall.

use maud::{Markup, html};

use super::answered::{self, Answered};
use crate::{
    config::Directory,
    search::{Findings, Found, Question, WaysOn, wording},
    web::{
        parts::{card, chosen, report_gap::report_gap, to_shortlist::Picking, urgent},
        paths,
    },
};

/// What was asked, what could be left out, what is broader, what needs no journey, whom to ask.
#[must_use]
pub fn body(answered: &Answered, ways: &WaysOn, directory: &Directory) -> Markup {
    let findings = &answered.findings;
    let is_dead_end = ways.without.is_empty() && ways.broader.is_empty() && ways.remote == 0;
    html! {
        h2 class="govuk-heading-m" { "No services found" }
        p class="govuk-body" { "You asked for " (asked(findings)) ". " @if !is_dead_end { "Here is what is close to that." } }
        (chosen::chosen(findings, paths::search))
        @if is_dead_end {
            p class="govuk-body" { "None listed here does not mean that there is none." }
        } @else {
            (list(&findings.question, ways))
        }
        @if let Some(anchor) = &ways.anchor { (somebody_to_ask(anchor, answered)) }
        (report_gap(findings))
        @if findings.understood.urgent.is_none() { (urgent::for_anybody(directory)) }
    }
}

/// The question in words.
fn asked(findings: &Findings) -> String {
    let question = &findings.question;
    let mut parts = vec![answered::heading(findings)];
    let filters = question.filters();
    parts.extend(filters.iter().map(|(key, value)| chosen::label(findings, key, value)));
    parts.join(", ")
}

fn list(question: &Question, ways: &WaysOn) -> Markup {
    let remote = crate::search::remote_question(question);
    html! {
        ul class="ha-ways" role="list" {
            @for way in &ways.without {
                (way_on(&format!("Without {}", way.label), &paths::search(&way.question), way.count, None))
            }
            @for (need, count) in &ways.broader {
                (way_on(&need.label, &paths::search(&question.for_need(&need.id)), *count, Some("The wider need that this belongs to.")))
            }
            @if ways.remote > 0 {
                (way_on("By phone, online or at your home", &paths::search(&remote), ways.remote, Some("Whatever they help with.")))
            }
        }
    }
}

fn way_on(label: &str, href: &str, count: usize, note: Option<&str>) -> Markup {
    html! {
        li {
            h3 class="ha-ways__title" {
                a class="govuk-link" href=(href) { (label) } " "
                span class="ha-ways__count" { (wording::counted(count, "service", "services")) }
            }
            @if let Some(note) = note { p { (note) } }
        }
    }
}

fn somebody_to_ask(anchor: &Found, answered: &Answered) -> Markup {
    let findings = &answered.findings;
    let back = paths::search(&findings.question);
    let picking = Picking { list: answered.held.as_ref(), back: &back };
    html! {
        h2 class="govuk-heading-m" { "Somebody near by to ask" }
        p class="govuk-body" { "They know what there is, whether or not it is listed." }
        ol class="ha-results" role="list" { (card::result_card(anchor, &findings.question.near, picking, findings.asked_at)) }
    }
}
