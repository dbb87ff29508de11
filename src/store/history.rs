//! What a change changed, and the chain of hashes that shows whether anybody changed the past.
//!
//! Each row of the log carries the SHA-256 of what it says and of the row before it, and that of
//! the body that it saved. A row that is altered, left out or put in breaks the chain behind it; a
//! record that is altered without the log differs from its last row. Rows cut from the end leave
//! a sound chain that ends early: its last hash, noted elsewhere, shows that.

use std::{collections::BTreeMap, fmt::Write};

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{
    engine::{Param, Row, Tx, first},
    error::StoreError,
};

/// The fields of a record that differ, with what stood there before and after.
pub type FieldChanges = BTreeMap<String, (Value, Value)>;

/// What a row of the log says of the record itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Content {
    /// [`FieldChanges`] as JSON.
    pub fields: Option<String>,
    /// Of the body after the change.
    pub body_sha256: Option<String>,
}

impl Content {
    /// A record that was saved: `before` it had this body, where it was there. Only the values of
    /// those fields are kept that `keeps` names; of the others, that they changed.
    pub fn saved(before: Option<&str>, after: &str, keeps: fn(&str) -> bool) -> Self {
        let fields = before.and_then(|before| differing(before, after, keeps));
        Self { fields, body_sha256: Some(sha256(after)) }
    }

    /// A record that was removed, as it was last.
    pub fn removed(body: &str, keeps: fn(&str) -> bool) -> Self {
        Self { fields: differing(body, "{}", keeps), body_sha256: None }
    }
}

/// The fields in which two bodies differ, as JSON.
fn differing(before: &str, after: &str, keeps: fn(&str) -> bool) -> Option<String> {
    let mut before: BTreeMap<String, Value> = serde_json::from_str(before).ok()?;
    let after: BTreeMap<String, Value> = serde_json::from_str(after).ok()?;
    let mut fields = FieldChanges::new();
    let kept = |name: &str, value: Value| if keeps(name) { value } else { Value::Null };
    for (name, now) in after {
        let then = before.remove(&name).unwrap_or(Value::Null);
        if then != now {
            let both = (kept(&name, then), kept(&name, now));
            fields.insert(name, both);
        }
    }
    for (name, then) in before.into_iter().filter(|(_, then)| !then.is_null()) {
        let gone = (kept(&name, then), Value::Null);
        fields.insert(name, gone);
    }
    serde_json::to_string(&fields).ok()
}

/// The hash of a row that says these things, after a row with this hash.
pub(super) fn link(previous: Option<&str>, said: &[Param<'_>]) -> String {
    let mut digest = Sha256::new();
    let mut add = |part: Option<&str>| {
        // Lengths keep two fields apart however they are written.
        match part {
            None => digest.update([0]),
            Some(text) => {
                digest.update([1]);
                digest.update((text.len() as u64).to_be_bytes());
                digest.update(text);
            }
        }
    };
    add(previous);
    for param in said {
        match param {
            Param::Null => add(None),
            Param::Integer(number) => add(Some(&number.to_string())),
            Param::Real(number) => add(Some(&number.to_string())),
            Param::Text(text) => add(Some(text)),
        }
    }
    hex(&digest.finalize())
}

/// The hash of the newest row of the log.
pub(super) fn newest(tx: &dyn Tx) -> Result<Option<String>, StoreError> {
    let sql = "SELECT hash FROM change_log ORDER BY seq DESC LIMIT 1";
    let hash = first(tx, sql, &[], |row| Ok(row.maybe_text(0)?.map(str::to_owned)))?;
    Ok(hash.flatten())
}

/// The SHA-256 of a text, in hexadecimal.
pub(super) fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What is wrong with the chain: the first row that breaks it.
pub(super) fn broken(tx: &dyn Tx) -> Result<Option<String>, StoreError> {
    // From when on every row has a hash.
    let sql = "SELECT applied_at FROM schema_version WHERE name = 'history'";
    let since = first(tx, sql, &[], |row| row.integer(0))?.unwrap_or(i64::MIN);
    let sql = format!("SELECT seq, hash, {SAID} FROM change_log ORDER BY seq");
    let mut previous: Option<String> = None;
    let mut fault = None;
    tx.each(&sql, &[], &mut |row| {
        if fault.is_some() {
            return Ok(());
        }
        let (seq, hash) = (row.integer(0)?, row.maybe_text(1)?);
        let Some(hash) = hash else {
            if previous.is_some() || row.integer(5)? > since {
                fault = Some(format!("row {seq} has no hash, and has to have one"));
            }
            return Ok(());
        };
        if hash != link(previous.as_deref(), &said(row)?) {
            fault =
                Some(format!("row {seq} is not as it was written, or one before it is missing"));
        }
        previous = Some(hash.to_owned());
        Ok(())
    })?;
    Ok(fault)
}

/// What a row says, in the order in which it is hashed.
pub(super) const SAID: &str = "subject_kind, subject_id, action, at, actor, route, reason, \
    touched, fields, body_sha256";

fn said(row: &dyn Row) -> Result<[Param<'_>; 10], StoreError> {
    let text = |column| Ok::<Param<'_>, StoreError>(row.maybe_text(column)?.into());
    Ok([
        text(2)?,
        text(3)?,
        text(4)?,
        row.integer(5)?.into(),
        text(6)?,
        text(7)?,
        text(8)?,
        text(9)?,
        text(10)?,
        text(11)?,
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_kept_and_only_where_it_may_be() {
        let before = r#"{"name":"A","email":"a@x.org","gone":1,"same":[1,2],"none":null}"#;
        let after = r#"{"name":"B","email":"b@x.org","same":[1,2],"new":true}"#;
        let fields = differing(before, after, |name| name != "email").unwrap();
        assert_eq!(
            fields,
            r#"{"email":[null,null],"gone":[1,null],"name":["A","B"],"new":[null,true]}"#
        );
    }

    #[test]
    fn fields_cannot_be_pushed_into_one_another() {
        let one = link(None, &["ab".into(), "c".into()]);
        assert_ne!(one, link(None, &["a".into(), "bc".into()]));
        assert_ne!(one, link(None, &["ab".into(), Param::Null, "c".into()]));
        assert_ne!(one, link(Some(""), &["ab".into(), "c".into()]));
    }
}
