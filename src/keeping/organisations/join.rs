//! Joining two organisations, so that one stands for both.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::{BothOrganisations, Held, told};
use crate::{
    config::Directory,
    domain::{
        FieldSource, GivenField, Grant, JoinedOrganisation, Member, Organisation, OrganisationId,
        PartnershipId, PersonId, ProgramId, Route, Scope, ServiceId, WentOver,
    },
    keeping::{error::KeepingError, letters},
    store::{Changes, Reading, Store, StoreError, Version, folded_name},
};

/// Fields that the one that stays takes from the other where it says nothing itself. Whether it
/// agrees to be written to, and what was checked of it, only itself can say.
const FILLED: [&str; 9] = [
    "description",
    "sector",
    "legal_form",
    "size",
    "website",
    "contacts",
    "wants_to_be",
    "social_value",
    "priorities_answered",
];
/// Fields in which both are kept.
pub(super) const KEPT_OF_BOTH: [&str; 2] = ["aliases", "identifiers"];
/// Makes the first of two organisations stand for both, and the second lead to it: its listings,
/// and those who look after them, go over. Those who look after either are told.
pub fn join_organisations(
    store: &Store,
    directory: &Directory,
    both: &BothOrganisations,
    (first, second): (Version, Version),
    now: Timestamp,
) -> Result<(), KeepingError> {
    let (stays, goes) = (&both.first, &both.second);
    let is_free = |held: &Held| held.organisation.joined.is_none();
    if (stays.version, goes.version) != (first, second)
        || !(is_free(stays) && is_free(goes))
        || stays.organisation.id == goes.organisation.id
    {
        return Err(KeepingError::ChangedMeanwhile);
    }
    let mut after = merged(&stays.organisation, &goes.organisation);
    let gave = given(&stays.organisation, &after);
    for given in &gave {
        // A feed that never said it is not to take it away at its next import.
        let said = FieldSource {
            source: "a steward".to_owned(),
            route: Route::Steward,
            at: now,
            licence: None,
        };
        after.provenance.fields.insert(given.field.clone(), said);
    }
    after.stands_for.insert(goes.organisation.id);
    after.apart_from.remove(&goes.organisation.id);
    after.upkeep.edited = Some(now);
    let by = both.by.person.id;
    let letters = told(store, both, |person| {
        let names = (&stays.organisation, &goes.organisation);
        letters::joined_organisations(directory, person, names)
    })?;
    let gone = goes.organisation.clone();
    store.change(&both.by.actor().because("joined"), now, move |changes| {
        let (from, to) = (gone.id, after.id);
        changes.save_organisation_if(&after, first)?;
        let joined = JoinedOrganisation {
            into: to,
            at: now,
            by,
            gave,
            services: services(changes, from, to)?,
            children: children(changes, from, to)?,
            people: people(changes, from, to)?,
            programs: programs(changes, from, to)?,
            memberships: memberships(changes, from, to)?,
        };
        let mut gone = Organisation { joined: Some(joined), ..gone };
        gone.upkeep.edited = Some(now);
        changes.save_organisation_if(&gone, second)?;
        letters
            .iter()
            .try_for_each(|(to, letter)| changes.post_mail(to, letter, now + letters::NEWS_LASTS))
    })?;
    Ok(())
}

/// The organisation that stays, with what it takes from the other.
fn merged(stays: &Organisation, goes: &Organisation) -> Organisation {
    let (own, others) = (object(stays), object(goes));
    let blank = object(&Organisation::named(stays.id, String::new()));
    let mut fields = own.clone();
    for field in FILLED {
        if own.get(field) == blank.get(field) {
            fields.extend(others.get(field).map(|value| (field.to_owned(), value.clone())));
        }
    }
    let read = serde_json::from_value::<Organisation>(Value::Object(fields));
    let mut after = read.unwrap_or_else(|_| stays.clone());
    // Nothing is part of itself.
    after.parent = after.parent.filter(|parent| *parent != goes.id);
    for identifier in &goes.identifiers {
        if !after.identifiers.contains(identifier) {
            after.identifiers.push(identifier.clone());
        }
    }
    for name in std::iter::once(&goes.name).chain(&goes.aliases) {
        let folded = folded_name(name);
        let mut known = std::iter::once(&after.name).chain(&after.aliases);
        if !known.any(|known| folded_name(known) == folded) {
            after.aliases.push(name.clone());
        }
    }
    after
}

