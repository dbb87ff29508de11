use hereabouts_index::{
    Entry, Facet, Factor, Fit, Kin, NeedTier, Page, Person, Query, Ranking, Sort, Wanted,
};

use crate::builders::*;

fn factor(query: &Query, entries: &[Entry], number: u8, factor: Factor) -> Option<f32> {
    let answer = index(entries).search(query).unwrap();
    let hit = answer.hits.iter().find(|hit| hit.id == id(number)).unwrap();
    hit.factors.iter().find(|(known, ..)| *known == factor).map(|(_, value, _)| *value)
}

#[test]
fn only_what_was_asked_about_is_in_play() {
    let entries = [entry(1, "Debt advice").at(0, HERE)];
    let plain = index(&entries).search(&everything()).unwrap();
    let names: Vec<Factor> = plain.hits[0].factors.iter().map(|f| f.0).collect();
    assert_eq!(names, [Factor::Person, Factor::Availability, Factor::Confidence]);
    let mut query = Query { place: person_in(&[]), ..words("debt") };
    query.groups.push(need("debt"));
    query.at_least = 1;
    query.person.age = Some(40);
    let full = index(&entries).search(&query).unwrap();
    assert_eq!(full.hits[0].factors.len(), 7);
}

#[test]
fn a_stated_need_counts_more_than_a_narrower_and_that_more_than_an_inferred() {
    let entries = [
        entry(1, "A").need("debt", NeedTier::Stated),
        entry(2, "A").need("gambling debt", NeedTier::Stated),
        entry(3, "A").need("debt", NeedTier::Inferred),
        entry(4, "debt"),
    ];
    let mut group = need("debt");
    group.needs.push(Wanted { need: "gambling debt".to_owned(), kin: Kin::Narrower });
    group.text = vec![hereabouts_index::Text::Words(split("debt"))];
    let query = Query { groups: vec![group], at_least: 1, ..everything() };
    for (number, expect) in [(1, 1.0), (2, 0.9), (3, 0.7), (4, 0.45)] {
        let worth = factor(&query, &entries, number, Factor::Need).unwrap();
        assert!((worth - expect).abs() < 1e-6, "{number}: {worth}");
    }
    let hits = index(&entries).search(&query).unwrap().hits;
    let narrower = hits.iter().find(|hit| hit.id == id(2)).unwrap().need.clone().unwrap();
    assert_eq!((narrower.need.as_str(), narrower.kin), ("gambling debt", Kin::Narrower));
}

#[test]
fn of_two_ideas_the_rarer_counts_more() {
    let mut entries: Vec<_> =
        (1..9).map(|number| entry(number, "A").need("children", NeedTier::Stated)).collect();
    entries.push(entry(9, "A").need("stammering", NeedTier::Stated));
    let groups = vec![need("children"), need("stammering")];
    let query = Query { groups, at_least: 1, ..everything() };
    for of in [Factor::Need, Factor::Words] {
        let value = |number| factor(&query, &entries, number, of);
        assert!(value(9) >= value(1), "{of:?}: {:?} {:?}", value(9), value(1));
    }
    assert_eq!(index(&entries).search(&query).unwrap().hits[0].id, id(9));
}

#[test]
fn nearness_is_one_half_at_the_half_distance() {
    let entries = [entry(1, "A").at(0, north(5.0))];
    let near = factor(&at(person_in(&[])), &entries, 1, Factor::Nearness).unwrap();
    assert!((near - 0.5).abs() < 0.001, "{near}");
}

#[test]
fn a_narrow_area_comes_before_a_broad_one() {
    let mut nation = entry(1, "A").serves(&["england"]).remote();
    nation.breadth = 1.0;
    let ward = entry(2, "B").serves(&["ward"]).remote();
    let query = at(person_in(&["ward", "england"]));
    let answer = index(&[nation, ward]).search(&query).unwrap();
    assert_eq!(order(&answer), [2, 1]);
}

fn person(age: Option<u8>, circumstances: &[&str]) -> Person {
    let circumstances = circumstances.iter().map(|&one| one.to_owned()).collect();
    Person { age, circumstances, ..Person::default() }
}

fn for_whom() -> Vec<Entry> {
    let mut young = entry(1, "A");
    young.ages = vec![(11, 17), (60, 120)];
    let mut carers = entry(2, "A");
    carers.ages = vec![(18, 99)];
    carers.fits = vec!["carer".to_owned()];
    let mut no_carers = entry(3, "A");
    no_carers.fits_not = vec!["carer".to_owned()];
    vec![young, carers, no_carers, entry(4, "A")]
}

#[test]
fn fit_does_not_filter() {
    let carer_of_40 = person(Some(40), &["carer"]);
    let of_17 = person(Some(17), &[]);
    let index = index(&for_whom());
    let fits = |person: Person| {
        let answer = index.search(&Query { person, ..everything() }).unwrap();
        let mut fits: Vec<(u8, Fit)> = answer.hits.iter().map(|h| (h.id.0[15], h.fit)).collect();
        fits.sort_by_key(|(number, _)| *number);
        fits.into_iter().map(|(_, fit)| fit).collect::<Vec<_>>()
    };
    assert_eq!(fits(carer_of_40), [Fit::DoesNot, Fit::Fits, Fit::DoesNot, Fit::NotStated]);
    assert_eq!(fits(of_17), [Fit::Fits, Fit::DoesNot, Fit::NotStated, Fit::NotStated]);
    assert_eq!(fits(Person::default()), [Fit::NotAsked; 4]);
}

