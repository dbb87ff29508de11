use geo::{MultiPolygon, polygon};

use super::*;
use crate::{
    domain::{Governance, Place},
    geo::{PackName, PackNameKind},
};

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
    assert!(Gazetteer::open(folder.path()).1.is_none(), "none was imported yet");
    std::fs::write(folder.path().join("pack.heregeo"), b"no pack at all").unwrap();
    let (gazetteer, fault) = Gazetteer::open(folder.path());
    assert!(fault.is_some());
    assert!(gazetteer.resolve("WN1 1YF", None).found().is_some());
}

fn place(code: &str, kind: PlaceKind, name: &str, parents: &[&str]) -> Place {
    Place {
        code: code.into(),
        kind,
        name: name.to_owned(),
        edition: "2026".to_owned(),
        centre: Some(WIGAN),
        population: Some(10_000),
        indicators: Vec::new(),
        parents: parents.iter().map(|code| PlaceCode::from(*code)).collect(),
        governance: Governance::default(),
    }
}

#[test]
fn places_outlines_and_names_of_the_pack_are_found() {
    let shape: MultiPolygon = polygon![
        (x: -2.7, y: 53.5), (x: -2.6, y: 53.5), (x: -2.6, y: 53.6), (x: -2.7, y: 53.6)
    ]
    .into();
    let mut outlines = BoundarySet::default();
    outlines.insert("E05099999".into(), PlaceKind::Ward, &shape);
    let name = |name: &str, point| PackName {
        name: name.to_owned(),
        alt: None,
        kind: PackNameKind::Village,
        point,
        council: Some("E08000010".into()),
        context: None,
    };
    let places = vec![place("E05099999", PlaceKind::Ward, "Zedbrook", &["E08000010"])];
    let leigh = Point { lat: 53.4964, lon: -2.5197 };
    let names = vec![name("Zedley", WIGAN), name("Leigh", leigh)];
    let gazetteer = Gazetteer::of(Pack::made(&[row("WN1 1AA", 1, None)], places, names, outlines));
    let at = |text: &str| gazetteer.resolve(text, Some(WIGAN)).found().unwrap().clone();
    assert_eq!(at("Zedley").label, "Zedley, Wigan");
    assert_eq!(at("zedbrook").place, Some("E05099999".into()));
    assert_eq!(at("Leigh").precision, Precision::Name, "the pack's Leigh is the one we know");
    let codes = gazetteer.codes_at(WIGAN);
    for code in ["E05099999", "E08000010", "E54000057", "E92000001"] {
        assert!(codes.contains(&code.into()), "{code}");
    }
    // The demonstration's wards are of another edition, and no more.
    assert_eq!(gazetteer.list(PlaceKind::Ward).len(), 1);
    assert_eq!(gazetteer.list(PlaceKind::Council).len(), 296);
}
