//! The codes that postcodes carry, and the combinations of them that occur.
//!
//! A million and a half postcodes lie in some 34,000 small areas, so whole combinations
//! (LSOA, MSOA, ward, council, ICB, …) are kept once and pointed at.

use std::collections::HashMap;

use super::wire::{Bytes, put_count, put_short_text, put_varint};
use crate::domain::PlaceCode;

/// Codes and their combinations, each by its number.
#[derive(Debug, Default, Clone)]
pub(crate) struct CodeTable {
    codes: Vec<PlaceCode>,
    /// Where each combination ends in `members`.
    ends: Vec<u32>,
    members: Vec<u32>,
}

/// A code table that is being filled.
#[derive(Default)]
pub(crate) struct CodeInterner {
    table: CodeTable,
    by_code: HashMap<PlaceCode, u32>,
    by_set: HashMap<Vec<u32>, u32>,
}

impl CodeTable {
    /// The codes of a combination, in the order that they were given.
    pub(crate) fn set(&self, set: u32) -> impl Iterator<Item = &PlaceCode> {
        self.members_of(set).iter().filter_map(|id| self.codes.get(*id as usize))
    }

    /// The numbers of a combination's codes.
    pub(crate) fn members_of(&self, set: u32) -> &[u32] {
        let set = set as usize;
        let start = set.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        let range = self.ends.get(set).map(|end| start.unwrap_or(0) as usize..*end as usize);
        range.and_then(|range| self.members.get(range)).unwrap_or_default()
    }

    /// Every code, in the order of its number.
    pub(crate) fn codes(&self) -> &[PlaceCode] {
        &self.codes
    }

    /// How many combinations there are.
    pub(crate) fn sets(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        put_count(out, self.codes.len());
        for code in &self.codes {
            put_short_text(out, code.as_str());
        }
        put_count(out, self.ends.len());
        for set in 0..u32::try_from(self.ends.len()).unwrap_or(u32::MAX) {
            let members = self.members_of(set);
            put_varint(out, u32::try_from(members.len()).unwrap_or_default());
            for id in members {
                put_varint(out, *id);
            }
        }
    }

    pub(crate) fn read(bytes: &mut Bytes<'_>) -> Option<Self> {
        let count = bytes.count(1)?;
        let codes: Option<Vec<_>> =
            (0..count).map(|_| bytes.short_text().map(Into::into)).collect();
        let mut table = Self { codes: codes?, ..Self::default() };
        for _ in 0..bytes.count(1)? {
            for _ in 0..bytes.varint()? {
                let id = bytes.varint()?;
                table.codes.get(id as usize)?;
                table.members.push(id);
            }
            table.ends.push(u32::try_from(table.members.len()).ok()?);
        }
        Some(table)
    }
}

impl CodeInterner {
    /// The number of a code, new or known.
    pub(crate) fn code(&mut self, code: &str) -> u32 {
        let code = PlaceCode::from(code);
        if let Some(id) = self.by_code.get(&code) {
            return *id;
        }
        let id = u32::try_from(self.table.codes.len()).unwrap_or(u32::MAX);
        self.table.codes.push(code.clone());
        self.by_code.insert(code, id);
        id
    }

    /// The number of a combination, new or known.
    pub(crate) fn set(&mut self, members: &[u32]) -> u32 {
        if let Some(id) = self.by_set.get(members) {
            return *id;
        }
        let id = u32::try_from(self.table.ends.len()).unwrap_or(u32::MAX);
        self.table.members.extend_from_slice(members);
        self.table.ends.push(u32::try_from(self.table.members.len()).unwrap_or(u32::MAX));
        self.by_set.insert(members.to_vec(), id);
        id
    }

    /// How many codes a combination holds.
    pub(crate) fn width(&self, set: u32) -> usize {
        self.table.members_of(set).len()
    }

    /// The table without what was only needed to fill it.
    pub(crate) fn finish(mut self) -> CodeTable {
        self.table.codes.shrink_to_fit();
        self.table.ends.shrink_to_fit();
        self.table.members.shrink_to_fit();
        self.table
    }
}
