//! `/steward/changes/{id}`: what somebody would change of a listing, before the steward who
//! decides.

use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use maud::{Markup, Render, html};

use super::said::Said;
use crate::{
    app::App,
    domain::{Part, Proposal, ProposalId},
    keeping::{
        Edited, Guest, KeepingError, LONGEST_REMARK, Proposed, ask, decide, find_proposed, key_of,
        undecide,
    },
    search::wording,
    store::Version,
    web::{
        asked::Named,
        cache::Cache,
        error::PageError,
        layout::{Head, Page},
        pages::keep::version,
        parts::{
            differences::{Difference, found, marked},
            fact_list::fact,
            form::{hidden, key_field, text_area},
            frame::back_link,
            part_words::InWords,
        },
        paths,
        typed::Typed,
        work::Web,
    },
};

/// Answers with the changes beside what stands.
pub async fn show(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
) -> Result<Response, PageError> {
    let proposed = proposed(&web, &guest, named.id()?).await?;
    let page = ChangesPage::new(&web, &guest, &proposed, "", Said::Nothing);
    Ok(web.show(&page, Cache::Private))
}

/// Decides, or asks first.
pub async fn act(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    let id: ProposalId = named.id()?;
    let proposed = proposed(&web, &guest, id).await?;
    let pressed = Pressed::read(&typed, &proposed)?;
    let next = match pressed {
        Pressed::Decide(..) => format!("{}?decided={id}", paths::STEWARD),
        Pressed::Ask => format!("{}?said=asked", paths::STEWARD),
    };
    let (why, now) = (typed.raw("why").to_owned(), web.now());
    let (for_work, said) = (proposed.clone(), why.clone());
    let done = web.attempt(move |app| pressed.do_it(app, &for_work, &said, now)).await?;
    let Err(refused) = done else { return Ok(Redirect::to(&next).into_response()) };
    let page = ChangesPage::new(&web, &guest, &proposed, &why, refused.clone().into());
    Ok(web.show_refused(&refused, &page))
}

/// Takes a decision back.
pub async fn take_back(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
    _typed: Typed,
) -> Result<Response, PageError> {
    let id: ProposalId = named.id()?;
    let proposed = proposed(&web, &guest, id).await?;
    let (for_work, now) = (proposed.clone(), web.now());
    let done =
        web.attempt(move |app| undecide(&app.store, &app.config.directory, &for_work, now)).await?;
    let Err(refused) = done else {
        return Ok(Redirect::to(&paths::steward_changes(id)).into_response());
    };
    let page = ChangesPage::new(&web, &guest, &proposed, "", refused.clone().into());
    Ok(web.show_refused(&refused, &page))
}

async fn proposed(web: &Web, guest: &Guest, id: ProposalId) -> Result<Proposed, PageError> {
    let person = guest.person.clone();
    web.work(move |app| find_proposed(&app.store, &app.gazetteer, &person, id)).await
}

/// What a steward pressed, for the listing in the version that was shown.
enum Pressed {
    Decide(Vec<Part>, Version),
    Ask,
}

impl Pressed {
    fn read(typed: &Typed, proposed: &Proposed) -> Result<Self, PageError> {
        // What was proposed anew meanwhile was not what was looked at.
        let seen: u64 = typed.get("proposal").parse().unwrap_or(u64::MAX);
        let shown = if seen == proposed.version.0 { version(typed) } else { Version(u64::MAX) };
        let ticked = |part: &Part| {
            let key = key_of(part);
            typed.0.0.iter().any(|(name, value)| name == "parts" && *value == key)
        };
        Ok(match typed.get("do") {
            "approve" => Self::Decide(proposed.parts(), shown),
            "part" => Self::Decide(proposed.parts().into_iter().filter(ticked).collect(), shown),
            "refuse" => Self::Decide(Vec::new(), shown),
            "ask" => Self::Ask,
            _ => return Err(PageError::Unreadable),
        })
    }

    fn do_it(
        &self,
        app: &App,
        proposed: &Proposed,
        why: &str,
        now: Timestamp,
    ) -> Result<(), KeepingError> {
        let (store, directory) = (&app.store, &app.config.directory);
        match self {
            Self::Decide(parts, shown) => {
                decide(store, directory, proposed, (parts, why), (*shown, now))
            }
            Self::Ask => ask(store, directory, proposed, why, now),
        }
    }
}

/// What somebody's changes are, in a line.
#[must_use]
pub fn in_brief(proposal: &Proposal) -> String {
    if proposal.is_of_a_new_listing() {
        return "A new listing".to_owned();
    }
    let labels: Vec<String> =
        proposal.changes.iter().map(|change| change.part().label().to_lowercase()).collect();
    format!("Change: {}", wording::listed(&labels))
}

struct ChangesPage<'a> {
    web: &'a Web,
    guest: &'a Guest,
    proposed: &'a Proposed,
    why: &'a str,
    said: Said,
    now: Timestamp,
}

impl<'a> ChangesPage<'a> {
    fn new(
        web: &'a Web,
        guest: &'a Guest,
        proposed: &'a Proposed,
        why: &'a str,
        said: Said,
    ) -> Self {
        Self { web, guest, proposed, why, said, now: web.now() }
    }

    fn edited(&self) -> Edited {
        Edited::of(&self.proposed.kept.record).with(&self.proposed.proposal)
    }
}

impl Page for ChangesPage<'_> {
    fn head(&self) -> Head {
        let title = format!("{}Changes that wait", self.said.before_title());
        Head::for_guest(title, self.guest)
    }

    fn before(&self) -> Markup {
        back_link(paths::STEWARD, "The queue")
    }
}

