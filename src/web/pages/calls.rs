//! `/steward/calls`: whom to ring about listings that nobody has confirmed for long, and saying
//! of several at once that they are right.

use std::collections::BTreeMap;

use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use maud::{Markup, Render, html};

use crate::{
    domain::ServiceId,
    keeping::{
        CALLS_PER_PAGE, Call, Calls, FormFault, Guest, Rung, call_list, confirm_rung,
        contact_to_ring, seen,
    },
    search::wording,
    vocabulary::Vocabulary,
    web::{
        asked::Pairs,
        cache::Cache,
        error::PageError,
        layout::{Head, Page},
        parts::{
            call::call_row,
            form::{done_banner, error_summary, hidden, key_field, message},
            pagination::numbered_pages,
            steward_menu::steward_menu,
        },
        paths,
        typed::{Typed, fault_of},
        work::Web,
    },
};

/// The field of the ticks, and the id of the first of them.
const TICK: &str = "tick";

/// Answers with a page of the call list.
pub async fn show(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let page = pairs.page();
    let calls = listed(&web, &guest, page).await?;
    if page > 1 && calls.calls.is_empty() {
        return Ok(Redirect::to(paths::CALLS).into_response());
    }
    // An address may be opened again another day.
    let done = pairs.first("done").parse().ok().filter(|done| *done <= calls.lately);
    let rung = Rung { confirmed: done.unwrap_or(0), changed: Vec::new() };
    let shown = CallsPage { rung, ..CallsPage::new(&web, &guest, &calls, page) };
    Ok(web.show(&shown, Cache::Private))
}

/// Confirms the listings that were ticked.
pub async fn confirm_them(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    let ticked = ticked(&typed)?;
    let rung = if ticked.is_empty() {
        Rung::default()
    } else {
        rung(&web, &guest, ticked.clone()).await?
    };
    if !ticked.is_empty() && rung.changed.is_empty() {
        return Ok(Redirect::to(&paths::calls_done(rung.confirmed)).into_response());
    }
    let page = typed.0.page();
    let calls = listed(&web, &guest, page).await?;
    let shown = CallsPage::new(&web, &guest, &calls, page);
    if ticked.is_empty() {
        let faults =
            vec![FormFault::new(TICK, "Tick the listings that you rang about and that are right")];
        return Ok(
            web.show_as(&PageError::Unacceptable(Vec::new()), &CallsPage { faults, ..shown })
        );
    }
    Ok(web.show_as(&PageError::ChangedMeanwhile, &CallsPage { rung, ..shown }))
}

/// A page of the call list.
pub async fn listed(web: &Web, guest: &Guest, page: usize) -> Result<Calls, PageError> {
    let (person, now) = (guest.person.clone(), web.now());
    web.work(move |app| {
        let from = (&app.survey, &app.store, &*app.gazetteer);
        call_list(from, &person, &app.config.keeping, page, now)
    })
    .await
}

async fn rung(
    web: &Web,
    guest: &Guest,
    ticked: Vec<(ServiceId, String)>,
) -> Result<Rung, PageError> {
    let (person, now) = (guest.person.clone(), web.now());
    web.work(move |app| {
        confirm_rung(&app.store, &app.gazetteer, &person, &ticked, &app.config.keeping, now)
    })
    .await
}

/// The listings that were ticked, each with how it was seen.
fn ticked(typed: &Typed) -> Result<Vec<(ServiceId, String)>, PageError> {
    let values = typed.0.0.iter().filter(|(field, _)| field == TICK).map(|(_, value)| value);
    let ids: Result<Vec<ServiceId>, _> = values.map(|value| value.trim().parse()).collect();
    let ids = ids.map_err(|_| PageError::Unreadable)?;
    let ticked: BTreeMap<ServiceId, String> =
        ids.into_iter().map(|id| (id, typed.get(&seen_field(id)).to_owned())).collect();
    if ticked.len() > CALLS_PER_PAGE {
        return Err(PageError::Unreadable);
    }
    Ok(ticked.into_iter().collect())
}

fn seen_field(id: ServiceId) -> String {
    format!("seen-{id}")
}

struct CallsPage<'a> {
    guest: &'a Guest,
    calls: &'a Calls,
    page: usize,
    rung: Rung,
    faults: Vec<FormFault>,
    /// After how many months a listing is due.
    months: i32,
    vocabulary: &'static Vocabulary,
    now: Timestamp,
}

impl<'a> CallsPage<'a> {
    fn new(web: &Web, guest: &'a Guest, calls: &'a Calls, page: usize) -> Self {
        Self {
            guest,
            calls,
            page,
            rung: Rung::default(),
            faults: Vec::new(),
            months: web.app.config.keeping.ask_after_months,
            vocabulary: web.app.vocabulary,
            now: web.now(),
        }
    }
}

impl Page for CallsPage<'_> {
    fn head(&self) -> Head {
        let is_refused = !self.faults.is_empty() || !self.rung.changed.is_empty();
        let error = if is_refused { "Error: " } else { "" };
        let page = if self.page > 1 { format!(", page {}", self.page) } else { String::new() };
        Head::for_guest(format!("{error}Whom to ring{page}"), self.guest)
    }
}

