//! How each noun is kept: its columns beside the body, its derived rows, who uses it.

mod capacity;
mod claim;
mod experience;
mod location;
mod organisation;
mod partnership;
mod person;
mod place;
mod program;
mod proposal;
mod record;
mod referral;
mod report;
mod service;
mod synonym;

pub use record::ServiceRecord;

pub(super) use self::{
    capacity::{
        by_id as capacity_by_id, history as capacity_history, newest as newest_capacity,
        save as save_capacity,
    },
    claim::{claims_before, claims_by_link, confirmed_claims, decided_claims},
    experience::{
        experience_by, experiences_before, experiences_of_worker, experiences_to, workers,
    },
    location::at_postcode as locations_at_postcode,
    organisation::{by_domain, by_identifier, by_name, children, joined_organisations},
    partnership::{of_organisation as partnerships_of_organisation, of_service},
    person::{by_email, everybody, key_of_person, of_organisation as people_of_organisation},
    place::boundary,
    program::{by_key_hash, programs},
    proposal::{open_of as open_proposals_of, waiting as waiting_proposals},
    record::{by_ids, stream_after},
    referral::{referrals_by, referrals_due, referrals_over, referrals_to},
    report::{open_reports, reports_of},
    service::{
        at_location, begin_with as services_that_begin, joined,
        of_organisation as services_of_organisation, touched_by,
    },
    synonym::synonyms,
};

use serde::{Serialize, de::DeserializeOwned};

use super::{
    engine::{Param, Row, Tx, all, count, first},
    error::StoreError,
    subject::{Subject, SubjectKind},
    write::Changes,
};
use crate::domain::ServiceId;

/// How often a record has been saved; none yet where zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Version(pub u64);

/// A record with the version that an edit of it has to name.
#[derive(Clone, Debug, PartialEq)]
pub struct Versioned<T> {
    pub version: Version,
    pub record: T,
}

/// A stretch of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    pub skip: usize,
    pub limit: usize,
}

/// A stretch of a list with the length of the whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed<T> {
    pub items: Vec<T>,
    pub total: u64,
}

/// A column's value until it is bound.
pub enum Value {
    Integer(i64),
    Text(String),
    MaybeText(Option<String>),
    MaybeReal(Option<f64>),
}

impl Value {
    pub fn param(&self) -> Param<'_> {
        match self {
            Self::Integer(number) => Param::Integer(*number),
            Self::Text(text) => text.into(),
            Self::MaybeText(text) => text.as_ref().into(),
            Self::MaybeReal(number) => number.map_or(Param::Null, Param::Real),
        }
    }
}

pub type Columns = Vec<(&'static str, Value)>;

/// A record with a table of its own, which is named after its kind.
pub trait Noun: Serialize + DeserializeOwned {
    /// Its kind and so its table.
    const KIND: SubjectKind;
    /// Tables whose rows are worked out from the body, by this record's key.
    const DERIVED: &'static [&'static str] = &[];
    /// Who may refer to it, and the statements that count them by its key.
    const USED_BY: &'static [(SubjectKind, &'static str)] = &[];

    /// Whether the log keeps what a field was and became, and not only that it changed.
    fn keeps_in_history(_field: &str) -> bool {
        true
    }

    fn subject(&self) -> Subject;
    fn name(&self) -> &str;
    /// Checks the record and what it refers to, and gives its own columns; writes nothing.
    fn columns(&self, tx: &dyn Tx) -> Result<Columns, StoreError>;
    /// Writes the derived rows.
    fn derive(&self, _changes: &mut Changes<'_>, _key: i64) -> Result<(), StoreError> {
        Ok(())
    }
    /// Services that only the derived rows lead to.
    fn services_behind(_tx: &dyn Tx, _key: i64) -> Result<Vec<ServiceId>, StoreError> {
        Ok(Vec::new())
    }
}

/// What is stored of a record before it is saved again.
pub(super) struct Held {
    pub key: i64,
    pub version: Version,
    pub body: String,
}

/// The stored form of a record.
pub(super) fn held(tx: &dyn Tx, subject: &Subject) -> Result<Option<Held>, StoreError> {
    let table = subject.kind().as_str();
    let sql = format!("SELECT key, version, body FROM {table} WHERE id = $1");
    first(tx, &sql, &[(&subject.id()).into()], |row| {
        Ok(Held {
            key: row.integer(0)?,
            version: Version(u64::try_from(row.integer(1)?).unwrap_or(0)),
            body: row.text(2)?.to_owned(),
        })
    })
}

/// The key of a record.
pub(super) fn key_of(tx: &dyn Tx, subject: &Subject) -> Result<Option<i64>, StoreError> {
    let sql = format!("SELECT key FROM {} WHERE id = $1", subject.kind().as_str());
    first(tx, &sql, &[(&subject.id()).into()], |row| row.integer(0))
}

/// The key of a record that `by` refers to.
pub(super) fn referred(tx: &dyn Tx, by: &Subject, to: &Subject) -> Result<i64, StoreError> {
    let unknown = || StoreError::UnknownReference { by: by.clone(), to: to.clone() };
    key_of(tx, to)?.ok_or_else(unknown)
}

/// The record, where there is one.
pub(super) fn find<N: Noun>(
    tx: &dyn Tx,
    subject: &Subject,
) -> Result<Option<Versioned<N>>, StoreError> {
    let Some(held) = held(tx, subject)? else {
        return Ok(None);
    };
    let record = parse(N::KIND, &subject.id(), &held.body)?;
    Ok(Some(Versioned { version: held.version, record }))
}

/// The records whose rows `rest` selects, which may speak of the table as `n`.
pub(super) fn select<N: Noun>(
    tx: &dyn Tx,
    rest: &str,
    params: &[Param<'_>],
) -> Result<Vec<N>, StoreError> {
    let sql = format!("SELECT n.id, n.body FROM {} n {rest}", N::KIND.as_str());
    all(tx, &sql, params, from_row)
}

/// A stretch of all records by name.
pub(super) fn list<N: Noun>(tx: &dyn Tx, page: Page) -> Result<Listed<N>, StoreError> {
    let total = count(tx, &format!("SELECT COUNT(*) FROM {}", N::KIND.as_str()), &[])?;
    let stretch = [Param::count(page.limit), Param::count(page.skip)];
    let items = select(tx, "ORDER BY n.sort_name, n.key LIMIT $1 OFFSET $2", &stretch)?;
    Ok(Listed { items, total })
}

/// The record in a row of id and body.
pub(super) fn from_row<N: Noun>(row: &dyn Row) -> Result<N, StoreError> {
    parse(N::KIND, row.text(0)?, row.text(1)?)
}

/// Reads a stored body.
pub(super) fn parse<T: DeserializeOwned>(
    kind: SubjectKind,
    id: &str,
    body: &str,
) -> Result<T, StoreError> {
    serde_json::from_str(body).map_err(|error| StoreError::BadBody {
        kind,
        id: id.to_owned(),
        line: error.line(),
        column: error.column(),
    })
}
