use std::fs;

use clap::Parser;

use super::*;
use crate::geo::Gazetteer;

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: GeoCommand,
}

const NSPL: &str = "pcds,doterm,gridind,lad25cd,ctry25cd,lat,long\n\
    WN1 1YF,,1,E08000010,E92000001,53.5467,-2.6301\nEH1 1AA,,1,S12000036,S92000003,55.95,-3.19\n";

fn now() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

/// How a command on a state folder ends, and what it says: to read, and beside it.
fn said(state: &Path, args: &[&str]) -> (Outcome, String, String) {
    let cli = Cli::try_parse_from(["geo"].iter().chain(args)).unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let outcome = run(&cli.command, state, now(), &mut out, &mut err).unwrap();
    (outcome, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

/// A state folder with a file in it.
fn state(content: &str) -> (tempfile::TempDir, String) {
    let state = tempfile::tempdir().unwrap();
    let path = state.path().join("NSPL_MAY_2025_UK.csv");
    fs::write(&path, content).unwrap();
    (state, path.to_str().unwrap().to_owned())
}

#[test]
fn an_import_says_what_was_read_and_status_says_what_is_loaded() {
    let (state, file) = state(NSPL);
    let (outcome, out, _) = said(state.path(), &["import", &file]);
    assert_eq!(outcome, Outcome::Done);
    insta::assert_snapshot!(out, @"
    postcodes: NSPL May 2025
      2 rows of NSPL_MAY_2025_UK.csv, read 2026-11-22
      1 kept
      1 left out: other countries
      Contains OS data © Crown copyright and database right 2025. Contains Royal Mail data © Royal Mail copyright and database right 2025. Source: Office for National Statistics licensed under the Open Government Licence v.3.0
    loaded: 1 postcodes (0 of them terminated), 0 places, 0 names, 0 outlines; 0.0 MB on disk
    ");
    let (outcome, out, _) = said(state.path(), &["status"]);
    assert_eq!(outcome, Outcome::Done);
    assert!(out.starts_with("postcodes: NSPL May 2025\n"), "{out}");
    assert!(
        out.contains("Contains Royal Mail data © Royal Mail copyright and database right 2025")
    );
    let (_, out, _) =
        said(state.path(), &["import", "--countries", "e92000001,S92000003", "--json", &file]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["postcodes"], 2);
    let (_, out, _) = said(state.path(), &["status", "--json"]);
    let status: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&status["postcodes"], &status["editions"][0]["edition"]),
        (&2.into(), &"NSPL May 2025".into())
    );
}

#[test]
fn refused_rows_end_with_one_and_refused_files_with_two() {
    let (state, file) = state(&format!("{NSPL}Wigan,,1,E08000010,E92000001,53.5,-2.6\n"));
    let (outcome, out, _) = said(state.path(), &["import", &file]);
    assert_eq!(outcome as i32, 1);
    assert!(
        out.contains("NSPL_MAY_2025_UK.csv, line 4, column postcode: expected a postcode"),
        "{out}"
    );
    fs::write(&file, "a,b\n1,2\n").unwrap();
    let (outcome, out, err) = said(state.path(), &["import", &file]);
    assert_eq!((outcome as i32, out.as_str()), (2, ""));
    assert!(err.contains("nothing was imported, and what was there is unchanged"), "{err}");
    let (_, out, _) = said(state.path(), &["import", "--json", &file]);
    let told: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(told["faults"]["count"], 1);
}

#[test]
fn without_a_pack_or_with_a_damaged_one_status_says_what_answers_instead() {
    let (state, _) = state("");
    let (outcome, out, _) = said(state.path(), &["status"]);
    assert_eq!(outcome, Outcome::Done);
    insta::assert_snapshot!(out, @"no geography was imported: the shipped facts answer (councils, sectors and place names)");
    fs::create_dir(state.path().join("geo")).unwrap();
    fs::write(state.path().join("geo/pack.heregeo"), "junk").unwrap();
    let (outcome, _, err) = said(state.path(), &["status"]);
    assert_eq!(outcome, Outcome::Failed);
    assert!(
        err.contains("pack.heregeo is not a geo pack") && err.contains("shipped facts"),
        "{err}"
    );
}

#[test]
fn areas_of_ones_own_are_kept_listed_and_taken_away() {
    let state = tempfile::tempdir().unwrap();
    let file = state.path().join("areas.geojson");
    let square = r#"{"type":"Feature","properties":{"name":"Scholes & Ince"},"geometry":{"type":"Polygon",
        "coordinates":[[[-2.64,53.53],[-2.60,53.53],[-2.60,53.56],[-2.64,53.56],[-2.64,53.53]]]}}"#;
    fs::write(&file, square).unwrap();
    let file = file.to_str().unwrap();
    let (outcome, out, _) = said(state.path(), &["areas", file, "--list"]);
    assert_eq!(outcome, Outcome::Done);
    insta::assert_snapshot!(out, @"
    custom-scholes-and-ince  Scholes & Ince (2026)
    areas: 1 added, 0 changed, 0 as they were, 0 taken away
    a server that runs takes them up when it is started again
    ");
    let (_, out, _) = said(state.path(), &["areas", file, "--json"]);
    let told: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&told["added"], &told["unchanged"]), (&0.into(), &1.into()));

    let kept = areas::kept(&crate::store::Store::open(state.path(), now()).unwrap()).unwrap();
    let plain = Gazetteer::shipped();
    let gazetteer = plain.with_custom(kept);
    let inside = crate::domain::Point { lat: 53.5467, lon: -2.6301 };
    let codes = gazetteer.codes_at(inside);
    assert!(codes.iter().any(|code| code.as_str() == "custom-scholes-and-ince"), "{codes:?}");
    assert_ne!(gazetteer.basis(), plain.basis(), "an index made without it is out of date");

    let (_, out, _) =
        said(state.path(), &["areas", "--remove", "custom-scholes-and-ince", "--list"]);
    assert!(out.starts_with("areas: 0 added, 0 changed, 0 as they were, 1 taken away"), "{out}");
    let cli = Cli::try_parse_from(["geo", "areas", "--remove", "custom-scholes-and-ince"]).unwrap();
    let refused = run(&cli.command, state.path(), now(), &mut Vec::new(), &mut Vec::new());
    let refused = format!("{:#}", refused.unwrap_err());
    assert_eq!(
        refused,
        "no area is kept under custom-scholes-and-ince; `hereabouts geo areas --list` shows them"
    );
}

