//! The segments at hand.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::index::SegmentId;
use tantivy::{Searcher, SearcherGeneration, SegmentReader, Warmer};

use crate::segment::Segment;

/// Segments never change, so each is read once: before the first search that can see it.
#[derive(Default)]
pub(crate) struct Segments {
    by_id: RwLock<HashMap<SegmentId, Arc<Segment>>>,
}

impl Segments {
    /// A segment at hand, read now if it is not there yet.
    pub(crate) fn get(&self, reader: &SegmentReader) -> tantivy::Result<Arc<Segment>> {
        let id = reader.segment_id();
        let known = self.by_id.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(segment) = known.get(&id) {
            return Ok(Arc::clone(segment));
        }
        drop(known);
        let segment = Segment::open(reader)?;
        let mut by_id = self.by_id.write().unwrap_or_else(PoisonError::into_inner);
        by_id.insert(id, Arc::clone(&segment));
        Ok(segment)
    }
}

impl Warmer for Segments {
    fn warm(&self, searcher: &Searcher) -> tantivy::Result<()> {
        for reader in searcher.segment_readers() {
            self.get(reader)?;
        }
        Ok(())
    }

    fn garbage_collect(&self, live_generations: &[&SearcherGeneration]) {
        let mut by_id = self.by_id.write().unwrap_or_else(PoisonError::into_inner);
        by_id.retain(|id, _| {
            let mut live = live_generations.iter();
            live.any(|generation| generation.segments().contains_key(id))
        });
    }
}
