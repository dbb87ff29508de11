//! Records on their way into one change.

use jiff::Timestamp;

use super::{gather::Parcel, merge::merge, noun::Noun};
use crate::{
    domain::TrustOrder,
    import::fault::{Kind, Log, Origin},
    store::{Changes, Store, StoreError, Subject},
};

/// What writing some records came to.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub log: Log,
}

/// Where records go: into a change, or nowhere.
pub(super) enum Target<'c, 't> {
    Write(&'c mut Changes<'t>),
    Look(&'c Store),
}

/// The writing of some records.
pub(super) struct Work<'c, 't> {
    pub target: Target<'c, 't>,
    pub source: &'c str,
    /// Which feeds are believed before which.
    pub trust: &'c TrustOrder,
    pub now: Timestamp,
    pub tally: Tally,
}

impl Work<'_, '_> {
    /// A service with its partnerships and its capacity.
    pub fn parcel(&mut self, parcel: &Parcel) -> Result<(), StoreError> {
        for service in &parcel.services {
            self.one(service, &parcel.origin)?;
        }
        for partnership in &parcel.partnerships {
            self.one(partnership, &parcel.origin)?;
        }
        for capacity in &parcel.capacities {
            let Target::Write(changes) = &mut self.target else { continue };
            let saved = changes.save_capacity(capacity);
            self.refused(saved, "capacity", &parcel.origin)?;
        }
        Ok(())
    }

    /// Merges one record with what is stored of it, and saves it where that is different.
    pub fn one<N: Noun>(&mut self, stated: &N, origin: &Origin) -> Result<(), StoreError> {
        let stored = match &self.target {
            Target::Write(changes) => stated.find(&**changes)?,
            Target::Look(store) => stated.find(*store)?,
        };
        let mut stated = stated.clone();
        let key = stated.provenance().keys.get(self.source).cloned();
        let merged = merge(stored, stated, (self.source, self.trust), self.now);
        for field in merged.conflicts.keys() {
            let expected = "the provider's own value";
            self.tally.log.add(Kind::Conflict, origin, field, expected, "another, said before it");
        }
        if let Target::Write(changes) = &mut self.target {
            let saved =
                if merged.is_changed { merged.record.save(changes).map(|_| ()) } else { Ok(()) };
            let saved =
                saved.and_then(|()| remember(changes, self.source, key, &merged.record.subject()));
            if let (Ok(()), Subject::Service(id)) = (&saved, merged.record.subject()) {
                changes.note_conflicts(id, self.source, &merged.conflicts)?;
            }
            if !self.refused(saved, "", origin)? {
                return Ok(());
            }
        }
        match (merged.is_new, merged.is_changed) {
            (true, _) => self.tally.added += 1,
            (_, true) => self.tally.changed += 1,
            _ => self.tally.unchanged += 1,
        }
        Ok(())
    }

    /// A record that the store refuses is a fault of the record; anything else ends the import.
    fn refused<T>(
        &mut self,
        saved: Result<T, StoreError>,
        field: &str,
        origin: &Origin,
    ) -> Result<bool, StoreError> {
        match saved {
            Ok(_) => Ok(true),
            Err(
                fault @ (StoreError::EndsBeforeItBegins(_)
                | StoreError::EmptyFootprint(_)
                | StoreError::NotFinite(_)
                | StoreError::VenueTaken(_)
                | StoreError::StatementRewritten(_)
                | StoreError::UnknownReference { .. }
                | StoreError::Constraint(_)),
            ) => {
                let kind = if field.is_empty() { Kind::Refused } else { Kind::ValueLeftOut };
                self.tally.log.add(kind, origin, field, "what the store takes", &fault.to_string());
                Ok(false)
            }
            Err(other) => Err(other),
        }
    }
}

/// Keeps what the source calls the record.
fn remember(
    changes: &mut Changes<'_>,
    source: &str,
    key: Option<String>,
    subject: &Subject,
) -> Result<(), StoreError> {
    let Some(key) = key else { return Ok(()) };
    changes.save_key(source, &key, subject).map(|_| ())
}
