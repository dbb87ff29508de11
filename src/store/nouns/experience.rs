//! What link workers say came of sending people to services.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use super::{Columns, Noun, Param, Tx, Value, select};
use crate::{
    domain::{Experience, Experiences, PersonId, ServiceId},
    store::{
        engine::{all, each_in},
        error::StoreError,
        subject::{Subject, SubjectKind},
        text::{micros, unit_from_text, unit_text},
    },
};

impl Noun for Experience {
    const KIND: SubjectKind = SubjectKind::Experience;

    /// Who said what goes with it in time.
    fn keeps_in_history(_field: &str) -> bool {
        false
    }

    fn subject(&self) -> Subject {
        Subject::Experience(self.id)
    }

    fn name(&self) -> &'static str {
        "experience"
    }

    fn columns(&self, _tx: &dyn Tx) -> Result<Columns, StoreError> {
        Ok(vec![
            ("service", Value::Text(self.service.to_string())),
            ("worker", Value::Text(self.by.to_string())),
            ("what", Value::Text(unit_text(&self.what))),
            ("said_at", Value::Integer(micros(self.at))),
        ])
    }

    fn services_behind(tx: &dyn Tx, key: i64) -> Result<Vec<ServiceId>, StoreError> {
        all(tx, "SELECT service FROM experience WHERE key = $1", &[key.into()], |row| {
            super::service::service_id(row)
        })
    }
}

/// The newest that somebody said of a listing.
pub(in crate::store) fn experience_by(
    tx: &dyn Tx,
    service: ServiceId,
    by: PersonId,
) -> Result<Option<Experience>, StoreError> {
    let rest = "WHERE n.service = $1 AND n.worker = $2 ORDER BY n.said_at DESC, n.key DESC LIMIT 1";
    Ok(select(tx, rest, &[(&service.to_string()).into(), (&by.to_string()).into()])?.pop())
}

/// Everybody who said anything.
pub(in crate::store) fn workers(tx: &dyn Tx) -> Result<Vec<PersonId>, StoreError> {
    all(tx, "SELECT DISTINCT worker FROM experience ORDER BY worker", &[], |row| {
        row.text(0)?.parse().map_err(|_| StoreError::Damaged)
    })
}

/// All that somebody said.
pub(in crate::store) fn experiences_of_worker(
    tx: &dyn Tx,
    worker: PersonId,
) -> Result<Vec<Experience>, StoreError> {
    select(tx, "WHERE n.worker = $1 ORDER BY n.key", &[(&worker.to_string()).into()])
}

/// All that was said of a listing.
pub(in crate::store) fn experiences_to(
    tx: &dyn Tx,
    service: ServiceId,
) -> Result<Vec<Experience>, StoreError> {
    select(tx, "WHERE n.service = $1 ORDER BY n.key", &[(&service.to_string()).into()])
}

/// Those that were said before a moment, the oldest first.
pub(in crate::store) fn experiences_before(
    tx: &dyn Tx,
    before: Timestamp,
    limit: usize,
) -> Result<Vec<Experience>, StoreError> {
    let rest = "WHERE n.said_at < $1 ORDER BY n.said_at, n.key LIMIT $2";
    select(tx, rest, &[micros(before).into(), Param::count(limit)])
}

/// What is said of each of these listings, by id; those of which nobody says anything are not there.
pub(in crate::store) fn experiences_of(
    tx: &dyn Tx,
    services: &[String],
) -> Result<HashMap<String, Experiences>, StoreError> {
    // Where somebody said something in several months, the last counts.
    let mut last: BTreeMap<(String, String), _> = BTreeMap::new();
    let params: Vec<Param<'_>> = services.iter().map(Param::from).collect();
    let sql = |list: &str| {
        format!(
            "SELECT e.service, e.worker, e.what FROM experience e \
             WHERE e.service IN ({list}) ORDER BY e.said_at, e.key"
        )
    };
    each_in(tx, &params, sql, &mut |row| {
        let what = unit_from_text(row.text(2)?)?;
        last.insert((row.text(0)?.to_owned(), row.text(1)?.to_owned()), what);
        Ok(())
    })?;
    let mut found: HashMap<String, Experiences> = HashMap::new();
    for ((service, _), what) in last {
        found.entry(service).or_default().add(what);
    }
    Ok(found)
}
