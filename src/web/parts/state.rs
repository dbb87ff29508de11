//! Whether a service takes people, and how fresh its listing is: always in words, with dates.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::{
    domain::{CapacityStatus, Freshness, Upkeep},
    search::{DoorShown, wording},
};

/// The door, who said so and when, and the freshness, in one line of spans.
#[must_use]
pub fn state_line(door: &DoorShown, upkeep: &Upkeep, now: Timestamp) -> Markup {
    html! { (door_line(door, now)) " " (freshness(upkeep, now)) }
}

/// The door alone, who said so and when.
#[must_use]
pub fn door_line(door: &DoorShown, now: Timestamp) -> Markup {
    html! {
        strong class=(format!("govuk-tag ha-state {}", door_class(door))) { (wording::door(door)) }
        " "
        span class="ha-state__said" { (said(door, now)) }
    }
}

/// How long ago somebody confirmed the listing.
#[must_use]
pub fn freshness(upkeep: &Upkeep, now: Timestamp) -> Markup {
    let class = match upkeep.freshness(now) {
        Freshness::Confirmed => "ha-freshness ha-freshness--recent",
        Freshness::Ageing => "ha-freshness ha-freshness--ageing",
        Freshness::Old | Freshness::NotConfirmed => "ha-freshness ha-freshness--old",
    };
    html! { span class=(class) { (wording::freshness(upkeep, now)) } }
}

fn said(door: &DoorShown, now: Timestamp) -> String {
    let never = if door.status.is_some() { "" } else { "nobody has said" };
    wording::door_said(door, now).unwrap_or_else(|| never.to_owned())
}

fn door_class(door: &DoorShown) -> &'static str {
    match door.status {
        Some(CapacityStatus::Open) => "ha-state--open",
        Some(CapacityStatus::WaitingList) => "ha-state--waiting",
        Some(CapacityStatus::Full) => "ha-state--full",
        Some(CapacityStatus::Paused) => "ha-state--paused",
        None => "ha-state--unknown",
    }
}
