//! Questions to the demonstration, and what has to come first.

use std::sync::{Arc, LazyLock};

use hereabouts::{
    demonstration,
    domain::CapacityStatus,
    geo::Gazetteer,
    search::{DoorShown, Findings, Keeper, Question, Search, Settings, door_of},
    store::Store,
    vocabulary::Vocabulary,
};

use crate::harness::now;

static SEARCH: LazyLock<Search> = LazyLock::new(|| {
    let gazetteer = Arc::new(demonstration::over(&Gazetteer::shipped()));
    let store = Store::in_memory().unwrap();
    demonstration::load(&store, &gazetteer, now()).unwrap();
    let vocabulary = Vocabulary::shipped();
    let keeper = Keeper::in_memory(&store, gazetteer.clone(), vocabulary).unwrap();
    Search::new(store, gazetteer, vocabulary, Settings::default(), Arc::new(keeper))
});

fn ask(query: &str) -> Findings {
    let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let (question, faults) = Question::read(&pairs);
    assert_eq!(faults, [], "{query}");
    SEARCH.ask(&question, faults, now()).unwrap()
}

/// The needs of each of the first `count` results include one of `needs`.
fn check(query: &str, count: usize, needs: &[&str]) {
    let findings = ask(query);
    assert!(findings.results.len() >= count, "{query}: only {}", findings.results.len());
    for found in &findings.results[..count] {
        let answers = found.needs.iter().any(|need| needs.contains(&need.id.as_str()));
        let has: Vec<&str> = found.needs.iter().map(|need| need.id.as_str()).collect();
        assert!(answers, "{query}: {} answers {has:?}", found.record.service.name);
    }
}

#[test]
fn lonely_and_likes_gardening_finds_both_in_one() {
    let findings = ask("q=lonely%2C+likes+gardening&near=WN1+1YF");
    let needs: Vec<&str> = findings
        .understood
        .terms
        .iter()
        .flat_map(|term| &term.needs)
        .map(|need| need.id.as_str())
        .collect();
    assert!(needs.contains(&"loneliness") && needs.contains(&"gardening"), "{needs:?}");
    assert!(findings.total >= 3, "{}", findings.total);
    check("q=lonely%2C+likes+gardening&near=WN1+1YF", 3, &["gardening"]);
}

#[test]
fn each_of_the_first_results_for_lonely_at_wn1_serves_wn1() {
    let findings = ask("q=lonely&near=WN1+1YF");
    assert!(findings.total >= 8, "{}", findings.total);
    for found in &findings.results {
        assert!(!found.serves.reason.is_empty());
        assert!(found.factors.len() >= 5);
    }
}

#[test]
fn plain_words_reach_their_needs() {
    check(
        "q=money+worries&near=WN5+0HU",
        3,
        &["money", "debt", "benefits", "budgeting", "money-worries"],
    );
    let sleep = ask("q=can%27t+sleep&near=WN5+8TB");
    assert_eq!(sleep.results[0].record.service.name, "Can't Sleep Club");
    check("q=hoarding&near=M29+8AN", 1, &["hoarding"]);
    check("q=domestic+abuse&near=WN2+3BD", 2, &["domestic-abuse"]);
}

#[test]
fn a_service_only_for_the_next_council_is_left_out_and_counted() {
    let findings = ask("q=benefits&near=WN6+0HL");
    let names: Vec<&str> =
        findings.results.iter().map(|found| found.record.service.name.as_str()).collect();
    assert!(findings.elsewhere >= 1, "{names:?}");
}

#[test]
fn taking_people_now_holds_for_every_result() {
    use hereabouts::domain::CapacityStatus;
    let findings = ask("q=company&near=WN1+1YF&open=1");
    assert!(findings.total >= 3);
    assert!(findings.results.iter().all(|found| found.door.status == Some(CapacityStatus::Open)));
}

