//! What is wrong with a file is told with its place, and nothing is lost.

use super::*;

#[test]
fn a_column_that_is_not_there_is_named() {
    let desk = Desk::new();
    let content = "lsoa21cd,lsoa21nm\n,\n";
    insta::assert_snapshot!(desk.refused("a.csv", content), @"
      a.csv: expected codes of places, found none that is known or wanted
    ");
    insta::assert_snapshot!(desk.refused("b.csv", "place23nm,lat,long\nA,53.5,-2.6\n"), @"
      b.csv, line 1, column descnm: expected a column descnm (# is a digit), found place23nm,lat,long
    ");
    insta::assert_snapshot!(desk.refused("c.csv", "name,size\na,1\n"), @"
      c.csv, line 1: expected NSPL, ONSPD or Code-Point Open (a column pcds or ten columns without a header), OS Open Names or the Index of Place Names, a lookup (LSOA21CD, ICB26CD), need indicators by LSOA, or GeoJSON, found name,size
    ");
}

#[test]
fn faulty_rows_are_left_out_each_with_line_and_column() {
    let desk = Desk::new();
    let row = |text: &str| nspl(text, "E01006306", 53.5, -2.6);
    let rows = [
        NSPL.to_owned(),
        row("WN1 1YF"),
        row("Wigan"),
        row("WN1 1YG").replace("53.5,-2.6", "NaN,-2.6"),
        row("WN1 1YH").replace("53.5,-2.6", "-2.6,53.5"),
        row("WN1 1YJ").replace("53.5,-2.6", "0,0"),
        row("WN1 1YL").replace("\"198001\",\"\"", "\"198001\",\"199913\""),
        "\"WN1 1YN\",\"WN1\n".to_owned(),
        "WN1 1YP,WN1 1YP\n".to_owned(),
        row("WN1 1YQ").replace("53.5", "inf"),
        row("WN1 1YR"),
    ];
    let report = desk.take("a.csv", rows.concat()).unwrap();
    insta::assert_snapshot!(report.faults, @r#"
    a.csv, line 3, column postcode: expected a postcode, found "Wigan"
    a.csv, line 4, column lat, long: expected a position in the British Isles, found "NaN", "-2.6"
    a.csv, line 5, column lat, long: expected a position in the British Isles, found "-2.6", "53.5"
    a.csv, line 6, column lat, long: expected a position in the British Isles, found "0", "0"
    a.csv, line 7, column doterm: expected a year and month such as 201806, found "199913"
    a.csv, line 8: expected every quotation mark closed on its line, found "\"WN1 1YN\",\"WN1"
    a.csv, line 9: expected 17 fields, found 2
    a.csv, line 10, column lat, long: expected a position in the British Isles, found "inf", "-2.6"
    "#);
    assert_eq!(report.postcodes, 2);
}

#[test]
fn a_hundred_faults_are_shown_and_all_are_counted() {
    let desk = Desk::new();
    let good: String = (0..20).map(|_| nspl("WN1 1YF", "E01006306", 53.5, -2.6)).collect();
    let bad: String = (0..250).map(|_| nspl("nothing", "E01006306", 53.5, -2.6)).collect();
    let faults = desk.refused("a.csv", [NSPL, &good, &bad].concat());
    assert_eq!(faults.lines().count(), 101);
    assert!(faults.contains("nine rows of ten"), "{}", faults.lines().next().unwrap());
    assert!(faults.ends_with("and 151 more\n"));
}

#[test]
fn what_is_no_table_is_refused_by_name() {
    let desk = Desk::new();
    insta::assert_snapshot!(
        [
            desk.refused("empty.csv", ""),
            desk.refused("blank.csv", "\n \n"),
            desk.refused("header.csv", NSPL),
            desk.refused("junk.csv", [0u8, 1, 2, 3, 255, 254, 7].repeat(100)),
            desk.refused("doc.csv", "%PDF-1.4"),
            desk.refused("utf16.csv", b"\xff\xfep\0c\0d\0s\0"),
            desk.refused("empty.gz", gz(b"")),
            desk.refused("short.zip", b"PK\x03\x04junk"),
        ]
        .concat(),
        @"
    empty.csv: expected a file with something in it, found an empty file
    blank.csv: expected a file with something in it, found nothing but blanks
    header.csv: expected a table with rows, found none
    junk.csv: expected a table or GeoJSON, plain, gzipped or zipped, found some other sort of file
    doc.csv: expected a table or GeoJSON, plain, gzipped or zipped, found some other sort of file
    utf16.csv: expected text in UTF-8, found text in UTF-16: save it as UTF-8
    empty.gz: expected a file with something in it, found nothing but blanks
    short.zip: expected an undamaged zip, found invalid Zip archive: Could not find EOCD
    "
    );
    let error = desk.import(&[desk.folder.path().to_owned()]).unwrap_err().to_string();
    assert!(error.contains("expected a file, found a folder"), "{error}");
    let absent = desk.import(&[desk.folder.path().join("absent.csv")]).unwrap_err().to_string();
    assert!(absent.contains("absent.csv: expected a file that can be read"), "{absent}");
    assert!(matches!(desk.import(&[]), Err(GeoImportError::NothingGiven)));
}

#[test]
fn faults_of_all_files_are_told_in_one_run() {
    let desk = Desk::new();
    let files =
        [desk.file("a.csv", "x\n1\n"), desk.file("b.csv", ""), desk.file("c.geojson", "{}")];
    let error = desk.import(&files).unwrap_err().to_string();
    assert!(["a.csv", "b.csv", "c.geojson"].iter().all(|name| error.contains(name)), "{error}");
}

#[test]
fn a_cut_gzip_is_told_as_such_wherever_it_is_cut() {
    let desk = Desk::new();
    let rows: String =
        (0..400).map(|at| nspl("WN1 1YF", &format!("E0100{at:04}"), 53.5, -2.6)).collect();
    let whole = gz([NSPL, &rows].concat().as_bytes());
    for cut in [12, whole.len() / 2, whole.len() - 9, whole.len() - 1] {
        let told = desk.refused("nspl.csv.gz", &whole[..cut]);
        assert!(told.contains("nspl.csv.gz") && told.contains("too early"), "cut at {cut}: {told}");
    }
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 0x55;
    let told = desk.refused("nspl.csv.gz", &flipped);
    assert!(told.contains("copy or download it again"), "{told}");
}

#[test]
fn what_swells_beyond_measure_is_stopped() {
    let mut desk = Desk::new();
    let padded = nspl("WN1 1YF", "E01006306", 53.5, -2.6)
        .replace('\n', &format!("{}\n", " ".repeat(900_000)));
    let bomb = [NSPL.as_bytes(), padded.repeat(24).as_bytes()].concat();
    let told = desk.refused("bomb.csv.gz", gz(&bomb));
    assert!(told.contains("more than 100 bytes for each compressed one"), "{}", &told[..200]);
    let zip = desk.zip("bomb.zip", &[("a.csv", str::from_utf8(&bomb).unwrap())]);
    let told = desk.import(&[zip]).unwrap_err().to_string();
    assert!(told.contains("more than 100 bytes for each compressed one"), "{}", &told[..200]);
    desk.options.limits.table_bytes = 1 << 20;
    let told = desk.refused("large.csv", &bomb);
    assert!(told.contains("more than 1048576 bytes"), "{}", &told[..200]);
}

#[test]
fn a_line_of_ten_megabytes_is_stopped() {
    let desk = Desk::new();
    let told = desk.refused("a.csv", [NSPL.as_bytes(), &vec![b'x'; 10 << 20]].concat());
    insta::assert_snapshot!(told, @"
      a.csv, line 2: expected a file within the limits that can be read, found a line of more than 1048576 bytes
    ");
    let told = desk.refused("b.csv", vec![b'x'; 10 << 20]);
    assert!(told.len() < 1000, "{}", told.len());
}

#[test]
fn a_lost_quotation_mark_costs_one_row() {
    let desk = Desk::new();
    let row = |text: &str| nspl(text, "E01006306", 53.5, -2.6);
    let lost = row("WN1 1YG").replacen("\"\"", "\"", 1);
    let report =
        desk.take("a.csv", [NSPL, &row("WN1 1YF"), &lost, &row("WN1 1YH")].concat()).unwrap();
    assert_eq!((report.postcodes, report.faults.count), (2, 1));
}

#[test]
fn geojson_that_is_broken_too_deep_or_too_large_is_told_with_its_feature() {
    let mut desk = Desk::new();
    let ward = feature("\"WD25CD\":\"E05015009\",\"WD25NM\":\"Standish\"", -2.7, 53.5, 0.1);
    let whole = collection(&[ward.clone(), ward.clone()]);
    let deep = format!("{{\"features\":[{{\"geometry\":{{\"coordinates\":{}", "[".repeat(100_000));
    let deep_properties =
        format!("{{\"features\":[{{\"properties\":{{\"a\":{}", "[".repeat(100_000));
    let mut told = vec![
        desk.refused("cut.geojson", &whole[..whole.len() - 40]),
        desk.refused("deep.geojson", deep),
        desk.refused("deep2.geojson", deep_properties),
        desk.refused("huge.geojson", whole.replacen("-2.7", "1e999", 1)),
        desk.refused("topo.geojson", "{\"type\":\"Topology\",\"objects\":{},\"arcs\":[]}"),
        desk.refused("none.geojson", "{\"type\":\"FeatureCollection\",\"features\":[]}"),
        desk.refused("array.geojson", "[1,2]"),
        desk.refused("after.geojson", format!("{whole} more")),
    ];
    desk.options.limits.vertices = 7;
    told.push(desk.refused("many.geojson", &whole));
    desk.options.limits.geojson_bytes = 100;
    told.push(desk.refused("large.geojson", format!("{whole}{}", " ".repeat(1 << 20))));
    insta::assert_snapshot!(told.concat(), @"
    cut.geojson, line 1, feature 2: expected a whole file, found one that ends too early
    deep.geojson, line 1: expected a GeoJSON FeatureCollection, found coordinates are nested too deeply for a polygon at line 1 column 46
    deep2.geojson, line 1: expected a whole file, found one that ends too early
    huge.geojson, line 1: expected a GeoJSON FeatureCollection, found number out of range at line 1 column 166
    topo.geojson, line 1: expected a GeoJSON FeatureCollection, found TopoJSON, which is not read: convert it to GeoJSON at line 1 column 29
    none.geojson: expected a FeatureCollection with features, found none
    array.geojson, line 1: expected a GeoJSON FeatureCollection, found invalid type: sequence, expected an object of the type FeatureCollection at line 1 column 1
    after.geojson, line 1, feature 3: expected a GeoJSON FeatureCollection, found trailing characters at line 1 column 409
    many.geojson, line 1, feature 2: expected a GeoJSON FeatureCollection, found more points than the limit allows at line 1 column 377
    large.geojson, line 1, feature 2: expected a GeoJSON FeatureCollection, found more points than the limit allows at line 1 column 377
    ");
}

#[test]
fn features_that_cannot_be_used_are_left_out_and_the_rest_is_read() {
    let desk = Desk::new();
    let ward = |code: &str, shape: &str| {
        format!(
            "{{\"properties\":{{\"WD25CD\":\"{code}\",\"WD25NM\":\"A\"}},\"geometry\":{shape}}}"
        )
    };
    let polygon = |rings: &str| format!("{{\"coordinates\":[{rings}],\"type\":\"Polygon\"}}");
    let features = [
        ward("E05000001", &polygon("[[-2.7,53.5],[-2.6,53.5],[-2.6,53.6],[-2.7,53.5]]")),
        ward("E05000002", "null"),
        ward("E05000003", &polygon("[[-2.7,53.5],[-2.6,53.5]]")),
        ward("E05000004", &polygon("[[10,53.5],[11,53.5],[11,53.6],[10,53.5]]")),
        ward("E05000005", "{\"type\":\"Point\",\"coordinates\":[-2.6,53.5]}"),
        ward("nothing", &polygon("[[-2.7,53.5],[-2.6,53.5],[-2.6,53.6],[-2.7,53.5]]")),
        ward(
            "E05000006",
            &polygon("[[-2.7,53.5],[-2.6,53.6],[-2.6,53.5],[-2.7,53.7],[-2.7,53.5]]"),
        ),
        ward("S13002932", &polygon("[[-3.7,55.5],[-3.6,55.5],[-3.6,55.6],[-3.7,55.5]]")),
    ];
    let report = desk.take("w.geojson", collection(&features)).unwrap();
    insta::assert_snapshot!(report.faults, @"
    w.geojson, feature 2, column geometry: expected a Polygon or MultiPolygon, found no geometry
    w.geojson, feature 3, column geometry: expected rings of four positions or more, found 2 of them
    w.geojson, feature 4, column geometry: expected longitude and latitude (or eastings and northings) in the British Isles, found 10, 53.5
    w.geojson, feature 5, column geometry: expected a Polygon or MultiPolygon, found Point
    w.geojson, feature 6, column properties: expected a property such as WD25CD with the code of a place, found wd25cd,wd25nm
    ");
    insta::assert_debug_snapshot!(report.editions[0].counts, @r#"
    {
        "left out: other countries": 1,
        "outlines that cross themselves (read by the even-odd rule)": 1,
        "ward": 2,
    }
    "#);
    assert_eq!(desk.pack().boundaries().len(), 2);
}

#[test]
fn a_file_of_another_nation_says_how_to_ask_for_it() {
    let desk = Desk::new();
    let row = nspl("EH1 1AA", "S01008677", 55.95, -3.19).replace("E92000001", "S92000003");
    insta::assert_snapshot!(desk.refused("nspl.csv", [NSPL, &row].concat()), @"
      nspl.csv: expected postcodes of the countries wanted (E92000001), found none (1 left out: other countries)
    ");
}

#[test]
fn a_country_by_its_name_is_not_a_code() {
    let mut desk = Desk::new();
    desk.options.countries = vec!["England".to_owned()];
    let error = desk.take("nspl.csv", NSPL).unwrap_err();
    insta::assert_snapshot!(error, @r#""England" is not the code of a nation: expected E92000001, S92000003 or W92000004"#);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(60))]
    #[test]
    fn no_bytes_make_it_panic(bytes: Vec<u8>, at in 0usize..400, byte: u8) {
        let desk = Desk::new();
        let _ = desk.take("junk", &bytes);
        let mut content = [NSPL, &nspl("WN1 1YF", "E01006306", 53.5, -2.6)].concat().into_bytes();
        if let Some(slot) = content.get_mut(at) {
            *slot = byte;
        }
        let _ = desk.take("nspl.csv", &content);
        let mut shape = collection(&[feature("\"WD25CD\":\"E05015009\"", -2.7, 53.5, 0.1)]).into_bytes();
        if let Some(slot) = shape.get_mut(at) {
            *slot = byte;
        }
        let _ = desk.take("w.geojson", &shape);
    }
}
