//! The page of a listing before whoever looks after it: what waits, the facts, the door, and what
//! else may be done.

use jiff::Timestamp;
use maud::{Markup, Render, html};

use super::{keep::title, links::said_of, said::Said};
use crate::{
    domain::{LinkCheck, Part, Service, ServiceStatus},
    keeping::{
        Caretaker, Guest, KeepingError, Kept, Pending, Section, asked_of, can_undo, dead_link,
        may_list_again,
    },
    referring::{Replies, Tally, replies_of, tally_of},
    store::{MonthOfUse, Reading},
    web::{
        error::PageError,
        layout::{Head, Page},
        parts::{
            brings::{brings, went},
            care::Care,
            door_form::DoorTyped,
            form::{hidden, key_field},
            frame::back_link,
            kept_facts::kept_facts,
            pending::pending_changes,
            tasks::tasks,
        },
        paths::{self, Form},
        work::Web,
    },
};

/// How many months of what a listing brings are shown.
const MONTHS: usize = 6;

/// What was typed into the forms of the page, so that nothing of it is lost.
#[derive(Default)]
pub struct Typing {
    door: DoorTyped,
    /// To a steward's question.
    answer: String,
}

impl Typing {
    /// With what was answered to a steward.
    #[must_use]
    pub fn of_answer(answer: &str) -> Self {
        Self { answer: answer.to_owned(), ..Self::default() }
    }

    /// With what was said of the door.
    #[must_use]
    pub fn of_door(door: DoorTyped) -> Self {
        Self { door, ..Self::default() }
    }
}

/// What may be done with a listing besides saying that it is right.
pub struct Standing {
    pending: Pending,
    may_undo: bool,
    may_list_again: bool,
    /// What is known of the page that it names, where that does not answer.
    dead_link: Option<LinkCheck>,
    /// What a steward asks about it because of what somebody reported.
    asked: Vec<String>,
    /// What became of it in the newest months.
    uses: Vec<MonthOfUse>,
    /// How those who run it answer referrals, where there were enough.
    replies: Option<Replies>,
    /// What became of the referrals to it.
    tally: Tally,
}

impl Standing {
    /// Looks it up for one of those who keep the listing.
    pub async fn find(web: &Web, kept: &Kept, by: &Caretaker) -> Result<Self, PageError> {
        let (kept, by, now) = (kept.clone(), by.clone(), web.now());
        web.work(move |app| {
            Ok::<_, KeepingError>(Self {
                pending: Pending::of(&app.store, &kept, &by)?,
                may_undo: can_undo(&app.store, &kept, &by)?,
                may_list_again: may_list_again(&app.store, &kept, &by)?,
                uses: app.store.uses_of(kept.record.service.id, MONTHS)?,
                tally: tally_of(&app.store, &kept.record.service, now)?,
                replies: replies_of(&app.store, &kept.record.service, now)?,
                dead_link: dead_link(&app.store, &kept)?,
                asked: asked_of(&app.store, &kept)?,
            })
        })
        .await
    }
}

/// A listing before whoever looks after it.
pub struct KeepPage<'a> {
    kept: &'a Kept,
    guest: &'a Guest,
    web: &'a Web,
    standing: &'a Standing,
    said: Said,
    typed: Typing,
    now: Timestamp,
}

impl<'a> KeepPage<'a> {
    /// The page with nothing typed.
    #[must_use]
    pub fn new(
        web: &'a Web,
        (kept, guest): (&'a Kept, &'a Guest),
        standing: &'a Standing,
        said: Said,
    ) -> Self {
        Self { kept, guest, web, standing, said, typed: Typing::default(), now: web.now() }
    }

    /// The same with what was typed.
    #[must_use]
    pub fn with(self, typed: Typing) -> Self {
        Self { typed, ..self }
    }
}

impl Page for KeepPage<'_> {
    fn head(&self) -> Head {
        Head::for_guest(
            format!(
                "{}{}",
                self.said.before_title(),
                title("Look after", "Look after a listing", self.kept)
            ),
            self.guest,
        )
    }

    fn before(&self) -> Markup {
        html! {
            @if self.guest.only.is_none() { (back_link(paths::MANAGE, "Your listings")) }
        }
    }
}

impl Render for KeepPage<'_> {
    fn render(&self) -> Markup {
        let service = &self.kept.record.service;
        html! {
            (self.said.shown())
            @if matches!(self.said, Said::Live | Said::Both) && self.standing.may_undo { (self.take_back()) }
            span class="govuk-caption-l" { (self.kept.record.organisation.name) }
            h1 class="govuk-heading-l" { (service.name) }
            (self.out_of_view())
            (self.failing_page())
            @for question in &self.standing.asked {
                p class="govuk-inset-text" { "Somebody told us that something may be wrong here, and a steward asks: " (question) " Put it right, or say that it is still right: that answers it." }
            }
            (pending_changes(
                self.web,
                (self.kept, &self.standing.pending),
                &self.guest.form_key,
                (&self.typed.answer, self.said.faults()),
            ))
            @if self.kept.is_listed() {
                (self.care().shown())
            } @else {
                (kept_facts(&self.kept.record, self.web.app.vocabulary, self.now))
                h2 class="govuk-heading-m" { "Change it" }
                (self.change())
            }
            (brings(&self.standing.uses))
            (went(&self.kept.record, self.standing.replies.as_ref(), &self.standing.tally))
            @if self.kept.is_listed() { (poster(&self.kept.record.service)) }
            @if self.guest.only.is_some() { (self.leave()) }
        }
    }
}

