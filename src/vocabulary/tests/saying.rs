//! Questions as people ask them.

use proptest::prelude::*;

use super::{super::How, needs, understand};
use crate::vocabulary::Vocabulary;

/// What people say, and the needs they are asking for.
const SAID: &[(&str, &[&str])] = &[
    ("lonely", &["loneliness"]),
    ("I feel so lonely", &["loneliness"]),
    ("lonely, likes gardening", &["loneliness", "gardening"]),
    ("lonley old man, no one to talk to", &["loneliness"]),
    ("she doesn't see anyone", &["loneliness"]),
    ("someone to visit her", &["befriending"]),
    ("new to the area and want to make friends", &["meeting-people"]),
    ("money worries", &["money"]),
    ("skint", &["money"]),
    ("bailiffs at the door", &["debt"]),
    ("behind with the rent", &["debt"]),
    ("help filling in my PIP form", &["benefits"]),
    ("UC sanctioned", &["benefits"]),
    ("where is the nearest CAB", &["benefits", "advice"]),
    ("can't afford to eat", &["food"]),
    ("nothing in the cupboards", &["food-banks"]),
    ("foodbank", &["food-banks"]),
    ("Food banks", &["food-banks"]),
    ("food-bank near me", &["food-banks"]),
    ("can't heat my home", &["energy"]),
    ("school uniform for my kids", &["clothes-furniture", "young-people"]),
    ("can't get out", &["getting-out"]),
    ("she can't get out of the house", &["getting-out"]),
    ("housebound", &["getting-out"]),
    ("no transport", &["transport"]),
    ("lift to hospital", &["hospital-transport"]),
    ("can't get to the shops", &["transport", "shopping"]),
    ("something to do with my hands", &["making"]),
    ("something for his hands", &["making"]),
    ("knit and natter", &["making"]),
    ("where can I take my mum who has dementia", &["dementia"]),
    ("mum has dementia", &["dementia"]),
    ("my husband has Alzheimer's", &["dementia"]),
    ("dad keeps forgetting things", &["memory"]),
    ("looking after my husband", &["carers"]),
    ("I need a break from caring", &["respite"]),
    ("can't sleep", &["sleep"]),
    ("panic attacks", &["anxiety"]),
    ("depressed and anxious", &["low-mood", "anxiety"]),
    ("hearing voices", &["severe-mental-illness"]),
    ("PTSD", &["trauma"]),
    ("ex-army with ptsd", &["veterans", "trauma"]),
    ("counseling", &["counselling"]),
    ("cheap counselling for couples", &["counselling"]),
    ("my wife died", &["bereavement"]),
    ("lost my dad", &["bereavement"]),
    ("lost a baby", &["baby-loss"]),
    ("can't afford a funeral", &["funerals"]),
    ("sleeping rough", &["rough-sleeping"]),
    ("sofa surfing", &["homelessness"]),
    ("landlord wants me out", &["eviction"]),
    ("my landlord won't fix the damp", &["eviction", "repairs"]),
    ("house full of stuff", &["hoarding"]),
    ("grab rail for the bath", &["repairs"]),
    ("he hits me", &["domestic-abuse"]),
    ("scared of my partner", &["domestic-abuse"]),
    ("drinks too much", &["alcohol"]),
    ("AA meetings", &["alcohol"]),
    ("son on drugs", &["affected-by-addiction"]),
    ("can't stop gambling", &["gambling"]),
    ("stop smoking", &["smoking"]),
    ("lose weight", &["weight"]),
    ("COPD exercise", &["breathing", "exercise"]),
    ("had a stroke", &["stroke"]),
    ("type 2 diabetes", &["diabetes"]),
    ("bad back", &["pain"]),
    ("keeps falling over", &["frailty"]),
    ("chair-based exercise", &["gentle-exercise"]),
    ("chair based exercises", &["gentle-exercise"]),
    ("tai chi", &["gentle-exercise"]),
    ("couch to 5k", &["running"]),
    ("someone to walk with", &["walking"]),
    ("a choir for beginners", &["singing"]),
    ("men's shed", &["men-company"]),
    ("mens sheds", &["men-company"]),
    ("women's group", &["women-company"]),
    ("ESOL", &["esol"]),
    ("can't speak English", &["esol"]),
    ("IT classes for my nan", &["digital"]),
    ("can't use the internet", &["digital"]),
    ("can't read or write", &["basic-skills"]),
    ("SEN", &["school"]),
    ("ADHD", &["adhd"]),
    ("autistic adults", &["autism"]),
    ("my son is autistic", &["autism"]),
    ("hard of hearing", &["deafness"]),
    ("losing my sight", &["sight-loss"]),
    ("CAMHS waiting list", &["mental-health", "cyp-mental-health"]),
    ("postnatal depression", &["perinatal-mental-health"]),
    ("toddler group", &["baby-toddler"]),
    ("won't let me see my kids", &["contact-separation"]),
    ("raising my grandchildren", &["fostering-kinship"]),
    ("just out of prison", &["offending"]),
    ("asylum seekers", &["refugees"]),
    ("LGBTQ+ youth group", &["lgbtq", "young-people"]),
    ("gay men's group", &["lgbtq"]),
    ("cut the grass", &["cleaning"]),
    ("lost my job", &["employment"]),
    ("off sick with stress", &["work-health", "stress"]),
    ("want to volunteer", &["volunteering"]),
    ("nobody listens to me", &["advocacy"]),
    ("make a will", &["funerals"]),
    ("café", &["community-cafe"]),
    ("arts & crafts", &["making"]),
    ("dog walking", &["animals"]),
    ("social isolation", &["loneliness"]),
    ("fuel poverty", &["energy"]),
    ("substance misuse", &["addiction"]),
];

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
            (found.len() > expected.len() + 1).then(|| format!("{said:?}: expected {expected:?}, found {found:?}"))
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
    let words = |said: &str| understand(said).terms.into_iter().map(|term| term.text).collect::<Vec<_>>();
    assert_eq!(words("The Hub"), ["Hub"]);
    assert_eq!(words("IT"), ["IT"]);
    assert_eq!(words("will"), ["will"]);
}

