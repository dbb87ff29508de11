//! `/manage/services/{id}/edit/{section}`: a listing's form, section by section.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use jiff::Timestamp;
use maud::{Markup, Render, html};
use serde::Deserialize;

use super::{
    keep::{back, theirs, title},
    said::{Said, came_to},
};
use crate::{
    app::App,
    domain::{Part, Role, ServiceId, ServiceStatus},
    keeping::{
        Caretaker, Edited, Filled, Guest, KeepingError, Kept, Pending, Saved, Saving, Section,
        World, save_edited,
    },
    web::{
        cache::Cache,
        error::PageError,
        layout::{Head, Page},
        parts::{
            fact_list::fact,
            form::{hidden, key_field},
            frame::back_link,
            part_words::InWords,
            sections::{self, Form},
        },
        paths,
        refused::Refused,
        typed::Typed,
        work::Web,
    },
};

/// The part of an address that says which form of which listing.
#[derive(Deserialize)]
pub struct Which {
    id: String,
    section: String,
}

impl Which {
    fn read(&self) -> Result<(ServiceId, Section), PageError> {
        let section = Section::from_key(&self.section).ok_or(PageError::NotFound)?;
        Ok((self.id.parse().map_err(|_| PageError::NotFound)?, section))
    }
}

/// A listing as its form is filled from it.
struct Opened {
    kept: Kept,
    by: Caretaker,
    pending: Pending,
    section: Section,
    edited: Edited,
}

impl Opened {
    async fn find(web: &Web, guest: &Guest, which: &Which) -> Result<Arc<Self>, PageError> {
        let (id, section) = which.read()?;
        let (kept, by) = theirs(web, guest, id).await?;
        let (for_work, caretaker) = (kept.clone(), by.clone());
        let pending = web.work(move |app| Pending::of(&app.store, &for_work, &caretaker)).await?;
        let edited = pending.over_for(section, &kept.record);
        Ok(Arc::new(Self { kept, by, pending, section, edited }))
    }
}

/// Answers with the form.
pub async fn show(
    State(web): State<Web>,
    Path(which): Path<Which>,
    Extension(guest): Extension<Guest>,
) -> Result<Response, PageError> {
    let opened = Opened::find(&web, &guest, &which).await?;
    let filled = opened.section.fill(&opened.edited);
    let page = EditPage::new(&web, &opened, &guest, &filled, Said::Nothing);
    Ok(web.show(&page, Cache::Private))
}

/// Saves what was typed, or shows it again with what is wrong.
pub async fn save(
    State(web): State<Web>,
    Path(which): Path<Which>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    let opened = Opened::find(&web, &guest, &which).await?;
    let filled = Filled::read(&typed.0.0);
    let saving = if typed.get("do") == "later" { Saving::Later } else { Saving::Now };
    let shown = typed.get("shown").to_owned();
    let (for_work, now) = (filled.clone(), web.now());
    let here = Arc::clone(&opened);
    let done = web.attempt(move |app| here.save(app, &for_work, &shown, saving, now)).await?;
    let refused = match done {
        Ok(saved) => return Ok(back(opened.kept.record.service.id, came_to(&saved))),
        Err(refused) => refused,
    };
    let page = EditPage::new(&web, &opened, &guest, &filled, refused.clone().into());
    Ok(web.show_refused(&refused, &page))
}

impl Opened {
    fn save(
        &self,
        app: &App,
        filled: &Filled,
        shown: &str,
        saving: Saving,
        now: Timestamp,
    ) -> Result<Saved, KeepingError> {
        let world = World { gazetteer: &app.gazetteer, vocabulary: app.vocabulary };
        let stands = self.section.fill(&self.edited).fingerprint();
        let mut edited = self.edited.clone();
        let faults = self.section.apply(filled, &mut edited, world);
        if !faults.is_empty() {
            return Err(KeepingError::Form(faults));
        }
        let is_as_it_stands = self.section.fill(&edited).fingerprint() == stands;
        if stands != shown && !is_as_it_stands {
            return Err(KeepingError::ChangedMeanwhile);
        }
        let within = self.pending.shown_whole(self.section, &self.kept.record);
        let what = (&self.edited, &edited);
        let (kept, pending) = (&self.kept, &self.pending);
        save_edited(&app.store, kept, &self.by, pending, what, (&within, saving), now)
    }
}

struct EditPage<'a> {
    opened: &'a Opened,
    guest: &'a Guest,
    filled: &'a Filled,
    said: Said,
    web: &'a Web,
}

impl<'a> EditPage<'a> {
    fn new(
        web: &'a Web,
        opened: &'a Opened,
        guest: &'a Guest,
        filled: &'a Filled,
        said: Said,
    ) -> Self {
        Self { opened, guest, filled, said, web }
    }
}

