//! The engine against the plain model, over invented worlds.

use std::collections::{BTreeMap, BTreeSet};

use hereabouts_index::{
    Answer, Counts, DoorStatus, Entry, Facet, Factor, Few, Hit, Index, Pace, Query, Sort, Where,
};
use proptest::prelude::*;

use crate::invented::{a_query, entries};
use crate::world;

/// Written in two commits, with some entries replaced in the second.
fn written(entries: &[Entry]) -> Index {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer(Pace::Live).unwrap();
    for (number, entry) in entries.iter().enumerate() {
        let other = Entry { id: entry.id, ..crate::builders::entry(0, "apricot replaced") };
        writer.put(if number % 3 == 0 { &other } else { entry }).unwrap();
    }
    writer.commit(1).unwrap();
    entries.iter().step_by(3).for_each(|entry| writer.put(entry).unwrap());
    writer.commit(2).unwrap();
    index
}

fn check_hit(hit: &Hit, entry: &Entry, query: &Query, entries: &[Entry]) {
    assert!(hit.score > 0.0 && hit.score <= 1.0, "{hit:?}");
    let weight: f64 = hit.factors.iter().map(|f| f64::from(f.2)).sum();
    let product: f64 = hit.factors.iter().map(|f| f64::from(f.1).powf(f64::from(f.2))).product();
    assert!((product.powf(1.0 / weight) - f64::from(hit.score)).abs() < 1e-5, "{hit:?}");
    assert!(hit.factors.iter().all(|f| f.1 > 0.0 && f.1 <= 1.0), "{hit:?}");
    assert!((0.0..=1.0).contains(&hit.relevance), "{hit:?}");
    assert_eq!(Some(hit.reached), world::reached(entry, &query.place));
    assert_eq!(hit.fit, world::fit(entry, &query.person));
    let words: Vec<bool> = query.groups.iter().map(|g| world::by_words(entry, g)).collect();
    assert_eq!(hit.groups_by_words, words);
    let options = || query.groups.iter().map(|group| world::best(entry, group, &query.ranking));
    let by_facts: Vec<bool> =
        options().map(|best| best.is_some_and(|best| best.1 == world::By::Fact)).collect();
    assert_eq!(hit.groups_by_facts, by_facts);
    assert_eq!(hit.need.is_some(), options().flatten().any(|best| best.1 == world::By::Need));
    assert_eq!(hit.called, world::called(entry, query, entries), "{hit:?}");
    assert_eq!(hit.leads, hit.called || world::leads(entry, query), "{hit:?}");
    if let Some((_, need, _)) = hit.factors.iter().find(|f| f.0 == Factor::Need) {
        let (least, most) = world::need_worth(entry, query);
        assert!((least - 1e-6..=most + 1e-6).contains(need), "{need} of {least} to {most}");
    }
    check_nearest(hit, entry, query);
}

fn check_nearest(hit: &Hit, entry: &Entry, query: &Query) {
    let from = match &query.place {
        Where::Anywhere => None,
        Where::Person { point, .. } => Some(*point),
        Where::Area { centre, .. } => *centre,
    };
    let nearest = from.and_then(|from| {
        let metres = entry.venues.iter().map(|venue| world::metres(venue.point, from));
        metres.reduce(f64::min)
    });
    match (nearest, hit.nearest) {
        (Some(expect), Some((_, found))) => assert!((expect - found).abs() < 0.05),
        (expect, found) => assert!(expect.is_none() && found.is_none()),
    }
}

fn check_order(answer: &Answer, query: &Query) {
    for pair in answer.hits.windows(2) {
        let (a, b) = (&pair[0], &pair[1]);
        assert!((a.called, a.leads) >= (b.called, b.leads));
        if (a.called, a.leads) == (b.called, b.leads) {
            match query.sort {
                Sort::Best => assert!(a.score >= b.score),
                Sort::Confirmed => assert!(a.confirmed_at >= b.confirmed_at),
                Sort::Distance => {
                    let metres = |hit: &Hit| hit.nearest.map_or(f64::INFINITY, |n| n.1);
                    assert!(metres(a) <= metres(b));
                }
                Sort::Name => {}
            }
        }
    }
}

fn check_facets(answer: &Answer, entries: &[Entry], query: &Query) {
    for (facet, counts) in &answer.facets {
        let mut expect: BTreeMap<String, usize> = BTreeMap::new();
        let chosen = query.filters.iter().filter(|filter| filter.facet == *facet);
        chosen.flat_map(|filter| &filter.any_of).for_each(|value| {
            expect.entry(value.clone()).or_default();
        });
        for entry in entries.iter().filter(|entry| world::finds(entry, query, Some(*facet))) {
            for value in world::values(entry, *facet, query) {
                *expect.entry(value).or_default() += 1;
            }
        }
        let found: BTreeMap<String, usize> =
            counts.iter().map(|count| (count.value.clone(), count.count)).collect();
        assert_eq!(found, expect, "{facet:?}");
    }
}

