//! Statements of capacity: kept as they were made; the newest counts.

use super::{Param, Row, Tx, all, first, parse, referred};
use crate::{
    domain::{Capacity, CapacityId, ServiceId},
    store::{
        error::StoreError,
        history::Content,
        log::Action,
        subject::{Subject, SubjectKind},
        text::micros,
        write::{Changes, Saved},
    },
};

/// A statement gives way to a later one about the same service, venue and people once that has begun.
const SUPERSEDE: &str = "UPDATE capacity SET superseded = 1 \
    WHERE service = $1 AND venue = $2 AND for_whom = $3 AND superseded = 0 \
    AND EXISTS (SELECT 1 FROM capacity newer WHERE newer.service = $1 \
        AND newer.venue = $2 AND newer.for_whom = $3 AND newer.as_of <= $4 \
        AND (newer.as_of > capacity.as_of \
            OR (newer.as_of = capacity.as_of AND newer.key > capacity.key)))";

/// Adds a statement. The same one again changes nothing; another under the same id is refused.
pub(in crate::store) fn save(
    changes: &mut Changes<'_>,
    statement: &Capacity,
) -> Result<Saved, StoreError> {
    let subject = Subject::Capacity(statement.id);
    let body =
        serde_json::to_string(statement).map_err(|_| StoreError::Unwritable(subject.clone()))?;
    match stored_body(changes.tx(), &subject)? {
        Some(stored) if stored == body => return Ok(Saved::Unchanged),
        Some(_) => return Err(StoreError::StatementRewritten(subject)),
        None => {}
    }
    if statement.lapses_at <= statement.as_of {
        return Err(StoreError::EndsBeforeItBegins(subject));
    }
    let service = check_references(changes.tx(), &subject, statement)?;
    changes.writing(|changes| {
        insert(changes, statement, service, &body)?;
        let content = Content::saved(None, &body, |_| true);
        changes.log_content(&subject, Action::Added, &[], &content)
    })?;
    Ok(Saved::Added)
}

fn stored_body(tx: &dyn Tx, subject: &Subject) -> Result<Option<String>, StoreError> {
    let sql = "SELECT body FROM capacity WHERE id = $1";
    first(tx, sql, &[(&subject.id()).into()], |row| Ok(row.text(0)?.to_owned()))
}

fn check_references(
    tx: &dyn Tx,
    subject: &Subject,
    statement: &Capacity,
) -> Result<i64, StoreError> {
    let service = referred(tx, subject, &Subject::Service(statement.service))?;
    if let Some(venue) = statement.venue {
        let sql = "SELECT 1 FROM service_at_location WHERE id = $1 AND service = $2";
        let known = first(tx, sql, &[(&venue.to_string()).into(), service.into()], |_| Ok(()))?;
        if known.is_none() {
            let to = Subject::ServiceAtLocation(venue);
            return Err(StoreError::UnknownReference { by: subject.clone(), to });
        }
    }
    Ok(service)
}

fn insert(
    changes: &Changes<'_>,
    statement: &Capacity,
    service: i64,
    body: &str,
) -> Result<(), StoreError> {
    let id = statement.id.to_string();
    let venue = statement.venue.map(|venue| venue.to_string()).unwrap_or_default();
    let for_whom = statement.for_whom.clone().unwrap_or_default();
    let sql = "INSERT INTO capacity \
        (id, service, venue, for_whom, as_of, lapses_at, saved_at, superseded, body) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8)";
    let row = [
        (&id).into(),
        service.into(),
        (&venue).into(),
        (&for_whom).into(),
        micros(statement.as_of).into(),
        micros(statement.lapses_at).into(),
        micros(changes.now()).into(),
        body.into(),
    ];
    changes.tx().exec(sql, &row)?;
    let group = [service.into(), (&venue).into(), (&for_whom).into(), micros(changes.now()).into()];
    changes.tx().exec(SUPERSEDE, &group).map(|_| ())
}

/// Every statement ever made about a service, newest first.
pub(in crate::store) fn history(
    tx: &dyn Tx,
    service: ServiceId,
) -> Result<Vec<Capacity>, StoreError> {
    let sql = "SELECT c.id, c.body FROM capacity c JOIN service s ON s.key = c.service \
        WHERE s.id = $1 ORDER BY c.as_of DESC, c.key DESC";
    all(tx, sql, &[(&service.to_string()).into()], from_row)
}

/// The newest statements about a service, newest first.
pub(in crate::store) fn newest(
    tx: &dyn Tx,
    service: ServiceId,
    limit: usize,
) -> Result<Vec<Capacity>, StoreError> {
    let sql = "SELECT c.id, c.body FROM capacity c JOIN service s ON s.key = c.service \
        WHERE s.id = $1 ORDER BY c.as_of DESC, c.key DESC LIMIT $2";
    all(tx, sql, &[(&service.to_string()).into(), Param::count(limit)], from_row)
}

/// The statement of this id.
pub(in crate::store) fn by_id(tx: &dyn Tx, id: CapacityId) -> Result<Option<Capacity>, StoreError> {
    let sql = "SELECT id, body FROM capacity WHERE id = $1";
    first(tx, sql, &[(&id.to_string()).into()], from_row)
}

/// The statement in a row of id and body.
pub(super) fn from_row(row: &dyn Row) -> Result<Capacity, StoreError> {
    parse(SubjectKind::Capacity, row.text(0)?, row.text(1)?)
}
