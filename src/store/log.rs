//! The change log: who changed what, when and by what route, in the order of commits.

use std::fmt;

use jiff::Timestamp;

use crate::domain::{Route, ServiceId};

use super::{
    engine::{Param, Row, Tx, all, first},
    error::StoreError,
    history::{self, Content, FieldChanges, SAID},
    subject::{Subject, SubjectKind},
    text::{micros, unit_from_text, unit_text, when},
};

/// A place in the change log. Zero is before the first change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Seq(pub u64);

impl Seq {
    pub(super) fn from_row(number: i64) -> Self {
        Self(u64::try_from(number).unwrap_or(0))
    }

    fn as_param(self) -> Param<'static> {
        Param::Integer(i64::try_from(self.0).unwrap_or(i64::MAX))
    }
}

/// Who makes a change, by what route and why.
#[derive(Clone, PartialEq, Eq)]
pub struct Actor {
    /// An account or program by its own name, such as `feed:bristol`; never shown by `Debug`.
    pub name: String,
    pub route: Route,
    pub reason: Option<String>,
}

impl Actor {
    /// An actor who gives no reason.
    #[must_use]
    pub fn new(name: &str, route: Route) -> Self {
        Self { name: name.to_owned(), route, reason: None }
    }

    /// The same actor with a reason for the change.
    #[must_use]
    pub fn because(mut self, reason: &str) -> Self {
        self.reason = Some(reason.to_owned());
        self
    }
}

impl fmt::Debug for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Actor").field("route", &self.route).finish_non_exhaustive()
    }
}

/// What happened to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    Added,
    Changed,
    Removed,
}

/// One row of the change log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub seq: Seq,
    pub subject: Subject,
    pub action: Action,
    /// To the microsecond.
    pub at: Timestamp,
    pub actor: Actor,
    /// Services concerned that the subject no longer leads to.
    pub(super) touched: Vec<ServiceId>,
    /// What it changed, as it is written down; none of a record that was new.
    fields: Option<String>,
    /// Of this row and of the row before it; none of a row from before hashes were kept.
    pub hash: Option<String>,
}

/// Which rows of the log are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Those of this moment and later.
    pub since: Option<Timestamp>,
    /// Those about a listing: of itself, of what was said of its door, of reports about it.
    pub about: Option<ServiceId>,
}

impl Change {
    /// The fields that it changed, with what stood there before and after. None of a record that
    /// was new, and of changes from before this was kept.
    #[must_use]
    pub fn fields(&self) -> FieldChanges {
        let read = self.fields.as_deref().and_then(|fields| serde_json::from_str(fields).ok());
        read.unwrap_or_default()
    }
}

const COLUMNS: &str = "seq, subject_kind, subject_id, action, at, actor, route, reason, touched, \
     fields, hash FROM change_log";

/// Writes a row of the log behind the row of this hash, and returns its place and its own hash.
pub(super) fn append(
    tx: &dyn Tx,
    (subject, action, touched): (&Subject, Action, &[ServiceId]),
    (at, actor): (Timestamp, &Actor),
    content: &Content,
    previous: Option<&str>,
) -> Result<(Seq, String), StoreError> {
    let touched = (!touched.is_empty()).then(|| serde_json::json!(touched).to_string());
    let (id, action, route) = (subject.id(), unit_text(&action), unit_text(&actor.route));
    let said: [Param<'_>; 10] = [
        subject.kind().as_str().into(),
        (&id).into(),
        (&action).into(),
        micros(at).into(),
        (&actor.name).into(),
        (&route).into(),
        actor.reason.as_deref().into(),
        touched.as_deref().into(),
        content.fields.as_deref().into(),
        content.body_sha256.as_deref().into(),
    ];
    let hash = history::link(previous, &said);
    let sql = format!(
        "INSERT INTO change_log ({SAID}, hash) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING seq"
    );
    let row: Vec<Param<'_>> = said.into_iter().chain([(&hash).into()]).collect();
    let seq = first(tx, &sql, &row, |row| row.integer(0))?;
    Ok((seq.map(Seq::from_row).ok_or(StoreError::HalfDone)?, hash))
}

