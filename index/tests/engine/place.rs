use hereabouts_index::{Entry, Point, Query, Reached, Shape, Sort, Where};

use crate::builders::*;

/// The four cases that other directories got wrong.
fn four() -> Vec<Entry> {
    vec![
        entry(1, "in area, near").serves(&["leeds"]).at(0, north(1.0)),
        entry(2, "in area, far").serves(&["leeds"]).at(0, north(100.0)),
        entry(3, "out of area, near").serves(&["york"]).at(0, north(1.0)),
        entry(4, "no area, near").at(0, north(2.0)),
        entry(5, "no area, far").at(0, north(100.0)),
    ]
}

fn set_elsewhere(mut place: Where) -> Where {
    if let Where::Person { elsewhere, .. } = &mut place {
        *elsewhere = true;
    }
    place
}

fn set_within(mut place: Where, metres: f64) -> Where {
    if let Where::Person { within_metres, .. } = &mut place {
        *within_metres = Some(metres);
    }
    place
}

fn reached(entries: &[Entry], query: &Query) -> Vec<(u8, Reached)> {
    let answer = index(entries).search(query).unwrap();
    let mut reached: Vec<_> = answer.hits.iter().map(|h| (h.id.0[15], h.reached)).collect();
    reached.sort_by_key(|(number, _)| *number);
    reached
}

#[test]
fn a_service_that_serves_the_person_is_found_near_or_far() {
    let expect = vec![(1, Reached::Serves), (2, Reached::Serves), (4, Reached::Venue)];
    assert_eq!(reached(&four(), &at(person_in(&["leeds", "yorkshire"]))), expect);
}

#[test]
fn a_near_service_for_other_residents_is_told_of_apart() {
    let query = at(set_elsewhere(person_in(&["leeds"])));
    assert_eq!(reached(&four(), &query), [(3, Reached::Elsewhere)]);
}

#[test]
fn an_area_left_out_of_those_served_is_not_served() {
    let entries = [
        entry(1, "all of it").serves(&["yorkshire"]).not(&["leeds"]).at(0, HERE),
        entry(2, "another part").serves(&["yorkshire"]).not(&["york"]).at(0, HERE),
    ];
    assert_eq!(finds(&entries, &at(person_in(&["leeds", "yorkshire"]))), [2]);
    assert_eq!(finds(&entries, &at(set_elsewhere(person_in(&["leeds", "yorkshire"])))), [1]);
}

#[test]
fn services_without_a_point_are_found_and_are_not_next_door() {
    let entries = [
        entry(1, "online").remote(),
        entry(2, "telephone, leeds").remote().serves(&["leeds"]),
        entry(3, "refuge").serves(&["leeds"]),
        entry(4, "next door").at(0, HERE),
        entry(5, "nothing stated"),
    ];
    let answer = index(&entries).search(&at(person_in(&["leeds"]))).unwrap();
    assert_eq!(found(&answer), [1, 2, 3, 4]);
    for hit in &answer.hits {
        let nearness = hit.factors.iter().find(|f| f.0 == hereabouts_index::Factor::Nearness);
        let nearness = nearness.unwrap().1;
        match hit.id.0[15] {
            1 | 2 => assert_eq!((hit.nearest, nearness), (None, 0.6)),
            3 => assert_eq!((hit.nearest, nearness), (None, 0.4)),
            _ => assert!(nearness > 0.999),
        }
    }
    let by_distance = Query { sort: Sort::Distance, ..at(person_in(&["leeds"])) };
    assert_eq!(order(&index(&entries).search(&by_distance).unwrap())[0], 4);
}

#[test]
fn a_venue_that_is_nowhere_on_earth_is_not_put_anywhere() {
    let nowhere = Point { lat: f64::NAN, lon: 0.0 };
    let entries = [entry(1, "lost").at(0, nowhere).at(1, Point { lat: 91.0, lon: 0.0 })];
    let mut query = at(person_in(&[]));
    if let Where::Person { reach_metres, .. } = &mut query.place {
        *reach_metres = f64::INFINITY;
    }
    assert_eq!(finds(&entries, &query), [0_u8; 0]);
    assert_eq!(finds(&entries, &everything()), [1]);
}

