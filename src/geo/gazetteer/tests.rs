use proptest::prelude::*;

use super::*;
use crate::{
    domain::{PlaceKind, Point},
    geo::{Metres, PackPostcode, Quality},
};

const WIGAN: Point = Point { lat: 53.5430, lon: -2.6371 };
const TORBAY: Point = Point { lat: 50.4620, lon: -3.5252 };

fn shipped() -> Gazetteer {
    Gazetteer::shipped()
}

/// The demonstration: the shipped facts with the invented neighbourhoods.
fn demo() -> Gazetteer {
    static DEMO: LazyLock<Gazetteer> =
        LazyLock::new(|| shipped().with_custom(Gazetteer::demonstration_areas()));
    DEMO.clone()
}

fn found(text: &str, home: Option<Point>) -> Whereabouts {
    match demo().resolve(text, home) {
        Resolution::Found(whereabouts) => *whereabouts,
        other => panic!("{text}: {other:?}"),
    }
}

fn labels(candidates: &[Candidate]) -> Vec<&str> {
    candidates.iter().map(|candidate| candidate.label.as_str()).collect()
}

fn several(text: &str, home: Option<Point>) -> Vec<Candidate> {
    match demo().resolve(text, home) {
        Resolution::Several { candidates, .. } => candidates,
        other => panic!("{text}: {other:?}"),
    }
}

fn has(whereabouts: &Whereabouts, code: &str) -> bool {
    whereabouts.codes.contains(&PlaceCode::from(code))
}

fn not_covered(text: &str) -> Option<NotCovered> {
    match shipped().resolve(text, Some(WIGAN)) {
        Resolution::NotCovered { reason, .. } => Some(reason),
        _ => None,
    }
}

#[test]
fn a_full_postcode_is_exact_and_in_every_place_that_holds_it() {
    let codes = found("WN1 1YF", None).codes;
    let codes: Vec<&str> = codes.iter().map(PlaceCode::as_str).collect();
    assert_eq!(
        codes,
        [
            "E01006306",
            "E02001295",
            "E05015010",
            "DEMO-N1",
            "pc:WN1 1",
            "pc:WN1",
            "E08000010",
            "E11000001",
            "E54000057",
            "E12000002",
            "E92000001"
        ]
    );
    for text in ["WN1 1YF", "wn11yf", " wn1  1yf ", "WN1 1YF Wigan", "near WN1 1YF please"] {
        let place = found(text, None);
        assert_eq!((place.label.as_str(), place.short_label.as_str()), ("WN1 1YF", "WN1"));
        assert_eq!(place.precision, Precision::Postcode);
        assert!(place.precision.is_exact() && place.note.is_none());
    }
}

#[test]
fn a_postcode_created_last_month_falls_to_its_sector() {
    let place = found("WN1 1ZZ", None);
    assert_eq!(place.note, Some(Note::NotInPack { used: Precision::Sector }));
    assert_eq!(place.precision, Precision::Sector);
    assert!(!place.precision.is_exact() && place.spread > Metres(0.0));
    assert!(has(&place, "E08000010") && has(&place, "pc:WN1 1") && has(&place, "pc:WN1"));
    // What it shares a part with: several wards and neighbourhoods.
    assert!(place.codes.iter().filter(|code| code.as_str().starts_with("E02")).count() > 1);
    let newer = found("WN1 8ZZ", None);
    assert_eq!(newer.note, Some(Note::NotInPack { used: Precision::Outcode }));
}

#[test]
fn a_postcode_far_from_the_demonstration_has_the_councils_of_its_sector() {
    let place = found("TQ2 7AA", None);
    assert_eq!(place.note, Some(Note::NotInPack { used: Precision::Sector }));
    assert!(has(&place, "E06000027") && has(&place, "E12000009") && has(&place, "E54000037"));
    assert!(!has(&place, "E08000010"));
}

