use hereabouts_index::{Answer, DoorStatus, Entry, Facet, Query};

use crate::builders::*;

fn services() -> Vec<Entry> {
    vec![
        entry(1, "A")
            .facet(Facet::Cost, "free")
            .facet(Facet::Day, "monday")
            .facet(Facet::Day, "friday"),
        entry(2, "B").facet(Facet::Cost, "free").facet(Facet::Day, "monday"),
        entry(3, "C").facet(Facet::Cost, "fee").facet(Facet::Day, "friday"),
        entry(4, "D").facet(Facet::Cost, "fee").facet(Facet::Day, "sunday"),
    ]
}

fn counts(answer: &Answer, facet: Facet) -> Vec<(&str, usize)> {
    let (_, counts) = answer.facets.iter().find(|(known, _)| *known == facet).unwrap();
    counts.iter().map(|count| (count.value.as_str(), count.count)).collect()
}

#[test]
fn counts_are_of_services_by_count_and_then_by_value() {
    let query = Query { facets: vec![Facet::Day, Facet::Cost, Facet::Day], ..everything() };
    let answer = index(&services()).search(&query).unwrap();
    assert_eq!(answer.facets.len(), 2);
    assert_eq!(counts(&answer, Facet::Day), [("friday", 2), ("monday", 2), ("sunday", 1)]);
    assert_eq!(counts(&answer, Facet::Cost), [("fee", 2), ("free", 2)]);
}

#[test]
fn values_of_a_filter_are_or_and_filters_are_and() {
    let query = Query {
        filters: vec![filter(Facet::Cost, &["free", "fee"]), filter(Facet::Day, &["friday"])],
        ..everything()
    };
    assert_eq!(finds(&services(), &query), [1, 3]);
    let both_days = vec![filter(Facet::Day, &["friday"]), filter(Facet::Day, &["monday"])];
    assert_eq!(finds(&services(), &Query { filters: both_days, ..everything() }), [1]);
}

#[test]
fn what_must_be_there_is_all_there_and_counts_under_it_are_what_choosing_would_find() {
    let must = |days: &[&str]| Query {
        must: days.iter().map(|day| (Facet::Day, (*day).to_owned())).collect(),
        facets: vec![Facet::Day],
        ..everything()
    };
    assert_eq!(finds(&services(), &must(&["friday"])), [1, 3]);
    assert_eq!(finds(&services(), &must(&["friday", "monday"])), [1]);
    assert_eq!(finds(&services(), &must(&["friday", "never"])), [] as [u8; 0]);
    let answer = index(&services()).search(&must(&["friday"])).unwrap();
    assert_eq!(counts(&answer, Facet::Day), [("friday", 2), ("monday", 1)]);
}

#[test]
fn a_facet_is_counted_under_all_other_filters_but_not_its_own() {
    let query = Query {
        filters: vec![filter(Facet::Cost, &["free"]), filter(Facet::Day, &["monday"])],
        facets: vec![Facet::Cost, Facet::Day],
        ..everything()
    };
    let answer = index(&services()).search(&query).unwrap();
    assert_eq!(found(&answer), [1, 2]);
    assert_eq!(counts(&answer, Facet::Cost), [("free", 2)]);
    assert_eq!(counts(&answer, Facet::Day), [("monday", 2), ("friday", 1)]);
}

#[test]
fn a_chosen_value_that_nothing_has_is_listed_with_none() {
    let query = Query {
        filters: vec![filter(Facet::Cost, &["barter"])],
        facets: vec![Facet::Cost],
        ..everything()
    };
    let answer = index(&services()).search(&query).unwrap();
    assert_eq!(answer.total, 0);
    assert_eq!(counts(&answer, Facet::Cost), [("fee", 2), ("free", 2), ("barter", 0)]);
}

#[test]
fn capacity_is_counted_as_it_is_now_under_other_filters() {
    let mut services = services();
    services[0] = services[0].clone().door(None, DoorStatus::Open, NOW - 9, NOW + 1);
    services[1] = services[1].clone().door(None, DoorStatus::Full, NOW - 9, NOW + 1);
    let index = index(&services);
    let query = |now| Query {
        now,
        filters: vec![filter(Facet::Cost, &["free"]), filter(Facet::Capacity, &["open"])],
        facets: vec![Facet::Capacity, Facet::Cost],
        ..everything()
    };
    let answer = index.search(&query(NOW)).unwrap();
    assert_eq!(found(&answer), [1]);
    assert_eq!(counts(&answer, Facet::Capacity), [("full", 1), ("open", 1)]);
    assert_eq!(counts(&answer, Facet::Cost), [("free", 1)]);
    let later = index.search(&query(NOW + 1)).unwrap();
    assert_eq!(later.total, 0);
    assert_eq!(counts(&later, Facet::Capacity), [("not-known", 2), ("open", 0)]);
}

#[test]
fn a_value_stated_twice_counts_once() {
    let twice = entry(1, "A").facet(Facet::Need, "debt").facet(Facet::Need, "debt");
    let query = Query { facets: vec![Facet::Need], ..everything() };
    assert_eq!(counts(&index(&[twice]).search(&query).unwrap(), Facet::Need), [("debt", 1)]);
}

#[test]
fn replaced_and_removed_services_are_not_counted() {
    let index = index(&services());
    let mut writer = index.writer(hereabouts_index::Pace::Live).unwrap();
    writer.put(&entry(1, "A").facet(Facet::Cost, "fee")).unwrap();
    writer.remove(id(2));
    writer.commit(2).unwrap();
    let query = Query { facets: vec![Facet::Cost], ..everything() };
    let answer = index.search(&query).unwrap();
    assert_eq!(answer.total, 3);
    assert_eq!(counts(&answer, Facet::Cost), [("fee", 3)]);
}