impl Render for ChangesPage<'_> {
    fn render(&self) -> Markup {
        let (proposal, record) = (&self.proposed.proposal, &self.proposed.kept.record);
        html! {
            (self.said.shown())
            span class="govuk-caption-l" { (record.service.name) ", " (record.organisation.name) }
            h1 class="govuk-heading-l" { (in_brief(proposal)) }
            p class="govuk-body" { "Sent by its provider " (wording::ago(proposal.sent.unwrap_or(proposal.at), self.now)) "." }
            @if let Some(note) = &proposal.note { p class="govuk-inset-text" { "They say: " (note) } }
            @if let Some(question) = &proposal.question { p class="govuk-inset-text" { "You asked, and they have not answered yet: " (question) } }
            @if proposal.decided.is_some() {
                p class="govuk-body" { strong { "This was decided already." } }
            } @else if proposal.is_of_a_new_listing() {
                (self.whole())
                (self.form(&[]))
            } @else {
                (self.form(&found(self.web, record, &self.edited(), proposal)))
            }
        }
    }
}

impl ChangesPage<'_> {
    fn form(&self, differences: &[Difference]) -> Markup {
        let service = &self.proposed.kept.record.service;
        html! {
            form method="post" action=(paths::steward_changes(self.proposed.proposal.id)) novalidate {
                (key_field(&self.guest.form_key))
                (hidden("version", &self.proposed.kept.version.0.to_string()))
                (hidden("proposal", &self.proposed.version.0.to_string()))
                @if !differences.is_empty() { (self.table(differences)) }
                p class="govuk-body" {
                    a class="govuk-link" href=(paths::keep(service.id)) { "Open the listing as it stands" }
                    @if self.proposed.kept.is_listed() {
                        ", or "
                        a class="govuk-link" href=(paths::keep_part(service.id, "withdraw")) { "hide it from everybody" }
                    }
                }
                (text_area("why", "To whoever sent it", Some("What you ask, or why you do not approve all of it. They get it by mail. Not needed to approve."), self.why, (3, LONGEST_REMARK), self.said.faults()))
                div class="govuk-button-group" {
                    button class="govuk-button" name="do" value="approve" { @if differences.is_empty() { "Approve: show it" } @else { "Approve all" } }
                    @if differences.len() > 1 { button class="govuk-button govuk-button--secondary" name="do" value="part" { "Approve what is ticked" } }
                    button class="govuk-button govuk-button--secondary" name="do" value="ask" { "Ask" }
                    button class="govuk-button govuk-button--warning" name="do" value="refuse" { "Refuse" }
                }
            }
        }
    }

    /// Everything that a new listing says.
    fn whole(&self) -> Markup {
        let service = &self.proposed.kept.record.service;
        let stands = Edited::of(&self.proposed.kept.record);
        let words = InWords::new(self.web, &stands);
        let parts = Part::ALL.iter().filter(|part| **part != Part::Status);
        let said = parts.map(|part| (part.label(), words.of(&part.of(service))));
        html! {
            dl class="ha-factlist" {
                @for (label, said) in said {
                    (fact(label, &html! { span class="ha-words" { @if said.is_empty() { "Not stated" } @else { (said) } } }))
                }
            }
            p class="govuk-body" { a class="govuk-link" href=(paths::keep_part(service.id, "preview")) { "See it as everybody would" } }
        }
    }

    fn table(&self, differences: &[Difference]) -> Markup {
        let several = differences.len() > 1;
        html! {
            div class="ha-scroll" role="region" aria-labelledby="changes" tabindex="0" {
                table class="govuk-table ha-changes" {
                    caption class="govuk-table__caption govuk-table__caption--m" id="changes" { "What would change" }
                    thead class="govuk-table__head" {
                        tr class="govuk-table__row" {
                            @for heading in ["Field", "Now", "Proposed"] { th scope="col" class="govuk-table__header" { (heading) } }
                        }
                    }
                    tbody class="govuk-table__body" { @for one in differences { (self.row(one, several)) } }
                }
            }
        }
    }

    fn row(&self, one: &Difference, several: bool) -> Markup {
        let key = key_of(one.part);
        let id = format!("part-{key}");
        html! {
            tr class="govuk-table__row" {
                th scope="row" class="govuk-table__header" {
                    @if several {
                        div class="govuk-checkboxes govuk-checkboxes--small" data-module="govuk-checkboxes" {
                            div class="govuk-checkboxes__item" {
                                input class="govuk-checkboxes__input" type="checkbox" name="parts" value=(key) id=(id) checked;
                                label class="govuk-label govuk-checkboxes__label" for=(id) { (one.part.label()) }
                            }
                        }
                    } @else { (one.part.label()) }
                }
                td class="govuk-table__cell ha-words" {
                    @if one.now.is_empty() { "Not stated" } @else { (one.now) }
                    @if one.moved_on { p class="ha-note" { "It was changed since this was sent. It was: " (self.was(one.part)) } }
                }
                td class="govuk-table__cell" { (marked(&one.now, &one.proposed)) }
            }
        }
    }

    /// What stood there when it was sent.
    fn was(&self, part: Part) -> String {
        let edited = self.edited();
        let change = self.proposed.proposal.changes.iter().find(|change| change.part() == part);
        let was = change.map(|change| InWords::new(self.web, &edited).of(&change.before));
        was.filter(|was| !was.is_empty()).unwrap_or_else(|| "not stated".to_owned())
    }
}
