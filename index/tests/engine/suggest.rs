use hereabouts_index::{Index, Pace, Suggested};

use crate::builders::*;

fn names(index: &Index, typed: &str) -> Vec<String> {
    let suggestions = index.suggest(typed, 4).unwrap();
    suggestions.into_iter().map(|suggestion| suggestion.name).collect()
}

fn named() -> Index {
    let mut hub = entry(1, "The Hub");
    hub.organisation = "St John's Trust".to_owned();
    let mut other = entry(2, "The Hub");
    other.organisation = "Hubbard House".to_owned();
    let mut more = entry(3, "Café Hubert & hub");
    more.organisation = "St John's Trust".to_owned();
    index(&[hub, other, more])
}

#[test]
fn any_word_may_be_begun_and_the_first_word_comes_first() {
    let index = named();
    let expect = ["Hubbard House", "Café Hubert & hub", "The Hub", "The Hub"];
    assert_eq!(names(&index, "hub"), expect);
    assert_eq!(names(&index, "CAFE"), ["Café Hubert & hub"]);
    assert_eq!(names(&index, "hub "), expect);
    assert_eq!(names(&index, "the hu"), ["The Hub", "The Hub"]);
    assert!(names(&index, "ub").is_empty());
    assert!(names(&index, "").is_empty());
}

#[test]
fn an_organisation_is_suggested_once() {
    let index = named();
    assert_eq!(names(&index, "st johns"), ["St John's Trust"]);
    assert_eq!(index.suggest("st john’s", 9).unwrap()[0].kind, Suggested::Organisation);
}

#[test]
fn two_services_of_one_name_both_survive() {
    let index = named();
    let kinds: Vec<Suggested> =
        index.suggest("the", 9).unwrap().into_iter().map(|s| s.kind).collect();
    assert_eq!(kinds.len(), 2);
    assert!(kinds.contains(&Suggested::Service(id(1))));
    assert!(kinds.contains(&Suggested::Service(id(2))));
}

#[test]
fn an_organisation_without_a_service_left_is_gone() {
    let index = named();
    let mut writer = index.writer(Pace::Live).unwrap();
    writer.remove(id(2));
    writer.put(&entry(4, "Hubs for all")).unwrap();
    writer.commit(2).unwrap();
    assert_eq!(names(&index, "hub"), ["Hubs for all", "Café Hubert & hub", "The Hub"]);
}
