//! Services that a feed used to have: marked, never deleted; and a feed that drops too many is held.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use crate::{
    domain::ServiceId,
    import::{fault::Kind, read::Portion},
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

/// The services that each source has now. A source may come in several portions, each of other
/// terms, and only all of them together tell what it has no longer.
#[derive(Clone, Debug, Default)]
pub struct Feeds(HashMap<String, Feed>);

#[derive(Clone, Debug, Default)]
struct Feed {
    keys: HashSet<String>,
    /// A file of it could not be read, so nothing is known to be gone.
    in_part: bool,
}

impl Feeds {
    /// What all portions of a run have.
    #[must_use]
    pub fn of(portions: &[Portion]) -> Self {
        let mut feeds = Self::default();
        for Portion { source, reading } in portions {
            let feed = feeds.0.entry(source.name.clone()).or_default();
            let services = reading.drafts.iter().flat_map(|draft| &draft.services);
            let keys = services.filter_map(|draft| draft.service.provenance.keys.get(&source.name));
            feed.keys.extend(keys.cloned());
            feed.keys.extend(reading.refused.iter().map(|refused| refused.origin.record.clone()));
            feed.in_part |= reading.log.faults.iter().any(|fault| fault.kind == Kind::FileRefused);
        }
        feeds
    }
}

/// Compares a feed with what it had before.
pub(super) fn gone(feeds: &Feeds, source: &str, store: &impl Reading) -> Result<Gone, StoreError> {
    let Some(feed) = feeds.0.get(source).filter(|feed| !feed.in_part) else {
        return Ok(Gone::default());
    };
    let mut gone = Gone::default();
    for key in store.keys_of(source, SubjectKind::Service)? {
        let Subject::Service(id) = key.subject else { continue };
        if feed.keys.contains(&key.key) {
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
