//! Following: a need in an area, or a service. Asked for by mail, begun by a press in that mail,
//! stopped by one. There is one mail a week at most about a need, one when a service takes people
//! again, and none where nothing is different.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::{
    config::Directory,
    domain::{Email, Follow, Followed, Known, NeedId, Route, ServiceId},
    keeping::{FormFault, KeepingError, Limits, Secret},
    search::{Order, Question, Search, door_of},
    store::{Actor, Reading, Store, Subject},
    vocabulary::Vocabulary,
};

use super::letters;

/// The most that one address follows.
const MOST_OF_ONE: u64 = 20;
/// The mails to confirm that one address is sent in a day.
const MOST_ASKED: u32 = 5;
/// How many services of a need are looked at.
const LOOKED_AT: usize = 100;
/// How many are read at once.
const BATCH: usize = 50;

/// Asks whoever has an address whether they want to follow something. What is answered is the same
/// whether or not the address is known.
pub fn follow(
    store: &Store,
    (directory, limits): (&Directory, &Limits),
    (email, what): (&str, Followed),
    now: Timestamp,
) -> Result<(), KeepingError> {
    let email: Email = email.parse().map_err(|_| {
        FormFault::new("email", "Enter an e-mail address, such as name@example.org")
    })?;
    let name = name_of(store, &what)?;
    let day = SignedDuration::from_hours(24);
    let asked = limits.count("follow", email.as_str().as_bytes(), MOST_ASKED, day, now);
    if asked.is_err() || store.follows_of(&email)? >= MOST_OF_ONE {
        return Ok(());
    }
    let token = Secret::new()?.reveal().to_owned();
    let letter = letters::to_confirm(directory, &name, &token);
    let follow =
        Follow { email, what, made: now, confirmed: None, looked: None, known: BTreeMap::new() };
    store.change(&clock(), now, move |changes| {
        changes.keep_follow(&token, &follow)?;
        changes.post_mail(&follow.email, &letter, follow.ends())
    })?;
    Ok(())
}

/// What is followed by this token, with what it is called.
pub fn followed(
    store: &Store,
    token: &str,
    now: Timestamp,
) -> Result<(Follow, String), KeepingError> {
    let follow = store.find_follow(token, now)?.ok_or(KeepingError::LinkIsOver)?;
    let name = name_of(store, &follow.what).unwrap_or_default();
    Ok((follow, name))
}

/// Begins, or goes on for another year. What stands now is what is known, so that the first mail
/// tells of what is different from now.
pub fn go_on(
    store: &Store,
    search: &Search,
    token: &str,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let (mut follow, _) = followed(store, token, now)?;
    if follow.confirmed.is_none() {
        follow.known = standing(store, search, &follow.what, now)?;
        follow.looked = Some(now);
    }
    follow.confirmed = Some(now);
    let token = token.to_owned();
    store.change(&clock(), now, move |changes| changes.keep_follow(&token, &follow))?;
    Ok(())
}

/// Stops, and forgets the address. One that is over already is none.
pub fn stop_following(store: &Store, token: &str, now: Timestamp) -> Result<(), KeepingError> {
    let token = token.to_owned();
    store.change(&clock(), now, move |changes| changes.forget_follow(&token))?;
    Ok(())
}

/// Mails what is different to those who follow it, and forgets what is over. How many were mailed.
pub fn tell_news(
    store: &Store,
    search: &Search,
    directory: &Directory,
    now: Timestamp,
) -> Result<usize, KeepingError> {
    store.change(&clock(), now, move |changes| changes.forget_old_follows(now))?;
    let (mut told, mut after) = (0, String::new());
    loop {
        let due = store.follows_due(now, &after, BATCH)?;
        let Some((last, _)) = due.last() else { return Ok(told) };
        after.clone_from(last);
        for (token, follow) in due {
            match tell(store, search, directory, (token, follow), now) {
                Ok(was_told) => told += usize::from(was_told),
                // One that cannot be looked at holds up no other.
                Err(error) => tracing::error!(%error, "somebody could not be told of news"),
            }
        }
    }
}

fn tell(
    store: &Store,
    search: &Search,
    directory: &Directory,
    (token, mut follow): (String, Follow),
    now: Timestamp,
) -> Result<bool, KeepingError> {
    let is = standing(store, search, &follow.what, now)?;
    let news = follow.news(&is);
    if news.is_empty() && is == follow.known && matches!(follow.what, Followed::Service { .. }) {
        return Ok(false);
    }
    let name = name_of(store, &follow.what).unwrap_or_default();
    let letter = letters::news(directory, &name, &news, &token);
    follow.known = is;
    follow.looked = Some(now);
    let has_news = !news.is_empty();
    store.change(&clock(), now, move |changes| {
        // Somebody may have stopped it meanwhile.
        if changes.find_follow(&token, now)?.is_none() {
            return Ok(());
        }
        changes.keep_follow(&token, &follow)?;
        if has_news {
            changes.post_mail(&follow.email, &letter, now + letters::NEWS_LASTS)?;
        }
        Ok(())
    })?;
    Ok(has_news)
}

/// How what is followed stands now.
fn standing(
    store: &Store,
    search: &Search,
    what: &Followed,
    now: Timestamp,
) -> Result<BTreeMap<ServiceId, Known>, KeepingError> {
    match what {
        Followed::Service { id } => of_service(store, *id, now),
        Followed::Need { need, area } => of_need(search, need, area, now),
    }
}

fn of_service(
    store: &Store,
    id: ServiceId,
    now: Timestamp,
) -> Result<BTreeMap<ServiceId, Known>, KeepingError> {
    let record = store.service_record(store.standing_for(id)?)?;
    let listed = record.filter(|record| record.service.is_listed());
    let known = listed.map(|record| {
        let door = door_of(&record, None, now).status;
        (id, Known { name: record.service.name, door })
    });
    Ok(known.into_iter().collect())
}

fn of_need(
    search: &Search,
    need: &NeedId,
    area: &str,
    now: Timestamp,
) -> Result<BTreeMap<ServiceId, Known>, KeepingError> {
    let question = Question {
        needs: vec![need.clone()],
        near: area.to_owned(),
        // By name, so that what is looked at is the same each time.
        order: Order::Name,
        page: 1,
        per_page: LOOKED_AT,
        ..Question::default()
    };
    let findings = search.ask(&question, Vec::new(), now);
    let results = findings.map_err(|_| KeepingError::StillReading)?.results;
    // A mail lies about where others read it.
    let shown = results.into_iter().filter(|found| !found.record.needs_care());
    let known = shown.map(|found| {
        let name = found.record.service.name.clone();
        (found.record.service.id, Known { name, door: found.door.status })
    });
    Ok(known.collect())
}

/// What is followed, in words of a letter.
fn name_of(store: &Store, what: &Followed) -> Result<String, KeepingError> {
    match what {
        Followed::Need { need, area } => {
            let known = Vocabulary::shipped().need(need.as_str());
            let label = known.map_or_else(|| need.to_string(), |need| need.label.clone());
            Ok(format!("{label} in {area}"))
        }
        Followed::Service { id } => {
            let standing = store.standing_for(*id)?;
            let record = store.service_record(standing)?;
            let listed = record.filter(|record| record.service.is_listed());
            let missing = || KeepingError::NotFound(Subject::Service(*id));
            let record = listed.ok_or_else(missing)?;
            let is_named = !record.needs_care();
            Ok(if is_named { record.service.name } else { "a service".to_owned() })
        }
    }
}

fn clock() -> Actor {
    Actor::new("clock", Route::Owner)
}