#[test]
fn an_outward_code_alone_is_wide_and_says_so() {
    for text in ["TQ2", "tq2", "near TQ2 please"] {
        let place = found(text, Some(WIGAN));
        assert_eq!((place.label.as_str(), place.precision), ("TQ2", Precision::Outcode));
        assert!(has(&place, "E06000027") && place.note.is_none() && !place.precision.is_exact());
    }
    let border = found("WN5", None);
    for code in ["E08000010", "E08000013", "E07000127", "E54000008", "E54000057", "pc:WN5 7"] {
        assert!(has(&border, code), "{code}");
    }
    assert_eq!(found("WN1 1", None).precision, Precision::Sector);
    assert_eq!(found("WN1 1", None).short_label, "WN1");
}

#[test]
fn postcodes_that_england_does_not_have_say_why() {
    assert_eq!(not_covered("BF1 2AT"), Some(NotCovered::NonGeographic));
    assert_eq!(not_covered("bt1 5gs"), Some(NotCovered::NorthernIreland));
    assert_eq!(not_covered("JE2 3AB"), Some(NotCovered::CrownDependency));
    assert_eq!(not_covered("CF10 1EP"), Some(NotCovered::Wales));
    assert_eq!(not_covered("SY23"), Some(NotCovered::Wales));
    assert_eq!(not_covered("EH1 1YZ"), Some(NotCovered::Scotland));
    assert_eq!(not_covered("Glasgow"), Some(NotCovered::Scotland));
    assert_eq!(not_covered("near Belfast"), Some(NotCovered::NorthernIreland));
    let told = shipped().resolve("JE2 3AB", None);
    assert!(!format!("{told:?}").contains("3AB"));
}

#[test]
fn an_outward_code_that_does_not_exist_is_not_found() {
    let Resolution::NotFound { did_you_mean, .. } = shipped().resolve("WN99 1AA", None) else {
        panic!("expected not found")
    };
    assert!(labels(&did_you_mean).iter().all(|label| label.starts_with("WN")));
}

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
        assert_eq!(
            (chosen.label, chosen.point),
            (candidate.label, candidate.point),
            "{}",
            candidate.key
        );
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
fn a_town_of_its_councils_name_is_the_area_of_the_council() {
    let wigan = found("Wigan", Some(WIGAN));
    assert_eq!((wigan.precision, wigan.place.clone()), (Precision::Area, Some("E08000010".into())));
    assert_eq!(wigan.point, WIGAN);
    assert!(has(&wigan, "E54000057") && has(&wigan, "DEMO-N3") && has(&wigan, "pc:WN5"));
    assert_eq!(found("Bristol", Some(WIGAN)).place, Some("E06000023".into()));
    assert_eq!(found("Hull", None).place, Some("E06000010".into()));
    assert_eq!(found("London", None).place, Some("E12000007".into()));
    for text in ["Wigan Council", "wigan borough", "E08000010", "e08000010"] {
        assert_eq!(found(text, None).place, wigan.place, "{text}");
    }
}

#[test]
fn wider_and_own_areas_are_found_by_name_and_code() {
    assert_eq!(found("North West", None).place, Some("E12000002".into()));
    assert_eq!(found("greater manchester", None).place, Some("E11000001".into()));
    assert_eq!(found("NHS Greater Manchester", None).place, Some("E54000057".into()));
    let own = found("demo-n7", None);
    assert_eq!(own.label, "Leigh town");
    assert!(has(&own, "E08000010") && has(&own, "E02001316") && has(&own, "pc:WN7"));
    assert_eq!(found("Leigh town", Some(WIGAN)).place, Some("DEMO-N7".into()));
}

