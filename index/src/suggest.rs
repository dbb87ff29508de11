//! Names while somebody types.

use tantivy::SegmentReader;

use crate::entry::EntryId;
use crate::error::SearchError;
use crate::index::Inner;
use crate::names::Beginning;
use crate::segment::Segment;
use crate::text::name_key;

/// A name that what was typed so far may be the beginning of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    pub kind: Suggested,
    pub name: String,
}

/// What bears the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suggested {
    Service(EntryId),
    /// An organisation by that name, which has at least one service.
    Organisation,
}

/// More suggestions than this are a search.
const MOST: usize = 100;

/// Ordered so that names beginning with the prefix come before those where a later word does.
struct Found {
    later: bool,
    folded: String,
    suggestion: Suggestion,
}

pub(crate) fn suggestions(
    inner: &Inner,
    typed: &str,
    limit: usize,
) -> Result<Vec<Suggestion>, SearchError> {
    let prefix = name_key(typed);
    let limit = limit.min(MOST);
    if prefix.is_empty() {
        return Ok(Vec::new());
    }
    let (mut services, mut organisations) = (Vec::new(), Vec::new());
    for reader in inner.reader.searcher().segment_readers() {
        let segment = inner.segments.get(reader)?;
        add_services(reader, &segment, &prefix, limit, &mut services);
        add_organisations(reader, &segment, &prefix, limit, &mut organisations);
    }
    let mut first = best(organisations, limit);
    first.extend(best(services, limit));
    Ok(first)
}

fn add_services(
    reader: &SegmentReader,
    segment: &Segment,
    prefix: &str,
    limit: usize,
    found: &mut Vec<Found>,
) {
    let mut docs = Vec::new();
    for beginning in segment.names.services(prefix, |doc| !reader.is_deleted(doc)) {
        if docs.len() == limit {
            break;
        }
        // A name can begin so with its first word and with a later one.
        if !docs.contains(&beginning.doc) {
            docs.push(beginning.doc);
            let kind = Suggested::Service(segment.id(beginning.doc));
            found.push(noted(&beginning, prefix, kind));
        }
    }
}

fn add_organisations(
    reader: &SegmentReader,
    segment: &Segment,
    prefix: &str,
    limit: usize,
    found: &mut Vec<Found>,
) {
    let alive = |doc| !reader.is_deleted(doc);
    let mut names: Vec<&str> = Vec::new();
    for beginning in segment.names.organisations(prefix, alive) {
        if names.len() == limit {
            break;
        }
        if !names.contains(&beginning.name) {
            names.push(beginning.name);
            found.push(noted(&beginning, prefix, Suggested::Organisation));
        }
    }
}

fn noted(beginning: &Beginning<'_>, prefix: &str, kind: Suggested) -> Found {
    Found {
        later: !beginning.folded.starts_with(prefix),
        folded: beginning.folded.to_owned(),
        suggestion: Suggestion { kind, name: beginning.name.to_owned() },
    }
}

fn best(mut found: Vec<Found>, limit: usize) -> Vec<Suggestion> {
    found.sort_by(|a, b| a.later.cmp(&b.later).then_with(|| a.folded.cmp(&b.folded)));
    // An organisation with services in several segments was found in each.
    found.dedup_by(|a, b| {
        a.suggestion == b.suggestion && a.suggestion.kind == Suggested::Organisation
    });
    found.truncate(limit);
    found.into_iter().map(|found| found.suggestion).collect()
}
