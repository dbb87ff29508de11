use proptest::prelude::*;

use super::*;

#[test]
fn newton_is_many_places_and_home_decides() {
    let everywhere = several("Newton", None);
    assert!(everywhere.len() >= 19, "{}", everywhere.len());
    let home = found("Newton", Some(WIGAN));
    assert_eq!(home.label, "Newton-le-Willows, St. Helens");
    assert!(home.others.len() >= 19 && labels(&home.others).contains(&"Newton, Wirral"));
    let asked = found("Newton, Wirral", Some(WIGAN));
    assert_eq!(asked.label, "Newton, Wirral");
}

#[test]
fn every_newton_can_be_chosen_by_its_key() {
    for candidate in several("Newton", None) {
        let chosen = found(&candidate.key, Some(TORBAY));
        assert_eq!(chosen.point, candidate.point, "{}", candidate.key);
        assert!(candidate.label.starts_with(&chosen.label), "{}", candidate.label);
    }
}

#[test]
fn candidates_come_with_their_own_area_first_then_the_better_known() {
    let preston = found("Preston", None);
    assert!(has(&preston, "E07000123"), "the city is known by all");
    let sutton = found("Sutton", Some(Point { lat: 51.36, lon: -0.19 }));
    assert_eq!(sutton.place, Some(PlaceCode::from("E09000029")));
    let ashton = several("Ashton", None);
    let kinds: Vec<u8> = ashton.iter().map(|candidate| candidate.kind.rank()).collect();
    let whole =
        ashton.iter().take_while(|candidate| candidate.label.starts_with("Ashton,")).count();
    assert!(kinds[..whole].is_sorted(), "{:?}", labels(&ashton));
    let near = several("Newton", Some(Point { lat: 53.2, lon: -2.8 }));
    assert!(near[0].distance.unwrap() < Metres(25_000.0));
}

#[test]
fn saints_hyphens_case_and_ampersands_do_not_matter() {
    for text in ["St Helens", "St. Helens", "saint helens", "ST-HELENS", "St Helen's"] {
        let place = found(text, Some(WIGAN));
        assert_eq!(place.place, Some(PlaceCode::from("E08000013")), "{text}");
    }
    for text in ["Ashton-in-Makerfield", "ashton in makerfield", "Ashton (Makerfield)"] {
        assert_eq!(found(text, None).label, "Ashton-in-Makerfield, Wigan", "{text}");
    }
    assert_eq!(found("Brighton & Hove", None).place, found("brighton and hove", None).place);
}

#[test]
fn leigh_is_not_leigh_on_sea() {
    assert_eq!(found("Leigh", Some(WIGAN)).label, "Leigh, Wigan");
    assert_eq!(found("leigh on sea", Some(WIGAN)).label, "Leigh-on-Sea, Southend-on-Sea");
    for text in
        ["Leigh, Wigan", "Leigh (Wigan)", "Leigh near Wigan", "leigh wigan", "Leigh in Wigan"]
    {
        assert_eq!(found(text, Some(TORBAY)).label, "Leigh, Wigan", "{text}");
    }
    assert_eq!(found("Leigh, Greater Manchester", None).label, "Leigh, Wigan");
    assert_eq!(found("Leigh, Lancs", Some(WIGAN)).label, "Leigh, Wigan");
    assert_eq!(found("Newton in St Helens", None).label, "Newton-le-Willows, St. Helens");
}

#[test]
fn a_name_is_rough_and_reaches_as_far_as_its_people() {
    let leigh = found("Leigh, Wigan", None);
    assert_eq!((leigh.precision, leigh.place.clone()), (Precision::Name, None));
    assert!(leigh.spread > Metres(1_500.0) && leigh.spread < Metres(3_000.0));
    assert!(has(&leigh, "E08000010") && has(&leigh, "pc:WN7") && has(&leigh, "DEMO-N7"));
    assert!(!has(&leigh, "DEMO-N1") && !has(&leigh, "E06000033"));
}

#[test]
fn a_small_place_is_in_the_postcodes_of_its_homes() {
    // No sector has its middle within a kilometre of some; a service for the outward code is
    // for their people all the same.
    let newton = found("Newton-le-Willows", Some(WIGAN));
    assert!(has(&newton, "pc:WA12"), "{:?}", newton.codes);
    let standish = found("Standish", Some(WIGAN));
    assert!(has(&standish, "pc:WN6") && has(&standish, "DEMO-N3"));
    assert!(standish.codes.iter().any(|code| code.as_str().starts_with("E05")));
    assert!(!has(&standish, "E07000118"), "its council is known by its homes");
}

#[test]
fn a_misspelt_name_is_not_found_and_says_what_may_be_meant() {
    let suggest = |text: &str, home| match demo().resolve(text, home) {
        Resolution::NotFound { did_you_mean, .. } => {
            did_you_mean.into_iter().map(|candidate| candidate.label).collect()
        }
        other => vec![format!("{other:?}")],
    };
    assert_eq!(suggest("Bristle", None)[0], "Bristol");
    assert_eq!(suggest("Wigna", Some(WIGAN))[0], "Wigan");
    assert_eq!(suggest("Standsh", Some(WIGAN))[0], "Standish, Wigan");
    assert_eq!(suggest("qwxzvbk", None), Vec::<String>::new());
}

