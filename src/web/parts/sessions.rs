//! When it is: each session with its rule in words and its next dates.

use jiff::civil::Date;
use maud::{Markup, html};

use crate::{
    domain::{Answer, Session},
    search::{Labelled, wording},
};

/// How many dates are worked out.
const DATES: usize = 3;

/// A table of sessions. `id` names its caption; `caption` says where it is.
#[must_use]
pub fn sessions(
    sessions: &[Session],
    id: &str,
    caption: &str,
    is_hidden: bool,
    today: Date,
) -> Markup {
    html! {
        div class="ha-scroll" role="region" aria-labelledby=(id) tabindex="0" {
            table class="govuk-table" {
                caption class="govuk-table__caption govuk-table__caption--s" id=(id) { (caption) }
                thead class="govuk-table__head" {
                    tr class="govuk-table__row" {
                        @for heading in ["Session", "When", "Next dates"] {
                            th scope="col" class="govuk-table__header" { (heading) }
                        }
                    }
                }
                tbody class="govuk-table__body" {
                    @for session in sessions { (row(session, is_hidden, today)) }
                }
            }
        }
    }
}

fn row(session: &Session, is_hidden: bool, today: Date) -> Markup {
    let name = session.name.as_deref().filter(|_| !is_hidden).unwrap_or("Session");
    let next = session.schedule.next(today, DATES);
    let dates: Vec<String> =
        next.iter().map(|occurrence| wording::short_day(occurrence.date)).collect();
    html! {
        tr class="govuk-table__row" {
            th scope="row" class="govuk-table__header" { (name) }
            td class="govuk-table__cell" {
                (wording::when(&session.schedule))
                @if let Some(note) = note(session, is_hidden) { br; span class="ha-muted" { (note) } }
            }
            td class="govuk-table__cell" {
                @if dates.is_empty() { "Cannot be worked out; ask" } @else { (dates.join(", ")) }
            }
        }
    }
}

fn note(session: &Session, is_hidden: bool) -> Option<String> {
    let mut notes: Vec<String> = Vec::new();
    notes.extend(session.attend.map(|how| how.label().to_owned()));
    notes.extend(match session.booking {
        Answer::Yes => Some("Book first".to_owned()),
        Answer::No => Some("No need to book".to_owned()),
        Answer::NotStated => None,
    });
    notes.extend(session.schedule.term_time_only.then(|| "Term time only".to_owned()));
    notes.extend(session.note.clone().filter(|_| !is_hidden));
    (!notes.is_empty()).then(|| notes.join(". "))
}