impl Page for EditPage<'_> {
    fn head(&self) -> Head {
        let section = sections::title(self.opened.section);
        let of = title("Change", "Change a listing", &self.opened.kept);
        Head::for_guest(format!("{}{section}: {of}", self.said.before_title()), self.guest)
    }

    fn before(&self) -> Markup {
        let id = self.opened.kept.record.service.id;
        html! { (back_link(&paths::keep(id), "Back to the listing")) }
    }
}

impl Render for EditPage<'_> {
    fn render(&self) -> Markup {
        let (kept, section) = (&self.opened.kept, self.opened.section);
        let service = &kept.record.service;
        let form = Form {
            filled: self.filled,
            faults: self.said.faults(),
            edited: &self.opened.edited,
            record: &kept.record,
            vocabulary: self.web.app.vocabulary,
        };
        // After a change by somebody else, sending again means to save over what is shown.
        let shown = section.fill(&self.opened.edited);
        html! {
            @if self.said == Said::Refused(Refused::ChangedMeanwhile) { (self.meanwhile()) } @else { (self.said.shown()) }
            span class="govuk-caption-l" { (service.name) }
            h1 class="govuk-heading-l" { (sections::title(section)) }
            (self.what_happens())
            form method="post" action=(paths::keep_section(service.id, section)) novalidate {
                (key_field(&self.guest.form_key))
                (hidden("shown", &shown.fingerprint()))
                (sections::fields(section, form))
                div class="govuk-button-group" {
                    button class="govuk-button" name="do" value="save" data-module="govuk-button" data-prevent-double-click="true" { "Save" }
                    button class="govuk-button govuk-button--secondary" name="do" value="later" { "Keep for later" }
                }
            }
        }
    }
}

impl EditPage<'_> {
    /// What saving comes to: at once, or after a steward has looked.
    fn what_happens(&self) -> Markup {
        let parts = self.opened.section.parts();
        let pending = &self.opened.pending;
        let waiting = pending.waiting_parts().iter().any(|part| parts.contains(part));
        let drafted = pending.draft_parts().iter().any(|part| parts.contains(part));
        html! {
            p class="govuk-body" { (self.promise(parts)) }
            @if drafted { p class="govuk-inset-text" { "This is what you kept for later. It is not saved yet." } }
            @if waiting { p class="govuk-inset-text" { "Some of this waits for a steward. What you see is what was sent; the listing stands as it was." } }
        }
    }

    fn promise(&self, parts: &[Part]) -> String {
        let kept = &self.opened.kept;
        let within = self.web.app.config.keeping.looked_at();
        if kept.record.service.status == ServiceStatus::Draft {
            return "Nobody sees this listing yet. Save as often as you like.".to_owned();
        }
        if self.opened.by.role == Role::Steward {
            return "You are a steward of this listing: what you save is live at once.".to_owned();
        }
        if kept.record.needs_care() {
            return format!(
                "This listing is shown with care, so a steward looks at every change first, {within}. You may hide a venue or take it away at once."
            );
        }
        let waiting = parts.iter().filter(|part| part.waits_for_a_steward()).count();
        match waiting {
            0 => "What you save is live at once.".to_owned(),
            waiting if waiting == parts.len() => format!(
                "A steward looks at this first, {within}. Until then the listing stands as it is."
            ),
            _ => format!(
                "Names, venues and areas are looked at by a steward first, {within}. The rest is live at once; so is hiding a venue or taking it away."
            ),
        }
    }

    /// What stands there now beside what was typed, so that nothing is written over unseen.
    fn meanwhile(&self) -> Markup {
        html! {
            div class="govuk-error-summary" data-module="govuk-error-summary" {
                div role="alert" {
                    h2 class="govuk-error-summary__title" { "This listing was changed since you opened it" }
                    div class="govuk-error-summary__body" {
                        p class="govuk-body" { "Nothing was saved. What you typed is below. This is what stands there now where it differs; to save yours over it, send it again." }
                        dl class="ha-factlist" {
                            @for (label, text) in self.differing() {
                                (fact(&format!("{label} now"), &html! { span class="ha-words" { @if text.is_empty() { "Empty" } @else { (text) } } }))
                            }
                        }
                    }
                }
            }
        }
    }

    /// The parts of this section that differ from what was typed, as they stand.
    fn differing(&self) -> Vec<(&'static str, String)> {
        let mut typed = self.opened.edited.clone();
        let world =
            World { gazetteer: &self.web.app.gazetteer, vocabulary: self.web.app.vocabulary };
        let _ = self.opened.section.apply(self.filled, &mut typed, world);
        let stands = &self.opened.edited;
        let differs = |part: &&Part| part.of(&stands.service) != part.of(&typed.service);
        let parts = self.opened.section.parts().iter().filter(differs);
        let in_words = InWords::new(self.web, stands);
        parts.map(|part| (part.label(), in_words.of(&part.of(&stands.service)))).collect()
    }
}
