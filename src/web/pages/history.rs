//! What was changed in a listing, when and by whom: `/services/{id}/{slug}/history` for everybody,
//! without what stood there before, since that may have been taken out for a reason; and
//! `/manage/services/{id}/history` with it, for those who look after the listing.

use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use jiff::Timestamp;
use maud::{Markup, Render, html};
use serde_json::Value;

use crate::{
    app::App,
    domain::{Capacity, Role, Route, Service, ServiceId},
    keeping::Guest,
    search::{Labelled, wording},
    store::{Action, Change, FieldChanges, Reading, StoreError, Subject},
    web::{
        asked::Named,
        cache::Cache,
        error::PageError,
        layout::{Head, Page, Robots, Section},
        pages::{keep::theirs, report::listed},
        parts::frame::back_link,
        paths,
        work::Web,
    },
};

/// The most changes that are shown.
const MOST: usize = 100;

/// Answers with the changes of a listing.
pub async fn show(State(web): State<Web>, Path(named): Path<Named>) -> Result<Response, PageError> {
    let id: ServiceId = named.id()?;
    listed(&web, id).await?;
    let past = web.work(move |app| Past::find(app, id, MOST)).await?;
    Ok(web.show(&HistoryPage { past: &past, is_theirs: false, says_why: false }, Cache::Fresh))
}

/// Answers with the changes of a listing, and what they changed, for who looks after it.
pub async fn show_theirs(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
) -> Result<Response, PageError> {
    let id: ServiceId = named.id()?;
    let (_, by) = theirs(&web, &guest, id).await?;
    let past = web.work(move |app| Past::find(app, id, MOST)).await?;
    Ok(web.show(
        &HistoryPage { past: &past, is_theirs: true, says_why: by.role == Role::Steward },
        Cache::Private,
    ))
}

/// A listing with what was done to it, newest first.
pub(super) struct Past {
    service: Service,
    is_sensitive: bool,
    pub events: Vec<Event>,
}

/// Something that was done.
pub(super) struct Event {
    pub at: Timestamp,
    pub by: String,
    /// Why, where whoever did it said so.
    pub why: Option<String>,
    pub what: What,
}

pub(super) enum What {
    Listed,
    Edited(FieldChanges),
    Said(Box<Capacity>),
}

impl Past {
    /// At most so many events.
    pub fn find(app: &App, id: ServiceId, most: usize) -> Result<Self, PageError> {
        let record = app.store.service_record(id)?.ok_or(PageError::NotFound)?;
        let mut events = edits(app, id, most)?;
        let said = app.store.list_newest_capacity_of(id, most)?.into_iter();
        events.extend(said.map(|said| Event {
            at: said.as_of,
            by: said.by.name.clone(),
            why: None,
            what: What::Said(Box::new(said)),
        }));
        events.sort_by_key(|event| std::cmp::Reverse(event.at));
        events.truncate(most);
        Ok(Self { is_sensitive: record.needs_care(), service: record.service, events })
    }
}

fn edits(app: &App, id: ServiceId, most: usize) -> Result<Vec<Event>, StoreError> {
    let changes = app.store.changes_of(&Subject::Service(id), most)?;
    let event = |change: Change| Event {
        at: change.at,
        by: route(change.actor.route).to_owned(),
        why: change.actor.reason.clone(),
        what: match change.action {
            Action::Added => What::Listed,
            Action::Changed | Action::Removed => What::Edited(change.fields()),
        },
    };
    Ok(changes.into_iter().map(event).collect())
}

/// By whom, without saying who: what people do here is signed only where they sign it.
fn route(route: Route) -> &'static str {
    match route {
        Route::Owner => "the provider",
        Route::Steward => "a steward",
        Route::Feed => "a feed",
        Route::Regulator => "a register",
        Route::Demonstration => "the demonstration",
    }
}

/// A field of a listing as people call it; nothing for what is not theirs to read.
pub(super) fn label(field: &str) -> Option<&'static str> {
    Some(match field {
        "name" => "Name",
        "aliases" => "Other names",
        "summary" => "In one line",
        "description" => "In full",
        "in_short" => "In short",
        "status" => "Whether it goes on",
        "alert" => "Notice",
        "needs" => "What it helps with",
        "eligibility" => "Who it is for",
        "costs" => "Cost",
        "access_routes" => "How to start",
        "first_visit" => "The first time",
        "delivery" => "How it reaches people",
        "languages" => "Languages",
        "access" => "Access",
        "sessions" => "Sessions",
        "venues" => "Venues",
        "footprint" => "Area served",
        "outcome_measures" => "Outcome measures",
        "website" => "Website",
        "contacts" => "Contacts",
        "partnerships" => "Partnerships",
        "trust" => "Trust",
        "organisation" => "Who runs it",
        _ => return None,
    })
}

