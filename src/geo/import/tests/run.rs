//! Runs one after another, and areas drawn by hand.

use super::*;

#[test]
fn a_later_file_replaces_its_own_kind_and_keeps_the_rest() {
    let desk = Desk::new();
    let ward = |code: &str| {
        feature(&format!("\"WD25CD\":\"{code}\",\"WD25NM\":\"{code}\""), -2.7, 53.5, 0.1)
    };
    desk.take("a.csv", [NSPL, &nspl("WN1 1YF", "E01006306", 53.5, -2.6)].concat()).unwrap();
    desk.take("w.geojson", collection(&[ward("E05000001"), ward("E05000002")])).unwrap();
    desk.take("w.geojson", collection(&[ward("E05000003")])).unwrap();
    let pack = desk.pack();
    assert_eq!((pack.boundaries().len(), pack.places().len(), pack.postcode_counts().0), (1, 1, 1));
    let told: Vec<_> = pack.editions().iter().map(|edition| edition.what.as_str()).collect();
    assert_eq!(told, ["boundaries: ward", "postcodes"]);
}

#[test]
fn the_same_files_in_any_order_give_the_same_pack_but_for_the_order_of_outlines() {
    let files = |desk: &Desk| {
        let postcodes = [NSPL, &nspl("WN1 1YF", "E01006306", 53.5, -2.6)].concat();
        let council = collection(&[feature(
            "\"LAD25CD\":\"E08000010\",\"LAD25NM\":\"Wigan\"",
            -2.8,
            53.4,
            0.3,
        )]);
        vec![desk.file("a.csv", postcodes), desk.file("b.geojson", council)]
    };
    let (one, other) = (Desk::new(), Desk::new());
    one.import(&files(&one)).unwrap();
    for file in files(&other).into_iter().rev() {
        other.import(&[file]).unwrap();
    }
    assert_eq!(one.pack().places(), other.pack().places());
    assert_eq!(one.pack().editions(), other.pack().editions());
}

#[test]
fn a_refused_run_leaves_the_old_pack_as_it_was() {
    let desk = Desk::new();
    desk.take("a.csv", [NSPL, &nspl("WN1 1YF", "E01006306", 53.5, -2.6)].concat()).unwrap();
    let path = desk.folder.path().join("geo/pack.heregeo");
    let before = fs::read(&path).unwrap();
    let good = desk.file("b.csv", [NSPL, &nspl("M1 1AE", "E01006306", 53.5, -2.6)].concat());
    assert!(desk.import(&[good, desk.file("c.csv", "x,y\n1,2\n")]).is_err());
    assert_eq!(fs::read(&path).unwrap(), before);
    // What an interrupted write leaves beside it is no pack, and the next import writes over it.
    fs::write(path.with_extension("heregeo.new"), b"half").unwrap();
    assert_eq!(desk.pack().postcode_counts().0, 1);
    desk.take("a.csv", [NSPL, &nspl("M1 1AE", "E01006306", 53.5, -2.6)].concat()).unwrap();
    assert!(desk.pack().postcode(&postcode("M1 1AE")).is_some());
}

#[test]
fn a_damaged_pack_is_begun_anew_and_said_so() {
    let desk = Desk::new();
    fs::create_dir(desk.folder.path().join("geo")).unwrap();
    desk.file("geo/pack.heregeo", b"HEREGEO\n\x01\0\0\0junk");
    let report =
        desk.take("a.csv", [NSPL, &nspl("M1 1AE", "E01006306", 53.5, -2.6)].concat()).unwrap();
    assert!(report.warnings[0].contains("damaged"), "{:?}", report.warnings);
    assert_eq!(desk.pack().postcode_counts().0, 1);
}

fn custom(text: &str) -> Result<Vec<CustomPlace>, String> {
    custom_footprint(text, &Limits::for_custom()).map_err(|error| error.to_string())
}

#[test]
fn areas_are_read_from_a_collection_a_feature_or_a_bare_polygon() {
    let named = feature("\"name\":\"Scholes & Ince\"", -2.7, 53.5, 0.1);
    let places =
        custom(&collection(&[named.clone(), feature("\"id\":\"N2\"", -2.6, 53.5, 0.1)])).unwrap();
    let told: Vec<_> =
        places.iter().map(|place| format!("{} {}", place.code, place.name)).collect();
    assert_eq!(told, ["custom-scholes-and-ince Scholes & Ince", "N2 Area 2"]);
    assert_eq!(custom(&named).unwrap().len(), 1);
    let bare = "{\"type\":\"Polygon\",\"coordinates\":[[[-2.7,53.5],[-2.6,53.5],[-2.6,53.6],[-2.7,53.5]]]}";
    assert_eq!(custom(bare).unwrap()[0].shape.0.len(), 1);
}

#[test]
fn every_fault_of_drawn_areas_is_told_at_once() {
    let bow = "{\"type\":\"Feature\",\"properties\":{\"name\":\"Bow\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":\
        [[[-2.7,53.5],[-2.6,53.6],[-2.6,53.5],[-2.7,53.7],[-2.7,53.5]]]}}";
    let line = "{\"type\":\"Feature\",\"properties\":null,\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[-2.7,53.5],[-2.6,53.6]]}}";
    let swapped = feature("\"name\":\"Swapped\"", 53.5, -2.7, 0.1);
    let none = "{\"type\":\"Feature\",\"properties\":{},\"geometry\":null}";
    let error = custom(&collection(&[bow.to_owned(), line.to_owned(), swapped, none.to_owned()]))
        .unwrap_err();
    insta::assert_snapshot!(error, @"
    nothing was imported, and what was there is unchanged:
      the area, feature 1, column geometry: expected an outline that does not cross itself, found one that does
      the area, feature 2, column geometry: expected a Polygon or MultiPolygon, found LineString
      the area, feature 3, column geometry: expected longitude and latitude (or eastings and northings) in the British Isles, found 53.5, -2.7
      the area, feature 4, column geometry: expected a Polygon or MultiPolygon, found no geometry
    ");
}

#[test]
fn codes_given_twice_too_much_and_nonsense_are_refused() {
    let twice = feature("\"code\":\"A\"", -2.7, 53.5, 0.1);
    assert!(custom(&collection(&[twice.clone(), twice])).unwrap_err().contains("\"A\" twice"));
    assert!(custom(&" ".repeat(9 << 20)).unwrap_err().contains("at most 8388608 bytes"));
    let ring: Vec<String> = (0..200_001).map(|at| format!("[-2.{at:06},53.5]")).collect();
    let long = format!("{{\"type\":\"Polygon\",\"coordinates\":[[{}]]}}", ring.join(","));
    assert!(custom(&long).unwrap_err().contains("more points than the limit allows"));
    for nonsense in [
        "",
        "{}",
        "[]",
        "null",
        "{\"type\":\"Polygon\"}",
        "{\"features\":{}}",
        "{\"features\":[1]}",
    ] {
        assert!(custom(nonsense).is_err(), "{nonsense}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(text in ".{0,200}", nested in "[\\[\\]0-9,.-]{0,60}") {
        let _ = custom(&text);
        let _ = custom(&format!("{{\"type\":\"Polygon\",\"coordinates\":{nested}}}"));
    }
}