#[test]
fn what_is_turned_away_is_not_asked_for() {
    for said in ["social club not religious", "social club, without faith", "social club -church", "social club non religious"] {
        let understood = understand(said);
        assert_eq!(understood.needs()[0].as_str(), "meeting-people", "{said}");
        assert_eq!(understood.excluded[0].needs[0].need.as_str(), "faith", "{said}");
    }
    assert_eq!(understand("pub quiz no alcohol").excluded[0].needs[0].need.as_str(), "alcohol");
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
        assert!(understood.excluded.is_empty() && !understood.needs().is_empty(), "{said}: {understood:?}");
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
    assert!(understand("sleeping, rough").terms.iter().all(|term| term.needs.iter().all(|n| n.need.as_str() != "rough-sleeping")));
}

#[test]
fn urgent_words_raise_the_panel_that_answers_them() {
    let panel = |said: &str| Vocabulary::shipped().urgent(said).map(|panel| panel.id.as_str());
    for (said, expected) in [
        ("I want to kill myself", "suicide"),
        ("feeling suicidal", "suicide"),
        ("he hits me", "abuse"),
        ("my husband hits me", "abuse"),
        ("taken an overdose", "overdose"),
        ("chest pains", "danger"),
        ("I was raped", "sexual-assault"),
        ("self-harm", "mental-health"),
        ("nowhere to sleep tonight", "homeless-tonight"),
        ("my dad hits me", "child"),
        ("DON’T WANT TO BE HERE", "suicide"),
    ] {
        assert_eq!(panel(said), Some(expected), "{said}");
    }
    for said in ["", "lonely", "bereaved by suicide", "stroke club", "knitting", "hospital", "cheap rope"] {
        assert_eq!(panel(said), None, "{said}");
    }
}

#[test]
fn the_suicide_panel_gives_samaritans_and_the_second_option_of_111() {
    let panel = Vocabulary::shipped().urgent("suicidal").unwrap();
    assert!(panel.lines.iter().any(|line| line.contact == "116 123"));
    assert!(panel.lines.iter().any(|line| line.contact == "111" && line.note.contains("option 2")));
    assert!(panel.lines.iter().any(|line| line.contact.contains("85258")));
}

#[test]
fn who_it_is_for_is_read_from_a_sentence_or_an_id() {
    let who = |text: &str| Vocabulary::shipped().who(text).into_iter().map(|id| id.0).collect::<Vec<_>>();
    assert_eq!(who("carer"), ["carer"]);
    assert_eq!(who("refugee-or-asylum-seeker"), ["refugee-or-asylum-seeker"]);
    assert_eq!(who("Women aged 18 and over who have experienced domestic abuse"), ["women", "adults", "domestic-abuse-survivor"]);
    assert_eq!(who("veterans and their families"), ["veteran", "parent"]);
    assert_eq!(who("Open to all"), ["everyone"]);
    assert!(who("tuesday").is_empty());
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
