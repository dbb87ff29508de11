//! Colleagues: those who look after the same organisation's listings. Any of them lets another in,
//! and lets a leaver out.

use jiff::{SignedDuration, Timestamp};

use crate::{
    config::Directory,
    domain::{Email, Grant, Organisation, OrganisationId, Person, PersonId, Role, Route, Scope},
    store::{Actor, Changes, Reading, Store, StoreError},
};

use super::{
    error::{FormFault, KeepingError},
    letters,
    limits::Limits,
};

/// An organisation with all who look after its listings, longest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Team {
    pub organisation: Organisation,
    pub people: Vec<Person>,
}

/// The most that one person lets in within a day, and the longest name.
const MOST_A_DAY: u32 = 20;
const DAY: SignedDuration = SignedDuration::from_hours(24);
const LONGEST_NAME: usize = 80;

/// The teams that somebody is in, by the organisation's name.
pub fn teams(store: &Store, person: &Person) -> Result<Vec<Team>, StoreError> {
    let mut teams = Vec::new();
    for id in person.organisations() {
        if let Some(organisation) = store.find_organisation(id)? {
            teams.push(Team { organisation, people: store.list_people_of(id)? });
        }
    }
    teams.sort_by(|a, b| a.organisation.name.cmp(&b.organisation.name));
    Ok(teams)
}

/// Lets somebody look after an organisation's listings, and tells them so by mail.
pub fn let_in(
    store: &Store,
    limits: &Limits,
    directory: &Directory,
    by: &Person,
    organisation: OrganisationId,
    (email, name): (&str, &str),
    now: Timestamp,
) -> Result<(), KeepingError> {
    let team = its_team(store, by, organisation)?;
    let email: Email = email.parse().map_err(|_| {
        let how = "Enter their e-mail address, such as name@example.org";
        KeepingError::Form(vec![FormFault::new("email", how)])
    })?;
    if team.people.iter().any(|person| person.email == email) {
        let there = "Somebody with this address looks after the listings already";
        return Err(KeepingError::Form(vec![FormFault::new("email", there)]));
    }
    if limits.count("let in", by.id.0.as_bytes(), MOST_A_DAY, DAY, now).is_err() {
        let often = "That is enough people for one day; go on tomorrow";
        return Err(KeepingError::Form(vec![FormFault::new("email", often)]));
    }
    let name: String = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    let id = PersonId(random_id()?);
    let letter = letters::let_in(directory, &name, &team.organisation.name);
    store.change(&actor(by), now, move |changes| {
        let known = changes.find_person_by_email(&email)?;
        let mut person = known.unwrap_or_else(|| Person {
            id,
            email: email.clone(),
            name,
            signs_as: None,
            no_reminders: false,
            grants: Vec::new(),
            added: now,
        });
        let grant = grant(organisation);
        if !person.grants.contains(&grant) {
            person.grants.push(grant);
        }
        changes.save_person(&person)?;
        changes.post_mail(&email, &letter, now + DAY * 7)
    })?;
    Ok(())
}

/// Lets somebody look after an organisation's listings no longer. Whoever has nothing else here
/// is forgotten. The last of a team stays: nobody would be asked any more.
pub fn let_out(
    store: &Store,
    by: &Person,
    organisation: OrganisationId,
    who: PersonId,
    now: Timestamp,
) -> Result<(), KeepingError> {
    its_team(store, by, organisation)?;
    let done = store.change(&actor(by), now, move |changes| {
        let team = changes.list_people_of(organisation)?;
        let Some(leaver) = team.iter().find(|person| person.id == who) else { return Ok(true) };
        if team.len() < 2 {
            return Ok(false);
        }
        without(changes, leaver.clone(), &grant(organisation))?;
        Ok(true)
    })?;
    if done.value {
        return Ok(());
    }
    let last = "Somebody has to look after the listings: let another in first";
    Err(KeepingError::Form(vec![FormFault::new("email", last)]))
}

/// Takes a grant from somebody. Who has none left is forgotten.
fn without(changes: &mut Changes<'_>, mut person: Person, grant: &Grant) -> Result<(), StoreError> {
    person.grants.retain(|held| held != grant);
    if person.grants.is_empty() {
        return changes.remove_person(person.id);
    }
    changes.save_person(&person).map(|_| ())
}

fn its_team(
    store: &Store,
    by: &Person,
    organisation: OrganisationId,
) -> Result<Team, KeepingError> {
    let teams = teams(store, by)?;
    let its = teams.into_iter().find(|team| team.organisation.id == organisation);
    its.ok_or(KeepingError::NotTheirs)
}

fn grant(organisation: OrganisationId) -> Grant {
    Grant { role: Role::Provider, scope: Scope::Organisation { id: organisation } }
}

fn actor(person: &Person) -> Actor {
    Actor::new(&format!("person:{}", person.id), Route::Owner)
}

/// An id that nobody can guess.
pub fn random_id() -> Result<uuid::Uuid, KeepingError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| KeepingError::NoSecret)?;
    Ok(uuid::Builder::from_random_bytes(bytes).into_uuid())
}
