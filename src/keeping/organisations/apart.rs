//! Keeping two organisations apart, and setting apart again what was joined.

use jiff::Timestamp;
use serde_json::Value;

use super::{
    BothOrganisations, Held,
    join::{KEPT_OF_BOTH, object},
    leads_to, told,
};
use crate::{
    config::Directory,
    domain::{
        FieldSource, GivenField, Grant, JoinedOrganisation, Member, Organisation, OrganisationId,
        Person, Program, Route, Scope, WentOver,
    },
    keeping::{error::KeepingError, letters},
    store::{Changes, Reading, Store, StoreError},
};

/// Notes that two organisations are not the same, so that nobody is asked again.
pub fn keep_organisations_apart(
    store: &Store,
    both: &BothOrganisations,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let mut first = both.first.organisation.clone();
    first.apart_from.insert(both.second.organisation.id);
    let version = both.first.version;
    let actor = both.by.actor().because("two organisations and not one");
    store.change(&actor, now, move |changes| changes.save_organisation_if(&first, version))?;
    Ok(())
}

/// Takes that back: they may be the same after all.
pub fn keep_organisations_apart_no_more(
    store: &Store,
    both: &BothOrganisations,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let (first, second) = (both.first.clone(), both.second.clone());
    let actor = both.by.actor().because("they may be one after all");
    store.change(&actor, now, move |changes| {
        for (mut one, other) in [(first.clone(), &second), (second.clone(), &first)] {
            if one.organisation.apart_from.remove(&other.organisation.id) {
                changes.save_organisation_if(&one.organisation, one.version)?;
            }
        }
        Ok(())
    })?;
    Ok(())
}

/// Sets two organisations apart that were joined: each is as it was, but for what was changed
/// since. What came to the one that stayed after they were joined stays with it.
pub fn part_organisations(
    store: &Store,
    directory: &Directory,
    both: &BothOrganisations,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let (first, second) = (&both.first, &both.second);
    let (stays, goes) = if leads_to(&second.organisation, &first.organisation) {
        (first.clone(), second.clone())
    } else if leads_to(&first.organisation, &second.organisation) {
        (second.clone(), first.clone())
    } else {
        return Err(KeepingError::ChangedMeanwhile);
    };
    let Some(joined) = goes.organisation.joined.clone() else { return Ok(()) };
    let letters = told(store, both, |person| {
        letters::parted_organisations(directory, person, (&stays.organisation, &goes.organisation))
    })?;
    store.change(&both.by.actor().because("taken back"), now, move |changes| {
        let after = without(&stays, &goes, &joined, now);
        changes.save_organisation_if(&after, stays.version)?;
        let mut back = Organisation { joined: None, ..goes.organisation.clone() };
        back.upkeep.edited = Some(now);
        changes.save_organisation_if(&back, goes.version)?;
        let ways = Ways { from: after.id, to: back.id };
        ways.records(changes, &joined)?;
        ways.people(changes, &joined)?;
        ways.memberships(changes, &joined)?;
        letters
            .iter()
            .try_for_each(|(to, letter)| changes.post_mail(to, letter, now + letters::NEWS_LASTS))
    })?;
    Ok(())
}

/// The organisation that stayed, without what it had from the other.
fn without(stays: &Held, goes: &Held, joined: &JoinedOrganisation, now: Timestamp) -> Organisation {
    let mut fields = object(&stays.organisation);
    for given in &joined.gave {
        if fields.get(&given.field) == Some(&given.after) {
            fields.insert(given.field.clone(), given.before.clone());
        } else if KEPT_OF_BOTH.contains(&given.field.as_str())
            && let Some(Value::Array(list)) = fields.get_mut(&given.field)
        {
            take_out(list, given);
        }
    }
    let read = serde_json::from_value::<Organisation>(Value::Object(fields));
    let mut after = read.unwrap_or_else(|_| stays.organisation.clone());
    let is_of_joining = |said: &FieldSource| said.route == Route::Steward && said.at == joined.at;
    after.provenance.fields.retain(|_, said| !is_of_joining(said));
    after.stands_for.remove(&goes.organisation.id);
    after.upkeep.edited = Some(now);
    after
}

/// Takes out of a list what came from the other, where it was changed since.
fn take_out(list: &mut Vec<Value>, given: &GivenField) {
    let known = |of: &Value| of.as_array().cloned().unwrap_or_default();
    let (before, after) = (known(&given.before), known(&given.after));
    list.retain(|one| before.contains(one) || !after.contains(one));
}

/// The way back from the one that stayed to the one that went.
struct Ways {
    from: OrganisationId,
    to: OrganisationId,
}

impl Ways {
    /// Listings, parts and claims that are where they went.
    fn records(
        &self,
        changes: &mut Changes<'_>,
        joined: &JoinedOrganisation,
    ) -> Result<(), StoreError> {
        for id in &joined.services {
            if let Some(mut service) = changes.find_service(*id)?
                && service.organisation == self.from
            {
                service.organisation = self.to;
                changes.save_service(&service)?;
            }
        }
        for id in &joined.children {
            if let Some(mut child) = changes.find_organisation(*id)?
                && child.parent == Some(self.from)
            {
                child.parent = Some(self.to);
                changes.save_organisation(&child)?;
            }
        }
        Ok(())
    }

    fn people(
        &self,
        changes: &mut Changes<'_>,
        joined: &JoinedOrganisation,
    ) -> Result<(), StoreError> {
        for WentOver { what, was_there } in &joined.people {
            if let Some(person) = changes.find_person(*what)? {
                let grants = self.back(&person.grants, *was_there);
                changes.save_person(&Person { grants, ..person })?;
            }
        }
        for WentOver { what, was_there } in &joined.programs {
            if let Some(program) = changes.find_program(*what)? {
                let grants = self.back(&program.grants, *was_there);
                changes.save_program(&Program { grants, ..program })?;
            }
        }
        Ok(())
    }

    /// Grants for the one that stayed given back to the one that went; who had both has both. Who
    /// was let out meanwhile stays out.
    fn back(&self, grants: &[Grant], had_both: bool) -> Vec<Grant> {
        let of = |id| Scope::Organisation { id };
        let mut back: Vec<Grant> = Vec::new();
        for grant in grants {
            let is_moved = grant.scope == of(self.from);
            if is_moved {
                back.push(Grant { scope: of(self.to), ..grant.clone() });
            }
            if !is_moved || had_both {
                back.push(grant.clone());
            }
        }
        back
    }

    fn memberships(
        &self,
        changes: &mut Changes<'_>,
        joined: &JoinedOrganisation,
    ) -> Result<(), StoreError> {
        for (id, WentOver { what, was_there }) in &joined.memberships {
            let Some(mut partnership) = changes.find_partnership(*id)? else { continue };
            let is_it = |member: &Member| {
                member.organisation == self.from
                    && Member { organisation: self.to, ..member.clone() } == *what
            };
            // Its dates or its note may have been changed since.
            let plays_it =
                |member: &Member| member.organisation == self.from && member.role == what.role;
            let members = &partnership.members;
            let over = members.iter().position(is_it).or_else(|| members.iter().position(plays_it));
            let Some(over) = over else { continue };
            if !was_there {
                partnership.members.remove(over);
            }
            partnership.members.push(what.clone());
            changes.save_partnership(&partnership)?;
        }
        Ok(())
    }
}
