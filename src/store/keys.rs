//! What sources call our records, when they last told us, and the operator's settings.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    engine::{Row, Tx, all, first},
    error::StoreError,
    log::Action,
    nouns::referred,
    subject::{Subject, SubjectKind},
    text::{micros, when},
    write::{Changes, Saved},
};

/// A source's own key for one of our records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceKey {
    pub key: String,
    pub subject: Subject,
}

/// A feed or file that records came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    pub name: String,
    /// Its records by kind.
    pub records: BTreeMap<SubjectKind, u64>,
    /// When an import of it last ended, whether or not anything was different.
    pub last_import: Option<Timestamp>,
}

/// The record that a source calls `key`.
pub(super) fn find(
    tx: &dyn Tx,
    source: &str,
    kind: SubjectKind,
    key: &str,
) -> Result<Option<Subject>, StoreError> {
    let sql = "SELECT kind, id FROM source_key WHERE source = $1 AND kind = $2 AND key = $3";
    first(tx, sql, &[source.into(), kind.as_str().into(), key.into()], |row| subject(row, 0))
}

/// A source's keys of one kind, in their order.
pub(super) fn of_source(
    tx: &dyn Tx,
    source: &str,
    kind: SubjectKind,
) -> Result<Vec<SourceKey>, StoreError> {
    let sql = "SELECT key, kind, id FROM source_key WHERE source = $1 AND kind = $2 ORDER BY key";
    all(tx, sql, &[source.into(), kind.as_str().into()], |row| {
        Ok(SourceKey { key: row.text(0)?.to_owned(), subject: subject(row, 1)? })
    })
}

fn subject(row: &dyn Row, column: usize) -> Result<Subject, StoreError> {
    Subject::parse(row.text(column)?, row.text(column + 1)?).ok_or(StoreError::Damaged)
}

/// Every source by name.
pub(super) fn sources(tx: &dyn Tx) -> Result<Vec<Source>, StoreError> {
    let mut sources: BTreeMap<String, Source> = BTreeMap::new();
    let sql = "SELECT source, kind, COUNT(*) FROM source_key GROUP BY source, kind";
    tx.each(sql, &[], &mut |row| {
        let source = sources.entry(row.text(0)?.to_owned()).or_default();
        let kind = SubjectKind::parse(row.text(1)?).ok_or(StoreError::Damaged)?;
        source.records.insert(kind, u64::try_from(row.integer(2)?).unwrap_or(0));
        Ok(())
    })?;
    tx.each("SELECT name, last_import FROM source", &[], &mut |row| {
        let source = sources.entry(row.text(0)?.to_owned()).or_default();
        source.last_import = Some(when(row.integer(1)?)?);
        Ok(())
    })?;
    let named = sources.into_iter().map(|(name, source)| Source { name, ..source });
    Ok(named.collect())
}

/// Records that `source` calls the subject `key`; a key that meant another record moves to this one.
pub(super) fn save(
    changes: &mut Changes<'_>,
    source: &str,
    key: &str,
    to: &Subject,
) -> Result<Saved, StoreError> {
    let kind = to.kind();
    let logged = logged(source, kind, key);
    let known = find(changes.tx(), source, kind, key)?;
    if known.as_ref() == Some(to) {
        return Ok(Saved::Unchanged);
    }
    referred(changes.tx(), &logged, to)?;
    changes.writing(|changes| {
        let sql = "INSERT INTO source_key (source, kind, key, id, saved_at) \
            VALUES ($1, $2, $3, $4, $5) \
            ON CONFLICT (source, kind, key) DO UPDATE SET id = $4, saved_at = $5";
        let now = micros(changes.now()).into();
        let id = to.id();
        let row = [source.into(), kind.as_str().into(), key.into(), (&id).into(), now];
        changes.tx().exec(sql, &row)?;
        changes.log(&logged, Saved::over(known.is_some()).action(), &[])
    })?;
    Ok(Saved::over(known.is_some()))
}

/// Forgets what a source calls a record.
pub(super) fn remove(
    changes: &mut Changes<'_>,
    source: &str,
    kind: SubjectKind,
    key: &str,
) -> Result<(), StoreError> {
    let logged = logged(source, kind, key);
    changes.writing(|changes| {
        let sql = "DELETE FROM source_key WHERE source = $1 AND kind = $2 AND key = $3";
        let removed = changes.tx().exec(sql, &[source.into(), kind.as_str().into(), key.into()])?;
        if removed == 0 {
            return Err(StoreError::NotFound(logged.clone()));
        }
        changes.log(&logged, Action::Removed, &[])
    })
}

fn logged(source: &str, kind: SubjectKind, key: &str) -> Subject {
    Subject::SourceKey(format!("{source}/{}/{key}", kind.as_str()))
}

/// Notes that an import of a source has ended; bookkeeping, which is not logged as a change.
pub(super) fn note_import(changes: &mut Changes<'_>, source: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO source (name, last_import) VALUES ($1, $2) \
        ON CONFLICT (name) DO UPDATE SET last_import = $2";
    let now = micros(changes.now());
    changes.writing(|changes| changes.tx().exec(sql, &[source.into(), now.into()]).map(|_| ()))
}

/// An operator's setting.
pub(super) fn setting(tx: &dyn Tx, key: &str) -> Result<Option<String>, StoreError> {
    let sql = "SELECT value FROM setting WHERE key = $1";
    first(tx, sql, &[key.into()], |row| Ok(row.text(0)?.to_owned()))
}

/// Every setting by its key.
pub(super) fn settings(tx: &dyn Tx) -> Result<BTreeMap<String, String>, StoreError> {
    let rows = all(tx, "SELECT key, value FROM setting", &[], |row| {
        Ok((row.text(0)?.to_owned(), row.text(1)?.to_owned()))
    })?;
    Ok(rows.into_iter().collect())
}

/// Saves a setting.
pub(super) fn save_setting(
    changes: &mut Changes<'_>,
    key: &str,
    value: &str,
) -> Result<Saved, StoreError> {
    let known = setting(changes.tx(), key)?;
    if known.as_deref() == Some(value) {
        return Ok(Saved::Unchanged);
    }
    let saved = Saved::over(known.is_some());
    changes.writing(|changes| {
        let sql = "INSERT INTO setting (key, value) VALUES ($1, $2) \
            ON CONFLICT (key) DO UPDATE SET value = $2";
        changes.tx().exec(sql, &[key.into(), value.into()])?;
        changes.log(&Subject::Setting(key.to_owned()), saved.action(), &[])
    })?;
    Ok(saved)
}

/// Removes a setting, so that its default holds again.
pub(super) fn remove_setting(changes: &mut Changes<'_>, key: &str) -> Result<(), StoreError> {
    let subject = Subject::Setting(key.to_owned());
    changes.writing(|changes| {
        if changes.tx().exec("DELETE FROM setting WHERE key = $1", &[key.into()])? == 0 {
            return Err(StoreError::NotFound(subject.clone()));
        }
        changes.log(&subject, Action::Removed, &[])
    })
}