#[test]
fn input_without_bounds_is_cut() {
    let Resolution::NotFound { text, did_you_mean } =
        shipped().resolve(&"wigan ".repeat(2000), None)
    else {
        panic!("expected not found")
    };
    assert_eq!((text.chars().count(), did_you_mean.len()), (100, 0));
    assert!(matches!(shipped().resolve("", None), Resolution::NotFound { .. }));
}

#[test]
fn suggestions_begin_with_what_is_near_and_known() {
    let gazetteer = demo();
    let suggested = |text: &str| -> Vec<String> {
        let found = gazetteer.suggest(text, Some(WIGAN), 6);
        found.into_iter().map(|candidate| candidate.label).collect()
    };
    assert_eq!(suggested("wig")[0], "Wigan");
    assert_eq!(suggested("stand")[0], "Standish, Wigan");
    assert_eq!(suggested("WN1")[0], "WN1, Wigan");
    assert!(suggested("makerf").contains(&"Ashton-in-Makerfield, Wigan".to_owned()));
    assert_eq!(suggested("brist")[0], "Bristol");
    assert!(suggested(" ").is_empty() && suggested("qqqq").is_empty());
    assert_eq!(labels(&gazetteer.find_places("Leigh, Wigan", 3))[0], "Leigh, Wigan");
    assert_eq!(gazetteer.find_places("wig", 3).len(), 3);
}

#[test]
fn short_labels_are_fit_for_links_and_resolve_again() {
    for text in
        ["WN1 1YF", "WN1 1", "TQ2", "Leigh, Wigan", "Wigan", "Newton", "53.5467,-2.6301", "DEMO-N7"]
    {
        let first = found(text, Some(WIGAN));
        assert!(!first.short_label.contains("1YF"));
        let again = found(&first.short_label, Some(TORBAY));
        assert_eq!(again.short_label, first.short_label, "{text}");
    }
}

#[test]
fn a_village_and_the_ward_about_it_are_not_two_answers() {
    let found = found("Altarnun", Some(TORBAY));
    assert_eq!(found.label, "Altarnun, Cornwall");
    assert_eq!(found.others.len(), 1, "its neighbourhood is still offered beside it");
}

#[test]
fn answers_of_one_label_are_told_apart() {
    let Resolution::Several { candidates, .. } = shipped().resolve("Sutton", None) else {
        panic!("there are many Suttons");
    };
    let mut labels: Vec<&str> = candidates.iter().map(|found| found.label.as_str()).collect();
    let all = labels.len();
    labels.sort_unstable();
    labels.dedup();
    assert_eq!(all, labels.len(), "{labels:?}");
}

proptest! {
    // Each case may walk all names, which takes a while without optimisation.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn resolving_never_panics(text in "\\PC{0,120}") {
        let _ = shipped().resolve(&text, Some(WIGAN));
        let _ = shipped().suggest(&text, None, 5);
        let _ = shipped().area_by_name(&text, Some(WIGAN));
    }

    #[test]
    fn words_that_look_like_places_never_panic(text in "[a-z]{0,6}[ ,&@()'0-9.-]{0,4}[A-Za-z]{0,8}[ ,@]?[0-9.,-]{0,9}") {
        let _ = shipped().resolve(&text, None);
    }

    #[test]
    fn every_shipped_name_is_found_by_its_own_key(at in 0..26_254_usize) {
        let row = &Shipped::facts().names[at];
        let gazetteer = shipped();
        let hits = gazetteer.hits(&crate::geo::fold(&row.name));
        let hit = hits.iter().find(|hit| (hit.named.point.lat - row.lat).abs() + (hit.named.point.lon - row.lon).abs() < 1e-9);
        if let Some(hit) = hit {
            prop_assert!(is_found_by_its_key(&gazetteer, hit));
        }
    }
}

fn is_found_by_its_key(gazetteer: &Gazetteer, hit: &super::super::choose::Hit<'_>) -> bool {
    let key = gazetteer.candidate(hit, None).key;
    let answer = gazetteer.resolve(&key, Some(TORBAY));
    // The city is called Bristol and its council "Bristol, City of", under one code.
    let same = |label: &String| hit.area.is_some() || *label == gazetteer.label_of(hit);
    answer.found().is_some_and(|found| same(&found.label))
}

#[test]
fn a_place_with_a_town_of_the_same_beginning_in_its_council_is_found_by_its_key() {
    let gazetteer = shipped();
    let hits = gazetteer.hits("sutton");
    let ashfield = |hit: &&super::super::choose::Hit<'_>| {
        hit.named.council.as_ref().is_some_and(|code| code.as_str() == "E07000170")
    };
    let hit = hits.iter().find(ashfield).unwrap();
    assert!(is_found_by_its_key(&gazetteer, hit));
}