#[test]
fn misspelt_words_find_what_was_meant() {
    for (typed, meant) in
        [("dimentia", "dementia"), ("lonley", "lonely"), ("gardning", "gardening")]
    {
        let findings = ask(&format!("q={typed}&near=WN7+1LX"));
        assert!(findings.total > 0, "{typed}");
        let corrected = findings.understood.corrected.map(|correction| correction.to);
        let understood = findings.understood.terms.iter().any(|term| !term.needs.is_empty());
        assert!(corrected.as_deref() == Some(meant) || understood, "{typed}: {corrected:?}");
    }
}

#[test]
fn a_name_typed_in_any_order_with_a_slip_finds_its_service_first() {
    for typed in [
        "Second Wind beginners' band",
        "second wind band beginners",
        "secnd wind beginners band",
        "the Second Wind beginners band Leigh",
    ] {
        let findings = ask(&format!("q={}&near=WN7+1NJ", typed.replace(' ', "+")));
        let first = &findings.results[0];
        assert_eq!(first.record.service.name, "Second Wind beginners' band", "{typed}");
        assert!(first.called, "{typed}");
        assert_eq!(first.reasons[0], "its name is what was typed", "{typed}");
    }
}

#[test]
fn urgent_words_are_heard_through_slips() {
    let findings = ask("q=homless+nowere+to+sleep+tonite&near=WN7+1NJ");
    assert_eq!(findings.understood.corrected.unwrap().to, "homeless nowhere to sleep tonite");
    assert!(findings.understood.urgent.is_some());
}

#[test]
fn a_word_that_a_listing_has_is_not_corrected() {
    let findings = ask("q=Juniper+open+house");
    assert!(findings.understood.corrected.is_none());
    assert_eq!(findings.results[0].record.service.name, "Juniper open house");
}

#[test]
fn either_of_two_things_will_do_where_or_stands_between_them() {
    let either = ask("q=chess+or+dominoes&near=WN1+1YF");
    assert_eq!(either.understood.terms.len(), 1);
    assert_eq!(either.understood.terms[0].text, "chess or dominoes");
    let found = |words: &str| -> std::collections::BTreeSet<_> {
        let findings = ask(&format!("q={words}&words=only&spell=0&per_page=100"));
        findings.results.iter().map(|found| found.record.service.id).collect()
    };
    let (chess, dominoes) = (found("chess"), found("dominoes"));
    assert!(!dominoes.is_empty());
    assert_eq!(found("chess+or+dominoes"), &chess | &dominoes);
    // Whom something is for stays a person.
    let people = ask("q=football+for+men+or+women&near=WN1+1YF");
    assert!(people.understood.terms.iter().all(|term| !term.text.contains(" or ")));
}

#[test]
fn one_kind_of_a_need_puts_who_says_the_word_first() {
    let findings = ask("q=woodwork&near=WN1+1YF&per_page=50");
    let says = |found: &hereabouts::search::Found| {
        let service = &found.record.service;
        let text = format!("{} {} {}", service.name, service.summary, service.description);
        text.to_lowercase().contains("wood")
    };
    assert!(says(&findings.results[0]), "{}", findings.results[0].record.service.name);
    assert!(findings.results.iter().any(|found| !says(found)), "the need widens it");
}

#[test]
fn the_same_service_at_six_venues_is_one_hit() {
    let findings = ask("q=bailiffs&near=WN1+1YF&per_page=100");
    let mut ids: Vec<_> = findings.results.iter().map(|found| found.record.service.id).collect();
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all);
    assert!(findings.results.iter().any(|found| found.record.service.venues.len() >= 4));
}

#[test]
fn a_facet_counts_what_choosing_it_then_finds() {
    let findings = ask("q=company&near=WN1+1YF");
    for group in &findings.facets {
        for value in group
            .values
            .iter()
            .filter(|value| group.key != "who" && value.value != "not-known")
            .take(4)
        {
            if group.key == "open" && value.value != "1" {
                continue;
            }
            let mut pairs: Vec<(String, String)> = findings
                .question
                .pairs()
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect();
            pairs.push((group.key.to_owned(), value.value.clone()));
            let (question, faults) = Question::read(&pairs);
            assert_eq!(faults, [], "{} {}", group.key, value.value);
            let chosen = SEARCH.ask(&question, Vec::new(), now()).unwrap();
            if matches!(chosen.understood.matching, hereabouts::search::Matching::All) {
                assert_eq!(chosen.total, value.count, "{} {}", group.key, value.value);
            }
        }
    }
}