#[test]
fn a_council_that_is_no_more_is_found_by_what_took_over() {
    let place = found("E07000026", None);
    assert_eq!(place.place, Some("E06000063".into()));
    assert!(matches!(place.note, Some(Note::Replaced { name, .. }) if name == "Allerdale"));
    assert_eq!(labels(&several("Cumbria", None)), ["Cumberland", "Westmorland and Furness"]);
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
fn a_position_is_exact_in_england_and_refused_elsewhere() {
    let place = found("53.5467,-2.6301", None);
    assert_eq!((place.precision, place.short_label.as_str()), (Precision::Exact, "WN1"));
    assert!(has(&place, "E08000010") && has(&place, "pc:WN1") && place.note.is_none());
    assert!(!place.label.contains("53.54"));
    for text in ["0,0", "51.9, 2.3", "53.9, -4.6", "48.85, 2.35", "999.0, 1.0", "-53.5, 2.6"] {
        assert_eq!(not_covered(text), Some(NotCovered::OutsideEngland), "{text}");
    }
    let torquay = found("50.4620, -3.5252", None);
    assert_eq!(torquay.note, Some(Note::AreasOfNearestSector));
    assert!(has(&torquay, "E06000027") && has(&torquay, "E12000009"));
}

#[test]
fn all_postcodes_of_the_demonstration_resolve_in_wigan() {
    let gazetteer = demo();
    let mut neighbourhoods = 0;
    for row in &Shipped::facts().demo_postcodes {
        let text = row.postcode.to_string();
        let answer = gazetteer.resolve(&text, None);
        let place = answer.found().unwrap_or_else(|| panic!("{text}"));
        for code in ["E08000010", "E11000001", "E54000057", "E12000002", "E92000001"] {
            assert!(has(place, code), "{text} {code}");
        }
        assert!(has(place, &row.lsoa) && has(place, &row.ward) && has(place, &row.msoa));
        assert_eq!(place.codes.iter().filter(|code| code.as_str().starts_with("E05")).count(), 1);
        neighbourhoods +=
            usize::from(place.codes.iter().any(|code| code.as_str().starts_with("DEMO")));
    }
    assert!(
        neighbourhoods * 1000 >= Shipped::facts().demo_postcodes.len() * 999,
        "{neighbourhoods}"
    );
}

#[test]
fn a_venue_has_the_codes_of_its_point() {
    let codes = demo().codes_at(Point { lat: 53.5467, lon: -2.6301 });
    for kind in ["E01", "E02", "E05", "E08", "E11", "E12", "E54", "E92", "pc:WN1", "DEMO"] {
        assert!(codes.iter().any(|code| code.as_str().starts_with(kind)), "{kind} {codes:?}");
    }
    assert!(demo().codes_at(Point { lat: 53.9, lon: -4.6 }).is_empty());
}

#[test]
fn an_area_knows_what_overlaps_it_and_what_lies_inside() {
    let gazetteer = demo();
    let area = gazetteer.area(&"E08000010".into()).unwrap();
    let all = |codes: &[PlaceCode], prefix: &str| {
        codes.iter().filter(|code| code.as_str().starts_with(prefix)).count()
    };
    assert_eq!((all(&area.inside, "E05"), all(&area.inside, "E02")), (25, 40));
    assert_eq!((all(&area.inside, "E01"), all(&area.inside, "DEMO")), (200, 8));
    assert_eq!((all(&area.overlapping, "E12"), all(&area.overlapping, "E54")), (1, 1));
    assert!(area.overlapping.contains(&"pc:WN5".into()) && !area.inside.contains(&"pc:WN5".into()));
    assert!(area.inside.contains(&"pc:WN7".into()) && area.shape.is_some());
    assert!(!area.overlapping.contains(&"E08000001".into()), "a neighbour does not overlap");
    let own = gazetteer.area(&"DEMO-N7".into()).unwrap();
    assert_eq!(all(&own.inside, "E02"), 6);
    assert!(own.inside.iter().any(|code| code.as_str().starts_with("E01")));
    assert!(own.place.population.unwrap() > 30_000);
    assert_eq!(gazetteer.parents(&"DEMO-N7".into())[0].name, "Wigan");
    assert!(gazetteer.area(&"nowhere".into()).is_none());
}

#[test]
fn neighbours_are_those_next_door_of_the_same_kind() {
    let names = |code: &str| -> Vec<String> {
        demo().neighbours(&code.into()).into_iter().map(|place| place.name).collect()
    };
    let around = ["Bolton", "Chorley", "Salford", "St. Helens", "Warrington", "West Lancashire"];
    assert_eq!(names("E08000010"), around);
    assert!(names("DEMO-N7").contains(&"Atherton and Tyldesley".to_owned()));
    assert!(!names("DEMO-N7").contains(&"Standish, Shevington and Aspull".to_owned()));
}

#[test]
fn feeds_name_their_areas_in_many_ways() {
    let gazetteer = demo();
    let named = |name: &str| -> String {
        let areas = gazetteer.area_by_name(name, Some(WIGAN));
        areas.iter().map(|area| area.code.as_str()).collect::<Vec<_>>().join(" ")
    };
    for name in ["Wigan", "Wigan Council", "Wigan MBC", "Wigan Metropolitan Borough Council"] {
        assert_eq!(named(name), "E08000010", "{name}");
    }
    for (name, code) in [
        ("City of Salford", "E08000006"),
        ("Bristol, City of", "E06000023"),
        ("Bristol City Council", "E06000023"),
        ("London Borough of Sutton", "E09000029"),
        ("City of London", "E09000001"),
        ("Greater London", "E12000007"),
        ("Durham County Council", "E06000047"),
        ("Kent County Council", "E10000016"),
        ("North West", "E12000002"),
        ("the North West region", "E12000002"),
        ("Greater Manchester", "E11000001"),
        ("Greater Manchester ICB", "E54000057"),
        ("NHS Sussex", "E54000064"),
        ("West Midlands Combined Authority", "E11000005"),
        ("West Midlands region", "E12000005"),
        ("England", "E92000001"),
        ("national", "E92000001"),
        ("Wigan, Bolton and Salford", "E08000010 E08000001 E08000006"),
        ("Allerdale", "E07000026"),
        ("Leigh town", "DEMO-N7"),
        ("E08000010", "E08000010"),
        // In doubt, or no area: stays a name.
        ("West Midlands", ""),
        ("Liverpool City Region", ""),
        ("city wide", ""),
        ("borough-wide", ""),
        ("Wigan and somewhere", ""),
        ("", ""),
    ] {
        assert_eq!(named(name), code, "{name}");
    }
    let ward = gazetteer.area_by_name("Hindley ward", Some(WIGAN));
    assert_eq!(ward[0].kind, PlaceKind::Ward);
    assert!(gazetteer.area_by_name("Hindley ward", Some(TORBAY)).is_empty());
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
fn an_operators_area_goes_before_others_of_its_name() {
    let mut areas = Gazetteer::demonstration_areas();
    areas[0].0.name = "Newton".to_owned();
    let gazetteer = shipped().with_custom(areas);
    let answer = gazetteer.resolve("Newton", Some(WIGAN));
    assert_eq!(answer.found().unwrap().place, Some("DEMO-N1".into()));
    assert!(shipped().place(&"DEMO-N1".into()).is_none());
}

#[test]
fn attributions_name_every_licence() {
    let all = shipped().attributions();
    for licence in ["Open Government Licence", "CC BY 4.0", "Open Parliament"] {
        assert!(all.iter().any(|given| given.licence.contains(licence)));
    }
}

mod packed {
    use super::*;

    fn row(text: &str, quality: u8, terminated: Option<(u16, u8)>) -> PackPostcode {
        PackPostcode {
            postcode: text.parse().unwrap(),
            point: Some(Point { lat: 53.5467, lon: -2.6301 }),
            quality: Quality::from_indicator(quality),
            terminated,
            codes: ["E01006306", "E05014999", "E08000010"].map(PlaceCode::from).into(),
        }
    }

    fn gazetteer() -> Gazetteer {
        let rows = [
            row("WN1 1AA", 1, None),
            row("WN1 1AB", 1, Some((1999, 12))),
            row("WN1 1AD", 6, None),
            PackPostcode { point: None, ..row("WN1 1AE", 9, None) },
        ];
        Gazetteer::of(Pack::made(&rows, Vec::new(), Vec::new(), BoundarySet::default()))
    }

    fn at(text: &str) -> Whereabouts {
        gazetteer().resolve(text, None).found().unwrap().clone()
    }

    #[test]
    fn a_terminated_postcode_still_resolves_with_a_note() {
        let place = at("WN1 1AB");
        assert_eq!(place.note, Some(Note::Terminated { year: 1999, month: 12 }));
        assert!(has(&place, "E01006306") && place.precision.is_exact());
    }

    #[test]
    fn the_codes_of_the_pack_stand() {
        let place = at("WN1 1AA");
        assert!(has(&place, "E05014999") && has(&place, "E11000001") && has(&place, "E54000057"));
        assert_eq!(place.codes.iter().filter(|code| code.as_str().starts_with("E05")).count(), 1);
    }

    #[test]
    fn a_guessed_point_is_not_measured_from() {
        let place = at("WN1 1AD");
        assert_eq!((place.precision, place.note), (Precision::Sector, Some(Note::LowQuality)));
        assert_eq!(at("WN1 1AE").note, Some(Note::NotInPack { used: Precision::Sector }));
    }

    #[test]
    fn what_the_pack_lacks_the_shipped_facts_answer() {
        assert_eq!(at("WN1 1YF").note, Some(Note::NotInPack { used: Precision::Sector }));
        assert_eq!(at("Leigh, Wigan").precision, Precision::Name);
    }

    #[test]
    fn a_damaged_pack_is_reported_and_the_shipped_facts_go_on() {
        let folder = tempfile::tempdir().unwrap();
        let (_, fault) = Gazetteer::open(folder.path());
        assert!(fault.is_none());
    }
}

proptest! {
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
            let key = gazetteer.candidate(hit, None).key;
            let answer = gazetteer.resolve(&key, Some(TORBAY));
            let again = answer.found().map(|found| found.label.clone());
            prop_assert_eq!(again, Some(gazetteer.label_of(hit)), "{}", key);
        }
    }
}

