//! What is proposed of a listing and not in force, beside what stands.

use maud::{Markup, html};

use super::{
    differences::differences,
    form::{hidden, key_field, text_area},
};
use crate::{
    domain::Proposal,
    keeping::{FormFault, Kept, LONGEST_PARAGRAPH, Pending},
    search::wording,
    web::{paths, work::Web},
};

/// What waits for a steward and what is kept for later, for whoever looks after the listing.
#[must_use]
pub fn pending_changes(
    web: &Web,
    (kept, pending): (&Kept, &Pending),
    key: &str,
    (answer, faults): (&str, &[FormFault]),
) -> Markup {
    let edited = pending.over(&kept.record);
    let shown = |proposal: &Proposal| differences(web, &kept.record, &edited, proposal);
    html! {
        @if let Some(draft) = &pending.draft {
            section class="ha-pending" aria-labelledby="kept-for-later" {
                h2 class="govuk-heading-m" id="kept-for-later" { "Kept for later" }
                p class="govuk-body" { "None of this is live." }
                (shown(&draft.record))
                div class="govuk-button-group" {
                    (act(kept, key, "send", "govuk-button", "Save it now"))
                    (act(kept, key, "drop", "govuk-button govuk-button--secondary", "Throw it away"))
                }
            }
        }
        @if let Some(waiting) = &pending.waiting {
            section class="ha-pending" aria-labelledby="waiting" {
                h2 class="govuk-heading-m" id="waiting" { "Waiting for a steward" }
                p class="govuk-body" { "Sent " (wording::ago(waiting.record.sent.unwrap_or(waiting.record.at), web.now())) ". The listing stands as it was until they have looked." }
                @if let Some(question) = &waiting.record.question { (asked(kept, key, question, (answer, faults))) }
                @if let Some(note) = &waiting.record.note { p class="govuk-body" { "You told the steward: " (note) } }
                (shown(&waiting.record))
                (act(kept, key, "take-back", "govuk-button govuk-button--secondary", "Take it back"))
            }
        }
    }
}

fn asked(kept: &Kept, key: &str, question: &str, (answer, faults): (&str, &[FormFault])) -> Markup {
    html! {
        div class="govuk-inset-text" {
            p class="govuk-body" { strong { "The steward asks: " } (question) }
        }
        form method="post" action=(paths::keep_part(kept.record.service.id, "do")) novalidate {
            (key_field(key))
            (text_area("answer", "Your answer", Some("Or change what you sent. Nothing about any one person."), answer, (3, LONGEST_PARAGRAPH), faults))
            button class="govuk-button" name="do" value="answer" { "Send your answer" }
        }
    }
}

fn act(kept: &Kept, key: &str, what: &str, class: &str, label: &str) -> Markup {
    html! {
        form method="post" action=(paths::keep_part(kept.record.service.id, "do")) {
            (key_field(key))
            (hidden("version", &kept.version.0.to_string()))
            button class=(class) name="do" value=(what) data-module="govuk-button" data-prevent-double-click="true" { (label) }
        }
    }
}
