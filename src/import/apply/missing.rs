//! Services that a feed used to have: marked, never deleted; and a feed that drops too many is held.

use std::collections::HashSet;

use jiff::Timestamp;

use crate::{
    domain::ServiceId,
    import::{draft::Reading as Read, fault::Kind},
    store::{Changes, Reading, StoreError, Subject, SubjectKind},
};

/// What a feed no longer has.
#[derive(Clone, Debug, Default)]
pub(super) struct Gone {
    pub services: Vec<ServiceId>,
    /// Those that were not missing before.
    newly: usize,
    /// Those that the feed had when it was last read.
    known: usize,
}

impl Gone {
    /// Whether the feed would drop over a tenth.
    pub fn is_too_much(&self) -> bool {
        self.newly * 10 > self.known
    }
}

/// Compares the feed with what it had before. Where a file could not be read, nothing is known to be gone.
pub(super) fn gone(reading: &Read, source: &str, store: &impl Reading) -> Result<Gone, StoreError> {
    if reading.log.faults.iter().any(|fault| fault.kind == Kind::FileRefused) {
        return Ok(Gone::default());
    }
    let services = reading.drafts.iter().flat_map(|draft| &draft.services);
    let mut here: HashSet<&str> = services
        .filter_map(|service| service.service.provenance.keys.get(source).map(String::as_str))
        .collect();
    here.extend(reading.refused.iter().map(|refused| refused.origin.record.as_str()));
    let mut gone = Gone::default();
    for key in store.keys_of(source, SubjectKind::Service)? {
        let Subject::Service(id) = key.subject else { continue };
        if here.contains(key.key.as_str()) {
            gone.known += 1;
            continue;
        }
        let Some(service) = store.find_service(id)? else { continue };
        let is_new = service.provenance.missing_since.is_none();
        let elsewhere = service.provenance.keys.keys().any(|other| other != source);
        if !elsewhere {
            gone.known += usize::from(is_new);
            gone.newly += usize::from(is_new);
            gone.services.push(id);
        }
    }
    Ok(gone)
}

/// Marks the services that are gone; those that were marked before stay as they are.
pub(super) fn mark(
    gone: &[ServiceId],
    source: &str,
    changes: &mut Changes<'_>,
    now: Timestamp,
) -> Result<usize, StoreError> {
    let mut marked = 0;
    for id in gone {
        let Some(mut service) = changes.find_service(*id)? else { continue };
        let is_theirs = service.provenance.keys.contains_key(source);
        if is_theirs && service.provenance.missing_since.is_none() {
            service.provenance.missing_since = Some(now);
            changes.save_service(&service)?;
            marked += 1;
        }
    }
    Ok(marked)
}
