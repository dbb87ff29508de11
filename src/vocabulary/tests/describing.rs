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

fn named(name: &str, description: &str) -> Vec<String> {
    let found = Vocabulary::shipped().infer(&[("name", name), ("description", description)]);
    found.into_iter().map(|found| found.need.0).collect()
}

#[test]
fn clubs_theatres_surgeries_and_churches_are_known_by_their_names() {
    for (name, need) in [
        ("Oak Street Surgery", "gp"),
        ("Hillside Medical Centre", "gp"),
        ("Northam Rovers FC", "sport"),
        ("Northam Cricket Club", "sport"),
        ("Northam Bowling Club", "sport"),
        ("Northam Theatre", "drama"),
        ("Northam Dramatic Society", "drama"),
        ("St Anne's Church", "faith"),
        ("First Northam Scouts", "young-people"),
        ("Northam Museum", "heritage"),
        ("Little Acorns Pre-School", "childcare"),
    ] {
        assert!(named(name, "").contains(&need.to_owned()), "{name}: {:?}", named(name, ""));
    }
}

#[test]
fn a_word_that_only_a_name_shows_a_need_by_shows_none_in_a_text() {
    assert!(needs("Recovering after surgery").is_empty());
    assert!(needs("Meets opposite the church, above the theatre").is_empty());
}

#[test]
fn a_name_that_only_sounds_like_it_shows_nothing() {
    for (name, need) in [
        ("Church Street Clinic", "faith"),
        ("Northam Veterinary Surgery", "gp"),
        ("Northam Parent Teacher Association", "parenting"),
        ("Guide Dogs Northam", "young-people"),
        ("Northam Veterans Bowling Club", "veterans"),
    ] {
        assert!(!named(name, "").contains(&need.to_owned()), "{name}: {:?}", named(name, ""));
    }
}

#[test]
fn what_a_church_or_hall_lists_counts_where_it_begins_or_is_said_again() {
    let lists = "Worship on Sundays, and in the week a playgroup that is run by the members, \
                 a choir and a lunch club.";
    let toddlers = "baby-toddler".to_owned();
    let singing = "singing".to_owned();
    assert_eq!(named("St Anne's Church", lists), ["faith", "baby-toddler"]);
    assert!(!named("St Anne's Church", lists).contains(&singing));
    assert!(
        named("St Anne's Church", &format!("{lists} The choir is open to all.")).contains(&singing)
    );
    assert!(named("Anne and friends", lists).contains(&singing));
    assert!(named("Anne and friends", lists).contains(&toddlers));
}
