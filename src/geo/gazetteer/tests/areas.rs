use super::*;

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