#[test]
fn six_venues_make_one_hit_counted_once() {
    let mut six = entry(1, "six venues");
    for ordinal in 0..6 {
        six = six.at(ordinal + 10, north(f64::from(6 - ordinal)));
    }
    let answer = index(&[six]).search(&at(person_in(&[]))).unwrap();
    assert_eq!((answer.total, answer.hits.len()), (1, 1));
    let (ordinal, metres) = answer.hits[0].nearest.unwrap();
    assert_eq!(ordinal, 15);
    assert!((metres - 1_000.0).abs() < 1.0, "{metres}");
}

#[test]
fn ten_kilometres_at_53_north_are_ten_kilometres() {
    let entries = [entry(1, "within").at(0, north(9.99)), entry(2, "beyond").at(0, north(10.01))];
    let mut place = person_in(&[]);
    if let Where::Person { reach_metres, .. } = &mut place {
        *reach_metres = 10_000.0;
    }
    assert_eq!(finds(&entries, &at(place)), [1]);
}

#[test]
fn a_limit_on_distance_holds_for_what_is_gone_to_in_person() {
    let entries = [
        entry(1, "serves, near").serves(&["leeds"]).at(0, north(1.0)),
        entry(2, "serves, far").serves(&["leeds"]).at(0, north(30.0)),
        entry(3, "serves, far, comes home").serves(&["leeds"]).at(0, north(30.0)).remote(),
        entry(4, "serves, address kept secret").serves(&["leeds"]),
        entry(5, "no area, in reach, too far").at(0, north(8.0)),
        entry(6, "no area, remote").remote(),
    ];
    let query = at(set_within(person_in(&["leeds"]), 5_000.0));
    assert_eq!(finds(&entries, &query), [1, 3, 4, 6]);
}

#[test]
fn a_person_whose_point_is_not_known_is_served_by_area_alone() {
    let mut place = person_in(&["leeds"]);
    if let Where::Person { point, .. } = &mut place {
        point.lat = f64::NAN;
    }
    let answer = index(&four()).search(&at(place)).unwrap();
    assert_eq!(found(&answer), [1, 2]);
    assert!(answer.hits.iter().all(|hit| hit.nearest.is_none()));
}

fn area(shape: Option<Shape>) -> Where {
    let codes = |codes: &[&str]| codes.iter().map(ToString::to_string).collect();
    Where::Area {
        codes: codes(&["ward", "leeds", "england", "street"]),
        whole: codes(&["ward", "leeds", "england"]),
        venue_codes: codes(&["ward"]),
        shape,
        centre: None,
    }
}

#[test]
fn an_area_is_answered_by_what_serves_any_part_of_it_or_is_inside() {
    let mut by_code = entry(4, "venue by code").serves(&["york"]);
    by_code.venue_places = vec!["ward".to_owned()];
    let entries = [
        entry(1, "serves a part").serves(&["street"]),
        entry(2, "serves all").serves(&["england"]).not(&["street"]),
        entry(3, "leaves it out").serves(&["england"]).not(&["ward"]),
        by_code,
        entry(5, "venue by point").at(0, HERE).at(1, north(500.0)),
        entry(6, "venue beside it").at(0, north(50.0)),
        entry(7, "remote, no area").remote(),
    ];
    let square = vec![[-2.0, 52.8], [-1.0, 52.8], [-1.0, 53.2], [-2.0, 53.2]];
    let shape = Shape { polygons: vec![vec![square]] };
    let expect = [
        (1, Reached::Serves),
        (2, Reached::Serves),
        (4, Reached::VenueInside),
        (5, Reached::VenueInside),
    ];
    assert_eq!(reached(&entries, &at(area(Some(shape)))), expect);
    assert_eq!(reached(&entries, &at(area(None))), expect[..3]);
}
