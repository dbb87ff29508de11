//! Filling the postcode table, in any order and with bounded memory: twenty-two bytes a row.

use super::{
    codes::CodeInterner,
    postcodes::{PostcodeTable, Quality},
    record::{Record, WIDTH, unit_of},
};
use crate::{domain::Point, geo::Postcode};

/// Collects rows, then sorts them into a table.
#[derive(Default)]
pub(crate) struct PostcodeTableBuilder {
    rows: Vec<Row>,
    codes: CodeInterner,
}

/// A row as its file gave it.
pub(crate) struct NewPostcode<'a> {
    pub(crate) postcode: Postcode,
    pub(crate) point: Option<Point>,
    pub(crate) quality: Quality,
    pub(crate) terminated: Option<(u16, u8)>,
    /// The numbers of its codes, by `PostcodeTableBuilder::code`, narrow ones first.
    pub(crate) codes: &'a [u32],
}

#[derive(Clone, Copy)]
struct Row {
    outcode: [u8; 4],
    /// Months since the year 0; 0 while it lives.
    terminated: u16,
    packed: [u8; WIDTH],
}

impl PostcodeTableBuilder {
    /// The number of a code.
    pub(crate) fn code(&mut self, code: &str) -> u32 {
        self.codes.code(code)
    }

    /// Takes a row. Of two rows for the same postcode the living one is kept, then the one that
    /// knows more codes, then the later.
    pub(crate) fn add(&mut self, row: &NewPostcode<'_>) {
        let mut outcode = *b"    ";
        for (into, from) in outcode.iter_mut().zip(row.postcode.outcode().bytes()) {
            *into = from;
        }
        let record = Record {
            unit: unit_of(row.postcode.incode()).unwrap_or_default(),
            quality: row.quality.indicator(),
            point: row.point.map(|point| (millionths(point.lat), millionths(point.lon))),
            set: self.codes.set(row.codes),
        };
        let terminated = row.terminated.map_or(0, |(year, month)| {
            year.saturating_mul(12).saturating_add(u16::from(month.clamp(1, 12)) - 1)
        });
        self.rows.push(Row { outcode, terminated, packed: record.packed() });
    }

    /// Takes a row as a table gives it.
    #[cfg(test)]
    pub(crate) fn add_known(&mut self, known: &super::PackPostcode) {
        let codes: Vec<u32> =
            known.codes.iter().map(|code| self.codes.code(code.as_str())).collect();
        self.add(&NewPostcode {
            postcode: known.postcode,
            point: known.point,
            quality: known.quality,
            terminated: known.terminated,
            codes: &codes,
        });
    }

    /// How many rows were taken.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The table, and how many rows were for a postcode that had one already.
    pub(crate) fn finish(mut self) -> (PostcodeTable, usize) {
        let codes = self.codes;
        self.rows.sort_by_cached_key(|row| Order::of(row, &codes));
        let taken = self.rows.len();
        self.rows.dedup_by(|later, kept| {
            let same = later.outcode == kept.outcode && unit(later) == unit(kept);
            if same {
                *kept = *later;
            }
            same
        });
        let mut table = PostcodeTable::default();
        table.records.reserve_exact(self.rows.len() * WIDTH);
        for (at, row) in (0u32..).zip(&self.rows) {
            if table.outcodes.last().is_none_or(|(last, _)| *last != row.outcode) {
                table.outcodes.push((row.outcode, at));
            }
            if row.terminated > 0 {
                table.terminated.push((at, row.terminated));
            }
            table.records.extend_from_slice(&row.packed);
        }
        table.codes = codes.finish();
        (table, taken - self.rows.len())
    }
}

/// Where a row comes: by postcode, and the one to keep last.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Order {
    outcode: [u8; 4],
    unit: u16,
    alive: bool,
    codes: u16,
}

impl Order {
    fn of(row: &Row, codes: &CodeInterner) -> Self {
        let set = Record::read(&row.packed).map_or(0, |record| record.set);
        Self {
            outcode: row.outcode,
            unit: unit(row),
            alive: row.terminated == 0,
            codes: u16::try_from(codes.width(set)).unwrap_or(u16::MAX),
        }
    }
}

fn unit(row: &Row) -> u16 {
    u16::from_le_bytes([row.packed[0], row.packed[1]]) >> 4
}

/// Degrees in whole millionths.
#[expect(clippy::cast_possible_truncation, reason = "a Point is within the British Isles")]
fn millionths(degrees: f64) -> i32 {
    (degrees * 1e6).round() as i32
}