#[test]
fn a_faulty_area_changes_nothing_and_says_what_is_wrong() {
    let state = tempfile::tempdir().unwrap();
    let file = state.path().join("areas.geojson");
    let bow = r#"{"type":"Polygon","coordinates":[[[-2.6,53.5],[-2.5,53.6],[-2.5,53.5],[-2.6,53.6],[-2.6,53.5]]]}"#;
    fs::write(&file, bow).unwrap();
    let (outcome, out, err) = said(state.path(), &["areas", file.to_str().unwrap()]);
    assert_eq!((outcome, out.as_str()), (Outcome::Failed, ""));
    assert!(err.contains("found one that crosses itself and has none"), "{err}");
    assert!(!state.path().join("directory.db").exists(), "nothing was begun");
}

#[test]
fn an_area_cannot_take_the_code_of_a_published_place_or_of_another() {
    let state = tempfile::tempdir().unwrap();
    let area = |code: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"name":"Ours","code":"{code}"}},"geometry":{{"type":"Polygon",
            "coordinates":[[[-2.64,53.53],[-2.60,53.53],[-2.60,53.56],[-2.64,53.53]]]}}}}"#
        )
    };
    let file = |name: &str, code: &str| {
        let path = state.path().join(name);
        fs::write(&path, area(code)).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let wigan = file("wigan.geojson", "E08000010");
    let (outcome, _, err) = said(state.path(), &["areas", &wigan]);
    assert_eq!(outcome, Outcome::Failed);
    assert!(
        err.starts_with(
            "Ours: expected a code of its own, found E08000010, which is that of Wigan"
        ),
        "{err}"
    );
    let (one, other) = (file("one.geojson", "ours"), file("other.geojson", "ours"));
    let (outcome, _, err) = said(state.path(), &["areas", &one, &other]);
    assert_eq!(outcome, Outcome::Failed);
    assert_eq!(err, "Ours: expected a code of its own, found ours twice; nothing was changed\n");
}
