use hereabouts_index::{
    Facet, Filter, Group, Kin, Page, Point, Query, Ranking, SearchError, Shape, Text, Wanted,
    Weights, Where, limits,
};

use crate::builders::*;

/// Asks, and checks that there is an answer of some kind.
fn survives(query: &Query) {
    let entries =
        [entry(1, "Debt advice").at(0, HERE).serves(&["leeds"]), entry(2, "Drop-in").remote()];
    for index in [index(&entries), index(&[])] {
        let _ = index.search(query);
        let _ = index.matching(query);
    }
}

fn refused(query: &Query) -> SearchError {
    index(&[]).search(query).unwrap_err()
}

#[test]
fn a_page_too_far_on_is_refused_in_words() {
    let page = Page { offset: 1_001, limit: 10 };
    let error = refused(&Query { page, ..everything() });
    assert_eq!(error.to_string(), "1001 results passed over were asked for and 1000 is the most");
    let page = Page { offset: usize::MAX, limit: usize::MAX };
    refused(&Query { page, ..everything() });
    let page = Page { offset: 0, limit: usize::MAX };
    refused(&Query { page, ..everything() });
}

#[test]
fn the_furthest_page_is_answered_and_so_is_an_empty_one() {
    for page in [Page { offset: 1_000, limit: 1_000 }, Page { offset: 0, limit: 0 }] {
        let answer = index(&[entry(1, "A")]).search(&Query { page, ..everything() }).unwrap();
        assert_eq!((answer.total, answer.hits.len()), (1, 0));
    }
}

#[test]
fn points_that_are_no_points_do_no_harm() {
    let odd = [f64::NAN, f64::INFINITY, -f64::INFINITY, 1e300, -91.0, 0.0];
    for lat in odd {
        for metres in odd {
            let mut place = person_in(&["leeds"]);
            if let Where::Person { point, reach_metres, within_metres, .. } = &mut place {
                *point = Point { lat, lon: lat };
                *reach_metres = metres;
                *within_metres = Some(metres);
            }
            survives(&at(place));
        }
    }
}

#[test]
fn shapes_of_any_kind_do_no_harm() {
    let bow = vec![[-2.0, 52.0], [-1.0, 54.0], [-1.0, 52.0], [-2.0, 54.0]];
    let odd = vec![[f64::NAN, 1.0], [1.0, f64::INFINITY], [1e308, -1e308], [0.0, 0.0], [1.0, 1.0]];
    let far = vec![[-1e300, -1e300], [1e300, -1e300], [0.0, 1e300]];
    for rings in [vec![], vec![vec![]], vec![bow], vec![odd], vec![far]] {
        let place = Where::Area {
            codes: vec![],
            whole: vec![],
            venue_codes: vec![],
            shape: Some(Shape { polygons: vec![rings, vec![]] }),
            centre: Some(Point { lat: f64::NAN, lon: 0.0 }),
        };
        survives(&at(place));
    }
}

#[test]
fn words_of_any_kind_do_no_harm() {
    for word in
        ["", " ", "- *", "a:(^", "\u{0}", "\"", "&", "+", "--", "&&&", "٣", "漢字", "é\u{301}", "𝒳"]
    {
        for text in [Text::Words, Text::Phrase, Text::Prefix] {
            let typed = vec![word.to_owned(), word.repeat(300), "debt".to_owned(), word.to_owned()];
            survives(&texts(vec![text(typed), text(vec![word.to_owned()]), text(vec![])]));
        }
        let index = index(&[entry(1, word)]);
        let _ = index.spelling(word, 3).unwrap();
        let _ = index.suggest(word, 3).unwrap();
    }
}

#[test]
fn nothing_but_empty_groups_asks_for_nothing() {
    let texts = vec![Text::Words(vec![]), Text::Phrase(vec![])];
    let empty = Group { text: texts, ..Group::default() };
    let query = Query { groups: vec![empty; 5], at_least: 5, ..everything() };
    assert_eq!(finds(&[entry(1, "A")], &query), [1]);
}

#[test]
fn ten_thousand_codes_are_answered_and_too_many_are_refused() {
    let codes = |most: usize| (0..most).map(|n| n.to_string()).collect::<Vec<_>>();
    let place = |codes| Where::Person {
        codes,
        point: HERE,
        reach_metres: 1.0,
        within_metres: None,
        elsewhere: false,
    };
    assert_eq!(finds(&[entry(1, "A").serves(&["9999"])], &at(place(codes(10_000)))), [1]);
    refused(&at(place(codes(limits::CODES + 1))));
}

#[test]
fn questions_beyond_the_limits_are_refused() {
    let group = group(Text::Words(vec!["debt".to_owned()]));
    refused(&Query { groups: vec![group.clone(); limits::GROUPS + 1], ..everything() });
    refused(&Query { without: vec![group; limits::GROUPS + 1], ..everything() });
    refused(&texts(vec![Text::Words(vec!["a".to_owned(); limits::WORDS + 1])]));
    refused(&texts(vec![Text::Words(vec!["a".repeat(limits::WORD_BYTES + 1)])]));
    let wanted = Wanted { need: "a".to_owned(), kin: Kin::Same };
    let needs = Group { needs: vec![wanted; limits::NEEDS + 1], ..Group::default() };
    refused(&Query { groups: vec![needs], ..everything() });
    let facts = vec![(Facet::Day, "sun".to_owned()); limits::NEEDS + 1];
    refused(&Query { groups: vec![Group { facts, ..Group::default() }], ..everything() });
    let filter = Filter { facet: Facet::Cost, any_of: vec![String::new(); limits::VALUES + 1] };
    refused(&Query { filters: vec![filter], ..everything() });
    refused(&Query { facets: vec![Facet::Cost; limits::FILTERS + 1], ..everything() });
}

#[test]
fn the_largest_question_is_answered() {
    let words = |n: usize| (0..n).map(|n| format!("w{n}")).collect::<Vec<_>>();
    let texts = vec![Text::Words(words(64)); 16];
    let needs = (0..312).map(|n| Wanted { need: n.to_string(), kin: Kin::Narrower }).collect();
    let group = Group { text: texts.into_iter().take(1).collect(), needs, ..Group::default() };
    survives(&Query { groups: vec![group; 32], at_least: 16, ..everything() });
}

#[test]
fn weights_and_values_that_are_no_numbers_still_rank() {
    for odd in [f32::NAN, f32::INFINITY, -5.0, 0.0, 1e30] {
        let weights = Weights {
            words: odd,
            need: odd,
            nearness: odd,
            area: odd,
            person: odd,
            availability: odd,
            confidence: odd,
        };
        let ranking = Ranking {
            weights,
            half_distance_km: odd,
            remote_nearness: odd,
            words_needs_only: odd,
            half_confidence_months: odd,
            unconfirmed: odd,
            door_unknown: odd,
            ..Ranking::default()
        };
        let query = Query { ranking, place: person_in(&["leeds"]), ..words("debt") };
        let answer = index(&[entry(1, "Debt").at(0, HERE)]).search(&query).unwrap();
        let score = answer.hits[0].score;
        assert!(score > 0.0 && score <= 1.0, "{odd}: {score}");
    }
}

#[test]
fn an_entry_with_a_thousand_venues_is_one_hit() {
    let mut many = entry(1, "everywhere");
    for ordinal in 0..1_000 {
        many = many.at(ordinal, north(f64::from(ordinal)));
    }
    let answer = index(&[many]).search(&at(person_in(&[]))).unwrap();
    assert_eq!((answer.total, answer.hits[0].nearest.unwrap().0), (1, 0));
}
