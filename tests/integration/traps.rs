//! What other directories got wrong, as claims about this one: the area rule, services without a
//! point, counting once, capacity that lapses, eligibility that nobody stated.

use hereabouts::{
    app::App,
    config::Config,
    search::{Findings, Question, ServesHow},
};
use serde_json::{Value, json};

use crate::harness::{Listing, app, now};

const WIGAN: &str = "E08000010";
const BOLTON: &str = "E08000001";

fn ask(app: &App, query: &str) -> Findings {
    ask_at(app, query, now())
}

fn ask_at(app: &App, query: &str, now: jiff::Timestamp) -> Findings {
    let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let (question, faults) = Question::read(&pairs);
    app.search.ask(&question, faults, now).unwrap()
}

fn names(findings: &Findings) -> Vec<&str> {
    findings.results.iter().map(|found| found.record.service.name.as_str()).collect()
}

fn sorted(findings: &Findings) -> Vec<&str> {
    let mut names = names(findings);
    names.sort_unstable();
    names
}

fn serves(code: &str, name: &str) -> Value {
    json!({ "footprint": { "parts": [{ "part": "place", "code": code, "kind": "council", "name": name }] } })
}

fn no_area() -> Value {
    json!({ "footprint": null })
}

fn pottery(name: &'static str) -> Listing {
    Listing::new(name, "Pottery for anybody.")
}

/// One service of each kind that the area rule tells apart, for somebody at WN1 1YF.
fn four() -> App {
    let near = (53.5475, -2.6290);
    let far = (53.4600, -2.5000);
    app(
        &[
            pottery("In area, near").at("Hall", near.0, near.1),
            pottery("In area, far").at("Barn", far.0, far.1),
            pottery("Out of area, near").with(serves(BOLTON, "Bolton")).at("Mill", near.0, near.1),
            pottery("No area, near").with(no_area()).at("Shed", near.0, near.1),
            pottery("No area, far").with(no_area()).at("Tower", 51.5, -0.12),
        ],
        Config::default(),
    )
}

#[test]
fn a_service_is_found_where_it_serves_and_not_merely_where_it_is_near() {
    let app = four();
    let findings = ask(&app, "q=pottery&near=WN1+1YF");
    assert_eq!(sorted(&findings), ["In area, far", "In area, near", "No area, near"]);
    assert_eq!(findings.elsewhere, 1);
    assert_eq!(names(&findings)[0], "In area, near");
}

#[test]
fn nearer_services_for_other_areas_are_one_press_away_and_say_so() {
    let findings = ask(&four(), "q=pottery&near=WN1+1YF&elsewhere=1");
    assert_eq!(names(&findings), ["Out of area, near"]);
    assert_eq!(findings.results[0].serves.how, ServesHow::Elsewhere);
}

#[test]
fn the_borders_of_a_council_do_not_cut_what_serves_across_them() {
    let both = json!({ "footprint": { "parts": [
        { "part": "place", "code": WIGAN, "kind": "council", "name": "Wigan" },
        { "part": "place", "code": BOLTON, "kind": "council", "name": "Bolton" },
    ] } });
    let app =
        app(&[pottery("Both").with(both).at("Over there", 53.5780, -2.4290)], Config::default());
    assert_eq!(names(&ask(&app, "q=pottery&near=WN1+1YF")), ["Both"]);
}

#[test]
fn what_an_area_leaves_out_is_left_out() {
    let but = json!({ "footprint": {
        "parts": [{ "part": "place", "code": WIGAN, "kind": "council", "name": "Wigan" }],
        "except": [{ "part": "postcodes", "prefix": "WN1" }],
    } });
    let app = app(&[pottery("All but WN1").with(but)], Config::default());
    assert_eq!(ask(&app, "q=pottery&near=WN1+1YF").total, 0);
    assert_eq!(ask(&app, "q=pottery&near=WN7+1LX").total, 1);
}

#[test]
fn a_service_without_a_point_is_found_by_its_area_and_never_as_if_next_door() {
    let app = app(
        &[
            pottery("By phone for Wigan").with(json!({ "delivery": ["phone"] })),
            pottery("By phone, no area").with(no_area()).with(json!({ "delivery": ["phone"] })),
            pottery("Two streets away").at("Hall", 53.5475, -2.6290),
        ],
        Config::default(),
    );
    let findings = ask(&app, "q=pottery&near=WN1+1YF");
    assert_eq!(findings.total, 3);
    assert_eq!(names(&findings)[0], "Two streets away");
    let nearness = |name: &str| {
        let found =
            findings.results.iter().find(|found| found.record.service.name == name).unwrap();
        found.factors.iter().find(|factor| factor.key == "nearness").unwrap().value
    };
    assert!(nearness("By phone for Wigan") < nearness("Two streets away"));
    let remote = findings.results.iter().find(|found| found.serves.how == ServesHow::Remote);
    assert_eq!(remote.unwrap().record.service.name, "By phone, no area");
}

