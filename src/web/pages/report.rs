//! `/services/{id}/{slug}/report`: what is wrong with a listing, without an account.

use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use jiff::SignedDuration;
use maud::{Markup, Render, html};

use super::service::moved;
use crate::{
    app::App,
    domain::{ReportReason, ServiceId},
    keeping::{FormFault, LONGEST_REMARK, Network, report},
    store::{Reading, ServiceRecord},
    web::{
        asked::{Named, Pairs},
        cache::Cache,
        error::PageError,
        layout::{Head, Page, Robots, Section},
        parts::{
            form::{error_summary, message, text_area},
            frame::back_link,
            urgent,
        },
        paths,
        refused::Refused,
        typed::{Typed, fault_of},
        work::Web,
    },
};

/// Reports from one network in ten minutes.
const REPORTS: u32 = 10;
const SPAN: SignedDuration = SignedDuration::from_mins(10);

/// The reasons, in the words of the form.
pub const REASONS: [(&str, ReportReason, &str); 5] = [
    ("closed", ReportReason::Closed, "It has closed, or takes nobody"),
    ("wrong-contact", ReportReason::WrongContact, "The phone, e-mail or address is wrong"),
    ("wrong-time", ReportReason::WrongTime, "The day or time is wrong"),
    ("unsafe", ReportReason::Unsafe, "Somebody may not be safe"),
    ("other", ReportReason::Other, "Something else"),
];

/// Answers with the form, or that it was sent.
pub async fn show(
    State(web): State<Web>,
    Path(named): Path<Named>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let record = listed(&web, named.id()?).await?;
    let sent = pairs.first("sent");
    if !sent.is_empty() {
        let page = ReportedPage { record: &record, is_unsafe: sent == "unsafe", app: &web.app };
        return Ok(web.show(&page, Cache::Private));
    }
    let page = ReportPage { record: &record, reason: "", words: "", faults: &[] };
    Ok(web.show(&page, Cache::Private))
}

/// Takes the report.
pub async fn send(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(network): Extension<Network>,
    typed: Typed,
) -> Result<Response, PageError> {
    let id: ServiceId = named.id()?;
    let record = listed(&web, id).await?;
    let now = web.now();
    web.app.limits.count_from("report", network, REPORTS, SPAN, now)?;
    let reason = REASONS.into_iter().find(|(key, ..)| *key == typed.get("reason"));
    let words = typed.get("words").to_owned();
    let done = match reason {
        None => {
            let choose = FormFault::new("reason", "Choose what is wrong");
            Err(Refused::Wrong(vec![choose]))
        }
        Some((_, reason, _)) => {
            let words = words.clone();
            web.attempt(move |app| report(&app.store, id, reason, &words, now)).await?
        }
    };
    let Err(refused) = done else {
        let to = paths::report(id, &record.service.name);
        return Ok(Redirect::to(&format!("{to}?sent={}", typed.get("reason"))).into_response());
    };
    let reason = typed.get("reason");
    let page = ReportPage { record: &record, reason, words: &words, faults: refused.faults() };
    Ok(web.show_refused(&refused, &page))
}

/// A listing that everybody is shown.
pub async fn listed(web: &Web, id: ServiceId) -> Result<ServiceRecord, PageError> {
    let find = move |app: &App| match app.store.service_record(id)? {
        Some(record) if record.service.is_listed() => Ok(record),
        Some(record) => Err(moved(app, &record, "")?),
        None => Err(PageError::NotFound),
    };
    web.work(find).await
}

struct ReportPage<'a> {
    record: &'a ServiceRecord,
    reason: &'a str,
    words: &'a str,
    faults: &'a [FormFault],
}

impl Page for ReportPage<'_> {
    fn head(&self) -> Head {
        let error = if self.faults.is_empty() { "" } else { "Error: " };
        let title = if self.record.needs_care() {
            format!("{error}Report a problem with a listing")
        } else {
            format!("{error}Report a problem with {}", self.record.service.name)
        };
        Head { robots: Robots::NoIndex, section: Some(Section::Search), ..Head::new(title) }
    }

    fn before(&self) -> Markup {
        back(self.record)
    }
}

fn back(record: &ServiceRecord) -> Markup {
    back_link(&paths::service(record.service.id, &record.service.name), "Back to the listing")
}

impl Render for ReportPage<'_> {
    fn render(&self) -> Markup {
        let service = &self.record.service;
        html! {
            (error_summary(self.faults))
            span class="govuk-caption-l" { (service.name) }
            h1 class="govuk-heading-l" { "Report a problem with this listing" }
            p class="govuk-body" { "It goes to those who keep this directory. They do not learn who you are, so they cannot answer." }
            form method="post" action=(paths::report(service.id, &service.name)) novalidate {
                (self.reasons())
                (text_area("words", "Anything that helps to put it right (not needed)", Some("Nothing about any one person, please."), self.words, (4, LONGEST_REMARK), self.faults))
                button class="govuk-button" data-module="govuk-button" data-prevent-double-click="true" { "Send" }
            }
        }
    }
}

impl ReportPage<'_> {
    fn reasons(&self) -> Markup {
        let fault = fault_of(self.faults, "reason");
        let group = if fault.is_some() {
            "govuk-form-group govuk-form-group--error"
        } else {
            "govuk-form-group"
        };
        html! {
            div class=(group) {
                fieldset class="govuk-fieldset" aria-describedby=[fault.map(|_| "reason-error")] {
                    legend class="govuk-fieldset__legend govuk-fieldset__legend--s" { "What is wrong?" }
                    (message("reason", fault))
                    div class="govuk-radios" data-module="govuk-radios" {
                        @for (nth, (key, _, label)) in REASONS.into_iter().enumerate() {
                            // The summary of errors leads to the first.
                            @let id = if nth == 0 { "reason".to_owned() } else { format!("reason-{key}") };
                            div class="govuk-radios__item" {
                                input class="govuk-radios__input" id=(id) name="reason" type="radio" value=(key) checked[self.reason == key];
                                label class="govuk-label govuk-radios__label" for=(id) { (label) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// That it was sent, and what happens then.
struct ReportedPage<'a> {
    record: &'a ServiceRecord,
    is_unsafe: bool,
    app: &'a App,
}

impl Page for ReportedPage<'_> {
    fn head(&self) -> Head {
        Head {
            robots: Robots::NoIndex,
            section: Some(Section::Search),
            ..Head::new("Thank you for telling us")
        }
    }

    fn before(&self) -> Markup {
        back(self.record)
    }
}

impl Render for ReportedPage<'_> {
    fn render(&self) -> Markup {
        html! {
            h1 class="govuk-heading-l" { "Thank you for telling us" }
            @if self.is_unsafe {
                div class="ha-urgent" {
                    p class="ha-urgent__title" { "If somebody is in danger now, ring " (urgent::telephone("999")) }
                    p { "If you are worried about somebody’s safety, and it is not an emergency, ring the council’s adult or children’s social care team, or the police on " (urgent::telephone("101")) ". Do not wait for us." }
                    @if !self.app.config.directory.help_phone.is_empty() {
                        p { "Those who keep this directory: " (urgent::telephone(&self.app.config.directory.help_phone)) }
                    }
                }
                p class="govuk-body" { "A steward sees this before anything else." }
            } @else {
                p class="govuk-body" { "A steward looks at it, asks the provider where that is needed, and puts the listing right or takes it from view. What was changed shows at the foot of the listing." }
            }
        }
    }
}
