//! What this directory's people call needs.

use super::{Columns, Noun, Tx, select};
use crate::{
    domain::Synonym,
    store::{
        error::StoreError,
        subject::{Subject, SubjectKind},
    },
};

impl Noun for Synonym {
    const KIND: SubjectKind = SubjectKind::Synonym;

    fn subject(&self) -> Subject {
        Subject::Synonym(self.id)
    }

    fn name(&self) -> &str {
        &self.phrase
    }

    fn columns(&self, _tx: &dyn Tx) -> Result<Columns, StoreError> {
        Ok(Vec::new())
    }
}

/// Every synonym, the newest first.
pub(in crate::store) fn synonyms(tx: &dyn Tx) -> Result<Vec<Synonym>, StoreError> {
    select(tx, "ORDER BY n.key DESC", &[])
}