/// The words of a field that may be shown as they were and became.
pub(super) fn words(field: &str, value: &Value) -> Option<String> {
    let plain = ["name", "summary", "description", "status", "alert", "website"];
    let text = value.as_str().unwrap_or_default();
    plain.contains(&field).then(|| text.to_owned())
}

struct HistoryPage<'a> {
    past: &'a Past,
    /// Whether it is for somebody who looks after the listing.
    is_theirs: bool,
    /// Whether it is for a steward, who is told why.
    says_why: bool,
}

impl Page for HistoryPage<'_> {
    fn head(&self) -> Head {
        let title = if self.past.is_sensitive {
            "Changes of a listing".to_owned()
        } else {
            format!("Changes of {}", self.past.service.name)
        };
        Head { robots: Robots::NoIndex, section: Some(Section::Search), ..Head::new(title) }
    }

    fn before(&self) -> Markup {
        let service = &self.past.service;
        let back = if self.is_theirs {
            paths::keep(service.id)
        } else {
            paths::service(service.id, &service.name)
        };
        back_link(&back, "Back to the listing")
    }
}

impl Render for HistoryPage<'_> {
    fn render(&self) -> Markup {
        html! {
            span class="govuk-caption-l" { (self.past.service.name) }
            h1 class="govuk-heading-l" { "What was changed" }
            @if self.past.events.is_empty() { p class="govuk-body" { "Nothing was written down of it." } }
            @if self.is_theirs {
                p class="govuk-body" { a class="govuk-link" href=(paths::keep_part(self.past.service.id, "history.csv")) { "Download as CSV" } }
            }
            ul class="ha-ways" role="list" { @for event in &self.past.events { li { (self.event(event)) } } }
        }
    }
}

impl HistoryPage<'_> {
    fn event(&self, event: &Event) -> Markup {
        let on = wording::long_date(wording::date_of(event.at));
        html! {
            h2 class="ha-ways__title" {
                @match &event.what {
                    What::Listed => { "Listed" }
                    What::Said(said) => { (said.status.label()) }
                    What::Edited(fields) => { (title(fields)) }
                }
            }
            p { (on) ", by " (event.by) }
            @if let Some(why) = event.why.as_ref().filter(|_| self.says_why) { p { "Why: " (why) } }
            @match &event.what {
                What::Listed => {}
                What::Said(said) => { (statement(said)) }
                What::Edited(fields) => { (self.fields(fields)) }
            }
        }
    }

    fn fields(&self, fields: &FieldChanges) -> Markup {
        html! {
            @for (field, (before, after)) in fields {
                @if let Some(label) = label(field) {
                    @match (words(field, before), words(field, after)) {
                        (Some(before), Some(after)) if self.is_theirs => {
                            p {
                                (label) ": "
                                @if !before.is_empty() { del { span class="govuk-visually-hidden" { "was " } (before) } " " }
                                @if !after.is_empty() { ins { span class="govuk-visually-hidden" { "became " } (after) } }
                            }
                        }
                        _ => { p { (label) " changed" } }
                    }
                }
            }
        }
    }
}

/// What an edit comes to.
pub(super) fn title(fields: &FieldChanges) -> &'static str {
    let edited = fields.keys().any(|field| label(field).is_some());
    let confirmed = fields
        .get("upkeep")
        .is_some_and(|(before, after)| before.get("confirmed") != after.get("confirmed"));
    match (confirmed, edited) {
        (true, false) => "Confirmed",
        (true, true) => "Confirmed and changed",
        _ => "Changed",
    }
}

fn statement(said: &Capacity) -> Markup {
    let until = wording::long_date(wording::date_of(said.lapses_at));
    html! {
        @if let Some(weeks) = said.wait_weeks { p { "Wait: about " (wording::counted(usize::from(weeks), "week", "weeks")) } }
        @if let Some(note) = &said.note { p { (note) } }
        p { "Counts until " (until) ", unless something newer is said." }
    }
}
