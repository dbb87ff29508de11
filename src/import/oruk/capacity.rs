//! The capacity of HSDS 3.1: dated by its `updated`, or not a statement at all.

use jiff::{Timestamp, ToSpan};

use super::node::Node;
use crate::{
    domain::{Author, AuthorRole, Capacity, CapacityId, CapacityStatus, ServiceId, Units},
    import::{draft::Setting, fault::Kind},
};

/// How long a feed's statement counts.
const COUNTS_DAYS: i64 = 28;

/// The statements of a service.
pub(super) fn capacities(
    node: Node<'_>,
    service: ServiceId,
    key: &str,
    setting: Setting<'_>,
) -> Vec<Capacity> {
    let mut found = Vec::new();
    for list in ["capacities", "service_capacity", "service_capacities"] {
        found.extend(node.each(list, |row| capacity(row, service, key, setting)));
    }
    found
}

fn capacity(
    row: Node<'_>,
    service: ServiceId,
    key: &str,
    setting: Setting<'_>,
) -> Option<Capacity> {
    let Some(as_of) = row.moment("updated").filter(|updated| *updated <= setting.now) else {
        row.fault(
            Kind::ValueLeftOut,
            "updated",
            "the past moment that the capacity was true at",
            "none",
        );
        return None;
    };
    let (available, maximum) = (count(row, "available"), count(row, "maximum"));
    let status = match available? {
        0 => CapacityStatus::Full,
        _ => CapacityStatus::Open,
    };
    let unit = row.child("unit", |unit| unit.line("name")).flatten().or_else(|| row.line("unit"));
    let units = Units {
        unit: unit.unwrap_or_else(|| "places".to_owned()),
        available,
        maximum,
        funded: None,
    };
    let id = row.line("id").unwrap_or_else(|| format!("{key}/{}", units.unit));
    Some(Capacity {
        // A later statement is another statement, so its moment is part of its id.
        id: CapacityId::derive(&setting.source.name, &format!("{id}@{as_of}")),
        service,
        venue: None,
        status,
        units: Some(units),
        wait_weeks: None,
        for_whom: None,
        note: row.line("description"),
        as_of,
        by: Author { role: AuthorRole::Feed, name: setting.source.name.clone() },
        source: setting.source.name.clone(),
        lapses_at: lapse(as_of),
    })
}

fn lapse(as_of: Timestamp) -> Timestamp {
    as_of.checked_add((COUNTS_DAYS * 24).hours()).unwrap_or(as_of)
}

fn count(row: Node<'_>, field: &str) -> Option<u32> {
    let number = row.number(field)?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held to a million"
    )]
    let count = (0.0..=1_000_000.0).contains(&number).then_some(number as u32);
    if count.is_none() {
        row.fault(Kind::ValueLeftOut, field, "a number of units", &number.to_string());
    }
    count
}
