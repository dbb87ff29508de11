//! Questions as people ask them.

use proptest::prelude::*;

use super::{super::How, needs, said::SAID, understand};
use crate::vocabulary::Vocabulary;

#[test]
fn what_people_say_reaches_the_need_they_mean() {
    let missed: Vec<String> = SAID
        .iter()
        .filter_map(|(said, expected)| {
            let found = needs(said);
            let all = expected.iter().all(|need| found.iter().any(|known| known == need));
            (!all).then(|| format!("{said:?}: expected {expected:?}, found {found:?}"))
        })
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn what_people_say_is_not_read_as_much_else() {
    let stretched: Vec<String> = SAID
        .iter()
        .filter_map(|(said, expected)| {
            let found = needs(said);
            (found.len() > expected.len() + 1)
                .then(|| format!("{said:?}: expected {expected:?}, found {found:?}"))
        })
        .collect();
    assert!(stretched.is_empty(), "{stretched:#?}");
}

#[test]
fn a_question_is_parted_into_its_terms_in_order() {
    let said = understand("lonely, likes gardening");
    let texts: Vec<&str> = said.terms.iter().map(|term| term.text.as_str()).collect();
    assert_eq!(texts, ["lonely", "likes gardening"]);
    assert!(said.excluded.is_empty() && !said.truncated);
}

#[test]
fn a_whole_phrase_comes_before_its_words() {
    let said = understand("can't get out");
    assert_eq!(said.terms.len(), 1);
    assert_eq!(said.terms[0].words, ["cant", "get", "out"]);
    assert_eq!(said.terms[0].needs[0].how, How::Phrase);
}

#[test]
fn a_label_is_known_as_a_label_and_a_referrers_word_as_theirs() {
    assert_eq!(understand("Loneliness").terms[0].needs[0].how, How::Label);
    assert_eq!(understand("lack of social contact").terms[0].needs[0].how, How::Referrer);
}

#[test]
fn words_that_carry_no_need_are_dropped_and_the_rest_stay_plain() {
    let said = understand("looking for someone who can help with beekeeping in Hexham");
    let texts: Vec<&str> = said.terms.iter().map(|term| term.text.as_str()).collect();
    assert_eq!(texts, ["beekeeping", "Hexham"]);
    assert!(said.dropped.contains(&"looking for".to_owned()));
}

#[test]
fn names_that_look_like_filler_are_kept() {
    let words =
        |said: &str| understand(said).terms.into_iter().map(|term| term.text).collect::<Vec<_>>();
    assert_eq!(words("The Hub"), ["Hub"]);
    assert_eq!(words("IT"), ["IT"]);
    assert_eq!(words("will"), ["will"]);
}

#[test]
fn what_is_turned_away_is_not_asked_for() {
    for said in [
        "social club not religious",
        "social club, without faith",
        "social club -church",
        "social club non religious",
    ] {
        let understood = understand(said);
        assert_eq!(understood.needs()[0].as_str(), "meeting-people", "{said}");
        assert_eq!(understood.excluded[0].needs[0].need.as_str(), "faith", "{said}");
    }
    assert_eq!(understand("pub quiz no alcohol").excluded[0].needs[0].need.as_str(), "alcohol");
}

#[test]
fn what_someone_lacks_is_what_they_ask_for() {
    for (said, need) in [
        ("no furniture", "clothes-furniture"),
        ("no heating", "energy"),
        ("without a cooker", "clothes-furniture"),
    ] {
        assert!(
            understand(said).excluded.is_empty() && needs(said).contains(&need.to_owned()),
            "{said}"
        );
    }
}

#[test]
fn a_plain_word_is_turned_away_by_a_minus_only() {
    assert!(understand("not managing the stairs").excluded.is_empty());
    assert_eq!(understand("choir -Tuesdays").excluded[0].words, ["tuesdays"]);
}

#[test]
fn a_question_of_nothing_but_filler_is_asked_as_typed() {
    let said = understand("someone to help");
    assert_eq!(said.terms.len(), 3);
    assert!(said.dropped.is_empty());
}

#[test]
fn a_negation_reaches_over_or_and_stops_at_a_comma() {
    let both = understand("choir not religious or football");
    assert_eq!(both.excluded.len(), 2);
    let one = understand("not religious, football");
    assert_eq!((one.excluded.len(), one.terms.len()), (1, 1));
}

#[test]
fn a_phrase_that_begins_with_no_is_a_need_and_not_a_negation() {
    for said in ["no money", "no friends", "no transport", "not sleeping", "no confidence"] {
        let understood = understand(said);
        assert!(
            understood.excluded.is_empty() && !understood.needs().is_empty(),
            "{said}: {understood:?}"
        );
    }
}

#[test]
fn a_hyphen_within_a_word_is_not_a_minus() {
    assert!(understand("self-harm").excluded.is_empty());
    assert_eq!(needs("self-harm"), needs("self harm"));
    assert_eq!(needs("selfharm"), needs("self-harm"));
}

#[test]
fn words_in_quotation_marks_stay_together() {
    let said = understand("gardening \"Bright Futures Project\" club");
    let exact: Vec<_> = said.terms.iter().filter(|term| term.exact).collect();
    assert_eq!(exact.len(), 1);
    assert_eq!(exact[0].words, ["bright", "futures", "project"]);
    assert!(understand("a \"lone mark").terms.iter().all(|term| !term.exact));
}

#[test]
fn case_accents_and_apostrophes_make_no_difference() {
    for said in ["CAN’T GET OUT", "cant get out", "can`t  get out", "Can't get out!"] {
        assert_eq!(needs(said), ["getting-out"], "{said}");
    }
    assert_eq!(needs("warm café"), needs("warm cafe"));
}

#[test]
fn a_question_beyond_the_bounds_is_cut_and_says_so() {
    assert!(understand(&"lonely ".repeat(21)).truncated);
    assert!(understand(&"é".repeat(201)).truncated);
    assert!(!understand(&"lonely ".repeat(20)).truncated);
    assert_eq!(understand(&"xyzzy ".repeat(30)).terms.len(), 20);
}

#[test]
fn a_phrase_does_not_run_across_a_comma() {
    assert!(!needs("money, worries").is_empty());
    assert!(
        understand("sleeping, rough")
            .terms
            .iter()
            .all(|term| term.needs.iter().all(|n| n.need.as_str() != "rough-sleeping"))
    );
}

proptest! {
    #[test]
    fn no_question_can_break_the_reading(text in ".{0,300}") {
        let understood = understand(&text);
        prop_assert!(understood.terms.len() + understood.excluded.len() <= 20);
        let _ = Vocabulary::shipped().urgent(&text);
        let _ = Vocabulary::shipped().who(&text);
        let _ = Vocabulary::shipped().suggest(&text, 8);
        let _ = Vocabulary::shipped().infer(&[("name", &text)]);
    }

    #[test]
    fn marks_and_minuses_cannot_break_it_either(text in "[\"“” a-e'’.,&+-]{0,60}(lonely|no|not|-no|or)?[\" -]{0,4}(or|money)?") {
        let understood = understand(&text);
        for term in understood.terms.iter().chain(&understood.excluded) {
            prop_assert!(text.contains(&term.text));
        }
    }
}

#[test]
fn two_things_with_or_between_are_one_idea_and_nothing_is_lost_beside_them() {
    let said = understand("lonely, chess or dominoes or \"big band\" for carers");
    let texts: Vec<&str> = said.terms.iter().map(|term| term.text.as_str()).collect();
    assert_eq!(texts, ["lonely", "chess or dominoes", "big band", "carers"]);
    assert_eq!(said.terms[1].or, [["dominoes"]]);
    let people = understand("football for men or women");
    assert!(people.terms.iter().all(|term| term.or.is_empty()), "{:?}", people.terms);
}