#[test]
fn a_radius_is_measured_on_the_ground_and_not_on_a_stretched_map() {
    // 9.9 km and 10.1 km east of the person, at 53.5 degrees north.
    let app = app(
        &[
            pottery("Inside").with(no_area()).at("Hall", 53.548_02, -2.6300 + 0.149_88),
            pottery("Outside").with(no_area()).at("Hall", 53.548_02, -2.6300 + 0.153_22),
        ],
        Config::default(),
    );
    let findings = ask(&app, "q=pottery&near=53.54802,-2.63&within=10000");
    assert_eq!(names(&findings), ["Inside"]);
}

#[test]
fn the_null_island_is_nowhere() {
    let app = app(&[pottery("Lost").with(no_area()).at("Sea", 0.0, 0.0)], Config::default());
    assert_eq!(ask(&app, "q=pottery&near=WN1+1YF").total, 0);
    assert_eq!(ask(&app, "q=pottery").total, 1);
}

#[test]
fn capacity_stops_counting_at_its_moment_without_a_write() {
    let lapses = "2026-11-23T00:00:00Z";
    let app =
        app(&[pottery("Door").said("open", "2026-11-01T09:00:00Z", lapses)], Config::default());
    let before = "2026-11-22T23:59:59Z".parse().unwrap();
    assert_eq!(ask_at(&app, "q=pottery&open=1", before).total, 1);
    let after = ask_at(&app, "q=pottery&open=1", lapses.parse().unwrap());
    assert_eq!(after.total, 0);
    let still = ask_at(&app, "q=pottery", lapses.parse().unwrap());
    assert_eq!(still.results[0].door.status, None);
    let open = still.facets.iter().find(|group| group.key == "open").unwrap();
    assert!(open.values.iter().all(|value| value.value != "1" || value.count == 0));
}

#[test]
fn an_age_between_two_groups_is_not_taken() {
    let ages =
        json!({ "eligibility": { "ages": [{ "from": 11, "to": 18 }, { "from": 65, "to": 130 }] } });
    let app = app(&[pottery("Young and old").with(ages), pottery("Not stated")], Config::default());
    let findings = ask(&app, "q=pottery&age=40");
    assert_eq!(names(&findings), ["Not stated", "Young and old"]);
    assert!(findings.results[1].score < findings.results[0].score);
    let fits = ask(&app, "q=pottery&age=70");
    assert_eq!(names(&fits)[0], "Young and old");
}

#[test]
fn what_was_not_stated_passes_no_filter_as_a_yes() {
    let free = json!({ "costs": [{ "kind": "free" }] });
    let app = app(&[pottery("Free").with(free), pottery("Who knows")], Config::default());
    assert_eq!(names(&ask(&app, "q=pottery&cost=free")), ["Free"]);
    assert_eq!(names(&ask(&app, "q=pottery&cost=not-stated")), ["Who knows"]);
    assert_eq!(ask(&app, "q=pottery&cost=free&cost=not-stated").total, 2);
}

#[test]
fn a_listing_not_confirmed_for_a_year_comes_last_and_is_counted_apart() {
    let old = json!({ "upkeep": { "confirmed": { "at": "2025-11-01T09:00:00Z", "by": { "role": "steward", "name": "Ann" } } } });
    let app = app(&[pottery("Old pottery pottery").with(old), pottery("Fresh")], Config::default());
    let findings = ask(&app, "q=pottery");
    assert_eq!(names(&findings), ["Fresh", "Old pottery pottery"]);
    assert_eq!((findings.total, findings.unconfirmed), (2, 1));
}

