//! All of a nation's postcodes in twelve bytes each.
//!
//! Records are sorted by outward code, then by unit. Each holds the unit and the quality of its
//! point (2 bytes), latitude and longitude in millionths of a degree from 49 N 9.5 W (3 bytes
//! each: 0.11 m), and the number of its combination of codes (4 bytes). The few terminated ones
//! are listed apart with their month.

use super::{
    codes::CodeTable,
    record::{Record, WIDTH, spell, unit_of},
    wire::{Bytes, put_count},
};
use crate::{
    domain::{PlaceCode, Point},
    geo::{Postcode, PostcodePart},
};

/// What the pack knows of one postcode.
#[derive(Clone, Debug, PartialEq)]
pub struct PackPostcode {
    pub postcode: Postcode,
    /// None for postcodes that stand for no place on the ground, and where no point is known.
    pub point: Option<Point>,
    pub quality: Quality,
    /// The year and month in which the postcode went out of use; none while it lives.
    pub terminated: Option<(u16, u8)>,
    /// Whatever areas the file gave, narrow ones first: LSOA, MSOA, ward, council, sub-ICB, ICB,
    /// region, country. Codes that stand for "no such area" are left out.
    pub codes: Vec<PlaceCode>,
}

/// How a postcode's point was found, by the positional quality indicator of ONS (`gridind`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Quality(u8);

/// The table: see the module.
#[derive(Debug, Default, Clone)]
pub(crate) struct PostcodeTable {
    /// Outward codes padded with spaces, and the number of their first record.
    pub(super) outcodes: Vec<([u8; 4], u32)>,
    pub(super) records: Vec<u8>,
    /// Record number, and months since the year 0.
    pub(super) terminated: Vec<(u32, u16)>,
    pub(super) codes: CodeTable,
}

/// The living postcodes that share a combination of codes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Living {
    pub(crate) count: u32,
    /// How many of them have a point, and the sums of their degrees.
    pub(crate) placed: u32,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
}

impl Quality {
    /// The indicator of ONS: 1 best, 6 the middle of a sector, 9 none; 0 where the file did not say.
    #[must_use]
    pub fn from_indicator(indicator: u8) -> Self {
        Self(if indicator <= 9 { indicator } else { 0 })
    }

    /// The indicator, 0 to 9.
    #[must_use]
    pub fn indicator(self) -> u8 {
        self.0
    }

    /// Whether the point is the postcode's own, so that distances may be measured from it: not one
    /// guessed from neighbours (5), a sector's middle (6), last known before 2000 (8) or none (9).
    #[must_use]
    pub fn is_exact(self) -> bool {
        self.0 <= 4
    }
}

impl PostcodeTable {
    pub(crate) fn find(&self, postcode: Postcode) -> Option<PackPostcode> {
        let unit = unit_of(postcode.incode())?;
        let (first, end) = self.block(postcode.outcode())?;
        let at = self.lower_bound(first, end, unit);
        let record = self.record(at).filter(|record| at < end && record.unit == unit)?;
        Some(self.unpack(postcode, at, record))
    }