#[test]
fn whom_the_words_describe_ranks_and_does_not_find() {
    let findings = ask("q=exercise+classes+for+older+people&near=WN4+9AL");
    let whom: Vec<String> = findings.understood.people.iter().map(ToString::to_string).collect();
    assert_eq!(whom, ["older-people"]);
    let exercise = ask("q=exercise&near=WN4+9AL");
    assert!(findings.total <= exercise.total.max(10), "{} {}", findings.total, exercise.total);
    assert!(findings.results[0].reasons.iter().any(|reason| reason.contains("xercise")));
}

#[test]
fn a_day_or_a_language_in_the_words_is_met_by_what_is_stated() {
    let polish = ask("q=advice+in+Polish&near=WN7+1NJ");
    assert_eq!(polish.results[0].record.service.name, "Porady po polsku");
    let facts = polish.understood.terms.iter().flat_map(|term| &term.facts);
    assert_eq!(facts.collect::<Vec<_>>(), ["in Polish"]);
    assert!(polish.results[0].leads);
}

#[test]
fn every_fact_of_the_vocabulary_is_one_that_a_question_can_choose() {
    let facts = hereabouts::vocabulary::Sources::SHIPPED.facts;
    let file: toml::Table = facts.parse().unwrap();
    for row in file["fact"].as_array().unwrap() {
        let key = row["key"].as_str().unwrap();
        for value in row["values"].as_array().unwrap() {
            let value = value.as_str().unwrap();
            let (_, faults) = Question::read(&[(key.to_owned(), value.to_owned())]);
            assert_eq!(faults, [], "{key}={value}");
        }
    }
}

#[test]
fn a_word_that_only_sounds_right_is_taken_for_what_was_meant() {
    let findings = ask("q=counciling&near=WN2+3EP");
    let corrected = findings.understood.corrected.unwrap();
    assert_eq!(corrected.to, "counselling");
    assert!(findings.results[0].needs.iter().any(|need| need.id.as_str() == "counselling"));
    let as_it_is = ask("q=counciling&near=WN2+3EP&spell=0");
    assert!(as_it_is.understood.corrected.is_none());
}

#[test]
fn for_somebody_who_cannot_leave_home_what_comes_to_them_is_near_and_the_rest_says_so() {
    let findings = ask("q=company&near=WN2+1QT&who=housebound");
    assert!(findings.understood.housebound);
    let reason = |found: &hereabouts::search::Found| {
        let near = found.factors.iter().find(|factor| factor.key == "nearness");
        near.map(|factor| (factor.value, factor.reason.clone()))
    };
    for found in &findings.results {
        let (value, reason) = reason(found).unwrap();
        let comes = found.record.service.is_remote();
        assert_eq!(comes, value > 0.9, "{}: {value} {reason}", found.record.service.name);
        assert_eq!(
            !comes && reason.contains(" away"),
            reason.contains("does not come"),
            "{reason}"
        );
    }
}

#[test]
fn a_listing_says_of_its_door_what_the_search_says() {
    let mut compared = 0;
    for page in 1..=30 {
        for found in &ask(&format!("page={page}")).results {
            let of_listing = door_of(&found.record, None, now());
            let said = |door: &DoorShown| {
                (door.status, door.statement.as_ref().map(|said| (said.status, said.as_of)))
            };
            assert_eq!(said(&of_listing), said(&found.door), "{}", found.record.service.name);
            compared += usize::from(found.door.status.is_some());
        }
    }
    assert!(compared > 100, "{compared}");
}

/// What is stated of the only venue is stated of the service.
#[test]
fn a_door_that_was_stated_of_a_venue_is_the_listings_door() {
    let findings = ask("q=old+yard+workshop");
    let found = &findings.results[0];
    assert!(found.record.capacity.iter().all(|said| said.venue.is_some()));
    let door = door_of(&found.record, None, now());
    assert_eq!(door.status, Some(CapacityStatus::Open));
}
