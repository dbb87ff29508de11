//! Outlines as bytes: each point is the step from the one before it.

use super::wire::{Bytes, put_count, put_short_text, put_signed, put_varint};
use crate::{
    domain::{PlaceCode, PlaceKind},
    geo::boundary::{BoundarySet, Bounded, Outline, Part},
};

/// Kinds that have outlines, each at the place that stands for it in a pack: only append.
const KINDS: [PlaceKind; 17] = [
    PlaceKind::Lsoa,
    PlaceKind::Msoa,
    PlaceKind::Ward,
    PlaceKind::Custom,
    PlaceKind::Named,
    PlaceKind::Sector,
    PlaceKind::Outcode,
    PlaceKind::Pcn,
    PlaceKind::Parish,
    PlaceKind::Constituency,
    PlaceKind::Council,
    PlaceKind::County,
    PlaceKind::SubIcb,
    PlaceKind::Icb,
    PlaceKind::NhsRegion,
    PlaceKind::Region,
    PlaceKind::Nation,
];

pub(super) fn write(set: &BoundarySet) -> Vec<u8> {
    let mut out = Vec::new();
    put_count(&mut out, set.len());
    for bounded in set.all() {
        let kind = KINDS.iter().position(|kind| *kind == bounded.kind);
        out.push(kind.and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX));
        put_short_text(&mut out, bounded.code.as_str());
        put_count(&mut out, bounded.outline.parts.len());
        for part in &bounded.outline.parts {
            write_part(&mut out, part);
        }
    }
    out
}

pub(super) fn read(section: &[u8]) -> Option<BoundarySet> {
    let mut bytes = Bytes(section);
    let mut set = BoundarySet::default();
    for _ in 0..bytes.count(6)? {
        let kind = *KINDS.get(usize::from(bytes.u8()?))?;
        let code = PlaceCode::from(bytes.short_text()?);
        let parts: Option<Vec<Part>> =
            (0..bytes.count(1)?).map(|_| read_part(&mut bytes)).collect();
        set.insert_outline(Bounded { code, kind, outline: Outline::new(parts?) });
    }
    bytes.0.is_empty().then_some(set)
}

fn write_part(out: &mut Vec<u8>, part: &Part) {
    put_varint(out, u32::try_from(part.rings().count()).unwrap_or_default());
    let mut last = [0, 0];
    for ring in part.rings() {
        put_count(out, ring.len());
        for [x, y] in ring {
            put_signed(out, x.wrapping_sub(last[0]));
            put_signed(out, y.wrapping_sub(last[1]));
            last = [*x, *y];
        }
    }
}

fn read_part(bytes: &mut Bytes<'_>) -> Option<Part> {
    let mut last = [0i32, 0i32];
    let mut rings = Vec::new();
    for _ in 0..bytes.varint()? {
        let count = bytes.count(2)?;
        let mut ring = Vec::with_capacity(count);
        for _ in 0..count {
            last = [last[0].wrapping_add(bytes.signed()?), last[1].wrapping_add(bytes.signed()?)];
            ring.push(last);
        }
        rings.push(ring);
    }
    Part::new(rings.into_iter())
}
