//! Services in a list, each with its door and its freshness.

use jiff::Timestamp;
use maud::{Markup, html};

use super::state;
use crate::{search::door_of, store::ServiceRecord, web::paths};

/// The services as cards under a heading of the second level.
#[must_use]
pub fn service_list<'a>(
    records: impl Iterator<Item = &'a ServiceRecord>,
    now: Timestamp,
) -> Markup {
    html! {
        ul class="ha-results" role="list" {
            @for record in records { (item(record, now)) }
        }
    }
}

fn item(record: &ServiceRecord, now: Timestamp) -> Markup {
    let service = &record.service;
    let door = door_of(record, None, now);
    html! {
        li class="ha-card" {
            div class="ha-card__titles" {
                h3 class="ha-card__name" {
                    a class="govuk-link" href=(paths::service(service.id, &service.name)) { (service.name) }
                }
                p class="ha-card__organisation" { (record.organisation.name) }
            }
            @if !service.summary.is_empty() { p class="ha-card__line" { (service.summary) } }
            p class="ha-card__state" { (state::state_line(&door, &service.upkeep, now)) }
        }
    }
}