#[test]
fn an_age_without_the_circumstance_fits_in_part() {
    let person = person(Some(40), &["veteran"]);
    let answer = index(&for_whom()[1..2]).search(&Query { person, ..everything() }).unwrap();
    assert_eq!(answer.hits[0].fit, Fit::FitsPartly);
}

#[test]
fn what_is_only_for_some_is_for_others_unless_the_person_or_the_words_say_so() {
    let mut veterans = entry(1, "A");
    (veterans.fits, veterans.only_these) = (vec!["veteran".to_owned()], true);
    let mut scouts = entry(2, "A");
    scouts.ages = vec![(10, 18)];
    let entries = [veterans, scouts, entry(3, "A")];
    let index = index(&entries);
    let fits = |person: Person| {
        let answer = index.search(&Query { person, ..everything() }).unwrap();
        let mut fits: Vec<(u8, Fit)> = answer.hits.iter().map(|h| (h.id.0[15], h.fit)).collect();
        fits.sort_by_key(|(number, _)| *number);
        fits.into_iter().map(|(_, fit)| fit).collect::<Vec<_>>()
    };
    assert_eq!(fits(Person::default()), [Fit::ForOthers, Fit::ForOthers, Fit::NotAsked]);
    let implied = Person { implied: vec!["veteran".to_owned()], ..Person::default() };
    assert_eq!(fits(implied)[0], Fit::NotAsked);
    let young = Person { young: true, ..Person::default() };
    assert_eq!(fits(young), [Fit::ForOthers, Fit::NotAsked, Fit::NotAsked]);
    assert_eq!(fits(person(Some(12), &[]))[1], Fit::Fits);
    assert_eq!(fits(person(None, &["veteran"]))[0], Fit::Fits);
    assert_eq!(fits(person(None, &["carer"]))[0], Fit::ForOthers);
}

#[test]
fn for_somebody_who_cannot_leave_home_only_what_comes_to_them_is_near() {
    let next_door = entry(1, "A").at(0, HERE);
    let caller = entry(2, "B").remote();
    let mut query = at(person_in(&[]));
    let entries = [next_door, caller];
    assert_eq!(order(&index(&entries).search(&query).unwrap()), [1, 2]);
    query.person.housebound = true;
    assert_eq!(order(&index(&entries).search(&query).unwrap()), [2, 1]);
    assert_eq!(factor(&query, &entries, 2, Factor::Nearness), Some(1.0));
}

#[test]
fn what_meets_the_question_well_and_was_confirmed_leads() {
    let entries = [
        entry(1, "Stated").need("debt", NeedTier::Stated),
        entry(2, "Stated long ago").need("debt", NeedTier::Stated).confirmed(None),
        entry(3, "Debt in the name"),
        entry(4, "In the text").body("debt"),
        entry(5, "Mentioned").need("debt", NeedTier::Mentioned),
        entry(6, "Beside it").need("money", NeedTier::Stated),
        entry(7, "Read from it").need("debt", NeedTier::Inferred),
    ];
    let mut group = need("debt");
    group.needs.push(Wanted { need: "money".to_owned(), kin: Kin::Related });
    group.text = vec![hereabouts_index::Text::Words(split("debt"))];
    let query = Query { groups: vec![group], at_least: 1, ..everything() };
    let answer = index(&entries).search(&query).unwrap();
    let leading = answer.hits.iter().filter(|hit| hit.leads).map(|hit| hit.id.0[15]);
    let mut leading: Vec<u8> = leading.collect();
    assert_eq!(leading.len(), answer.leading);
    assert!(answer.hits[..3].iter().all(|hit| hit.leads));
    leading.sort_unstable();
    assert_eq!((leading, answer.total, answer.unconfirmed), (vec![1, 3, 7], 7, 1));
}

#[test]
fn what_is_not_for_the_person_does_not_lead() {
    let mut query = words("club");
    query.person = person(Some(40), &[]);
    let mut scouts = entry(1, "Club");
    scouts.ages = vec![(10, 18)];
    let answer = index(&[scouts, entry(2, "A club for anybody")]).search(&query).unwrap();
    assert_eq!((order(&answer), answer.leading), (vec![2, 1], 1));
}

#[test]
fn a_fact_meets_an_idea_as_words_do() {
    let entries = [
        entry(1, "Sunday lunch"),
        entry(2, "Dinner").facet(Facet::Day, "sun"),
        entry(3, "Supper").facet(Facet::Day, "mon"),
    ];
    let mut group = words("sunday").groups.remove(0);
    group.facts = vec![(Facet::Day, "sun".to_owned())];
    let query = Query { groups: vec![group], at_least: 1, ..everything() };
    let answer = index(&entries).search(&query).unwrap();
    let mut by_fact: Vec<_> =
        answer.hits.iter().map(|hit| (hit.id.0[15], hit.groups_by_facts[0], hit.leads)).collect();
    by_fact.sort_unstable();
    assert_eq!(by_fact, [(1, false, true), (2, true, true)]);
    assert_eq!(factor(&query, &entries, 2, Factor::Need), Some(1.0));
}

