//! What is kept in memory for each segment.
//!
//! All that ranking and counting ask of every candidate is read from the columns once, when the
//! segment first appears. A look into a column costs some 50 ns, one here a few: for questions
//! with thousands of hits that is the difference. It takes about 150 bytes for each service.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::columnar::{Column, StrColumn};
use tantivy::{SegmentReader, TantivyError};

use crate::bits::Bits;
use crate::document::{Traits, unpack_door};
use crate::entry::{Door, EntryId, Facet, Point};
use crate::geo::{Spot, VenueTable, decode};
use crate::names::Names;
use crate::rows::Rows;
use crate::schema::{self, STORED_FACETS};
use crate::search::Standing;

type Result<T> = std::result::Result<T, TantivyError>;

/// A public venue of a service.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VenueHere {
    pub(crate) ordinal: u16,
    pub(crate) spot: Spot,
    code: u64,
}

impl VenueHere {
    pub(crate) fn point(&self) -> Point {
        decode(self.code)
    }
}

/// The words that documents have in one column, by number.
pub(crate) struct Values {
    column: Option<StrColumn>,
    numbers: Rows<u32>,
    /// For each value the documents that have it, once that is asked for.
    sets: OnceLock<Vec<Bits>>,
}

/// Moments of which those confirmed since are kept.
const MOST_RECENT: usize = 4;
/// The most values of which sets are kept.
const MOST_SETS: usize = 256;

/// Stands for a listing that was never confirmed.
const NEVER: i64 = i64::MIN;

/// A segment, ready to be asked.
pub(crate) struct Segment {
    pub(crate) max_doc: u32,
    pub(crate) table: VenueTable,
    /// Documents that say whom they serve by area.
    pub(crate) states_area: Bits,
    /// Documents that reach people where they are.
    pub(crate) remote: Bits,
    /// Documents with a venue on the map.
    pub(crate) placed: Bits,
    pub(crate) names: Names,
    pub(crate) venues: Rows<VenueHere>,
    pub(crate) doors: Rows<Door>,
    /// Inclusive ranges.
    pub(crate) ages: Rows<(u8, u8)>,
    pub(crate) fits: Values,
    pub(crate) fits_not: Values,
    facets: Vec<(Facet, Values)>,
    traits: Vec<Traits>,
    /// Seconds since 1970; `NEVER` where nobody did.
    confirmed: Vec<i64>,
    /// How good each document can be on the day that was asked about last.
    pub(crate) standing: Mutex<Option<Arc<Standing>>>,
    /// Those confirmed since the moments that were asked about last.
    recent: Mutex<VecDeque<(i64, Arc<Bits>)>>,
    id_high: Column<u64>,
    id_low: Column<u64>,
}

impl Segment {
    /// Reads a segment: its names, which take as long as all the rest, beside the rest.
    pub(crate) fn open(reader: &SegmentReader) -> Result<Arc<Self>> {
        std::thread::scope(|scope| {
            let names = scope.spawn(|| Names::open(reader));
            let segment = Self::without_names(reader);
            match names.join() {
                Ok(names) => Ok(Arc::new(Self { names: names?, ..segment? })),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        })
    }

    fn without_names(reader: &SegmentReader) -> Result<Self> {
        let max_doc = reader.max_doc();
        let mut segment = Self {
            max_doc,
            table: VenueTable::default(),
            states_area: Bits::none(max_doc),
            remote: Bits::none(max_doc),
            placed: Bits::none(max_doc),
            names: Names::default(),
            venues: venues(reader)?,
            doors: doors(reader)?,
            ages: ages(reader)?,
            fits: Values::open(reader, schema::FITS)?,
            fits_not: Values::open(reader, schema::FITS_NOT)?,
            facets: STORED_FACETS
                .into_iter()
                .map(|(facet, name)| Ok((facet, Values::open(reader, name)?)))
                .collect::<Result<_>>()?,
            traits: traits(reader)?,
            confirmed: confirmed(reader)?,
            standing: Mutex::new(None),
            recent: Mutex::default(),
            id_high: numbers(reader, schema::ID_HIGH)?,
            id_low: numbers(reader, schema::ID_LOW)?,
        };
        segment.fill_sets();
        Ok(segment)
    }

    fn fill_sets(&mut self) {
        for (doc, traits) in (0..).zip(&self.traits) {
            if traits.states_area {
                self.states_area.insert(doc);
            }
            if traits.remote {
                self.remote.insert(doc);
            }
        }
        let mut codes = Vec::new();
        for (doc, venues) in self.venues.documents() {
            if !venues.is_empty() {
                self.placed.insert(doc);
            }
            codes.extend(venues.iter().map(|venue| (venue.code, doc)));
        }
        self.table = VenueTable::new(codes);
    }

    /// How many documents have an id in the columns: all of them, unless the files disagree.
    pub(crate) fn documents_with_id(&self) -> u32 {
        self.id_high.num_docs()
    }

    pub(crate) fn id(&self, doc: u32) -> EntryId {
        let high = self.id_high.first(doc).unwrap_or_default();
        let low = self.id_low.first(doc).unwrap_or_default();
        EntryId((u128::from(high) << 64 | u128::from(low)).to_be_bytes())
    }

    pub(crate) fn traits(&self, doc: u32) -> Traits {
        self.traits.get(doc as usize).copied().unwrap_or_default()
    }

    /// Seconds since 1970.
    pub(crate) fn confirmed_at(&self, doc: u32) -> Option<i64> {
        self.confirmed.get(doc as usize).copied().filter(|at| *at != NEVER)
    }

    /// Documents confirmed at `since` or later. Questions mostly ask about the same few moments.
    pub(crate) fn confirmed_since(&self, since: i64) -> Arc<Bits> {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, bits)) = recent.iter().find(|(of, _)| *of == since) {
            return Arc::clone(bits);
        }
        let mut bits = Bits::none(self.max_doc);
        for (doc, at) in (0..).zip(&self.confirmed) {
            if *at != NEVER && *at >= since {
                bits.insert(doc);
            }
        }
        let bits = Arc::new(bits);
        recent.truncate(MOST_RECENT - 1);
        recent.push_front((since, Arc::clone(&bits)));
        bits
    }

    pub(crate) fn facet(&self, facet: Facet) -> Option<&Values> {
        let (_, values) = self.facets.iter().find(|(known, _)| *known == facet)?;
        Some(values)
    }
}