/// What of the listing can be hung up or sent on.
fn poster(service: &Service) -> Markup {
    let as_form = |form: Form| paths::service_as(service.id, &service.name, form);
    html! {
        h2 class="govuk-heading-m" { "Take it along" }
        p class="govuk-body" {
            "As everybody gets it: "
            a class="govuk-link" href=(as_form(Form::LargeLeaflet)) { "a sheet for your door, with a QR code (PDF)" } ", "
            a class="govuk-link" href=(as_form(Form::Text)) { "the text message and the text for a clinical record" } ", "
            a class="govuk-link" href=(as_form(Form::Calendar)) { "its dates for a calendar" } "."
        }
    }
}

impl KeepPage<'_> {
    fn care(&self) -> Care<'_> {
        let service = &self.kept.record.service;
        Care {
            kept: self.kept,
            vocabulary: self.web.app.vocabulary,
            now: self.now,
            confirm: paths::keep_part(service.id, "confirm"),
            door: paths::keep_part(service.id, "door"),
            key: Some(&self.guest.form_key),
            typed: &self.typed.door,
            faults: self.said.faults(),
            is_confirmed: self.said == Said::Confirmed,
            change: self.change(),
        }
    }

    /// Why nobody is shown the listing, and the way to change that.
    fn out_of_view(&self) -> Markup {
        let status = self.kept.record.service.status;
        let waits = self.standing.pending.waiting_parts().contains(&Part::Status);
        html! {
            @match status {
                ServiceStatus::Draft if waits => {}
                ServiceStatus::Draft => {
                    p class="govuk-body-l" { "Nobody sees this listing yet." }
                    (self.act("list", "govuk-button", "Send it, to be shown"))
                    (self.act("throw-away", "govuk-button govuk-button--secondary", "Throw it away"))
                }
                ServiceStatus::Inactive | ServiceStatus::Defunct => {
                    p class="govuk-body" { strong { "This listing is not shown to anybody at the moment." } }
                    @if self.standing.may_list_again { (self.act("list-again", "govuk-button", "Show it again")) }
                    @else { p class="govuk-body" { "A steward took it from view. Ask whoever runs this directory." } }
                }
                ServiceStatus::Active | ServiceStatus::TemporarilyClosed => {}
            }
        }
    }

    /// That nobody can open the page that it names, to whoever can put that right.
    fn failing_page(&self) -> Markup {
        let words = paths::keep_section(self.kept.record.service.id, Section::Words);
        html! {
            @if let Some(check) = &self.standing.dead_link {
                p class="govuk-inset-text" {
                    "Its website does not open. " (said_of(check)) ". "
                    a class="govuk-link" href=(words) { "Put the address right, or take it out" }
                }
            }
        }
    }

    /// A button that does one thing.
    fn act(&self, what: &str, class: &str, label: &str) -> Markup {
        html! {
            form method="post" action=(paths::keep_part(self.kept.record.service.id, "do")) {
                (key_field(&self.guest.form_key))
                (hidden("version", &self.kept.version.0.to_string()))
                button class=(class) name="do" value=(what) data-module="govuk-button" data-prevent-double-click="true" { (label) }
            }
        }
    }

    fn change(&self) -> Markup {
        let service = &self.kept.record.service;
        let is_member = self.guest.only.is_none();
        html! {
            (tasks(self.kept, &self.standing.pending))
            ul class="govuk-list" {
                li { a class="govuk-link" href=(paths::keep_part(service.id, "preview")) { "See it as everybody would, with what is not live yet" } }
                li { a class="govuk-link" href=(paths::keep_part(service.id, "history")) { "What was changed before" } }
                @if service.is_listed() {
                    li { a class="govuk-link" href=(paths::service(service.id, &service.name)) { "See it as everybody does now" } }
                    li { a class="govuk-link" href=(paths::keep_part(service.id, "withdraw")) { "Take this listing down" } }
                    @if self.kept.by_steward(&self.guest.person).is_ok() {
                        li { a class="govuk-link" href=(paths::twin(service.id)) { "It is listed twice: find the other one" } }
                    }
                }
            }
            @if is_member && service.status != ServiceStatus::Draft {
                (self.act("copy", "govuk-button govuk-button--secondary", "Copy it to begin another like it"))
            }
        }
    }

    fn take_back(&self) -> Markup {
        html! {
            form method="post" action=(paths::keep_part(self.kept.record.service.id, "undo")) {
                (key_field(&self.guest.form_key))
                (hidden("version", &self.kept.version.0.to_string()))
                button class="govuk-button govuk-button--secondary" { "Undo: as it was before" }
            }
        }
    }

    /// Whoever came by a mail may be at a shared computer.
    fn leave(&self) -> Markup {
        html! {
            form method="post" action=(paths::SIGN_OUT) {
                (key_field(&self.guest.form_key))
                button class="govuk-button govuk-button--secondary" { "I am finished" }
            }
        }
    }
}