#[test]
#[ignore = "a measurement: cargo test --release --lib geo -- --ignored --nocapture"]
fn how_long_it_takes() {
    let time = |what: &str, turns: u32, ask: &dyn Fn(u32)| {
        let start = std::time::Instant::now();
        (0..turns).for_each(ask);
        println!("{what}: {:.1} µs", start.elapsed().as_secs_f64() * 1e6 / f64::from(turns));
    };
    let start = std::time::Instant::now();
    let gazetteer = shipped();
    println!("shipped: {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let start = std::time::Instant::now();
    let gazetteer = gazetteer.with_custom(Gazetteer::demonstration_areas());
    println!("eight own areas: {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    for text in [
        "WN1 1YF",
        "WN1 1ZZ",
        "WN1",
        "Leigh, Wigan",
        "Wigan",
        "Newton",
        "Leigh",
        "London",
        "Bristle",
        "53.5467,-2.6301",
        "50.46,-3.52",
        "North West",
        "England",
    ] {
        time(text, 200, &|_| _ = gazetteer.resolve(text, Some(WIGAN)));
    }
    for text in ["s", "wi", "wig", "WN"] {
        time(&format!("suggest {text}"), 1000, &|_| _ = gazetteer.suggest(text, Some(WIGAN), 8));
    }
    time("codes_at", 1000, &|_| _ = gazetteer.codes_at(WIGAN));
    time("codes_at Torbay", 1000, &|_| _ = gazetteer.codes_at(TORBAY));
    for code in ["E08000010", "DEMO-N7", "E02001316", "E54000057"] {
        time(&format!("area {code}"), 50, &|_| _ = gazetteer.area(&code.into()));
    }
}

#[test]
#[ignore = "all names, slowly"]
fn zz_all_keys() {
    let gazetteer = shipped();
    let mut wrong = 0;
    for row in &Shipped::facts().names {
        let hits = gazetteer.hits(&crate::geo::fold(&row.name));
        let hit = hits.iter().find(|hit| {
            (hit.named.point.lat - row.lat).abs() + (hit.named.point.lon - row.lon).abs() < 1e-9
        });
        if let Some(hit) = hit {
            let key = gazetteer.candidate(hit, None).key;
            let answer = gazetteer.resolve(&key, Some(TORBAY));
            let again = answer.found().map(|found| found.label.clone());
            if again != Some(gazetteer.label_of(hit)) {
                wrong += 1;
                if wrong < 30 {
                    println!(
                        "{key}: {again:?} {:?}",
                        match answer {
                            Resolution::Several { candidates, .. } => labels(&candidates).join(";"),
                            _ => String::new(),
                        }
                    );
                }
            }
        } else {
            println!("no hit {}", row.name);
        }
    }
    println!("wrong {wrong}");
}
