//! Invented entries and queries, for claims about any of them.

use hereabouts_index::{
    Door, DoorStatus, Entry, EntryNeed, Facet, Filter, Group, Kin, NeedTier, Person, Point, Query,
    Shape, Sort, Text, Venue, Wanted, Where,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::builders::{HERE, NOW, entry, everything, id};

const WORDS: &[&str] = &["apricot", "badger", "cobalt", "dragon", "elbow"];
const NEEDS: &[&str] = &["debt", "grief", "housing"];
pub const CODES: &[&str] = &["ward", "town", "county", "nation"];
pub const CASES: &[&str] = &["carer", "veteran"];

pub fn strings(of: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    subsequence(of, 0..=of.len()).prop_map(|some| some.into_iter().map(str::to_owned).collect())
}

/// Points on a grid of about 3 km, so that none lies within rounding of an edge.
pub fn point() -> impl Strategy<Value = Point> {
    (-12_i32..12, -12_i32..12).prop_map(|(north, east)| Point {
        lat: HERE.lat + f64::from(north) * 0.030_13,
        lon: HERE.lon + f64::from(east) * 0.040_17,
    })
}

pub fn status() -> impl Strategy<Value = DoorStatus> {
    select(vec![DoorStatus::Open, DoorStatus::Waiting, DoorStatus::Full, DoorStatus::Paused])
}

pub fn door() -> impl Strategy<Value = Door> {
    let venue = prop_oneof![Just(None), (0_u16..4).prop_map(Some)];
    (venue, status(), -3_i64..3, 0_i64..4).prop_map(|(venue, status, from, lasts)| Door {
        venue,
        status,
        from: NOW + from,
        until: NOW + from + lasts,
    })
}

pub fn stated_facet() -> impl Strategy<Value = (Facet, String)> {
    let facet = select(vec![Facet::Cost, Facet::Day, Facet::Need]);
    (facet, select(vec!["x", "y", "z"])).prop_map(|(facet, value)| (facet, value.to_owned()))
}

pub fn words() -> impl Strategy<Value = String> {
    vec(select(WORDS), 1..4).prop_map(|words| words.join(" "))
}

prop_compose! {
    pub fn place_facts()(
        states_area in any::<bool>(),
        remote in any::<bool>(),
        serves in strings(CODES),
        serves_not in strings(&CODES[..2]),
        points in vec(point(), 0..5),
        venue_places in strings(CODES),
    ) -> Entry {
        let venues = (0_u16..).zip(points).map(|(ordinal, point)| Venue { ordinal, point });
        Entry { states_area, remote, serves, serves_not, venues: venues.collect(), venue_places, ..entry(0, "") }
    }
}

pub fn entry_need() -> impl Strategy<Value = EntryNeed> {
    let tier = select(vec![NeedTier::Stated, NeedTier::Inferred, NeedTier::Mentioned]);
    (select(NEEDS), tier).prop_map(|(need, tier)| EntryNeed { need: need.to_owned(), tier })
}

prop_compose! {
    pub fn an_entry()(
        place in place_facts(),
        (name, body) in (words(), words()),
        summary in prop_oneof![Just(String::new()), words()],
        needs in vec(entry_need(), 0..3),
        facets in vec(stated_facet(), 0..5),
        run_by in proptest::option::of(select(vec!["a", "b"])),
        doors in vec(door(), 0..5),
        ages in vec((0_u8..60, 0_u8..60).prop_map(|(a, b)| (a, a + b)), 0..3),
        (fits, fits_not, only_these) in (strings(CASES), strings(CASES), any::<bool>()),
        confirmed_at in proptest::option::of((-40_i64..1).prop_map(|months| NOW + months * 2_630_000)),
        (breadth, completeness) in (0.0_f32..=1.0, 0.0_f32..=1.0),
        experience in proptest::option::of(0.0_f32..=1.0),
    ) -> Entry {
        let run_by = run_by.map(|id| (Facet::Organisation, id.to_owned()));
        let facets = facets.into_iter().chain(run_by).collect();
        Entry { name, summary, body, needs, facets, doors, ages, fits, fits_not, only_these, confirmed_at, breadth, completeness, experience, ..place }
    }
}

pub fn entries() -> impl Strategy<Value = Vec<Entry>> {
    vec(an_entry(), 0..25).prop_map(|mut entries| {
        (0_u8..).zip(&mut entries).for_each(|(number, entry)| entry.id = id(number));
        entries
    })
}

pub fn a_group() -> impl Strategy<Value = Group> {
    let text = vec(select(WORDS), 1..3)
        .prop_map(|words| Text::Words(words.into_iter().map(str::to_owned).collect()));
    let kins = select(vec![Kin::Same, Kin::Narrower, Kin::Broader, Kin::Related]);
    let wanted =
        (select(NEEDS), kins).prop_map(|(need, kin)| Wanted { need: need.to_owned(), kin });
    (vec(text, 0..3), vec(wanted, 0..3), vec(stated_facet(), 0..2), prop::bool::weighted(0.2))
        .prop_filter("something to look for", |(text, needs, facts, _)| {
            text.len() + needs.len() + facts.len() > 0
        })
        .prop_map(|(text, needs, facts, optional)| Group { text, needs, facts, optional })
}

pub fn ring() -> impl Strategy<Value = Vec<[f64; 2]>> {
    vec(point().prop_map(|point| [point.lon + 0.011, point.lat + 0.007]), 0..8)
}

pub fn place(shapes: bool) -> impl Strategy<Value = Where> {
    let person =
        (
            strings(CODES),
            point(),
            0.0..40_000.0,
            any::<bool>(),
            proptest::option::of(0.0..40_000.0),
        )
            .prop_map(|(codes, point, reach_metres, elsewhere, within_metres)| {
                Where::Person { codes, point, reach_metres, within_metres, elsewhere }
            });
    let shape = proptest::option::of(vec(vec(ring(), 1..3), 0..3));
    let area =
        (strings(CODES), strings(CODES), strings(CODES), shape, proptest::option::of(point()))
            .prop_map(move |(codes, whole, venue_codes, polygons, centre)| Where::Area {
                codes,
                whole,
                venue_codes,
                shape: polygons.filter(|_| shapes).map(|polygons| Shape { polygons }),
                centre,
            });
    prop_oneof![Just(Where::Anywhere), person, area]
}

pub fn a_filter() -> impl Strategy<Value = Filter> {
    let stated = (stated_facet(), vec(select(vec!["x", "y", "z"]), 0..3))
        .prop_map(|((facet, _), values)| (facet, values));
    let capacity = vec(select(vec!["open", "full", "not-known"]), 1..3)
        .prop_map(|values| (Facet::Capacity, values));
    prop_oneof![3 => stated, 1 => capacity].prop_map(|(facet, values)| Filter {
        facet,
        any_of: values.into_iter().map(str::to_owned).collect(),
    })
}

prop_compose! {
    pub fn a_query(shapes: bool)(
        groups in vec(a_group(), 0..4),
        called in vec(words(), 0..3),
        at_least in 0_usize..5,
        without in vec(a_group(), 0..2),
        place in place(shapes),
        filters in vec(a_filter(), 0..4),
        must in prop_oneof![4 => Just(Vec::new()), 1 => vec(stated_facet(), 1..3)],
        age in proptest::option::of(0_u8..100),
        circumstances in strings(CASES),
        implied in strings(CASES),
        (young, housebound) in (any::<bool>(), any::<bool>()),
        confirmed_since in -40_i64..1,
        only_since in prop_oneof![4 => Just(None), 1 => (-40_i64..1).prop_map(Some)],
        sort in select(vec![Sort::Best, Sort::Distance, Sort::Name, Sort::Confirmed]),
        counted in subsequence(vec![Facet::Capacity, Facet::Cost, Facet::Day], 0..=3),
    ) -> Query {
        Query {
            groups, at_least, needs_lead: false,
            called,
            without, place, filters, must, sort,
            person: Person { age, circumstances, implied, young, housebound },
            confirmed_since: NOW + confirmed_since * 2_630_000,
            only_since: only_since.map(|months| NOW + months * 2_630_000),
            facets: counted,
            ..everything()
        }
    }
}
