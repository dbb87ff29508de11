//! Needs read from a service's own description.

use crate::vocabulary::{Inferred, Vocabulary};

fn infer(text: &str) -> Vec<Inferred> {
    Vocabulary::shipped().infer(&[("description", text)])
}

fn needs(text: &str) -> Vec<String> {
    infer(text).into_iter().map(|found| found.need.0).collect()
}

#[test]
fn a_description_shows_the_needs_it_answers_with_its_own_words() {
    let found = infer("A weekly community garden for adults who want to Reduce Isolation.");
    let garden = found.iter().find(|inferred| inferred.need.as_str() == "gardening").unwrap();
    assert_eq!(
        (garden.field.as_str(), garden.evidence.as_str()),
        ("description", "community garden")
    );
    assert!(found.iter().any(|inferred| inferred.evidence == "Reduce Isolation"));
}

#[test]
fn what_a_service_does_not_do_is_not_inferred() {
    for text in [
        "We do not offer counselling.",
        "We are unable to provide debt advice or counselling",
        "Counselling is not available here.",
        "Sorry, counselling is no longer available",
        "This is not suitable for people with dementia",
    ] {
        assert!(needs(text).is_empty(), "{text}: {:?}", needs(text));
    }
}

#[test]
fn a_denial_ends_with_its_clause() {
    assert_eq!(
        needs("We do not offer counselling but we run a befriending scheme."),
        ["loneliness", "befriending"]
    );
    assert_eq!(needs("We do not offer counselling. Knitting every Tuesday."), ["making"]);
    assert_eq!(needs("Knitting for all; we do not offer counselling"), ["making"]);
}

#[test]
fn wording_that_cancels_a_signal_is_respected() {
    assert!(needs("Befriending training for professionals").is_empty());
    assert!(!needs("Foster carers welcome").contains(&"carers".to_owned()));
    assert!(!needs("Open to all regardless of disability").contains(&"disability".to_owned()));
}

#[test]
fn a_signal_within_a_longer_word_does_not_count() {
    assert!(needs("Sparkling artisan bakery").is_empty());
}

#[test]
fn at_most_six_needs_are_inferred_and_the_name_weighs_most() {
    let text = "Counselling, debt advice, knitting, choir, allotment, yoga, swimming, cycling, dementia, stroke club.";
    let found = Vocabulary::shipped().infer(&[("description", text), ("name", "The Memory Cafe")]);
    assert_eq!(found.len(), 6);
    assert_eq!((found[0].need.as_str(), found[0].field.as_str()), ("dementia", "name"));
}

#[test]
fn saying_it_over_and_over_adds_nothing() {
    let once = "Yoga and lunch club.";
    let often = "Yoga. Yoga. Yoga. Yoga. Lunch club.";
    assert_eq!(needs(once), needs(often));
}

#[test]
fn what_others_do_with_its_money_is_not_inferred() {
    assert!(needs("Makes grants to charities for dementia and debt advice.").is_empty());
    assert!(needs("Raising funds for the homeless in India").is_empty());
}

#[test]
fn a_need_named_once_deep_in_a_long_text_is_not_inferred() {
    let long = format!("{} A choir sometimes meets here.", "We look after our hall. ".repeat(20));
    assert!(!needs(&long).contains(&"singing".to_owned()));
    assert!(needs(&format!("{long} The choir is open to all.")).contains(&"singing".to_owned()));
}