#[test]
fn an_old_confirmation_is_worth_less_and_never_less_than_none() {
    let month = 30 * DAY;
    let entries = [
        entry(1, "A").confirmed(Some(NOW)),
        entry(2, "A").confirmed(Some(NOW - 9 * month)),
        entry(3, "A").confirmed(Some(NOW - 900 * month)),
        entry(4, "A").confirmed(None),
        entry(5, "A").confirmed(Some(NOW + month)),
    ];
    let untried = Ranking::default().untried;
    let sure = |number| factor(&everything(), &entries, number, Factor::Confidence).unwrap();
    let value = |number| sure(number) / untried;
    assert!((value(1) - 1.0).abs() < 1e-6);
    assert!((value(2) - 0.7).abs() < 0.01, "{}", value(2));
    assert!((value(3) - 0.4).abs() < 1e-6);
    assert!((value(4) - 0.4).abs() < 1e-6);
    assert!((value(5) - 1.0).abs() < 1e-6);
}

#[test]
fn how_it_went_of_late_counts_beside_the_confirmation() {
    let went = |number, experience| Entry { experience, ..entry(number, "A").confirmed(Some(NOW)) };
    let entries = [
        went(1, Some(1.0)),
        went(2, None),
        went(3, Some(0.5)),
        went(4, Some(0.0)),
        entry(5, "A").confirmed(None),
    ];
    let value = |number| factor(&everything(), &entries, number, Factor::Confidence).unwrap();
    let expected = [1.0, 0.9, 0.9, 0.6, 0.36];
    for (number, expected) in (1..).zip(expected) {
        assert!((value(number) - expected).abs() < 1e-4, "{number}: {}", value(number));
    }
    let answer = index(&entries).search(&everything()).unwrap();
    assert_eq!(order(&answer)[0], 1);
    assert_eq!(order(&answer)[3..], [4, 5]);
}

#[test]
fn what_is_not_confirmed_comes_after_all_else_in_every_order() {
    let entries = [
        entry(1, "A").confirmed(None).at(0, HERE),
        entry(2, "Z").confirmed(Some(NOW - DAY)).at(0, north(9.0)),
        entry(3, "B").confirmed(Some(NOW - 900 * DAY)).at(0, HERE),
    ];
    for sort in [Sort::Best, Sort::Distance, Sort::Name, Sort::Confirmed] {
        let query = Query { sort, ..at(person_in(&[])) };
        let answer = index(&entries).search(&query).unwrap();
        assert_eq!((answer.total, answer.unconfirmed, order(&answer)[0]), (3, 2, 2), "{sort:?}");
        assert!(answer.hits[0].confirmed_recently && !answer.hits[1].confirmed_recently);
    }
}

#[test]
fn orders_are_as_asked() {
    let entries = [
        entry(1, "carrot").confirmed(Some(NOW - 3)).at(0, north(3.0)),
        entry(2, "Apple").confirmed(Some(NOW - 2)).at(0, north(2.0)),
        entry(3, "Éclair").confirmed(Some(NOW - 1)).at(0, north(4.0)),
        entry(4, "banana").confirmed(Some(NOW - 4)).serves(&["leeds"]),
    ];
    let index = index(&entries);
    for (sort, expect) in [
        (Sort::Name, [2, 4, 1, 3]),
        (Sort::Distance, [2, 1, 3, 4]),
        (Sort::Confirmed, [3, 2, 1, 4]),
    ] {
        let query = Query { sort, ..at(person_in(&["leeds"])) };
        assert_eq!(order(&index.search(&query).unwrap()), expect, "{sort:?}");
    }
}

#[test]
fn ties_are_by_name_and_then_by_id_over_all_segments() {
    let index = index(&[]);
    let mut writer = index.writer(hereabouts_index::Pace::Live).unwrap();
    for (number, name) in [(9, "b"), (3, "B"), (5, "a"), (4, "c"), (1, "b")] {
        writer.put(&entry(number, name)).unwrap();
        writer.commit(u64::from(number)).unwrap();
    }
    assert_eq!(order(&index.search(&everything()).unwrap()), [5, 1, 3, 9, 4]);
}

#[test]
fn pages_follow_each_other_without_gap_or_repeat() {
    let entries: Vec<Entry> = (0..50).map(|n| entry(n, &format!("Name {}", n % 7))).collect();
    let index = index(&entries);
    let whole = order(&index.search(&everything()).unwrap());
    let mut pages = Vec::new();
    for offset in (0..60).step_by(9) {
        let query = Query { page: Page { offset, limit: 9 }, ..everything() };
        let answer = index.search(&query).unwrap();
        assert_eq!(answer.total, 50);
        pages.extend(order(&answer));
    }
    assert_eq!(pages, whole);
}