    pub(crate) fn within(&self, part: &PostcodePart) -> impl Iterator<Item = PackPostcode> + '_ {
        let outcode = part.outcode().to_owned();
        self.numbers(part).filter_map(move |at| {
            let record = self.record(at)?;
            let postcode = spell(&outcode, record.unit)?.parse().ok()?;
            Some(self.unpack(postcode, at, record))
        })
    }

    /// Where the living postcodes of a part are, and the number of their combination of codes.
    pub(crate) fn living(&self, part: &PostcodePart) -> impl Iterator<Item = (Point, u32)> + '_ {
        let living = self.numbers(part).filter(|at| self.termination(*at).is_none());
        living.filter_map(|at| {
            let record = self.record(at)?;
            Some((point_of(&record)?, record.set))
        })
    }

    /// The postcode of a part whose point comes first by `order`; its codes alone are unpacked.
    pub(crate) fn first_by(
        &self,
        part: &PostcodePart,
        order: impl Fn(Point) -> f64,
    ) -> Option<PackPostcode> {
        let living = self.numbers(part).filter(|at| self.termination(*at).is_none());
        let placed = living.filter_map(|at| {
            let record = self.record(at)?;
            Some((order(point_of(&record)?), at, record))
        });
        let (_, at, record) = placed.min_by(|a, b| a.0.total_cmp(&b.0))?;
        let postcode = spell(part.outcode(), record.unit)?.parse().ok()?;
        Some(self.unpack(postcode, at, record))
    }

    /// The numbers of a part's records.
    fn numbers(&self, part: &PostcodePart) -> std::ops::Range<u32> {
        let units = match part {
            PostcodePart::Full(postcode) => {
                let unit = unit_of(postcode.incode()).unwrap_or(u16::MAX);
                unit..unit.saturating_add(1)
            }
            PostcodePart::Sector(sector) => {
                let digit = sector.bytes().last().map_or(0, |c| u16::from(c.wrapping_sub(b'0')));
                digit * 400..(digit + 1) * 400
            }
            PostcodePart::Outcode(_) => 0..4000,
        };
        let (first, end) = self.block(part.outcode()).unwrap_or_default();
        let start = self.lower_bound(first, end, units.start);
        let stop = self.lower_bound(start, end, units.end);
        start..stop
    }

    /// Every postcode there is, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = PackPostcode> + '_ {
        let outcodes = self.outcodes.iter().filter_map(|(code, _)| str::from_utf8(code).ok());
        let parts = outcodes.map(|code| PostcodePart::Outcode(code.trim_end().to_owned()));
        parts.flat_map(|part| self.within(&part).collect::<Vec<_>>())
    }

    /// How many postcodes there are, terminated ones too.
    pub(crate) fn len(&self) -> usize {
        self.records.len() / WIDTH
    }

    /// How many of them went out of use.
    pub(crate) fn terminated(&self) -> usize {
        self.terminated.len()
    }

    pub(crate) fn codes(&self) -> &CodeTable {
        &self.codes
    }

    /// The living postcodes of each combination of codes.
    pub(crate) fn living_by_set(&self) -> Vec<Living> {
        let mut living = vec![Living::default(); self.codes.sets()];
        for at in 0..u32::try_from(self.len()).unwrap_or(u32::MAX) {
            let Some(record) = self.record(at).filter(|_| self.termination(at).is_none()) else {
                continue;
            };
            let Some(sum) = living.get_mut(record.set as usize) else { continue };
            sum.count += 1;
            if let Some((lat, lon)) = record.point {
                sum.placed += 1;
                sum.lat += f64::from(lat) / 1e6;
                sum.lon += f64::from(lon) / 1e6;
            }
        }
        living
    }

    /// Bytes held in memory, codes included.
    pub(crate) fn memory(&self) -> usize {
        let codes = self.codes.codes();
        let names: usize =
            codes.iter().map(|code| code.as_str().len().next_multiple_of(16) + 40).sum();
        let sets: usize = self.codes.sets() * 4;
        let members: usize = (0..u32::try_from(self.codes.sets()).unwrap_or_default())
            .map(|set| self.codes.members_of(set).len() * 4)
            .sum();
        self.records.len()
            + self.outcodes.len() * 8
            + self.terminated.len() * 8
            + names
            + sets
            + members
    }

    pub(crate) fn write(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.records.len() + (4 << 20));
        put_count(&mut out, self.outcodes.len());
        for (code, first) in &self.outcodes {
            out.extend_from_slice(code);
            out.extend_from_slice(&first.to_le_bytes());
        }
        put_count(&mut out, self.terminated.len());
        for (at, month) in &self.terminated {
            out.extend_from_slice(&at.to_le_bytes());
            out.extend_from_slice(&month.to_le_bytes());
        }
        self.codes.write(&mut out);
        put_count(&mut out, self.len());
        out.extend_from_slice(&self.records);
        out
    }

    /// Reads what `write` wrote; `None` where it does not hold together.
    pub(crate) fn read(section: &[u8]) -> Option<Self> {
        let mut bytes = Bytes(section);
        let mut table = Self::default();
        for _ in 0..bytes.count(8)? {
            table.outcodes.push((bytes.take(4)?.try_into().ok()?, bytes.u32()?));
        }
        for _ in 0..bytes.count(6)? {
            table.terminated.push((bytes.u32()?, bytes.u16()?));
        }
        table.codes = CodeTable::read(&mut bytes)?;
        let count = bytes.count(WIDTH)?;
        table.records = bytes.take(count * WIDTH)?.to_vec();
        let ordered =
            table.outcodes.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 <= two[1].1);
        let inside = table.outcodes.last().is_none_or(|(_, first)| *first as usize <= count);
        (ordered && inside && bytes.0.is_empty()).then_some(table)
    }

    /// The numbers of an outward code's records: the first, and the one after the last.
    fn block(&self, outcode: &str) -> Option<(u32, u32)> {
        let mut key = *b"    ";
        key.get_mut(..outcode.len())?.copy_from_slice(outcode.as_bytes());
        let at = self.outcodes.binary_search_by_key(&key, |(code, _)| *code).ok()?;
        let end = self.outcodes.get(at + 1).map(|(_, first)| *first);
        Some((self.outcodes[at].1, end.unwrap_or(u32::try_from(self.len()).ok()?)))
    }

    /// The first record from `first` to `end` whose unit is not below `unit`.
    fn lower_bound(&self, mut first: u32, mut end: u32, unit: u16) -> u32 {
        while first < end {
            let middle = first + (end - first) / 2;
            match self.record(middle) {
                Some(record) if record.unit < unit => first = middle + 1,
                _ => end = middle,
            }
        }
        first
    }

    fn record(&self, at: u32) -> Option<Record> {
        let start = at as usize * WIDTH;
        self.records.get(start..start + WIDTH).and_then(Record::read)
    }

    fn termination(&self, at: u32) -> Option<u16> {
        let found = self.terminated.binary_search_by_key(&at, |(record, _)| *record).ok()?;
        Some(self.terminated[found].1)
    }

    fn unpack(&self, postcode: Postcode, at: u32, record: Record) -> PackPostcode {
        let month = |months: u16| (months / 12, u8::try_from(months % 12).unwrap_or_default() + 1);
        PackPostcode {
            postcode,
            point: point_of(&record),
            quality: Quality::from_indicator(record.quality),
            terminated: self.termination(at).map(month),
            codes: self.codes.set(record.set).cloned().collect(),
        }
    }
}

/// The point of a record in degrees.
fn point_of(record: &Record) -> Option<Point> {
    let (lat, lon) = record.point?;
    Point::parse(f64::from(lat) / 1e6, f64::from(lon) / 1e6)
}