impl Render for CallsPage<'_> {
    fn render(&self) -> Markup {
        let pages = self.calls.total.div_ceil(CALLS_PER_PAGE);
        html! {
            (error_summary(&self.faults))
            (self.done())
            (steward_menu(paths::CALLS))
            h1 class="govuk-heading-l" { "Whom to ring" }
            @if self.calls.total == 0 {
                p class="govuk-body" { (none_is_due(self.months)) }
            } @else {
                p class="govuk-body-l" { (how_many(self.calls, self.months)) }
                p class="govuk-body" { a class="govuk-link" href=(paths::calls_print(self.page)) { "Print this page of the list" } }
                (self.to_ring())
                (self.without_phone())
                (numbered_pages(self.page, pages, &paths::calls))
            }
        }
    }
}

impl CallsPage<'_> {
    /// What was done, and what was not.
    fn done(&self) -> Markup {
        let (confirmed, changed) = (self.rung.confirmed, &self.rung.changed);
        let said =
            format!("{} confirmed.", wording::counted(confirmed, "listing is", "listings are"));
        html! {
            @if !changed.is_empty() {
                div class="govuk-error-summary" data-module="govuk-error-summary" {
                    div role="alert" {
                        h2 class="govuk-error-summary__title" { "Some were changed since you opened the list" }
                        div class="govuk-error-summary__body" {
                            p class="govuk-body" { "These are not confirmed. Look at each as it is now: it may no longer be what you were told." }
                            ul class="govuk-list govuk-error-summary__list" {
                                @for record in changed { li { a href=(paths::keep(record.service.id)) { (record.service.name) } } }
                            }
                            @if confirmed > 0 { p class="govuk-body" { (said) } }
                        }
                    }
                }
            } @else if confirmed > 0 {
                (done_banner("Thank you", &said))
            }
        }
    }

    fn to_ring(&self) -> Markup {
        let mut calls =
            self.calls.calls.iter().filter(|call| has_phone(call)).enumerate().peekable();
        html! {
            @if calls.peek().is_some() {
                form method="post" action=(paths::CALLS) novalidate {
                    (key_field(&self.guest.form_key))
                    (hidden("page", &self.page.to_string()))
                    fieldset class="govuk-fieldset" {
                        legend class="govuk-fieldset__legend govuk-fieldset__legend--m" { "Tick each that you rang about and that is right" }
                        (message(TICK, fault_of(&self.faults, TICK)))
                        ul class="ha-ways" role="list" {
                            @for (at, call) in calls { li { (self.tick(at, call)) (call_row(call, self.vocabulary, self.now)) } }
                        }
                    }
                    button class="govuk-button" { "Confirm the ticked ones: I rang, and they are right" }
                }
            }
        }
    }

    fn tick(&self, at: usize, call: &Call) -> Markup {
        let service = &call.record.service;
        let id = if at == 0 { TICK.to_owned() } else { format!("{TICK}-{}", at + 1) };
        html! {
            (hidden(&seen_field(service.id), &seen(&call.record, self.now)))
            div class="govuk-checkboxes" data-module="govuk-checkboxes" {
                div class="govuk-checkboxes__item" {
                    input class="govuk-checkboxes__input" type="checkbox" id=(id) name=(TICK) value=(service.id);
                    label class="govuk-label govuk-checkboxes__label govuk-!-font-weight-bold" for=(id) { (service.name) }
                }
            }
        }
    }

    /// Those whom nobody can ring.
    fn without_phone(&self) -> Markup {
        let mut calls = self.calls.calls.iter().filter(|call| !has_phone(call)).peekable();
        html! {
            @if calls.peek().is_some() {
                h2 class="govuk-heading-m" { "No phone number" }
                p class="govuk-body" { "Neither these listings nor their organisations give one. Open each to see how else to ask." }
                ul class="ha-ways" role="list" {
                    @for call in calls {
                        li {
                            h3 class="ha-ways__title" { (call.record.service.name) }
                            (call_row(call, self.vocabulary, self.now))
                        }
                    }
                }
            }
        }
    }
}

/// Whether there is a number to ring.
pub fn has_phone(call: &Call) -> bool {
    contact_to_ring(&call.record).is_some()
}

/// How many there are, and what they have in common.
pub fn how_many(calls: &Calls, months: i32) -> String {
    let without = calls.total.saturating_sub(calls.with_phone);
    let without = match without {
        0 => String::new(),
        without => format!(" {} without a number at the end.", and_more(without)),
    };
    format!(
        "{} to ring about. Nobody has confirmed them for {months} months or more: those never confirmed come first, then the longest ago.{without}",
        wording::counted(calls.with_phone, "listing", "listings")
    )
}

fn and_more(count: usize) -> String {
    if count == 1 {
        "1 more is".to_owned()
    } else {
        format!("{} more are", wording::thousands(count))
    }
}

fn none_is_due(months: i32) -> String {
    format!(
        "Every listing of your part was confirmed in the last {months} months. There is nobody to ring."
    )
}
