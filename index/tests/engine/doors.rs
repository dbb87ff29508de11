use hereabouts_index::{DoorStatus, Entry, Facet, Query, Shape, Where};

use crate::builders::*;

fn status(entry: &Entry, query: &Query) -> (DoorStatus, Option<u16>) {
    let answer = index(std::slice::from_ref(entry)).search(query).unwrap();
    (answer.hits[0].door.status, answer.hits[0].door.door)
}

#[test]
fn a_statement_lapses_at_its_moment_without_any_write() {
    let index = index(&[entry(1, "x").door(None, DoorStatus::Open, NOW, NOW + 10)]);
    let open = filter(Facet::Capacity, &["open"]);
    for (now, expect) in [(NOW - 1, 0), (NOW, 1), (NOW + 9, 1), (NOW + 10, 0)] {
        let query = Query { now, filters: vec![open.clone()], ..everything() };
        let answer = index.search(&query).unwrap();
        assert_eq!(answer.total, expect, "{now}");
        let query = Query { now, facets: vec![Facet::Capacity], ..everything() };
        let counts = &index.search(&query).unwrap().facets[0].1;
        let value = if expect == 1 { "open" } else { "not-known" };
        assert_eq!((counts.len(), counts[0].value.as_str()), (1, value), "{now}");
    }
}

#[test]
fn the_door_within_reach_counts_and_not_the_best_anywhere() {
    let entry = entry(1, "two venues")
        .at(1, north(1.0))
        .at(2, north(200.0))
        .door(Some(1), DoorStatus::Full, NOW - 5, NOW + 5)
        .door(Some(2), DoorStatus::Open, NOW - 5, NOW + 5);
    assert_eq!(status(&entry, &at(person_in(&[]))), (DoorStatus::Full, Some(0)));
    assert_eq!(status(&entry, &everything()), (DoorStatus::Open, Some(1)));
}

#[test]
fn the_nearest_door_counts_where_none_is_within_reach() {
    let entry = entry(1, "two venues")
        .serves(&["leeds"])
        .at(1, north(90.0))
        .at(2, north(200.0))
        .door(Some(1), DoorStatus::Waiting, NOW - 5, NOW + 5)
        .door(Some(2), DoorStatus::Open, NOW - 5, NOW + 5);
    assert_eq!(status(&entry, &at(person_in(&["leeds"]))), (DoorStatus::Waiting, Some(0)));
}

#[test]
fn the_door_inside_an_area_counts() {
    let entry = entry(1, "two venues")
        .at(1, HERE)
        .at(2, north(200.0))
        .door(Some(1), DoorStatus::Full, NOW - 5, NOW + 5)
        .door(Some(2), DoorStatus::Open, NOW - 5, NOW + 5);
    let square = vec![[-2.0, 52.8], [-1.0, 52.8], [-1.0, 53.2], [-2.0, 53.2]];
    let place = Where::Area {
        codes: vec![],
        whole: vec![],
        venue_codes: vec![],
        shape: Some(Shape { polygons: vec![vec![square]] }),
        centre: None,
    };
    assert_eq!(status(&entry, &at(place)), (DoorStatus::Full, Some(0)));
}

#[test]
fn a_statement_about_a_venue_that_is_not_public_counts() {
    let refuge =
        entry(1, "refuge").serves(&["leeds"]).door(Some(9), DoorStatus::Open, NOW - 5, NOW + 5);
    assert_eq!(status(&refuge, &at(person_in(&["leeds"]))).0, DoorStatus::Open);
    assert_eq!(status(&refuge, &everything()).0, DoorStatus::Open);
}

#[test]
fn open_comes_before_full() {
    let entries = [
        entry(1, "A").door(None, DoorStatus::Full, NOW - 5, NOW + 5),
        entry(2, "B"),
        entry(3, "C").door(None, DoorStatus::Waiting, NOW - 5, NOW + 5),
        entry(4, "D").door(None, DoorStatus::Open, NOW - 5, NOW + 5),
    ];
    assert_eq!(order(&index(&entries).search(&everything()).unwrap()), [4, 3, 2, 1]);
}
