//! How needs stand to each other and to other vocabularies.

use crate::{
    domain::NeedId,
    vocabulary::{Scheme, Sources, Vocabulary},
};

fn names(ids: &[NeedId]) -> Vec<&str> {
    ids.iter().map(NeedId::as_str).collect()
}

#[test]
fn the_shipped_vocabulary_has_no_faults() {
    let faults = Vocabulary::parse(Sources::SHIPPED).err().unwrap_or_default();
    let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(said.is_empty(), "{said:#?}");
}

#[test]
fn it_covers_at_least_what_was_promised() {
    let shipped = Vocabulary::shipped();
    assert!(shipped.needs().len() >= 130 && shipped.groups().len() >= 15);
    for group in shipped.groups() {
        assert!(shipped.needs_in(&group.id).count() >= 3, "{} is thin", group.id);
    }
}

#[test]
fn narrower_reaches_all_the_way_down_and_broader_all_the_way_up() {
    let shipped = Vocabulary::shipped();
    let below = names(shipped.narrower(&"loneliness".into()));
    assert!(below.contains(&"meeting-people") && below.contains(&"lunch-clubs"));
    assert_eq!(names(shipped.broader(&"lunch-clubs".into())), ["meeting-people", "loneliness"]);
    assert_eq!(
        names(shipped.broader(&"perinatal-mental-health".into())),
        ["mental-health", "pregnancy"]
    );
    assert!(shipped.narrower(&"no-such-need".into()).is_empty());
}

#[test]
fn no_need_is_among_its_own_relations() {
    let shipped = Vocabulary::shipped();
    for need in shipped.needs() {
        assert!(
            !shipped.narrower(&need.id).contains(&need.id)
                && !shipped.broader(&need.id).contains(&need.id)
        );
        assert!(
            shipped
                .narrower(&need.id)
                .iter()
                .all(|below| shipped.broader(below).contains(&need.id))
        );
    }
}

#[test]
fn codes_of_other_vocabularies_lead_to_needs() {
    let shipped = Vocabulary::shipped();
    assert_eq!(names(shipped.crosswalk(Scheme::UkCat, "SW106")), ["loneliness"]);
    assert_eq!(names(shipped.crosswalk(Scheme::UkCat, "sw102")), ["bereavement"]);
    assert_eq!(names(shipped.crosswalk(Scheme::Dfe, "16")), ["domestic-abuse"]);
    assert_eq!(
        names(shipped.crosswalk(Scheme::OpenActive, "bf1a5e00-cdcf-465d-8c5a-6f57040b7f7e")),
        ["yoga"]
    );
    assert!(shipped.crosswalk(Scheme::UkCat, "ZZ999").is_empty());
}

#[test]
fn suggestions_put_labels_first_and_offer_a_need_once() {
    let shipped = Vocabulary::shipped();
    let found = shipped.suggest("gard", 5);
    assert_eq!(found[0].need.as_str(), "gardening");
    let lone = shipped.suggest("lonel", 5);
    assert_eq!((lone[0].need.as_str(), lone[0].label.as_str()), ("loneliness", "Loneliness"));
    let mut ids: Vec<_> = shipped.suggest("c", 50).into_iter().map(|s| s.need).collect();
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

#[test]
fn a_suggestion_may_begin_at_any_word_of_a_phrase() {
    let shipped = Vocabulary::shipped();
    assert!(shipped.suggest("rough", 5).iter().any(|s| s.need.as_str() == "rough-sleeping"));
    assert!(shipped.suggest("with my ha", 5).iter().any(|s| s.need.as_str() == "making"));
    assert_eq!(shipped.suggest("lunch", 1).len(), 1);
    assert!(shipped.suggest("", 5).is_empty() && shipped.suggest("zzzz", 5).is_empty());
}

#[test]
fn words_for_spelling_are_distinct_and_plain() {
    let words: Vec<&str> = Vocabulary::shipped().words().collect();
    assert!(words.len() > 1500 && words.is_sorted());
    assert!(words.contains(&"lonely") && words.contains(&"gardening"));
    assert!(words.iter().all(|word| !word.contains([' ', '\'', '-'])));
}
