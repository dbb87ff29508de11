//! The segments at hand.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::index::SegmentId;
use tantivy::{Searcher, SearcherGeneration, SegmentReader, Warmer};

use crate::bits::Bits;
use crate::segment::Segment;

/// Segments never change, so each is read once: before the first search that can see it.
#[derive(Default)]
pub(crate) struct Segments {
    by_id: RwLock<HashMap<SegmentId, Arc<Segment>>>,
    /// Documents that are still there, with how many are gone: that number only grows.
    alive: RwLock<HashMap<SegmentId, (u32, Arc<Bits>)>>,
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

impl Segments {
    /// The documents of a segment that are still there; none where all are.
    pub(crate) fn alive(&self, reader: &SegmentReader) -> Option<Arc<Bits>> {
        let alive = reader.alive_bitset()?;
        let (id, gone) = (reader.segment_id(), reader.num_deleted_docs());
        let known = self.alive.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, bits)) = known.get(&id)
            && *of == gone
        {
            return Some(Arc::clone(bits));
        }
        drop(known);
        let mut bits = Bits::none(reader.max_doc());
        alive.iter_alive().for_each(|doc| bits.insert(doc));
        let bits = Arc::new(bits);
        let mut known = self.alive.write().unwrap_or_else(PoisonError::into_inner);
        // A search that began earlier may still ask for an older state.
        if known.get(&id).is_none_or(|(of, _)| *of < gone) {
            known.insert(id, (gone, Arc::clone(&bits)));
        }
        Some(bits)
    }
}

impl Warmer for Segments {
    fn warm(&self, searcher: &Searcher) -> tantivy::Result<()> {
        for reader in searcher.segment_readers() {
            self.get(reader)?;
            self.alive(reader);
        }
        Ok(())
    }

    fn garbage_collect(&self, live_generations: &[&SearcherGeneration]) {
        let is_live = |id: &SegmentId| {
            let mut live = live_generations.iter();
            live.any(|generation| generation.segments().contains_key(id))
        };
        let mut by_id = self.by_id.write().unwrap_or_else(PoisonError::into_inner);
        by_id.retain(|id, _| is_live(id));
        let mut alive = self.alive.write().unwrap_or_else(PoisonError::into_inner);
        alive.retain(|id, _| is_live(id));
    }
}