#[test]
fn places_that_cannot_be_understood_withhold_results_and_lead_on() {
    let app = four();
    for query in ["near=Bristle", "near=BT1+5GS", "near=BF1+2AT", "near=0%2C0", "near=zzzz9"] {
        let findings = ask(&app, &format!("q=pottery&{query}"));
        assert!(findings.is_withheld() && findings.results.is_empty(), "{query}");
    }
    for query in ["near=wn11yf", "near=WN1", "near=WN1+1", "near=Wigan", "near=WN1+9ZZ"] {
        let findings = ask(&app, &format!("q=pottery&{query}"));
        assert!(!findings.is_withheld() && findings.total >= 3, "{query}");
    }
}

#[test]
fn no_distance_is_measured_from_a_place_that_is_not_exact() {
    use hereabouts::search::Distance;
    let app = four();
    let exact = ask(&app, "q=pottery&near=WN1+1YF");
    assert!(matches!(exact.results[0].distance, Some(Distance::Measured(_))));
    let wide = ask(&app, "q=pottery&near=WN1");
    assert!(
        wide.results.iter().all(|found| !matches!(found.distance, Some(Distance::Measured(_))))
    );
}

#[test]
fn misspelt_words_are_corrected_only_where_the_original_finds_little() {
    let app = app(
        &[Listing::new("Listening ear", "Counselling after a bereavement.")
            .with(json!({ "needs": ["dementia"] }))],
        Config::default(),
    );
    let findings = ask(&app, "q=demenita");
    assert_eq!(findings.total, 1);
    assert_eq!(findings.understood.corrected.as_ref().unwrap().to, "dementia");
    assert_eq!(ask(&app, "q=demenita&spell=0").total, 0);
    assert!(ask(&app, "q=SEN").understood.corrected.is_none());
}

#[test]
fn two_organisations_of_one_name_both_survive_and_one_without_services_is_no_hit() {
    let twin = |slug: &'static str| Listing::new(slug, "A hub.").with(json!({ "name": "The Hub" }));
    let app = app(&[twin("hub-a"), twin("hub-b")], Config::default());
    assert_eq!(names(&ask(&app, "q=the+hub")), ["The Hub", "The Hub"]);
}

#[test]
fn hostile_questions_are_answered_and_not_crashed_on() {
    let app = four();
    let long = "x".repeat(5_000);
    for words in [
        "\"",
        "- *",
        "a:(^",
        "%00",
        "\u{202e}",
        "((((",
        "\"\" -",
        &long,
        "AND OR NOT",
        "🌱 pottery",
    ] {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("q", words)
            .append_pair("near", words)
            .finish();
        let _ = ask(&app, &query);
        let query =
            url::form_urlencoded::Serializer::new(String::new()).append_pair("q", words).finish();
        let _ = ask(&app, &query);
    }
}

#[test]
fn nothing_tells_how_far_a_sensitive_service_is() {
    let (lat, lon) = (53.5475, -2.6290);
    let sensitive =
        pottery("Kept quiet").with(json!({ "sensitivity": "sensitive" })).at("The house", lat, lon);
    let app = app(&[sensitive, pottery("Open door").at("Hall", lat, lon)], Config::default());
    let seen = |near: &str| {
        let findings = ask(&app, &format!("q=pottery&near={near}&sort=distance"));
        let quiet = findings.results.iter().find(|found| found.record.service.name == "Kept quiet");
        let quiet = quiet.expect("it serves Wigan");
        (quiet.rank, quiet.distance, quiet.score.to_bits(), quiet.factors.clone())
    };
    let (here, there) = (seen("53.5475,-2.6290"), seen("53.5305,-2.6500"));
    assert_eq!(here, there, "whoever asks from two sides learns nothing");
    assert_eq!(here.1, None);
    let close_by = ask(&app, "q=pottery&near=53.5475,-2.6290&within=500");
    let further = ask(&app, "q=pottery&near=53.5305,-2.6500&within=500");
    let has = |findings: &Findings| names(findings).contains(&"Kept quiet");
    assert_eq!(has(&close_by), has(&further), "nor by drawing a circle");
}

#[test]
fn what_says_nothing_of_where_it_is_is_counted_and_not_lost() {
    let nowhere = pottery("Somewhere").with(no_area());
    let hidden = pottery("Behind a closed door")
        .with(no_area())
        .at("The house", 53.5533, -2.6222)
        .where_(json!({ "confidential": true }));
    let app = app(&[nowhere, hidden], Config::default());
    let findings = ask(&app, "q=pottery&near=WN1+1YF");
    assert_eq!(names(&findings), ["Behind a closed door"]);
    assert_eq!(findings.nowhere, 1);
    assert_eq!(ask(&app, "q=pottery").total, 2);
}
