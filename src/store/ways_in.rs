//! Sessions and the links in mails, by the hashes of their secrets. None of it is logged: who
//! came in when is nobody's business once it is over.

use jiff::Timestamp;

use crate::domain::{PersonId, ReferralId, ServiceId};

use super::{
    engine::{Row, Tx, count, first},
    error::StoreError,
    nouns::key_of_person,
    text::{micros, when},
    write::Changes,
};

/// Somebody's stay after signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    pub person: PersonId,
    /// The one listing that it is for, where it came by a mail about that.
    pub only: Option<ServiceId>,
    pub began: Timestamp,
    /// When it was last used, to a minute.
    pub seen: Timestamp,
}

/// A link that was mailed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub person: PersonId,
    /// The listing that it is about; one without signs in.
    pub service: Option<ServiceId>,
    /// The referral to it that it is about.
    pub referral: Option<ReferralId>,
    pub made: Timestamp,
    /// From then on it is no longer good.
    pub ends: Timestamp,
    pub used: Option<Timestamp>,
    /// Whether a later one took its place.
    pub superseded: bool,
}

impl Link {
    /// Whether it may be used at `now`.
    #[must_use]
    pub fn is_good(&self, now: Timestamp) -> bool {
        self.used.is_none() && !self.superseded && now < self.ends
    }
}

impl Changes<'_> {
    /// Begins a session for whoever holds the secret of this hash.
    pub fn begin_session(
        &mut self,
        hash: &str,
        person: PersonId,
        only: Option<ServiceId>,
    ) -> Result<(), StoreError> {
        let key = key_of_person(self.tx(), person)?;
        let (only, now) = (only.map(|id| id.to_string()), micros(self.now()));
        let sql = "INSERT INTO session (hash, person, service, began_at, seen_at) \
            VALUES ($1, $2, $3, $4, $4)";
        let row = [hash.into(), key.into(), only.as_deref().into(), now.into()];
        self.tx().exec(sql, &row).map(|_| ())
    }

    /// Notes that a session was used just now.
    pub fn touch_session(&mut self, hash: &str) -> Result<(), StoreError> {
        let sql = "UPDATE session SET seen_at = $2 WHERE hash = $1";
        self.tx().exec(sql, &[hash.into(), micros(self.now()).into()]).map(|_| ())
    }

    /// Ends a session; one that is not there has ended already.
    pub fn end_session(&mut self, hash: &str) -> Result<(), StoreError> {
        self.tx().exec("DELETE FROM session WHERE hash = $1", &[hash.into()]).map(|_| ())
    }

    /// Ends every session of somebody, and makes their unused links worthless.
    pub fn end_sessions_of(&mut self, person: PersonId) -> Result<(), StoreError> {
        let key = key_of_person(self.tx(), person)?;
        self.writing(|changes| {
            changes.tx().exec("DELETE FROM session WHERE person = $1", &[key.into()])?;
            changes.tx().exec("DELETE FROM link WHERE person = $1", &[key.into()]).map(|_| ())
        })
    }

    /// Makes a link, which takes the place of those before it for the same person and listing.
    pub fn make_link(
        &mut self,
        hash: &str,
        person: PersonId,
        service: Option<ServiceId>,
        ends: Timestamp,
    ) -> Result<(), StoreError> {
        let key = key_of_person(self.tx(), person)?;
        self.make_link_about(hash, key, (service, None), ends)
    }

    /// Makes a link about a referral to a listing, which takes the place of those before it.
    pub fn make_referral_link(
        &mut self,
        hash: &str,
        person: PersonId,
        (service, referral): (ServiceId, ReferralId),
        ends: Timestamp,
    ) -> Result<(), StoreError> {
        let key = key_of_person(self.tx(), person)?;
        self.make_link_about(hash, key, (Some(service), Some(referral)), ends)
    }

    fn make_link_about(
        &mut self,
        hash: &str,
        person: i64,
        (service, referral): (Option<ServiceId>, Option<ReferralId>),
        ends: Timestamp,
    ) -> Result<(), StoreError> {
        let service = service.map(|id| id.to_string());
        let referral = referral.map(|id| id.to_string());
        let (made, ends) = (micros(self.now()), micros(ends));
        self.writing(|changes| {
            let of = [&service, &referral].map(|id| id.as_deref().unwrap_or_default());
            changes.tx().exec(SUPERSEDE, &[person.into(), of[0].into(), of[1].into()])?;
            let sql = "INSERT INTO link \
                (hash, person, service, referral, made_at, ends_at, used_at, superseded) \
                VALUES ($1, $2, $3, $4, $5, $6, NULL, 0)";
            let (service, referral) = (service.as_deref().into(), referral.as_deref().into());
            let row = [hash.into(), person.into(), service, referral, made.into(), ends.into()];
            changes.tx().exec(sql, &row).map(|_| ())
        })
    }

    /// Uses a link that is good. Whether it was: two who press at once are told apart here.
    pub fn use_link(&mut self, hash: &str) -> Result<bool, StoreError> {
        let sql = "UPDATE link SET used_at = $2 \
            WHERE hash = $1 AND used_at IS NULL AND superseded = 0 AND ends_at > $2";
        Ok(self.tx().exec(sql, &[hash.into(), micros(self.now()).into()])? > 0)
    }

    /// Forgets sessions not used since a moment, and links that ended before it.
    pub fn forget_ways_in(&mut self, before: Timestamp) -> Result<(), StoreError> {
        let before = [micros(before).into()];
        self.writing(|changes| {
            changes.tx().exec("DELETE FROM session WHERE seen_at < $1", &before)?;
            changes.tx().exec("DELETE FROM link WHERE ends_at < $1", &before).map(|_| ())
        })
    }
}