/// Each field that is another than before.
fn given(before: &Organisation, after: &Organisation) -> Vec<GivenField> {
    let (before, after) = (object(before), object(after));
    let value = |of: &Map<String, Value>, field: &str| of.get(field).cloned().unwrap_or_default();
    let all = FILLED.into_iter().chain(KEPT_OF_BOTH).chain(["parent"]);
    let changed = all.filter(|field| before.get(*field) != after.get(*field));
    changed
        .map(|field| GivenField {
            field: field.to_owned(),
            before: value(&before, field),
            after: value(&after, field),
        })
        .collect()
}

/// A record by its fields.
pub(super) fn object(organisation: &Organisation) -> Map<String, Value> {
    match serde_json::to_value(organisation) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// The listings that go over.
fn services(
    changes: &mut Changes<'_>,
    from: OrganisationId,
    to: OrganisationId,
) -> Result<Vec<ServiceId>, StoreError> {
    let mut moved = Vec::new();
    for mut service in changes.list_services_of(from)? {
        service.organisation = to;
        changes.save_service(&service)?;
        moved.push(service.id);
    }
    Ok(moved)
}

/// The organisations that were part of the one that goes.
fn children(
    changes: &mut Changes<'_>,
    from: OrganisationId,
    to: OrganisationId,
) -> Result<Vec<OrganisationId>, StoreError> {
    let mut moved = Vec::new();
    for mut child in changes.list_children_of(from)? {
        if child.id == to || child.id == from {
            continue;
        }
        child.parent = Some(to);
        changes.save_organisation(&child)?;
        moved.push(child.id);
    }
    Ok(moved)
}

fn people(
    changes: &mut Changes<'_>,
    from: OrganisationId,
    to: OrganisationId,
) -> Result<Vec<WentOver<PersonId>>, StoreError> {
    let mut moved = Vec::new();
    for mut person in changes.list_people_of(from)? {
        let was_there = go_over(&mut person.grants, from, to);
        changes.save_person(&person)?;
        moved.push(WentOver { what: person.id, was_there });
    }
    Ok(moved)
}

fn programs(
    changes: &mut Changes<'_>,
    from: OrganisationId,
    to: OrganisationId,
) -> Result<Vec<WentOver<ProgramId>>, StoreError> {
    let mut moved = Vec::new();
    for mut program in changes.programs()? {
        if !program.grants.iter().any(|grant| grant.scope == (Scope::Organisation { id: from })) {
            continue;
        }
        let was_there = go_over(&mut program.grants, from, to);
        changes.save_program(&program)?;
        moved.push(WentOver { what: program.id, was_there });
    }
    Ok(moved)
}

/// Turns grants for one organisation into such for another. Returns whether that was there.
fn go_over(grants: &mut Vec<Grant>, from: OrganisationId, to: OrganisationId) -> bool {
    let of = |id| Scope::Organisation { id };
    let was_there = grants.iter().any(|grant| grant.scope == of(to));
    let mut over: Vec<Grant> = Vec::new();
    for mut grant in std::mem::take(grants) {
        if grant.scope == of(from) {
            grant.scope = of(to);
        }
        if !over.contains(&grant) {
            over.push(grant);
        }
    }
    *grants = over;
    was_there
}

fn memberships(
    changes: &mut Changes<'_>,
    from: OrganisationId,
    to: OrganisationId,
) -> Result<Vec<(PartnershipId, WentOver<Member>)>, StoreError> {
    let mut moved = Vec::new();
    for mut partnership in changes.list_partnerships_of_organisation(from)? {
        let mut members: Vec<Member> = Vec::new();
        let before = std::mem::take(&mut partnership.members);
        for member in before.clone() {
            if member.organisation != from {
                members.push(member);
                continue;
            }
            let over = Member { organisation: to, ..member.clone() };
            let was_there = before.contains(&over);
            if !was_there && !members.contains(&over) {
                members.push(over);
            }
            moved.push((partnership.id, WentOver { what: member, was_there }));
        }
        partnership.members = members;
        changes.save_partnership(&partnership)?;
    }
    Ok(moved)
}
