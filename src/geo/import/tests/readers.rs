//! Each sort of file is read.

use super::*;
use crate::geo::{PackNameKind, PostcodePart};

#[test]
fn nspl_rows_give_point_quality_and_codes_narrow_ones_first() {
    let desk = Desk::new();
    let content = [NSPL, &nspl("WN1 1YF", "E01006306", 53.546_7, -2.630_1)].concat();
    let report = desk.take("nspl.csv", content).unwrap();
    assert_eq!((report.postcodes, report.faults.count), (1, 0));
    let found = desk.pack().postcode(&postcode("WN1 1YF")).unwrap();
    let codes: Vec<_> = found.codes.iter().map(crate::domain::PlaceCode::as_str).collect();
    insta::assert_snapshot!(
        codes.join(" "),
        @"E01006306 E02001312 E05015009 E08000010 E38000205 E54000057 E12000002 E92000001"
    );
    assert_eq!((found.quality.indicator(), found.terminated), (1, None));
    assert_eq!(found.point.map(|point| (point.lat, point.lon)), Some((53.546_7, -2.630_1)));
}

#[test]
fn the_names_of_columns_before_2025_are_read() {
    let desk = Desk::new();
    let content = "PCD,PCD2,PCDS,DOINTR,DOTERM,USERTYPE,OSEAST1M,OSNRTH1M,OSGRDIND,LAUA,WARD,CTRY,LSOA11,MSOA11,CCG\n\
        WN1 1YF,WN1  1YF,WN1 1YF,198001,199806,0,358000,405000,8,E08000010,E05000860,E92000001,E01006306,E02001312,\
        E38000205\n";
    desk.take("old.csv", content).unwrap();
    let found = desk.pack().postcode(&postcode("WN1 1YF")).unwrap();
    assert_eq!(found.terminated, Some((1998, 6)));
    assert!(!found.quality.is_exact());
    assert_eq!(found.codes.len(), 6);
    let point = found.point.unwrap();
    assert!((point.lat - 53.540).abs() < 0.01 && (point.lon - -2.635).abs() < 0.01, "{point:?}");
}

#[test]
fn a_postcode_without_a_position_is_kept_without_a_point() {
    let desk = Desk::new();
    let row = nspl("WN1 1YF", "E99999999", 99.999_999, 0.0).replace("\"1\",\"E08", "\"9\",\"E08");
    desk.take("nspl.csv", [NSPL, &row].concat()).unwrap();
    let found = desk.pack().postcode(&postcode("WN1 1YF")).unwrap();
    assert_eq!((found.point, found.quality.indicator()), (None, 9));
    assert!(found.codes.iter().all(|code| code.as_str() != "E99999999"));
}

