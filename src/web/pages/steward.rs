//! `/steward`: what waits for a steward, and each thing by itself.

use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use maud::{Markup, Render, html};

use super::{changes::in_brief, report::REASONS};
use crate::{
    domain::{Claim, Outcome, ReportId, ReportReason},
    keeping::{
        FormFault, Guest, Harm, Item, KeepingError, LONGEST_REMARK, Matter, Waiting, ask_keepers,
        close, conflicts, count_dead_links, count_duplicates, decided_claims, find_item,
        like_organisations, queue, reopen,
    },
    search::wording,
    store::ServiceRecord,
    vocabulary::Vocabulary,
    web::{
        asked::{Named, Pairs},
        cache::Cache,
        error::PageError,
        layout::{Head, Page},
        parts::{
            form::{done_banner, error_summary, key_field, text_area},
            frame::back_link,
            kept_facts::kept_facts,
            steward_menu::steward_menu,
        },
        paths,
        typed::Typed,
        work::Web,
    },
};

/// The actions at the foot of an item, always in this order.
const ACTIONS: [(&str, Outcome, &str, &str); 3] = [
    ("put-right", Outcome::PutRight, "Put right", "govuk-button"),
    (
        "nothing-wrong",
        Outcome::NothingWrong,
        "Nothing wrong",
        "govuk-button govuk-button--secondary",
    ),
    ("hide", Outcome::Hidden, "Hide the listing", "govuk-button govuk-button--warning"),
];

/// Answers with the queue.
pub async fn show(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let items = waiting(&web, &guest).await?;
    let ended = pairs.first("done").parse().ok().map(paths::steward_undo);
    let decided = pairs.first("decided").parse().ok().map(paths::steward_changes_undo);
    let claimed = pairs.first("claimed").parse().ok().map(paths::steward_claim_undo);
    let undo = ended.or(decided).or(claimed);
    let said = match pairs.first("said") {
        "asked" => Some(("Asked", "It waits for their answer, at the end of the queue.")),
        _ => None,
    };
    let besides = besides(&web, &guest).await?;
    let (person, now) = (guest.person.clone(), web.now());
    let decided =
        web.work(move |app| decided_claims(&app.store, &app.gazetteer, &person, now)).await?;
    let decided = &decided;
    let page = QueuePage { guest: &guest, items: &items, besides, decided, undo, said, now };
    Ok(web.show(&page, Cache::Private))
}

/// Answers with one item.
pub async fn show_one(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
) -> Result<Response, PageError> {
    let item = found(&web, &guest, named.id()?).await?;
    let page = ItemPage::new(&web, &guest, &item, "", &[]);
    Ok(web.show(&page, Cache::Private))
}

/// Ends an item, and goes on to the next.
pub async fn act(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    let id: ReportId = named.id()?;
    let item = found(&web, &guest, id).await?;
    let action = ACTIONS.into_iter().find(|(key, ..)| *key == typed.get("do"));
    let outcome = match action {
        Some((_, outcome, ..)) => Some(outcome),
        None if typed.get("do") == "ask" => None,
        None => return Err(PageError::Unreadable),
    };
    let (why, now) = (typed.get("why").to_owned(), web.now());
    let (for_work, said) = (item.clone(), why.clone());
    let done = web
        .attempt(move |app| match outcome {
            Some(outcome) => close(&app.store, &for_work, outcome, &said, now),
            None => ask_keepers(&app.store, &app.config.directory, &for_work, &said, now),
        })
        .await?;
    let next = if outcome.is_some() { format!("done={id}") } else { "said=asked".to_owned() };
    let Err(refused) = done else {
        return Ok(Redirect::to(&format!("{}?{next}", paths::STEWARD)).into_response());
    };
    let page = ItemPage::new(&web, &guest, &item, &why, refused.faults());
    Ok(web.show_refused(&refused, &page))
}

/// Takes back how an item was ended.
pub async fn take_back(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
    _typed: Typed,
) -> Result<Response, PageError> {
    let id: ReportId = named.id()?;
    let item = found(&web, &guest, id).await?;
    let now = web.now();
    web.work(move |app| reopen(&app.store, &item, now)).await?;
    Ok(Redirect::to(&paths::steward_report(id)).into_response())
}

async fn waiting(web: &Web, guest: &Guest) -> Result<Vec<Waiting>, PageError> {
    let person = guest.person.clone();
    let now = web.now();
    web.work(move |app| queue(&app.store, &app.gazetteer, &person, now)).await
}