const SUPERSEDE: &str = "UPDATE link SET superseded = 1 \
    WHERE person = $1 AND COALESCE(service, '') = $2 \
    AND COALESCE(referral, '') = $3 AND used_at IS NULL";

/// The session whose secret has this hash.
pub(super) fn session(tx: &dyn Tx, hash: &str) -> Result<Option<Session>, StoreError> {
    let sql = "SELECT p.id, s.service, s.began_at, s.seen_at \
        FROM session s JOIN person p ON p.key = s.person WHERE s.hash = $1";
    first(tx, sql, &[hash.into()], |row| {
        Ok(Session {
            person: id(row.text(0)?)?,
            only: row.maybe_text(1)?.map(id).transpose()?,
            began: when(row.integer(2)?)?,
            seen: when(row.integer(3)?)?,
        })
    })
}

/// The link whose secret has this hash.
pub(super) fn link(tx: &dyn Tx, hash: &str) -> Result<Option<Link>, StoreError> {
    let sql = "SELECT p.id, l.service, l.made_at, l.ends_at, l.used_at, l.superseded, \
        l.referral FROM link l JOIN person p ON p.key = l.person WHERE l.hash = $1";
    first(tx, sql, &[hash.into()], read_link)
}

fn read_link(row: &dyn Row) -> Result<Link, StoreError> {
    Ok(Link {
        person: id(row.text(0)?)?,
        service: row.maybe_text(1)?.map(id).transpose()?,
        made: when(row.integer(2)?)?,
        ends: when(row.integer(3)?)?,
        used: row.maybe_integer(4)?.map(when).transpose()?,
        superseded: row.integer(5)? != 0,
        referral: row.maybe_text(6)?.map(id).transpose()?,
    })
}

/// How many links to sign in were made for somebody since a moment.
pub(super) fn links_since(
    tx: &dyn Tx,
    person: PersonId,
    since: Timestamp,
) -> Result<u64, StoreError> {
    let sql = "SELECT COUNT(*) FROM link l JOIN person p ON p.key = l.person \
        WHERE p.id = $1 AND l.service IS NULL AND l.made_at >= $2";
    count(tx, sql, &[(&person.to_string()).into(), micros(since).into()])
}

fn id<T: std::str::FromStr>(text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Damaged)
}
