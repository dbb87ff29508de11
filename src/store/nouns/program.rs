//! Programs that speak for somebody.

use super::{Columns, Noun, Tx, Value, select};
use crate::{
    domain::{Program, Scope},
    store::{
        error::StoreError,
        subject::{Subject, SubjectKind},
        write::Changes,
    },
};

impl Noun for Program {
    const KIND: SubjectKind = SubjectKind::Program;

    /// What stands for its key is nobody's to read.
    fn keeps_in_history(field: &str) -> bool {
        field != "key_hash"
    }

    fn subject(&self) -> Subject {
        Subject::Program(self.id)
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn columns(&self, _tx: &dyn Tx) -> Result<Columns, StoreError> {
        Ok(vec![("key_hash", Value::Text(self.key_hash.clone()))])
    }

    fn derive(&self, changes: &mut Changes<'_>, _key: i64) -> Result<(), StoreError> {
        for grant in &self.grants {
            if let Scope::Organisation { id } = grant.scope {
                changes.require(self.subject(), Subject::Organisation(id));
            }
        }
        Ok(())
    }
}

/// The program whose key has this hash.
pub(in crate::store) fn by_key_hash(
    tx: &dyn Tx,
    hash: &str,
) -> Result<Option<Program>, StoreError> {
    Ok(select(tx, "WHERE n.key_hash = $1", &[hash.into()])?.pop())
}

/// Every program, longest kept first.
pub(in crate::store) fn programs(tx: &dyn Tx) -> Result<Vec<Program>, StoreError> {
    select(tx, "ORDER BY n.key", &[])
}