/// What waits besides what is answered one by one.
#[derive(Clone, Copy)]
struct Besides {
    /// How many pairs of listings may be the same.
    twice: usize,
    /// How many pairs of organisations may be.
    organisations: usize,
    /// How many listings name a page that no longer answers.
    dead: usize,
    /// In how many places a feed says otherwise.
    disputed: usize,
}

/// What waits besides. Where that is still being read, the queue does not wait for it.
async fn besides(web: &Web, guest: &Guest) -> Result<Besides, PageError> {
    let person = guest.person.clone();
    web.work(move |app| {
        let from = || (&app.survey, &app.store, &*app.gazetteer);
        let now_or_never = |count| match count {
            Err(KeepingError::StillReading) => Ok(0),
            other => other,
        };
        Ok::<_, KeepingError>(Besides {
            twice: now_or_never(count_duplicates(from(), &person))?,
            organisations: now_or_never(
                like_organisations(from(), &person, 0).map(|found| found.total),
            )?,
            dead: now_or_never(count_dead_links(from(), &person))?,
            disputed: now_or_never(conflicts(from(), &person, (0, 0)).map(|(_, total)| total))?,
        })
    })
    .await
}

async fn found(web: &Web, guest: &Guest, id: ReportId) -> Result<Item, PageError> {
    let person = guest.person.clone();
    web.work(move |app| find_item(&app.store, &app.gazetteer, &person, id)).await
}

fn in_words(reason: ReportReason) -> &'static str {
    REASONS.into_iter().find(|(_, known, _)| *known == reason).map_or("", |(.., label)| label)
}

struct QueuePage<'a> {
    guest: &'a Guest,
    items: &'a [Waiting],
    besides: Besides,
    /// Claims whose decision can be taken back.
    decided: &'a [(Claim, ServiceRecord)],
    /// Where what was ended just now may be taken back.
    undo: Option<String>,
    /// What else was done just now: a title and a sentence.
    said: Option<(&'static str, &'static str)>,
    now: Timestamp,
}

impl Page for QueuePage<'_> {
    fn head(&self) -> Head {
        Head::for_guest("Waiting for a steward", self.guest)
    }
}

impl Render for QueuePage<'_> {
    fn render(&self) -> Markup {
        html! {
            @if let Some(undo) = &self.undo { (self.done(undo)) }
            @if let Some((title, text)) = self.said { (done_banner(title, text)) }
            (steward_menu(paths::STEWARD))
            h1 class="govuk-heading-l" { "Waiting for a steward" }
            @if self.items.is_empty() {
                p class="govuk-body" { "No report, change or claim waits. What people report about listings of your part of the directory, and what providers change, comes here." }
            } @else {
                p class="govuk-body-l" { (wording::counted(self.items.len(), "thing", "things")) ", the most harmful first, and of those the oldest." }
                ol class="ha-ways" role="list" { @for item in self.items { li { (self.item(item)) } } }
            }
            @if self.besides.twice > 0 {
                p class="govuk-body" {
                    a class="govuk-link" href=(paths::DUPLICATES) { (wording::counted(self.besides.twice, "pair of listings", "pairs of listings")) }
                    " may be the same."
                }
            }
            @if self.besides.organisations > 0 {
                p class="govuk-body" {
                    a class="govuk-link" href=(paths::DUPLICATES) { (wording::counted(self.besides.organisations, "pair of organisations", "pairs of organisations")) }
                    " may be the same."
                }
            }
            @if self.besides.disputed > 0 {
                p class="govuk-body" {
                    "In " a class="govuk-link" href=(paths::IMPORTS) { (wording::counted(self.besides.disputed, "place", "places")) }
                    " a feed says otherwise than whoever looks after the listing."
                }
            }
            @if self.besides.dead > 0 {
                p class="govuk-body" {
                    a class="govuk-link" href=(paths::DEAD_LINKS) { (wording::counted(self.besides.dead, "listing names a page", "listings name a page")) }
                    " that no longer answers."
                }
            }
            @if !self.decided.is_empty() {
                h2 class="govuk-heading-m" { "Claims that were decided lately" }
                ul class="govuk-list" {
                    @for (claim, record) in self.decided {
                        li { a class="govuk-link" href=(paths::steward_claim(claim.id)) { (record.organisation.name) } ", decided " (wording::ago(claim.decided.as_ref().map_or(claim.at, |decided| decided.at), self.now)) }
                    }
                }
            }
        }
    }
}

