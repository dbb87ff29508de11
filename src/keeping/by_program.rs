//! Capacity as programs state it: dated, in somebody's name, and once however often it is sent.

use jiff::{SignedDuration, Timestamp};

use crate::{
    config,
    domain::{
        Capacity, CapacityId, CapacityStatus, Program, ProgramId, Role, ServiceAtLocationId,
        ServiceId, Units, route_of, tells_of_a_patient,
    },
    geo::Gazetteer,
    store::{Actor, Reading, ServiceRecord, Store, StoreError},
};

use super::{
    door::{LONGEST_NOTE, LONGEST_WAIT},
    error::{FormFault, KeepingError},
    listing::find_kept,
    secret::Secret,
};

/// What a program says of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct Stated {
    pub service: ServiceId,
    pub venue: Option<ServiceAtLocationId>,
    pub status: CapacityStatus,
    pub units: Option<Units>,
    pub wait_weeks: Option<u16>,
    pub for_whom: Option<String>,
    pub note: Option<String>,
    /// Now, where left out.
    pub as_of: Option<Timestamp>,
    /// So many days later, where left out.
    pub lapses_at: Option<Timestamp>,
    /// What makes it the same statement when it is sent again.
    pub once: Option<String>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Taken {
    /// It is durable, and in the next search.
    Accepted(Capacity),
    /// It had been taken before.
    Before(Capacity),
}

/// How far ahead of ours a program's clock may be.
const AHEAD: SignedDuration = SignedDuration::from_mins(5);
/// The longest that a statement may count.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 366);
/// The longest texts, in characters.
const LONGEST_WHOM: usize = 100;
const LONGEST_UNIT: usize = 40;
const LONGEST_ONCE: usize = 200;

/// The program that holds a key; nothing where there is none, or no longer.
pub fn identify_program(store: &Store, key: &Secret) -> Result<Option<Program>, StoreError> {
    let known = store.find_program_by_key(&key.hash())?;
    Ok(known.filter(|program| program.revoked.is_none()))
}

/// Takes statements of a program, each by itself, all that are good as one change. Gives what
/// became of each, in their order.
pub fn state_by_program(
    store: &Store,
    gazetteer: &Gazetteer,
    program: &Program,
    stated: &[Stated],
    keeping: &config::Keeping,
    now: Timestamp,
) -> Result<Vec<Result<Taken, KeepingError>>, KeepingError> {
    let mut outcomes: Vec<Result<Taken, KeepingError>> = Vec::with_capacity(stated.len());
    let mut good: Vec<(Role, Capacity)> = Vec::new();
    for one in stated {
        // A program may know a listing by an earlier id.
        let one = &Stated { service: store.standing_for(one.service)?, ..one.clone() };
        let weighed = weigh(store, gazetteer, program, one, keeping, now);
        // The same statement may stand in one call twice.
        let weighed = weighed.and_then(|weighed| match weighed {
            Weighed::New(role, said) => match good.iter().find(|(_, good)| good.id == said.id) {
                Some((_, good)) if says_the_same(one, good) => Ok(Taken::Before(good.clone())),
                Some(_) => Err(KeepingError::ChangedMeanwhile),
                None => {
                    good.push((role, said.clone()));
                    Ok(Taken::Accepted(said))
                }
            },
            Weighed::Known(said) => Ok(Taken::Before(said)),
        });
        outcomes.push(weighed);
    }
    let Some((role, _)) = good.first() else { return Ok(outcomes) };
    store.change(&actor(program.id, *role), now, move |changes| {
        good.iter().try_for_each(|(_, said)| changes.save_capacity(said).map(|_| ()))
    })?;
    Ok(outcomes)
}

enum Weighed {
    New(Role, Capacity),
    /// It was taken before.
    Known(Capacity),
}

fn weigh(
    store: &Store,
    gazetteer: &Gazetteer,
    program: &Program,
    stated: &Stated,
    keeping: &config::Keeping,
    now: Timestamp,
) -> Result<Weighed, KeepingError> {
    let kept = find_kept(store, gazetteer, stated.service)?;
    let role = program.keeps(&kept.belonging).ok_or(KeepingError::NotTheirs)?;
    let lapses_at = lapses_at(stated, keeping, now)?;
    let statement = statement(program, stated, lapses_at, now);
    let faults = faults(&kept.record, role, stated, &statement, now);
    if !faults.is_empty() {
        return Err(KeepingError::Form(faults));
    }
    match store.find_capacity(statement.id)? {
        Some(before) if says_the_same(stated, &before) => Ok(Weighed::Known(before)),
        Some(_) => Err(KeepingError::ChangedMeanwhile),
        None => Ok(Weighed::New(role, statement)),
    }
}

