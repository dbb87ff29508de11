//! Mail on its way, and who was asked when whether a listing is still right.

use std::str::FromStr;

use jiff::Timestamp;

use crate::domain::{Email, PersonId, ServiceId};

use super::{
    engine::{Param, Row, Tx, all, first},
    error::StoreError,
    text::{micros, when},
    write::Changes,
};

/// A mail that waits to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingMail {
    pub id: i64,
    pub to: Email,
    /// What it says, as whoever posted it wrote it down.
    pub letter: String,
    pub made: Timestamp,
    /// From then on it is not worth sending.
    pub worth_until: Timestamp,
    /// How often it was tried in vain.
    pub tries: u32,
}

/// How the outbox stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    pub waiting: u64,
    pub sent: u64,
    pub given_up: u64,
}

/// Somebody was asked whether a listing is still right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    pub service: ServiceId,
    pub person: PersonId,
    pub at: Timestamp,
}

impl Changes<'_> {
    /// Posts a mail, which goes out once this change is durable.
    pub fn post_mail(
        &mut self,
        to: &Email,
        letter: &str,
        worth_until: Timestamp,
    ) -> Result<(), StoreError> {
        let now = micros(self.now());
        let sql = "INSERT INTO mail (recipient, letter, made_at, worth_until, next_try, tries) \
            VALUES ($1, $2, $3, $4, $3, 0)";
        let row = [to.as_str().into(), letter.into(), now.into(), micros(worth_until).into()];
        self.tx().exec(sql, &row).map(|_| ())
    }

    /// Takes a mail in hand to send it, and puts off the next try in case that comes to nothing.
    /// Whether it was still to be sent: of two processes only one has it.
    pub fn take_mail(&mut self, id: i64, next_try: Timestamp) -> Result<bool, StoreError> {
        let sql = "UPDATE mail SET tries = tries + 1, next_try = $3 \
            WHERE key = $1 AND next_try <= $2 AND sent_at IS NULL AND given_up_at IS NULL";
        let row = [id.into(), micros(self.now()).into(), micros(next_try).into()];
        Ok(self.tx().exec(sql, &row)? > 0)
    }

    /// Writes as much as posting a mail does, and leaves nothing: who asks for a mail that nobody
    /// is to have waits as long as who is to have one.
    pub fn post_nothing(&mut self) -> Result<(), StoreError> {
        self.tx().exec(
            "INSERT INTO mail (recipient, letter, made_at, worth_until, next_try, tries, given_up_at) \
             VALUES ('', '', 0, 0, 0, 0, 0)",
            &[],
        )?;
        self.tx().exec("DELETE FROM mail WHERE given_up_at = 0", &[]).map(|_| ())
    }

    /// Notes that a mail was sent, and forgets what it said and to whom.
    pub fn mail_was_sent(&mut self, id: i64) -> Result<(), StoreError> {
        let sql = "UPDATE mail SET sent_at = $2, letter = '', recipient = '' WHERE key = $1";
        self.tx().exec(sql, &[id.into(), micros(self.now()).into()]).map(|_| ())
    }

    /// Notes why a mail in hand was not sent. Unless it is given up, and what it says forgotten,
    /// it is tried again when it was put off to. `fault` is free of personal data.
    pub fn mail_has_failed(
        &mut self,
        id: i64,
        gives_up: bool,
        fault: &str,
    ) -> Result<(), StoreError> {
        let now = micros(self.now());
        if gives_up {
            return self.tx().exec(GIVE_UP, &[id.into(), now.into(), fault.into()]).map(|_| ());
        }
        let sql = "UPDATE mail SET fault = $2 WHERE key = $1";
        self.tx().exec(sql, &[id.into(), fault.into()]).map(|_| ())
    }

    /// Forgets mail that was sent or given up before a moment.
    pub fn forget_mail(&mut self, before: Timestamp) -> Result<(), StoreError> {
        let sql = "DELETE FROM mail WHERE sent_at < $1 OR given_up_at < $1";
        self.tx().exec(sql, &[micros(before).into()]).map(|_| ())
    }

    /// Notes that somebody is asked whether a listing is still right.
    pub fn note_ask(&mut self, service: ServiceId, person: PersonId) -> Result<(), StoreError> {
        let sql = "INSERT INTO ask (service, person, asked_at) VALUES ($1, $2, $3) \
            ON CONFLICT DO NOTHING";
        let (service, person) = (service.to_string(), person.to_string());
        let row = [(&service).into(), (&person).into(), micros(self.now()).into()];
        self.tx().exec(sql, &row).map(|_| ())
    }
}

const GIVE_UP: &str = "UPDATE mail SET given_up_at = $2, fault = $3, letter = '', \
    recipient = '' WHERE key = $1";

/// Mail to be tried at `now`, oldest first.
pub(super) fn due(
    tx: &dyn Tx,
    now: Timestamp,
    limit: usize,
) -> Result<Vec<WaitingMail>, StoreError> {
    let sql = "SELECT key, recipient, letter, made_at, worth_until, tries FROM mail \
        WHERE next_try <= $1 AND sent_at IS NULL AND given_up_at IS NULL ORDER BY key LIMIT $2";
    all(tx, sql, &[micros(now).into(), Param::count(limit)], waiting)
}

fn waiting(row: &dyn Row) -> Result<WaitingMail, StoreError> {
    Ok(WaitingMail {
        id: row.integer(0)?,
        to: Email::from_str(row.text(1)?).map_err(|_| StoreError::Damaged)?,
        letter: row.text(2)?.to_owned(),
        made: when(row.integer(3)?)?,
        worth_until: when(row.integer(4)?)?,
        tries: u32::try_from(row.integer(5)?).unwrap_or(u32::MAX),
    })
}

/// How many wait, were sent and were given up.
pub(super) fn counts(tx: &dyn Tx) -> Result<OutboxCounts, StoreError> {
    let sql = "SELECT COUNT(*), COUNT(sent_at), COUNT(given_up_at) FROM mail";
    let counts = first(tx, sql, &[], |row| {
        let number = |column| Ok(u64::try_from(row.integer(column)?).unwrap_or(0));
        let (all, sent, given_up) = (number(0)?, number(1)?, number(2)?);
        Ok(OutboxCounts { waiting: all - sent - given_up, sent, given_up })
    })?;
    Ok(counts.unwrap_or_default())
}

/// Everybody who was asked about a listing since a moment, first to last.
pub(super) fn asks(
    tx: &dyn Tx,
    service: ServiceId,
    since: Timestamp,
) -> Result<Vec<Ask>, StoreError> {
    let sql = "SELECT person, asked_at FROM ask WHERE service = $1 AND asked_at > $2 \
        ORDER BY asked_at, person";
    all(tx, sql, &[(&service.to_string()).into(), micros(since).into()], |row| {
        let person = row.text(0)?.parse().map_err(|_| StoreError::Damaged)?;
        Ok(Ask { service, person, at: when(row.integer(1)?)? })
    })
}

/// When somebody was last asked about anything.
pub(super) fn last_asked(tx: &dyn Tx, person: PersonId) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT MAX(asked_at) FROM ask WHERE person = $1";
    let last = first(tx, sql, &[(&person.to_string()).into()], |row| row.maybe_integer(0))?;
    last.flatten().map(when).transpose()
}