impl QueuePage<'_> {
    fn item(&self, item: &Waiting) -> Markup {
        let (href, what) = match &item.matter {
            Matter::Report(report) => {
                (paths::steward_report(report.id), in_words(report.reason).to_owned())
            }
            Matter::Proposal(proposal) => (paths::steward_changes(proposal.id), in_brief(proposal)),
            Matter::Claim(claim) => {
                (paths::steward_claim(claim.id), "Somebody says that it is theirs".to_owned())
            }
        };
        html! {
            h2 class="ha-ways__title" {
                a class="govuk-link" href=(href) { (what) ": " (item.record.service.name) }
            }
            p {
                (mark(item, self.now))
                @if matches!(item.matter, Matter::Proposal(_)) { "Sent " } @else { "Said " }
                (wording::ago(item.since(), self.now)) ". " (item.record.organisation.name)
            }
        }
    }

    fn done(&self, undo: &str) -> Markup {
        html! {
            (done_banner("Done", "That is off the queue."))
            form method="post" action=(undo) {
                (key_field(&self.guest.form_key))
                button class="govuk-button govuk-button--secondary" { "Undo" }
            }
        }
    }
}

/// What sets an item apart at a glance.
fn mark(item: &Waiting, now: Timestamp) -> Markup {
    html! {
        @match item.harm() {
            Harm::Safety => { strong class="govuk-tag govuk-tag--red" { "Safety" } " " }
            Harm::Sensitive => { strong class="govuk-tag govuk-tag--red" { "Shown with care" } " " }
            _ => {}
        }
        @if item.is_asked(now) { strong class="govuk-tag govuk-tag--grey" { "Waits for an answer" } " " }
    }
}

struct ItemPage<'a> {
    guest: &'a Guest,
    item: &'a Item,
    why: &'a str,
    faults: &'a [FormFault],
    vocabulary: &'static Vocabulary,
    now: Timestamp,
}

impl<'a> ItemPage<'a> {
    fn new(
        web: &Web,
        guest: &'a Guest,
        item: &'a Item,
        why: &'a str,
        faults: &'a [FormFault],
    ) -> Self {
        Self { guest, item, why, faults, vocabulary: web.app.vocabulary, now: web.now() }
    }
}

impl Page for ItemPage<'_> {
    fn head(&self) -> Head {
        let error = if self.faults.is_empty() { "" } else { "Error: " };
        Head::for_guest(format!("{error}A report about a listing"), self.guest)
    }

    fn before(&self) -> Markup {
        back_link(paths::STEWARD, "The queue")
    }
}

impl Render for ItemPage<'_> {
    fn render(&self) -> Markup {
        let (report, record) = (&self.item.report, &self.item.kept.record);
        html! {
            (error_summary(self.faults))
            span class="govuk-caption-l" { (record.service.name) ", " (record.organisation.name) }
            h1 class="govuk-heading-l" { (in_words(report.reason)) }
            p class="govuk-body" { "Said " (wording::ago(report.at, self.now)) " by a visitor." }
            @if let Some(words) = &report.words { blockquote class="govuk-inset-text" { (words) } }
            @if let Some(asked) = &report.asked {
                p class="govuk-inset-text" {
                    "Those who look after it were asked " (wording::ago(asked.at, self.now)) ": " (asked.question)
                    @if report.awaits_word(&record.service.upkeep) { " Nobody has changed or confirmed the listing since." }
                    @else { " The listing was changed or confirmed since." }
                }
            }
            @if report.closed.is_some() {
                p class="govuk-body" { strong { "This was ended already." } }
            } @else {
                (self.actions())
            }
            h2 class="govuk-heading-m" { "The listing as it stands" }
            (kept_facts(record, self.vocabulary, self.now))
        }
    }
}

impl ItemPage<'_> {
    fn actions(&self) -> Markup {
        let service = &self.item.kept.record.service;
        html! {
            p class="govuk-body" {
                a class="govuk-link" href=(paths::keep(service.id)) { "Put the listing right" }
                ", or ring its provider. Then end this here."
            }
            form method="post" action=(paths::steward_report(self.item.report.id)) novalidate {
                (key_field(&self.guest.form_key))
                (text_area("why", "What you did, why, or what you ask", Some("Needed to hide a listing, where it stays in its history for stewards. Needed to ask: those who look after it get it by mail."), self.why, (3, LONGEST_REMARK), self.faults))
                div class="govuk-button-group" {
                    @for (key, _, label, class) in ACTIONS { button class=(class) name="do" value=(key) { (label) } }
                    @if self.item.report.reason != ReportReason::Unsafe {
                        button class="govuk-button govuk-button--secondary" name="do" value="ask" { "Ask its provider" }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_words() {
        for reason in [
            ReportReason::Unsafe,
            ReportReason::WrongContact,
            ReportReason::Closed,
            ReportReason::WrongTime,
            ReportReason::Other,
        ] {
            assert!(!in_words(reason).is_empty(), "{reason:?}");
        }
    }
}
