//! Whoever wants no reminders says so by one press in a mail, or on their own page.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::{
    domain::{Person, PersonId},
    store::{Reading, Store, StoreError},
};

use super::{error::KeepingError, secret::Secret, sign_in::the_door};

/// The setting of which the tokens are made. It leads into nothing but this.
const SETTING: &str = "reminders.secret";

/// What stands in the address by which somebody stops their reminders: it is theirs for good, and
/// nobody can make it up.
pub(super) fn token(
    store: &Store,
    person: PersonId,
    now: Timestamp,
) -> Result<String, KeepingError> {
    let secret = if let Some(secret) = store.setting(SETTING)? {
        secret
    } else {
        let new = Secret::new()?.reveal().to_owned();
        let made = store.change(&the_door(), now, move |changes| {
            // Another process may have made one in the same moment.
            if let Some(there) = changes.setting(SETTING)? {
                return Ok(there);
            }
            changes.save_setting(SETTING, &new)?;
            Ok(new)
        })?;
        made.value
    };
    Ok(made_of(&secret, person))
}

fn made_of(secret: &str, person: PersonId) -> String {
    let digest = Sha256::digest(format!("{secret}\u{1f}{person}\u{1f}reminders"));
    let start = digest.iter().take(16).fold(0, |sum: u128, byte| sum << 8 | u128::from(*byte));
    format!("{}-{start:032x}", person.0.simple())
}

/// Whose reminders an address of a mail is about.
pub fn whose_reminders(store: &Store, token: &str) -> Result<Person, KeepingError> {
    let id =
        token.split('-').next().and_then(|id| id.parse().ok()).ok_or(KeepingError::LinkIsOver)?;
    let secret = store.setting(SETTING)?.ok_or(KeepingError::LinkIsOver)?;
    if made_of(&secret, id) != token {
        return Err(KeepingError::LinkIsOver);
    }
    store.find_person(id)?.ok_or(KeepingError::LinkIsOver)
}

/// Stops somebody's reminders, or lets them come again.
pub fn send_reminders(
    store: &Store,
    person: PersonId,
    wanted: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    store.change(&the_door(), now, move |changes| {
        if let Some(known) = changes.find_person(person)? {
            changes.save_person(&Person { no_reminders: !wanted, ..known })?;
        }
        Ok(())
    })?;
    Ok(())
}