/// The newest place in the log.
pub(super) fn head(tx: &dyn Tx) -> Result<Seq, StoreError> {
    let newest = first(tx, "SELECT MAX(seq) FROM change_log", &[], |row| row.maybe_integer(0))?;
    Ok(newest.flatten().map_or(Seq::default(), Seq::from_row))
}

/// The newest place in the log of a kind of subject.
pub(super) fn newest_of(tx: &dyn Tx, kind: SubjectKind) -> Result<Seq, StoreError> {
    let sql = "SELECT MAX(seq) FROM change_log WHERE subject_kind = $1";
    let newest = first(tx, sql, &[kind.as_str().into()], |row| row.maybe_integer(0))?;
    Ok(newest.flatten().map_or(Seq::default(), Seq::from_row))
}

/// The changes after `seq`, oldest first.
pub(super) fn since(tx: &dyn Tx, seq: Seq, limit: usize) -> Result<Vec<Change>, StoreError> {
    let sql = format!("SELECT {COLUMNS} WHERE seq > $1 ORDER BY seq LIMIT $2");
    all(tx, &sql, &[seq.as_param(), Param::count(limit)], change)
}

/// The changes after `seq` that are asked for, oldest first.
pub(super) fn wanted(
    tx: &dyn Tx,
    seq: Seq,
    wanted: Wanted,
    limit: usize,
) -> Result<Vec<Change>, StoreError> {
    let about = if wanted.about.is_some() { ABOUT_A_LISTING } else { "$4 = ''" };
    let sql =
        format!("SELECT {COLUMNS} WHERE seq > $1 AND at >= $2 AND {about} ORDER BY seq LIMIT $3");
    let since = wanted.since.map_or(i64::MIN, micros);
    let id = wanted.about.map(|id| id.to_string()).unwrap_or_default();
    all(tx, &sql, &[seq.as_param(), since.into(), Param::count(limit), (&id).into()], change)
}

const ABOUT_A_LISTING: &str = "( \
    (subject_kind = 'service' AND subject_id = $4) \
    OR (subject_kind = 'capacity' AND subject_id IN (SELECT c.id FROM capacity c \
        JOIN service s ON s.key = c.service WHERE s.id = $4)) \
    OR (subject_kind = 'report' AND subject_id IN (SELECT r.id FROM report r \
        WHERE r.service = $4)))";

/// The changes of one subject, newest first.
pub(super) fn of(tx: &dyn Tx, subject: &Subject, limit: usize) -> Result<Vec<Change>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} WHERE subject_kind = $1 AND subject_id = $2 ORDER BY seq DESC LIMIT $3"
    );
    let id = subject.id();
    let subject = [subject.kind().as_str().into(), (&id).into(), Param::count(limit)];
    all(tx, &sql, &subject, change)
}

fn change(row: &dyn Row) -> Result<Change, StoreError> {
    let touched = row.maybe_text(8)?.map(serde_json::from_str);
    Ok(Change {
        seq: Seq::from_row(row.integer(0)?),
        subject: Subject::parse(row.text(1)?, row.text(2)?).ok_or(StoreError::Damaged)?,
        action: unit_from_text(row.text(3)?)?,
        at: when(row.integer(4)?)?,
        actor: Actor {
            name: row.text(5)?.to_owned(),
            route: unit_from_text(row.text(6)?)?,
            reason: row.maybe_text(7)?.map(str::to_owned),
        },
        touched: touched.transpose().map_err(|_| StoreError::Damaged)?.unwrap_or_default(),
        fields: row.maybe_text(9)?.map(str::to_owned),
        hash: row.maybe_text(10)?.map(str::to_owned),
    })
}