impl Values {
    fn open(reader: &SegmentReader, name: &str) -> Result<Self> {
        let column = reader.fast_fields().str(name)?;
        let mut numbers = Rows::new();
        for doc in 0..reader.max_doc() {
            let ords = column.iter().flat_map(|column| column.ords().values_for_doc(doc));
            numbers.push(ords.filter_map(|ord| u32::try_from(ord).ok()));
        }
        Ok(Self { column, numbers, sets: OnceLock::new() })
    }

    /// The numbers of a document's values.
    #[inline]
    pub(crate) fn of(&self, doc: u32) -> &[u32] {
        self.numbers.of(doc)
    }

    /// For each value by its number the documents that have it, of so many; `None` where there
    /// are too many values.
    pub(crate) fn sets(&self, documents: u32) -> Option<&[Bits]> {
        if self.len() > MOST_SETS {
            return None;
        }
        Some(self.sets.get_or_init(|| {
            let mut sets = vec![Bits::none(documents); self.len()];
            for (doc, numbers) in self.numbers.documents() {
                for number in numbers {
                    if let Some(set) = sets.get_mut(*number as usize) {
                        set.insert(doc);
                    }
                }
            }
            sets
        }))
    }

    /// How many different values there are.
    pub(crate) fn len(&self) -> usize {
        self.column.as_ref().map_or(0, |column| column.dictionary().num_terms())
    }

    /// The number of a value, if any document has it.
    pub(crate) fn number(&self, value: &str) -> Result<Option<u32>> {
        let Some(column) = &self.column else {
            return Ok(None);
        };
        let ord = column.dictionary().term_ord(value)?;
        Ok(ord.and_then(|ord| u32::try_from(ord).ok()))
    }

    /// Calls `each` with the values of ascending numbers.
    pub(crate) fn each_named(&self, numbers: &[u64], mut each: impl FnMut(String)) -> Result<()> {
        if let Some(column) = &self.column {
            let name = |value: &[u8]| each(String::from_utf8_lossy(value).into_owned());
            column.dictionary().sorted_ords_to_term_cb(numbers, name)?;
        }
        Ok(())
    }
}

fn numbers(reader: &SegmentReader, name: &str) -> Result<Column<u64>> {
    let column = reader.fast_fields().column_opt::<u64>(name)?;
    Ok(column.unwrap_or_else(|| Column::build_empty_column(reader.max_doc())))
}

fn moments(reader: &SegmentReader, name: &str) -> Result<Column<i64>> {
    let column = reader.fast_fields().column_opt::<i64>(name)?;
    Ok(column.unwrap_or_else(|| Column::build_empty_column(reader.max_doc())))
}

fn venues(reader: &SegmentReader) -> Result<Rows<VenueHere>> {
    let codes = numbers(reader, schema::VENUE)?;
    let ordinals = numbers(reader, schema::VENUE_ORDINAL)?;
    let mut rows = Rows::new();
    for doc in 0..reader.max_doc() {
        let both = ordinals.values_for_doc(doc).zip(codes.values_for_doc(doc));
        rows.push(both.map(|(ordinal, code)| VenueHere {
            ordinal: u16::try_from(ordinal).unwrap_or(u16::MAX),
            spot: Spot::new(decode(code)),
            code,
        }));
    }
    Ok(rows)
}

fn doors(reader: &SegmentReader) -> Result<Rows<Door>> {
    let packed = numbers(reader, schema::DOOR)?;
    let from = moments(reader, schema::DOOR_FROM)?;
    let until = moments(reader, schema::DOOR_UNTIL)?;
    let mut rows = Rows::new();
    for doc in 0..reader.max_doc() {
        let span = from.values_for_doc(doc).zip(until.values_for_doc(doc));
        let all = packed.values_for_doc(doc).zip(span);
        rows.push(all.map(|(packed, (from, until))| unpack_door(packed, from, until)));
    }
    Ok(rows)
}

fn ages(reader: &SegmentReader) -> Result<Rows<(u8, u8)>> {
    let packed = numbers(reader, schema::AGES)?;
    let mut rows = Rows::new();
    for doc in 0..reader.max_doc() {
        let age = |bits: u64| u8::try_from(bits & 0xFF).unwrap_or(u8::MAX);
        rows.push(packed.values_for_doc(doc).map(|packed| (age(packed >> 8), age(packed))));
    }
    Ok(rows)
}

fn traits(reader: &SegmentReader) -> Result<Vec<Traits>> {
    let packed = numbers(reader, schema::TRAITS)?;
    let docs = 0..reader.max_doc();
    Ok(docs.map(|doc| Traits::unpack(packed.first(doc).unwrap_or_default())).collect())
}

fn confirmed(reader: &SegmentReader) -> Result<Vec<i64>> {
    let column = moments(reader, schema::CONFIRMED)?;
    Ok((0..reader.max_doc()).map(|doc| column.first(doc).unwrap_or(NEVER)).collect())
}
