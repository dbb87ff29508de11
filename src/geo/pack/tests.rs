use std::{collections::BTreeMap, fs};

use proptest::prelude::*;

use super::*;
use crate::domain::Point;

/// A table of rows, and the rows as they should come back.
fn table(rows: &[PackPostcode]) -> PostcodeTable {
    let mut builder = PostcodeTableBuilder::default();
    for row in rows {
        builder.add_known(row);
    }
    builder.finish().0
}

fn row(text: &str, point: Option<(f64, f64)>, codes: &[&str]) -> PackPostcode {
    PackPostcode {
        postcode: text.parse().unwrap(),
        point: point.map(|(lat, lon)| Point { lat, lon }),
        quality: Quality::from_indicator(1),
        terminated: None,
        codes: codes.iter().map(|code| PlaceCode::from(*code)).collect(),
    }
}

fn pack(rows: &[PackPostcode]) -> Pack {
    Pack::made(rows, Vec::new(), Vec::new(), BoundarySet::default())
}

#[test]
fn a_postcode_comes_back_with_its_point_and_codes() {
    let wigan = row("WN1 1YF", Some((53.546_712, -2.630_123)), &["E01006306", "E08000010"]);
    let pack = pack(&[row("WN1 1YG", None, &[]), wigan.clone(), row("M1 1AE", None, &[])]);
    assert_eq!(pack.postcode(&wigan.postcode), Some(wigan));
    assert_eq!(pack.postcode(&"WN1 1YH".parse().unwrap()), None);
    assert_eq!(pack.postcode(&"WN2 1YF".parse().unwrap()), None);
}

#[test]
fn a_sector_and_an_outcode_hold_their_own_and_no_other() {
    let texts = ["WN1 1AA", "WN1 1ZZ", "WN1 2AA", "WN11 1AA", "W1 1AA"];
    let pack = pack(&texts.map(|text| row(text, None, &[])));
    let within = |text: &str| {
        let found = pack.within(&PostcodePart::parse(text).unwrap());
        found.map(|found| found.postcode.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(within("WN1 1"), ["WN1 1AA", "WN1 1ZZ"]);
    assert_eq!(within("WN1"), ["WN1 1AA", "WN1 1ZZ", "WN1 2AA"]);
    assert_eq!(within("WN1 1ZZ"), ["WN1 1ZZ"]);
    assert_eq!(within("WN9"), Vec::<String>::new());
    assert_eq!(pack.postcodes().count(), 5);
}

#[test]
fn of_two_rows_the_living_one_with_more_codes_is_kept() {
    let dead = PackPostcode { terminated: Some((1999, 12)), ..row("M1 1AE", None, &["a", "b"]) };
    let poor = row("M1 1AE", None, &[]);
    let rich = row("M1 1AE", Some((53.5, -2.2)), &["a"]);
    let mut builder = PostcodeTableBuilder::default();
    for row in [&rich, &dead, &poor] {
        builder.add_known(row);
    }
    let (table, replaced) = builder.finish();
    assert_eq!(table.find(rich.postcode), Some(rich));
    assert_eq!((replaced, table.len(), table.terminated()), (2, 1, 0));
}

#[test]
fn a_folder_without_a_pack_has_none() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Pack::open(folder.path()).unwrap().is_none());
    assert!(Pack::open(&folder.path().join("absent")).unwrap().is_none());
}

fn saved() -> (tempfile::TempDir, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let rows = [row("WN1 1YF", Some((53.5, -2.6)), &["E01006306"]), row("M1 1AE", None, &[])];
    let parts = PackParts { postcodes: table(&rows), ..PackParts::default() };
    parts.save(folder.path()).unwrap();
    let bytes = fs::read(folder.path().join(format::FILE)).unwrap();
    (folder, bytes)
}

#[test]
fn a_saved_pack_opens_with_the_same_rows() {
    let (folder, _) = saved();
    let pack = Pack::open(folder.path()).unwrap().unwrap();
    assert_eq!(pack.postcode_counts(), (2, 0));
    let found = pack.postcode(&"wn11yf".parse().unwrap()).unwrap();
    assert_eq!(found, row("WN1 1YF", Some((53.5, -2.6)), &["E01006306"]));
}

#[test]
fn any_cut_or_flipped_bit_is_an_error_that_names_the_file() {
    let (folder, whole) = saved();
    let path = folder.path().join(format::FILE);
    let open = |bytes: &[u8]| {
        fs::write(&path, bytes).unwrap();
        Pack::open(folder.path()).unwrap_err().to_string()
    };
    for cut in 0..whole.len() {
        assert!(open(&whole[..cut]).contains("pack.heregeo"), "cut at {cut}");
    }
    for at in 0..whole.len() {
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (at % 8);
        assert!(open(&flipped).contains("pack.heregeo"), "flipped at {at}");
    }
    let longer = [whole.as_slice(), b"x"].concat();
    assert!(open(&longer).contains("damaged"));
}

#[test]
fn a_pack_of_another_format_says_so() {
    let (folder, mut bytes) = saved();
    bytes[8] = 99;
    fs::write(folder.path().join(format::FILE), bytes).unwrap();
    let error = Pack::open(folder.path()).unwrap_err().to_string();
    assert!(error.contains("has format 99"), "{error}");
}

fn rows() -> impl Strategy<Value = BTreeMap<String, PackPostcode>> {
    let text = "(WN|M|EC|L)[1-9][0-9A-H]? [0-9][ABD-HJLNP-UW-Z]{2}";
    let point = proptest::option::of((49.0..61.5f64, -9.5..2.5f64));
    let death = proptest::option::of((1973u16..2030, 1u8..=12));
    let codes = proptest::collection::vec("[EU][0-9]{2}", 0..4);
    let made =
        (text, point, death, codes, 0u8..=9).prop_map(|(text, point, terminated, codes, q)| {
            let round = |value: f64| (value * 1e6).round() / 1e6;
            let point = point.map(|(lat, lon)| (round(lat), round(lon)));
            let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
            let quality = Quality::from_indicator(q);
            (text.clone(), PackPostcode { quality, terminated, ..row(&text, point, &codes) })
        });
    proptest::collection::vec(made, 0..120).prop_map(|made| made.into_iter().collect())
}

proptest! {
    #[test]
    fn what_goes_into_the_table_comes_out(rows in rows()) {
        let given: Vec<PackPostcode> = rows.values().cloned().collect();
        let table = PostcodeTable::read(&table(&given).write()).unwrap();
        prop_assert_eq!(table.len(), given.len());
        for row in &given {
            prop_assert_eq!(table.find(row.postcode), Some(row.clone()));
            let outcode = PostcodePart::Outcode(row.postcode.outcode().to_owned());
            prop_assert!(table.within(&outcode).any(|found| found == *row));
        }
        prop_assert_eq!(table.iter().count(), given.len());
    }

    #[test]
    fn junk_sections_are_refused_or_harmless(junk: Vec<u8>) {
        if let Some(table) = PostcodeTable::read(&junk) {
            let _ = table.iter().count();
        }
        let _ = outlines::read(&junk);
        let _ = Figures::read(&junk);
    }
}
