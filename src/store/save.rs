//! Saving and removing one record: its row, its derived rows and its row in the log.

use super::{
    engine::{Param, Tx, count, first},
    error::StoreError,
    history::Content,
    log::Action,
    nouns::{Columns, Held, Noun, Value, Version, held},
    subject::{Subject, SubjectKind},
    text::{folded_name, micros},
    write::{Changes, Saved},
};

impl Changes<'_> {
    /// Saves a record where it differs from what is stored.
    pub(super) fn save<N: Noun>(
        &mut self,
        noun: &N,
        expected: Option<Version>,
        beside: Beside<'_>,
    ) -> Result<Saved, StoreError> {
        let subject = noun.subject();
        let body =
            serde_json::to_string(noun).map_err(|_| StoreError::Unwritable(subject.clone()))?;
        let held = held(self.tx(), &subject)?;
        if let Some(held) = &held
            && held.body == body
            && beside.is_stored(self.tx(), held.key)?
        {
            return Ok(Saved::Unchanged);
        }
        let version = held.as_ref().map_or(Version::default(), |held| held.version);
        if expected.is_some_and(|expected| expected != version) {
            return Err(StoreError::Conflict(subject));
        }
        let columns = noun.columns(self.tx())?;
        let saved = Saved::over(held.is_some());
        self.writing(|changes| {
            let row = changes.row(noun, Version(version.0 + 1), &body, columns, beside);
            let before = held.as_ref().map(|held| held.body.as_str());
            let content = Content::saved(before, &body, N::keeps_in_history);
            changes.put(noun, held.as_ref(), &row, saved, &content)
        })?;
        Ok(saved)
    }

    /// The columns of a record's row.
    fn row<N: Noun>(
        &self,
        noun: &N,
        version: Version,
        body: &str,
        own: Columns,
        beside: Beside<'_>,
    ) -> Columns {
        let version = i64::try_from(version.0).unwrap_or(i64::MAX);
        let mut row = vec![
            ("version", Value::Integer(version)),
            ("saved_at", Value::Integer(micros(self.now()))),
            ("name", Value::Text(noun.name().to_owned())),
            ("sort_name", Value::Text(folded_name(noun.name()))),
            ("body", Value::Text(body.to_owned())),
        ];
        row.extend(own);
        if let Beside::Boundary(boundary) = beside {
            row.push(("boundary", Value::MaybeText(boundary.map(str::to_owned))));
        }
        row
    }

    /// Writes the row, its derived rows and its row in the log.
    fn put<N: Noun>(
        &mut self,
        noun: &N,
        held: Option<&Held>,
        row: &Columns,
        saved: Saved,
        content: &Content,
    ) -> Result<(), StoreError> {
        let subject = noun.subject();
        let (key, before) = match held {
            Some(held) => (held.key, N::services_behind(self.tx(), held.key)?),
            None => (insert(self.tx(), &subject, row)?, Vec::new()),
        };
        if held.is_some() {
            update(self.tx(), N::KIND, key, row)?;
            self.clear::<N>(key)?;
        }
        noun.derive(self, key)?;
        let after = N::services_behind(self.tx(), key)?;
        let left: Vec<_> = before.into_iter().filter(|id| !after.contains(id)).collect();
        self.log_content(&subject, saved.action(), &left, content)
    }

    fn clear<N: Noun>(&self, key: i64) -> Result<(), StoreError> {
        for table in N::DERIVED {
            let sql = format!("DELETE FROM {table} WHERE {} = $1", N::KIND.as_str());
            self.tx().exec(&sql, &[key.into()])?;
        }
        Ok(())
    }

    /// Removes a record that nobody refers to.
    pub(super) fn remove<N: Noun>(&mut self, subject: &Subject) -> Result<(), StoreError> {
        let missing = || StoreError::NotFound(subject.clone());
        let Held { key, body, .. } = held(self.tx(), subject)?.ok_or_else(missing)?;
        for (by, sql) in N::USED_BY {
            let count = count(self.tx(), sql, &[key.into()])?;
            if count > 0 {
                return Err(StoreError::StillUsed { subject: subject.clone(), by: *by, count });
            }
        }
        self.writing(|changes| {
            let behind = N::services_behind(changes.tx(), key)?;
            let id = subject.id();
            let named: [Param<'_>; 2] = [N::KIND.as_str().into(), (&id).into()];
            changes.tx().exec("DELETE FROM source_key WHERE kind = $1 AND id = $2", &named)?;
            let sql = format!("DELETE FROM {} WHERE key = $1", N::KIND.as_str());
            changes.tx().exec(&sql, &[key.into()])?;
            let content = Content::removed(&body, N::keeps_in_history);
            changes.log_content(subject, Action::Removed, &behind, &content)
        })
    }
}

/// What is stored beside a body without being part of it.
#[derive(Clone, Copy)]
pub(super) enum Beside<'a> {
    Nothing,
    Boundary(Option<&'a str>),
}

impl Beside<'_> {
    fn is_stored(self, tx: &dyn Tx, key: i64) -> Result<bool, StoreError> {
        let Self::Boundary(boundary) = self else {
            return Ok(true);
        };
        let sql = "SELECT boundary FROM place WHERE key = $1";
        let stored = first(tx, sql, &[key.into()], |row| Ok(row.maybe_text(0)? == boundary))?;
        Ok(stored == Some(true))
    }
}

fn insert(tx: &dyn Tx, subject: &Subject, row: &Columns) -> Result<i64, StoreError> {
    let table = subject.kind().as_str();
    let names: Vec<&str> = row.iter().map(|(name, _)| *name).collect();
    let marks: Vec<String> = (2..=row.len() + 1).map(|n| format!("${n}")).collect();
    let sql = format!(
        "INSERT INTO {table} (id, {}) VALUES ($1, {}) RETURNING key",
        names.join(", "),
        marks.join(", ")
    );
    let id = subject.id();
    let mut params = vec![Param::from(&id)];
    params.extend(row.iter().map(|(_, value)| value.param()));
    first(tx, &sql, &params, |row| row.integer(0))?.ok_or(StoreError::HalfDone)
}

fn update(tx: &dyn Tx, kind: SubjectKind, key: i64, row: &Columns) -> Result<(), StoreError> {
    let sets: Vec<String> =
        row.iter().enumerate().map(|(at, (name, _))| format!("{name} = ${}", at + 2)).collect();
    let sql = format!("UPDATE {} SET {} WHERE key = $1", kind.as_str(), sets.join(", "));
    let mut params = vec![Param::from(key)];
    params.extend(row.iter().map(|(_, value)| value.param()));
    tx.exec(&sql, &params).map(|_| ())
}
