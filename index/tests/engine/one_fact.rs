//! One fact changes one factor: whatever is asked of whatever services, what the change is about
//! moves, in its direction, and nothing else does.

use std::collections::BTreeMap;

use hereabouts_index::{Entry, Factor, NeedTier, Point, Query, Where};
use proptest::prelude::*;

use crate::builders::{DAY, NOW, index};
use crate::invented::{CASES, a_query, entries, status};
use crate::properties::cases;

/// Which way a factor may go.
#[derive(Clone, Copy, Debug)]
enum Way {
    Up,
    Down,
    /// To a value, whatever it was.
    To(f32),
}

fn factors(entries: &[Entry], query: &Query, of: usize) -> Option<BTreeMap<Factor, f32>> {
    let answer = index(entries).search(query).unwrap();
    let hit = answer.hits.into_iter().find(|hit| hit.id == entries[of].id)?;
    Some(hit.factors.into_iter().map(|(factor, value, _)| (factor, value)).collect())
}

/// Looks at one entry before and after a change to it or to the query.
fn moves(
    (entries, query, of): (&[Entry], &Query, usize),
    about: Factor,
    way: Way,
    change: impl Fn(&mut Entry, &mut Query),
) {
    let (mut after, mut then) = (entries.to_vec(), query.clone());
    change(&mut after[of], &mut then);
    let found = (factors(entries, query, of), factors(&after, &then, of));
    // What is not found before and after has nothing to compare.
    let (Some(before), Some(after)) = found else { return };
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (factor, was) in &before {
        let is = after[factor];
        if *factor != about {
            assert!((is - was).abs() < 1e-6, "{factor:?} went from {was} to {is}, not {about:?}");
            continue;
        }
        match way {
            Way::Up => assert!(is >= *was - 1e-6, "{factor:?} fell from {was} to {is}"),
            Way::Down => assert!(is <= *was + 1e-6, "{factor:?} rose from {was} to {is}"),
            Way::To(value) => assert!((is - value).abs() < 1e-6, "{factor:?} became {is}"),
        }
    }
}

/// A world and a question that finds by words and needs alone, so that a change decides no finding.
fn a_case() -> impl Strategy<Value = (Vec<Entry>, Query, usize)> {
    let entries = entries().prop_filter("something", |entries| !entries.is_empty());
    (entries, a_query(false), any::<prop::sample::Index>()).prop_map(|(entries, query, at)| {
        let of = at.index(entries.len());
        (entries, Query { filters: vec![], facets: vec![], at_least: 0, ..query }, of)
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_statement_that_lapses_leaves_nothing_known_and_changes_nothing_else((entries, query, of) in a_case()) {
        let way = Way::To(query.ranking.door_unknown);
        moves((&entries, &query, of), Factor::Availability, way, |entry, _| {
            entry.doors.iter_mut().for_each(|door| door.until = door.until.min(NOW));
        });
    }

    #[test]
    fn an_opened_door_raises_nothing_but_availability(
        (entries, query, of) in a_case(),
        status in status(),
    ) {
        let mut entries = entries;
        entries[of].doors.retain(|door| door.venue.is_none());
        entries[of].doors.iter_mut().for_each(|door| {
            (door.status, door.from, door.until) = (status, NOW - DAY, NOW + DAY);
        });
        moves((&entries, &query, of), Factor::Availability, Way::Up, |entry, _| {
            entry.doors.iter_mut().for_each(|door| door.status = hereabouts_index::DoorStatus::Open);
        });
    }

    #[test]
    fn a_confirmation_that_ages_lowers_nothing_but_confidence(
        (entries, query, of) in a_case(),
        months in 0_i64..60,
    ) {
        moves((&entries, &query, of), Factor::Confidence, Way::Down, |entry, _| {
            entry.confirmed_at = entry.confirmed_at.map(|at| at - months * 30 * DAY);
        });
    }

    #[test]
    fn what_worked_for_all_lowers_nothing_and_raises_only_confidence((entries, query, of) in a_case()) {
        moves((&entries, &query, of), Factor::Confidence, Way::Up, |entry, _| {
            entry.experience = Some(1.0);
        });
    }

    #[test]
    fn a_person_who_moves_beside_a_venue_is_nearer_and_nothing_else((entries, query, of) in a_case()) {
        let venue = entries[of].venues.first().map(|venue| venue.point);
        let mut before = query;
        let Where::Person { point, reach_metres, within_metres, .. } = &mut before.place else { return Ok(()) };
        // Everything stays within reach, so that moving changes no finding and no door.
        (*reach_metres, *within_metres) = (1e7, None);
        let was = *point;
        let Some(beside) = venue else { return Ok(()) };
        let beside = Point { lat: beside.lat, lon: beside.lon };
        prop_assume!(was != beside);
        moves((&entries, &before, of), Factor::Nearness, Way::Up, |_, query| {
            if let Where::Person { point, .. } = &mut query.place {
                *point = beside;
            }
        });
    }

    #[test]
    fn what_is_for_the_person_raises_nothing_but_the_person((entries, query, of) in a_case()) {
        prop_assume!(!query.person.circumstances.is_empty());
        moves((&entries, &query, of), Factor::Person, Way::Up, |entry, _| {
            entry.fits = CASES.iter().map(|case| (*case).to_owned()).collect();
            entry.fits_not.clear();
        });
    }

    #[test]
    fn a_narrower_area_raises_nothing_but_area_fit((entries, query, of) in a_case()) {
        moves((&entries, &query, of), Factor::Area, Way::Up, |entry, _| entry.breadth /= 2.0);
    }

    #[test]
    fn a_need_that_is_stated_raises_nothing_but_the_need((entries, query, of) in a_case()) {
        let mut entries = entries;
        // Stated twice it would be one, and the need a little rarer.
        entries[of].needs.sort_by(|a, b| a.need.cmp(&b.need));
        entries[of].needs.dedup_by(|a, b| a.need == b.need);
        moves((&entries, &query, of), Factor::Need, Way::Up, |entry, _| {
            entry.needs.iter_mut().for_each(|need| need.tier = NeedTier::Stated);
        });
    }
}
