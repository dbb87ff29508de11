use super::*;

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