fn check(entries: &[Entry], query: &Query) {
    let index = written(entries);
    let answer = index.search(query).unwrap();
    let expect: Vec<&Entry> =
        entries.iter().filter(|entry| world::finds(entry, query, None)).collect();
    let mut found: Vec<_> = answer.hits.iter().map(|hit| hit.id).collect();
    found.sort_unstable();
    assert_eq!(found, expect.iter().map(|entry| entry.id).collect::<Vec<_>>());
    assert_eq!(answer.total, expect.len());
    let mut matching = index.matching(query).unwrap();
    matching.sort_unstable();
    assert_eq!(matching, found);
    let late = |entry: &&&Entry| entry.confirmed_at.is_none_or(|at| at < query.confirmed_since);
    let leading = expect
        .iter()
        .filter(|entry| world::leads(entry, query) || world::called(entry, query, entries));
    assert_eq!(answer.leading, leading.count());
    assert_eq!(answer.unconfirmed, expect.iter().filter(late).count());
    for hit in &answer.hits {
        let entry = entries.iter().find(|entry| entry.id == hit.id).unwrap();
        check_hit(hit, entry, query, entries);
    }
    check_order(&answer, query);
    check_facets(&answer, entries, query);
    check_supply(&index, &expect, query);
}

/// What is counted for a place is what a search there finds, and whose it is.
fn check_supply(index: &Index, found: &[&Entry], query: &Query) {
    let supply = index.supply(std::slice::from_ref(query), Facet::Need).unwrap().remove(0);
    assert_eq!(supply.all, counts(found, query, supply.all.open));
    assert_eq!(supply.providers, few(found));
    let mut by_value: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
    for entry in found {
        for value in world::values(entry, Facet::Need, query) {
            by_value.entry(value).or_default().push(entry);
        }
    }
    assert_eq!(supply.by_value.len(), by_value.len());
    for (value, entries) in by_value {
        let (counted, providers) = &supply.by_value[&value];
        assert_eq!(*counted, counts(&entries, query, counted.open), "{value}");
        assert_eq!(*providers, few(&entries), "{value}");
    }
}

/// The model knows no doors inside a shape; there, what was counted as open stands.
fn counts(entries: &[&Entry], query: &Query, open: usize) -> Counts {
    let is_open =
        |entry: &&&Entry| world::status(entry, &query.place, query.now) == DoorStatus::Open;
    let has_shape = matches!(&query.place, Where::Area { shape: Some(_), .. });
    let recent = |entry: &&&Entry| entry.confirmed_at.is_some_and(|at| at >= query.confirmed_since);
    let inside = |entry: &&&Entry| match &query.place {
        // Without codes to serve, what is left is what has a venue there.
        Where::Area { venue_codes, shape, .. } => {
            let only = Where::Area {
                codes: Vec::new(),
                whole: Vec::new(),
                venue_codes: venue_codes.clone(),
                shape: shape.clone(),
                centre: None,
            };
            world::reached(entry, &only).is_some()
        }
        _ => false,
    };
    Counts {
        services: entries.len(),
        open: if has_shape { open } else { entries.iter().filter(is_open).count() },
        confirmed: entries.iter().filter(recent).count(),
        inside: entries.iter().filter(inside).count(),
    }
}

fn few(entries: &[&Entry]) -> Few {
    let stated = entries.iter().flat_map(|entry| &entry.facets);
    let runs = stated.filter(|(facet, _)| *facet == Facet::Organisation);
    let ids: BTreeSet<&String> = runs.map(|(_, id)| id).collect();
    match ids.iter().next() {
        None => Few::Nobody,
        Some(id) if ids.len() == 1 => Few::One((*id).clone()),
        Some(_) => Few::Several,
    }
}

/// Each case writes an index; `PROPTEST_CASES` asks for more.
pub fn cases() -> ProptestConfig {
    if std::env::var_os("PROPTEST_CASES").is_some() {
        return ProptestConfig::default();
    }
    ProptestConfig::with_cases(64)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn every_answer_is_what_looking_at_every_entry_gives(
        entries in entries(),
        query in a_query(false),
    ) {
        check(&entries, &query);
    }

    #[test]
    fn areas_with_shapes_find_what_looking_at_every_venue_finds(
        entries in entries(),
        query in a_query(true),
    ) {
        // The model knows no doors inside a shape, so capacity is left out here.
        let mut query = query;
        query.filters.retain(|filter| filter.facet != Facet::Capacity);
        query.facets.retain(|facet| *facet != Facet::Capacity);
        check(&entries, &query);
    }
}