#[test]
fn northern_ireland_is_never_kept_and_other_nations_only_when_asked() {
    let mut desk = Desk::new();
    let scottish = nspl("EH1 1AA", "S01008677", 55.95, -3.19)
        .replace("E92000001", "S92000003")
        .replace("E08000010", "S12000036");
    let irish = nspl("BT1 5GS", "N20000001", 54.59, -5.93).replace("E92000001", "N92000002");
    let jersey = nspl("JE2 3AB", "L99999999", 49.2, -2.1).replace("E92000001", "L93000001");
    let content =
        [NSPL, &nspl("WN1 1YF", "E01006306", 53.5, -2.6), &scottish, &irish, &jersey].concat();
    let report = desk.take("nspl.csv", &content).unwrap();
    insta::assert_debug_snapshot!(report.editions[0].counts, @r#"
    {
        "kept": 1,
        "left out: Crown dependencies": 1,
        "left out: Northern Ireland (licensed for internal use only)": 1,
        "left out: other countries": 1,
    }
    "#);
    desk.options.countries.push("S92000003".to_owned());
    desk.take("nspl.csv", &content).unwrap();
    assert!(desk.pack().postcode(&postcode("EH1 1AA")).is_some());
    assert!(desk.pack().postcode(&postcode("BT1 5GS")).is_none());
    desk.options.countries.push("N92000002".to_owned());
    let error = desk.take("nspl.csv", &content).unwrap_err();
    assert!(error.to_string().contains("internal use only"), "{error}");
}

#[test]
fn a_zip_of_ons_is_read_once_with_its_names_and_codes() {
    let desk = Desk::new();
    let row = |text| [NSPL, &nspl(text, "E01006306", 53.5, -2.6)].concat();
    let names = "\u{feff}LAD25CD,LAD25NM,LAD25NMW\nE08000010,Wigan,\nE99999999,(pseudo),\n";
    let one = row("WN1 1YF");
    let members = [
        ("Data/NSPL_MAY_2025_UK.csv", one.as_str()),
        ("Data/multi_csv/NSPL_MAY_2025_UK_WN.csv", one.as_str()),
        ("__MACOSX/Data/._NSPL_MAY_2025_UK.csv", "junk"),
        ("Documents/LAD (Local Authority District) names and codes UK as at 05_25.csv", names),
        ("User Guide/guide.pdf", "%PDF"),
    ];
    let report = desk.import(&[desk.zip("nspl.zip", &members)]).unwrap();
    let told: Vec<_> = report
        .editions
        .iter()
        .map(|e| format!("{}: {}, {} rows", e.what, e.edition, e.rows))
        .collect();
    insta::assert_snapshot!(told.join("\n"), @"
    lookup: council: NSPL 2025, 2 rows
    postcodes: NSPL May 2025, 1 rows
    ");
    assert_eq!(desk.pack().place(&"E08000010".into()).unwrap().name, "Wigan");
    let many = [
        ("x/Data/multi_csv/NSPL_MAY_2025_UK_WN.csv", one.as_str()),
        ("x/Data/multi_csv/NSPL_MAY_2025_UK_M.csv", &row("M1 1AE")),
    ];
    assert_eq!(desk.import(&[desk.zip("many.zip", &many)]).unwrap().postcodes, 2);
}

#[test]
fn code_point_open_has_no_header_and_its_padding_is_read() {
    let desk = Desk::new();
    let rows = "\"WN1 1YF\",10,358000,405000,\"E92000001\",\"E19000001\",\"E18000002\",\"\",\"E08000010\",\"E05000860\"\n\
        \"M1  1AE\",90,0,0,\"E92000001\",\"\",\"\",\"\",\"E08000003\",\"E05011368\"\n\
        \"EH1 1AA\",10,325000,673000,\"S92000003\",\"\",\"S08000024\",\"\",\"S12000036\",\"S13002932\"\n";
    let members = [
        ("Data/CSV/wn.csv", rows),
        ("Doc/Code-Point_Open_Column_Headers.csv", "PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC"),
    ];
    let report = desk.import(&[desk.zip("codepo_gb.zip", &members)]).unwrap();
    assert_eq!((report.postcodes, report.editions[0].counts["left out: other countries"]), (2, 1));
    let pack = desk.pack();
    assert_eq!(pack.postcode(&postcode("M1 1AE")).unwrap().point, None);
    assert_eq!(pack.postcode(&postcode("WN1 1YF")).unwrap().codes.len(), 3);
}

#[test]
fn a_lookup_of_postcodes_without_points_adds_its_codes_to_what_is_there() {
    let desk = Desk::new();
    desk.take("nspl.csv", [NSPL, &nspl("WN1 1YF", "E01006300", 53.5, -2.6)].concat()).unwrap();
    let lookup = "pcd7,pcd8,pcds,dointr,doterm,usertype,oa21cd,lsoa21cd,msoa21cd,ladcd,lsoa21nm,msoa21nm,ladnm,ladnmw\n\
        WN1 1YF,WN1  1YF,WN1 1YF,198001,,0,E00000001,E01006306,E02001312,E08000010,Wigan 010A,Wigan 010,Wigan,\n";
    let report = desk.take("PCD_OA21_LSOA21_MSOA21_LAD_MAY25_UK_LU.csv", lookup).unwrap();
    assert!(report.editions[0].warnings[0].contains("no points in it"));
    let found = desk.pack().postcode(&postcode("WN1 1YF")).unwrap();
    assert!(found.point.is_some() && found.codes.len() == 8);
    assert_eq!(found.codes[0].as_str(), "E01006306");
}

#[test]
fn open_names_keeps_settlements_and_tells_their_council() {
    let desk = Desk::new();
    let row = |name: &str, kind: &str, local: &str, country: &str| {
        let mut fields = vec![""; 34];
        for (at, value) in
            [(1, "http://data.ordnancesurvey.co.uk/id/1"), (2, name), (6, kind), (7, local)]
        {
            fields[at] = value;
        }
        for (at, value) in [(8, "358000"), (9, "405000"), (21, "Wigan"), (29, country)] {
            fields[at] = value;
        }
        fields.join(",")
    };
    let rows = [
        row("\u{feff}", "x", "", "England"),
        row("Standish", "populatedPlace", "Village", "England"),
        row("M6", "transportNetwork", "Motorway", "England"),
        row("Wick", "populatedPlace", "Town", "Scotland"),
    ];
    let council =
        collection(&[feature("\"LAD25CD\":\"E08000010\",\"LAD25NM\":\"Wigan\"", -2.8, 53.4, 0.3)]);
    desk.import(&[desk.file("SD50.csv", rows.join("\n")), desk.file("lad.geojson", council)])
        .unwrap();
    let pack = desk.pack();
    let [name] = pack.names() else { panic!("{:?}", pack.names()) };
    assert_eq!((name.name.as_str(), name.kind), ("Standish", PackNameKind::Village));
    assert_eq!(name.council, Some("E08000010".into()));
}

#[test]
fn the_index_of_place_names_is_read_in_latin_1() {
    let desk = Desk::new();
    let content = b"place23cd,place23nm,descnm,lad23cd,lad23nm,lat,long\n\
        IPN1,Caf\xe9 Green,LOC,E08000010,Wigan,53.5,-2.6\nIPN2,Ward,WD,E08000010,Wigan,53.5,-2.6\n";
    desk.take("IPN_GB_2024.csv", content).unwrap();
    let pack = desk.pack();
    assert_eq!(pack.names().len(), 1);
    assert_eq!(pack.names()[0].name, "Café Green");
}

#[test]
fn boundaries_on_the_national_grid_are_turned_to_degrees() {
    let desk = Desk::new();
    let ward = "\"WD25CD\":\"E05015009\",\"WD25NM\":\"Standish\",\"WD25NMW\":\" \",\"LAD25CD\":\"E08000010\"";
    desk.take("wards.geojson", collection(&[feature(ward, 356_000.0, 403_000.0, 4000.0)])).unwrap();
    let pack = desk.pack();
    let point = crate::geo::grid_to_point(358_000.0, 405_000.0).unwrap();
    assert_eq!(pack.boundaries().containing(point).len(), 1);
    let place = pack.place(&"E05015009".into()).unwrap();
    assert_eq!((place.name.as_str(), place.edition.as_str()), ("Standish", "2025"));
    assert_eq!(place.parents, ["E08000010".into()]);
}

#[test]
fn msoas_have_the_names_of_the_house_of_commons_and_a_short_file_is_noticed() {
    let desk = Desk::new();
    let msoa = "\"MSOA21CD\":\"E02001312\",\"MSOA21NM\":\"Wigan 010\",\"MSOA21HCLNM\":\"Scholes\"";
    let report = desk.take("msoa.geojson", collection(&[feature(msoa, -2.7, 53.5, 0.1)])).unwrap();
    assert_eq!(desk.pack().places()[0].name, "Scholes");
    insta::assert_snapshot!(
        report.editions[0].warnings.join("\n"),
        @"the file has 1 MSOAs and England has 6856: it may have been cut short on the way"
    );
    assert!(report.editions[0].attribution.contains("House of Commons Library"));
}

#[test]
fn primary_care_networks_are_known_by_their_ods_codes() {
    let desk = Desk::new();
    let pcn = "\"pcn_code\":\"U12345\",\"pcn_name\":\"Standish PCN\"";
    desk.take("pcn.geojson", collection(&[feature(pcn, -2.7, 53.5, 0.1)])).unwrap();
    let place = desk.pack().place(&"U12345".into()).unwrap();
    assert_eq!((place.name.as_str(), place.kind), ("Standish PCN", crate::domain::PlaceKind::Pcn));
}

#[test]
fn files_of_councils_that_are_no_more_do_not_count_their_wards_twice() {
    let desk = Desk::new();
    let ward = |code: &str, name: &str| format!("\"WD25CD\":\"{code}\",\"WD25NM\":\"{name}\"");
    let old = desk.file(
        "E07000026.geojson",
        collection(&[feature(&ward("E05000001", "Old"), -3.5, 54.5, 0.1)]),
    );
    let new = desk.file(
        "E06000063.geojson",
        collection(&[feature(&ward("E05000002", "New"), -3.5, 54.5, 0.1)]),
    );
    let councils =
        "LADCD,LADNM,LADCD_ACTIVE\nE07000026,Allerdale,E06000063\nE06000063,Cumberland,E06000063\n";
    desk.import(&[old, new, desk.file("la_all_codes.csv", councils)]).unwrap();
    let pack = desk.pack();
    let names: Vec<_> = pack.places().iter().map(|place| place.name.as_str()).collect();
    assert_eq!(names, ["New", "Cumberland"]);
    assert_eq!(pack.boundaries().len(), 1);
}

#[test]
fn need_is_attached_with_source_and_year_and_summed_to_wider_places() {
    let desk = Desk::new();
    let postcodes = [
        NSPL,
        &nspl("WN1 1YF", "E01006306", 53.5, -2.6),
        &nspl("WN1 1YG", "E01006307", 53.6, -2.6),
    ]
    .concat();
    let need = "lsoa21cd,lsoa21nm,msoa21cd,icb24cd,imd2025_rank,imd2025_decile,lonely_often_or_some_pct_cls2020,\
        residents_census2021,disabled_pct_census2021,ruc21cd\n\
        E01006306,Wigan 010A,E02001312,E54000057,1129,1,30.0,1000,28.4,UN1\n\
        E01006307,Wigan 010B,E02001312,E54000057,20000,7,20.0,3000,,UN1\n";
    let lookup = "LSOA21CD,LSOA21NM,SICBL26CD,SICBL26CDH,SICBL26NM,ICB26CD,ICB26CDH,ICB26NM,LAD26CD,LAD26NM,ObjectId\n\
        E01006306,Wigan 010A,E38000205,02H,NHS Greater Manchester - 02H,E54000057,QOP,NHS Greater Manchester,E08000010,Wigan,1\n\
        E01006307,Wigan 010B,E38000205,02H,NHS Greater Manchester - 02H,E54000057,QOP,NHS Greater Manchester,E08000010,Wigan,2\n";
    desk.import(&[
        desk.file("a.csv", postcodes),
        desk.file("b.csv", need),
        desk.file("c.csv", lookup),
    ])
    .unwrap();
    let pack = desk.pack();
    let told = |code: &str| {
        let place = pack.place(&code.into()).unwrap();
        let figures: Vec<_> = place
            .indicators
            .iter()
            .map(|i| format!("{} {} ({}, {})", i.name, i.value, i.source, i.year))
            .collect();
        let parents: Vec<_> = place.parents.iter().map(crate::domain::PlaceCode::as_str).collect();
        format!(
            "{} {:?}\n{}\n{}",
            place.name,
            place.population,
            parents.join(" "),
            figures.join("\n")
        )
    };
    insta::assert_snapshot!(told("E01006306"), @"
    Wigan 010A Some(1000)
    E02001312 E05015009 E08000010 E38000205 E54000057 E12000002 E92000001
    imd_rank 1129 (MHCLG English Indices of Deprivation 2025, 2025)
    imd_decile 1 (MHCLG English Indices of Deprivation 2025, 2025)
    lonely_pct 30 (DCMS Community Life Survey 2020-21 (modelled), 2020)
    population 1000 (ONS Census 2021, 2021)
    disabled_pct 28.4 (ONS Census 2021, 2021)
    ");
    insta::assert_snapshot!(told("E08000010"), @"
    Wigan Some(4000)
    E54000057 E12000002 E92000001
    imd_most_deprived_tenth_pct 25 (MHCLG English Indices of Deprivation 2025, 2025)
    lonely_pct 22.5 (DCMS Community Life Survey 2020-21 (modelled), 2020)
    population 4000 (ONS Census 2021, 2021)
    disabled_pct 28.4 (ONS Census 2021, 2021)
    ");
    assert_eq!(pack.within(&PostcodePart::parse("WN1").unwrap()).count(), 2);
}
