//! What this directory's own people call needs, in step with the store.

use std::sync::{Arc, PoisonError, RwLock};

use crate::{
    store::{Reading, Seq, Store, StoreError, SubjectKind},
    vocabulary::{Added, Said, Vocabulary},
};

/// Phrases that stewards added, as the store had them when it was last looked at. Cheap to clone;
/// clones are the same phrases.
#[derive(Clone, Default)]
pub(super) struct Phrases {
    held: Arc<RwLock<Held>>,
}

#[derive(Default)]
struct Held {
    /// The newest change of a phrase that was taken in.
    followed: Option<Seq>,
    added: Arc<Added>,
}

impl Phrases {
    /// Phrases that stay as they are.
    pub fn of(added: Added) -> Self {
        let held = Held { followed: None, added: Arc::new(added) };
        Self { held: Arc::new(RwLock::new(held)) }
    }

    /// The phrases.
    pub fn get(&self) -> Arc<Added> {
        self.held.read().unwrap_or_else(PoisonError::into_inner).added.clone()
    }

    /// Reads them anew where one was added or taken out.
    pub fn follow(&self, store: &Store, vocabulary: &Vocabulary) -> Result<(), StoreError> {
        let newest = store.newest_change_of(SubjectKind::Synonym)?;
        let known = self.held.read().unwrap_or_else(PoisonError::into_inner).followed;
        if known == Some(newest) {
            return Ok(());
        }
        let added = Arc::new(vocabulary.added(store.synonyms()?.iter().map(Said::from)));
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        *held = Held { followed: Some(newest), added };
        Ok(())
    }
}
