//! What is kept at hand for each segment: opened columns, venues and names.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::columnar::{Column, StrColumn};
use tantivy::index::SegmentId;
use tantivy::{Searcher, SearcherGeneration, SegmentReader, Warmer};

use crate::bits::Bits;
use crate::document::{Traits, unpack_door};
use crate::entry::{Door, EntryId, Facet, Point};
use crate::geo::{VenueTable, decode};
use crate::names::Names;
use crate::schema::{self, STORED_FACETS};

/// Opened columns of a segment; the ones without a value in it are empty.
struct Columns {
    id_high: Column<u64>,
    id_low: Column<u64>,
    traits: Column<u64>,
    confirmed: Column<i64>,
    ages: Column<u64>,
    venue: Column<u64>,
    venue_ordinal: Column<u64>,
    door: Column<u64>,
    door_from: Column<i64>,
    door_until: Column<i64>,
}

/// A segment, ready to be asked.
pub(crate) struct Segment {
    pub(crate) max_doc: u32,
    pub(crate) venues: VenueTable,
    /// Documents that say whom they serve by area.
    pub(crate) states_area: Bits,
    /// Documents that reach people where they are.
    pub(crate) remote: Bits,
    /// Documents with a venue on the map.
    pub(crate) placed: Bits,
    pub(crate) names: Names,
    pub(crate) fits: Option<StrColumn>,
    pub(crate) fits_not: Option<StrColumn>,
    facets: Vec<(Facet, Option<StrColumn>)>,
    columns: Columns,
}

impl Segment {
    pub(crate) fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let columns = Columns::open(reader)?;
        let fast = reader.fast_fields();
        let mut segment = Self {
            max_doc: reader.max_doc(),
            venues: VenueTable::default(),
            states_area: Bits::none(reader.max_doc()),
            remote: Bits::none(reader.max_doc()),
            placed: Bits::none(reader.max_doc()),
            names: Names::open(reader)?,
            fits: fast.str(schema::FITS)?,
            fits_not: fast.str(schema::FITS_NOT)?,
            facets: STORED_FACETS
                .into_iter()
                .map(|(facet, name)| Ok((facet, fast.str(name)?)))
                .collect::<tantivy::Result<_>>()?,
            columns,
        };
        segment.read_all();
        Ok(segment)
    }

    fn read_all(&mut self) {
        let mut venues = Vec::new();
        for doc in 0..self.max_doc {
            let traits = self.traits(doc);
            if traits.states_area {
                self.states_area.insert(doc);
            }
            if traits.remote {
                self.remote.insert(doc);
            }
            for code in self.columns.venue.values_for_doc(doc) {
                venues.push((code, doc));
                self.placed.insert(doc);
            }
        }
        self.venues = VenueTable::new(venues);
    }

    /// How many documents have an id in the columns: all of them, unless the files disagree.
    pub(crate) fn documents_with_id(&self) -> u32 {
        self.columns.id_high.num_docs()
    }

    pub(crate) fn id(&self, doc: u32) -> EntryId {
        let high = self.columns.id_high.first(doc).unwrap_or_default();
        let low = self.columns.id_low.first(doc).unwrap_or_default();
        EntryId((u128::from(high) << 64 | u128::from(low)).to_be_bytes())
    }

    pub(crate) fn traits(&self, doc: u32) -> Traits {
        Traits::unpack(self.columns.traits.first(doc).unwrap_or_default())
    }

    /// Seconds since 1970.
    pub(crate) fn confirmed_at(&self, doc: u32) -> Option<i64> {
        self.columns.confirmed.first(doc)
    }

    /// Inclusive ranges of age.
    pub(crate) fn ages(&self, doc: u32) -> impl Iterator<Item = (u64, u64)> + '_ {
        let ages = self.columns.ages.values_for_doc(doc);
        ages.map(|packed| (packed >> 8, packed & 0xFF))
    }

    /// The public venues with their ordinals.
    pub(crate) fn venues_of(&self, doc: u32) -> impl Iterator<Item = (u16, Point)> + '_ {
        let points = self.columns.venue.values_for_doc(doc).map(decode);
        let ordinals = self.columns.venue_ordinal.values_for_doc(doc);
        ordinals.map(|ordinal| u16::try_from(ordinal).unwrap_or(u16::MAX)).zip(points)
    }

    pub(crate) fn doors(&self, doc: u32, into: &mut Vec<Door>) {
        into.clear();
        let from = self.columns.door_from.values_for_doc(doc);
        let until = self.columns.door_until.values_for_doc(doc);
        let packed = self.columns.door.values_for_doc(doc);
        into.extend(
            packed
                .zip(from.zip(until))
                .map(|(packed, (from, until))| unpack_door(packed, from, until)),
        );
    }

    pub(crate) fn facet(&self, facet: Facet) -> Option<&StrColumn> {
        let (_, column) = self.facets.iter().find(|(known, _)| *known == facet)?;
        column.as_ref()
    }
}

impl Columns {
    fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let number = |name: &str| -> tantivy::Result<Column<u64>> {
            let column = reader.fast_fields().column_opt::<u64>(name)?;
            Ok(column.unwrap_or_else(|| Column::build_empty_column(reader.max_doc())))
        };
        let moment = |name: &str| -> tantivy::Result<Column<i64>> {
            let column = reader.fast_fields().column_opt::<i64>(name)?;
            Ok(column.unwrap_or_else(|| Column::build_empty_column(reader.max_doc())))
        };
        Ok(Self {
            id_high: number(schema::ID_HIGH)?,
            id_low: number(schema::ID_LOW)?,
            traits: number(schema::TRAITS)?,
            confirmed: moment(schema::CONFIRMED)?,
            ages: number(schema::AGES)?,
            venue: number(schema::VENUE)?,
            venue_ordinal: number(schema::VENUE_ORDINAL)?,
            door: number(schema::DOOR)?,
            door_from: moment(schema::DOOR_FROM)?,
            door_until: moment(schema::DOOR_UNTIL)?,
        })
    }
}

/// The segments at hand. Segments never change, so each is read once, when it first appears.
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
        let segment = Arc::new(Segment::open(reader)?);
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
