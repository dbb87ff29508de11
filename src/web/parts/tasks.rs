//! The sections of a listing as a list of tasks: what is said, what is not, and what waits.

use maud::{Markup, html};

use super::sections;
use crate::{
    domain::{Part, PartValue, Service},
    keeping::{Kept, Pending, Section, hints, says_access},
    store::ServiceRecord,
    web::paths,
};

/// Each section with its state, and what would help people most to know.
#[must_use]
pub fn tasks(kept: &Kept, pending: &Pending) -> Markup {
    let service = &kept.record.service;
    let missing = hints(&kept.record);
    html! {
        @if !missing.is_empty() {
            p class="govuk-body" { "What would help people most:" }
            ul class="govuk-list govuk-list--bullet" {
                @for (section, hint) in missing {
                    li { a class="govuk-link" href=(paths::keep_section(service.id, section)) { (hint) } }
                }
            }
        }
        ul class="govuk-task-list" {
            @for section in Section::ALL { (task(&kept.record, section, pending)) }
        }
    }
}

fn task(record: &ServiceRecord, section: Section, pending: &Pending) -> Markup {
    let service = &record.service;
    let id = format!("task-{}", section.key());
    html! {
        li class="govuk-task-list__item govuk-task-list__item--with-link" {
            div class="govuk-task-list__name-and-hint" {
                a class="govuk-link govuk-task-list__link" href=(paths::keep_section(service.id, section)) aria-describedby=(id) { (sections::title(section)) }
            }
            div class="govuk-task-list__status" id=(id) { (state(record, section, pending)) }
        }
    }
}

fn state(record: &ServiceRecord, section: Section, pending: &Pending) -> Markup {
    let within = |parts: Vec<Part>| parts.iter().any(|part| section.parts().contains(part));
    html! {
        @if within(pending.draft_parts()) { strong class="govuk-tag govuk-tag--yellow" { "Kept for later" } }
        @else if within(pending.waiting_parts()) { strong class="govuk-tag govuk-tag--blue" { "Waiting" } }
        @else if is_said(record, section) { "Said" }
        @else { strong class="govuk-tag govuk-tag--grey" { "Not said" } }
    }
}

/// Whether a listing says anything in a section.
fn is_said(record: &ServiceRecord, section: Section) -> bool {
    let service = &record.service;
    let bare = Service::named(service.id, service.organisation, String::new());
    let says = |part: &Part| {
        let said = part.of(service);
        said != part.of(&bare) && !is_silent(&said)
    };
    match section {
        // Without its own words there is no listing, but only the full text says what happens.
        Section::Words => !service.description.is_empty(),
        Section::Needs => !service.needs.is_empty(),
        Section::Access => says_access(record) || !service.languages.is_empty(),
        section => section.parts().iter().any(says),
    }
}

/// Whether a part that has places for venues says nothing at any.
fn is_silent(value: &PartValue) -> bool {
    match value {
        PartValue::Hours(hours) => {
            hours.everywhere.is_empty() && hours.at.values().all(Vec::is_empty)
        }
        _ => false,
    }
}