/// When it stops counting, as stated or after so many days. A moment far in the future has none.
fn lapses_at(
    stated: &Stated,
    keeping: &config::Keeping,
    now: Timestamp,
) -> Result<Timestamp, KeepingError> {
    let days = SignedDuration::from_hours(24 * keeping.capacity_days);
    let after = stated.as_of.unwrap_or(now).checked_add(days);
    let far = || KeepingError::Form(vec![FormFault::new("as_of", NOT_IN_THE_FUTURE)]);
    match stated.lapses_at {
        Some(lapses_at) => Ok(lapses_at),
        None => after.map_err(|_| far()),
    }
}

const NOT_IN_THE_FUTURE: &str = "a moment that is not in the future";

fn actor(program: ProgramId, role: Role) -> Actor {
    Actor::new(&format!("program:{program}"), route_of(role))
}

fn statement(program: &Program, stated: &Stated, lapses_at: Timestamp, now: Timestamp) -> Capacity {
    let as_of = stated.as_of.unwrap_or(now);
    let once = stated.once.clone().unwrap_or_else(|| format!("{as_of}"));
    let venue = stated.venue.map(|venue| venue.to_string()).unwrap_or_default();
    let whom = stated.for_whom.clone().unwrap_or_default();
    let key = format!("{}/{}/{venue}/{whom}/{once}", program.id, stated.service);
    Capacity {
        id: CapacityId::derive("program", &key),
        service: stated.service,
        venue: stated.venue,
        status: stated.status,
        units: stated.units.clone(),
        wait_weeks: stated.wait_weeks,
        for_whom: stated.for_whom.clone(),
        note: stated.note.clone(),
        as_of,
        by: program.author(),
        source: "program".to_owned(),
        lapses_at,
    }
}

/// Whether what is sent again says what was taken; times that were left out were filled in then.
fn says_the_same(stated: &Stated, before: &Capacity) -> bool {
    stated.status == before.status
        && stated.units == before.units
        && stated.wait_weeks == before.wait_weeks
        && stated.note == before.note
        && stated.as_of.is_none_or(|as_of| as_of == before.as_of)
        && stated.lapses_at.is_none_or(|lapses_at| lapses_at == before.lapses_at)
}

fn faults(
    record: &ServiceRecord,
    role: Role,
    stated: &Stated,
    statement: &Capacity,
    now: Timestamp,
) -> Vec<FormFault> {
    let is_long = |text: Option<&String>, longest: usize| {
        text.is_some_and(|text| text.chars().count() > longest)
    };
    let venues = &record.service.venues;
    let texts = [&stated.note, &stated.for_whom].into_iter().flatten();
    let patient = texts.clone().find_map(|text| tells_of_a_patient(text));
    let careless = role == Role::Provider && record.needs_care() && texts.count() > 0;
    let unit = stated.units.as_ref().map(|units| &units.unit);
    let lasts = statement.lapses_at.duration_since(statement.as_of);
    let checks = [
        (
            "venue",
            stated.venue.is_some_and(|id| venues.iter().all(|venue| venue.id != id)),
            "the id of one of the service’s venues".to_owned(),
        ),
        (
            "wait_weeks",
            stated.wait_weeks.is_some_and(|weeks| weeks > LONGEST_WAIT),
            format!("up to {LONGEST_WAIT} weeks"),
        ),
        ("as_of", statement.as_of > now + AHEAD, NOT_IN_THE_FUTURE.to_owned()),
        (
            "lapses_at",
            lasts <= SignedDuration::ZERO || lasts > LONGEST || statement.lapses_at <= now,
            "a moment that is to come, within a year of as_of".to_owned(),
        ),
        (
            "note",
            is_long(stated.note.as_ref(), LONGEST_NOTE),
            format!("up to {LONGEST_NOTE} characters"),
        ),
        (
            "note",
            patient.is_some(),
            format!(
                "nothing that tells of a person; it has what looks like {}",
                patient.unwrap_or_default()
            ),
        ),
        (
            "note",
            careless,
            "nothing: what is said of this listing, a steward looks at first".to_owned(),
        ),
        (
            "for_whom",
            is_long(stated.for_whom.as_ref(), LONGEST_WHOM),
            format!("up to {LONGEST_WHOM} characters"),
        ),
        ("units.unit", is_long(unit, LONGEST_UNIT), format!("up to {LONGEST_UNIT} characters")),
        (
            "key",
            is_long(stated.once.as_ref(), LONGEST_ONCE),
            format!("up to {LONGEST_ONCE} characters"),
        ),
    ];
    let wrong = checks.into_iter().filter(|(_, is_wrong, _)| *is_wrong);
    wrong.map(|(field, _, expected)| FormFault::new(field, expected)).collect()
}
