//! The venues of one segment, in an order that makes an area a few stretches of it.

use super::cover::{Span, cover};
use super::{Area, decode};
use crate::bits::Bits;

/// Morton codes of all venues, ascending, each with the document that it belongs to.
#[derive(Debug, Default)]
pub(crate) struct VenueTable {
    codes: Vec<u64>,
    docs: Vec<u32>,
}

impl VenueTable {
    pub(crate) fn new(mut venues: Vec<(u64, u32)>) -> Self {
        venues.sort_unstable();
        let (codes, docs) = venues.into_iter().unzip();
        Self { codes, docs }
    }

    /// The documents with at least one venue in `area`, of `max_doc` documents.
    pub(crate) fn within(&self, area: &impl Area, max_doc: u32) -> Bits {
        let mut bits = Bits::none(max_doc);
        for span in cover(area) {
            self.add(area, span, &mut bits);
        }
        bits
    }

    fn add(&self, area: &impl Area, span: Span, bits: &mut Bits) {
        let start = self.codes.partition_point(|code| *code < span.first);
        let end = self.codes.partition_point(|code| *code <= span.last);
        for (code, doc) in self.codes[start..end].iter().zip(&self.docs[start..end]) {
            if span.inside || (!bits.contains(*doc) && area.contains(decode(*code))) {
                bits.insert(*doc);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::VenueTable;
    use crate::entry::Point;
    use crate::geo::{Area, Circle, Polygons, decode, encode};
    use crate::query::Shape;

    fn check(venues: &[(u64, u32)], area: &impl Area) {
        let found = VenueTable::new(venues.to_vec()).within(area, 40);
        let mut expect: Vec<u32> = venues
            .iter()
            .filter(|(code, _)| area.contains(decode(*code)))
            .map(|(_, doc)| *doc)
            .collect();
        expect.sort_unstable();
        expect.dedup();
        assert_eq!(found.iter().collect::<Vec<_>>(), expect);
    }

    fn near_england() -> impl Strategy<Value = Point> {
        (49.0..56.0, -6.0..3.0).prop_map(|(lat, lon)| Point { lat, lon })
    }

    fn anywhere() -> impl Strategy<Value = Point> {
        (-90.0..=90.0, -180.0..=180.0).prop_map(|(lat, lon)| Point { lat, lon })
    }

    fn venues(points: impl Strategy<Value = Point>) -> impl Strategy<Value = Vec<(u64, u32)>> {
        prop::collection::vec((points.prop_map(encode), 0_u32..40), 0..120)
    }

    proptest! {
        #[test]
        fn a_circle_finds_what_looking_at_every_venue_finds(
            venues in venues(near_england()),
            centre in near_england(),
            radius in prop_oneof![0.0..2_000.0, 0.0..500_000.0],
        ) {
            check(&venues, &Circle::new(centre, radius).unwrap());
        }

        #[test]
        fn a_circle_anywhere_on_earth_finds_the_same(
            venues in venues(anywhere()),
            centre in anywhere(),
            radius in 0.0..21_000_000.0,
        ) {
            check(&venues, &Circle::new(centre, radius).unwrap());
        }

        #[test]
        fn polygons_find_what_looking_at_every_venue_finds(
            venues in venues(near_england()),
            rings in prop::collection::vec(
                prop::collection::vec((-6.0..3.0, 49.0..56.0).prop_map(|(x, y)| [x, y]), 0..9),
                0..4,
            ),
        ) {
            let shape = Shape { polygons: rings.into_iter().map(|ring| vec![ring]).collect() };
            if let Some(polygons) = Polygons::new(&shape) {
                check(&venues, &polygons);
            }
        }
    }
}
