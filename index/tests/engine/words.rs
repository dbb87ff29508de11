use hereabouts_index::{Entry, Group, NeedTier, Query, Text};

use crate::builders::*;

/// Whether each typed text finds an entry that says `body`.
fn check(body: &str, typed: &[&str], expect: bool) {
    let index = index(&[entry(1, "A name").body(body), entry(2, "Another").body("else")]);
    for typed in typed {
        let answer = index.search(&words(typed)).unwrap();
        assert_eq!(answer.total == 1, expect, "{typed} in {body}");
    }
}

#[test]
fn plurals_cases_accents_and_spellings_do_not_matter() {
    check("Bereavement groups", &["bereavement", "GROUP", "groups"], true);
    check("Café for carers", &["cafe", "carer", "carer's", "CAFÉ"], true);
    check("Counselling centre", &["counseling", "center", "counsellings"], true);
    check("An organization", &["organisation", "organising"], true);
}

#[test]
fn apostrophes_do_not_matter() {
    check("St. John’s men's shed", &["johns", "john's", "John’s", "mens", "men’s"], true);
}

#[test]
fn hyphens_do_not_matter() {
    check("A drop-in", &["drop-in", "dropin", "drop in"], true);
    check("A dropin", &["drop-in", "dropin"], true);
    check("A drop in", &["drop-in", "drop in"], true);
    check("Drop off and come in", &["drop-in"], false);
}

#[test]
fn odd_words_stay_findable() {
    check("A&E and LGBTQ+ for 0-5s", &["A&E", "a&e", "LGBTQ+", "lgbtq", "0-5s"], true);
    check("Health & Safety", &["health and safety", "health & safety"], true);
    check("The N.H.S.", &["NHS", "n.h.s."], true);
}

#[test]
fn no_word_is_too_common_to_look_for() {
    check("IT help, will writing", &["it", "will", "IT help"], true);
    check("help with writing", &["it", "will"], false);
}

fn several() -> Vec<Entry> {
    vec![
        entry(1, "Debt advice"),
        entry(2, "Advice about debt"),
        entry(3, "Advice"),
        entry(4, "Debt and gambling").body("advice"),
        entry(5, "Gardening"),
    ]
}

#[test]
fn a_phrase_is_found_in_its_order_only() {
    let phrase = texts(vec![Text::Phrase(split("debt advice"))]);
    assert_eq!(finds(&several(), &phrase), [1]);
    let long = [entry(1, "x").body("the drop-in centre"), entry(2, "y").body("centre drop in")];
    assert_eq!(finds(&long, &texts(vec![Text::Phrase(split("drop-in centre"))])), [1]);
    assert_eq!(finds(&long, &texts(vec![Text::Phrase(split("drop in"))])), [1, 2]);
}

#[test]
fn a_phrase_does_not_run_from_one_name_into_the_next() {
    let mut entry = entry(1, "debt");
    entry.also_known_as = vec!["advice".to_owned()];
    assert_eq!(finds(&[entry], &texts(vec![Text::Phrase(split("debt debt"))])), [0_u8; 0]);
}

#[test]
fn the_last_word_may_go_on() {
    let prefix = |typed: &str| texts(vec![Text::Prefix(split(typed))]);
    assert_eq!(finds(&several(), &prefix("gard")), [5]);
    assert_eq!(finds(&several(), &prefix("debt adv")), [1, 2, 4]);
    assert_eq!(finds(&several(), &prefix("gardening")), [5]);
    assert_eq!(finds(&several(), &prefix("xyz")), [0_u8; 0]);
}

#[test]
fn fewer_groups_may_do() {
    let mut query = words("debt advice gambling");
    for (at_least, expect) in [(3, vec![4]), (2, vec![1, 2, 4]), (1, vec![1, 2, 3, 4])] {
        query.at_least = at_least;
        assert_eq!(finds(&several(), &query), expect, "{at_least}");
    }
}

#[test]
fn meeting_more_groups_comes_first() {
    let query = Query { at_least: 1, ..words("debt advice gambling") };
    assert_eq!(order(&index(&several()).search(&query).unwrap())[0], 4);
}

#[test]
fn what_is_left_out_is_left_out() {
    let query = Query { without: vec![group(Text::Words(split("gambling")))], ..words("debt") };
    assert_eq!(finds(&several(), &query), [1, 2]);
    let entries = [entry(1, "x").need("debt", NeedTier::Inferred), entry(2, "y")];
    assert_eq!(finds(&entries, &Query { without: vec![need("debt")], ..everything() }), [2]);
}

#[test]
fn a_group_is_met_by_its_words_or_its_needs() {
    let entries = [
        entry(1, "Sheds").need("loneliness", NeedTier::Stated),
        entry(2, "For people who are lonely"),
        entry(3, "Else"),
    ];
    let mut both = need("loneliness");
    both.text = vec![Text::Words(split("lonely"))];
    let query = Query { groups: vec![both], at_least: 1, ..everything() };
    let answer = index(&entries).search(&query).unwrap();
    assert_eq!(found(&answer), [1, 2]);
    for hit in &answer.hits {
        let by_words = hit.id.0[15] == 2;
        assert_eq!(hit.groups_by_words, [by_words]);
        assert_eq!(hit.need.is_some(), !by_words);
    }
}

#[test]
fn any_of_a_groups_texts_will_do() {
    let texts = ["gardening", "gambling"].map(|word| Text::Words(split(word)));
    let group = Group { text: texts.to_vec(), ..Group::default() };
    let query = Query { groups: vec![group], at_least: 1, ..everything() };
    assert_eq!(finds(&several(), &query), [4, 5]);
}

#[test]
fn groups_with_nothing_to_look_for_are_not_asked() {
    let mut query = words("debt !!!");
    query.groups.push(Group::default());
    query.at_least = 3;
    let answer = index(&several()).search(&query).unwrap();
    assert_eq!(found(&answer), [1, 2, 4]);
    assert!(answer.hits.iter().all(|hit| hit.groups_by_words == [true, false, false]));
}

#[test]
fn words_that_nobody_has_find_nothing() {
    assert_eq!(finds(&several(), &words("debt zzzzz")), [0_u8; 0]);
}

#[test]
fn words_in_the_name_and_in_order_come_first() {
    let entries = [
        entry(1, "Advice about other debt for all of the people"),
        entry(2, "Debt advice"),
        entry(3, "Open door").body("Debt advice and more"),
        entry(4, "Open door").body("We have no debt, and this is not the only advice"),
    ];
    let answer = index(&entries).search(&words("debt advice")).unwrap();
    assert_eq!(order(&answer), [2, 1, 3, 4]);
}
