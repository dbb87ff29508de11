use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::*;

const BOUNDS: Bounds = Bounds { rows: 50, columns: 20, cell: 1000, all: 20_000, unpacked: 1 << 20 };

fn table(rows: &[&[&str]]) -> Table {
    let owned = |row: &&[&str]| row.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let mut lines = (2_u64..).zip(rows.iter().skip(1));
    Table {
        header: owned(&rows[0]),
        rows: lines.by_ref().map(|(line, row)| Row { line, values: owned(row) }).collect(),
    }
}

fn workbook(table: &Table) -> Vec<u8> {
    let columns = table.header.iter().map(|_| (Width::Narrow, Vec::new())).collect();
    let besides = vec![("Words", vec![vec!["Not this".to_owned()]])];
    to_xlsx(
        table,
        &Book { name: "Listings", columns, kept_in_sight: 1, besides, ..Book::default() },
    )
    .unwrap()
}

/// A workbook as it is, but for one part.
fn with_part(book: &[u8], name: &str, content: &[u8]) -> Vec<u8> {
    let mut packed = ZipArchive::new(Cursor::new(book)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..packed.len() {
        let part = packed.by_index_raw(at).unwrap();
        if part.name().unwrap() != name {
            writer.raw_copy_file(part).unwrap();
        }
    }
    writer.start_file(name, SimpleFileOptions::default()).unwrap();
    writer.write_all(content).unwrap();
    writer.finish().unwrap().into_inner()
}

fn sheet(data: &str) -> Vec<u8> {
    let xml = format!(
        "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{data}</sheetData></worksheet>"
    );
    let whole = workbook(&table(&[&["Name"]]));
    with_part(&whole, "xl/worksheets/sheet1.xml", xml.as_bytes())
}

#[test]
fn what_is_written_is_read_again() {
    let before = table(&[
        &["Name", "Phone", "In full"],
        &["Shed, the", "01942 670001", "Two\nlines and a \"quote\""],
        &["é – ✓", "", "007"],
    ]);
    let from_csv = read(to_csv(&before).as_bytes(), BOUNDS).unwrap();
    assert_eq!(from_csv.header, before.header);
    assert_eq!(from_csv, before, "rows are counted as spreadsheets do, though a cell has lines");
    let from_book = read(&workbook(&before), BOUNDS).unwrap();
    assert_eq!(from_book, before);
}

#[test]
fn no_cell_of_a_csv_file_is_a_formula() {
    let text = to_csv(&table(&[&["Name"], &["=HYPERLINK(\"x\")"], &["+44 1942"], &["@a"]]));
    for line in text.lines().skip(1) {
        assert!(line.trim_start_matches('"').starts_with('\''), "{line}");
    }
}

#[test]
fn numbers_dates_and_answers_are_read_as_they_would_be_typed() {
    let data = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Name</t></is></c></row>\
        <row r=\"3\"><c r=\"A3\"><v>12</v></c><c r=\"B3\"><v>2.5</v></c><c r=\"C3\" t=\"b\"><v>1</v></c>\
        <c r=\"D3\" t=\"e\"><v>#N/A</v></c><c r=\"E3\" t=\"str\"><f>A1</f><v>Name</v></c></row>";
    let read = read(&sheet(data), BOUNDS).unwrap();
    assert_eq!(
        read.rows,
        [Row { line: 3, values: ["12", "2.5", "yes", "#N/A", "Name"].map(str::to_owned).to_vec() }]
    );
}

#[test]
fn files_that_would_swell_or_sprawl_are_refused() {
    let whole = workbook(&table(&[&["Name"], &["a"]]));
    let swollen = with_part(&whole, "xl/sharedStrings.xml", &vec![b' '; 2 << 20]);
    assert!(swollen.len() < 20_000);
    assert_eq!(read(&swollen, BOUNDS), Err(TableError::TooLarge));
    let far = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    assert_eq!(read(&sheet(far), BOUNDS), Err(TableError::TooManyColumns(20)));
    let deep: String =
        (1..60).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>1</v></c></row>")).collect();
    assert_eq!(read(&sheet(&deep), BOUNDS), Err(TableError::TooManyRows(50)));
    let long = table(&[&["Name"], &[&"x".repeat(1001)]]);
    assert_eq!(
        read(&workbook(&long), BOUNDS),
        Err(TableError::CellTooLong { line: 2, most: 1000 })
    );
    assert_eq!(
        read(to_csv(&long).as_bytes(), BOUNDS),
        Err(TableError::CellTooLong { line: 2, most: 1000 })
    );
}

#[test]
fn a_text_that_many_cells_share_counts_each_time() {
    let cell = |row: u32, column: char| format!("<c r=\"{column}{row}\" t=\"s\"><v>0</v></c>");
    let rows: String = (1..40)
        .map(|row| format!("<row r=\"{row}\">{}{}</row>", cell(row, 'A'), cell(row, 'B')))
        .collect();
    let strings = format!(
        "<?xml version=\"1.0\"?><sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>{}</t></si></sst>",
        "x".repeat(900)
    );
    let shared = with_part(&sheet(&rows), "xl/sharedStrings.xml", strings.as_bytes());
    assert_eq!(read(&shared, BOUNDS), Err(TableError::TooLarge));
    let sprawl = format!("Name\n{}\n", "1,".repeat(60));
    assert_eq!(read(sprawl.as_bytes(), BOUNDS), Err(TableError::TooManyColumns(20)));
    let long = format!("Name,b\n{}", ",\n".repeat(1_000_000));
    assert_eq!(read(long.as_bytes(), BOUNDS), Err(TableError::TooManyRows(50)));
}

#[test]
fn entities_of_a_workbook_open_and_swell_nothing() {
    let xml = "<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY a SYSTEM \"file:///etc/passwd\"><!ENTITY b \"bbbbbbbbbb\">]>\
        <worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>\
        <row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&a;&b;</t></is></c></row></sheetData></worksheet>";
    let whole = workbook(&table(&[&["Name"]]));
    let read = read(&with_part(&whole, "xl/worksheets/sheet1.xml", xml.as_bytes()), BOUNDS);
    let said = format!("{read:?}");
    assert!(!said.contains("root") && !said.contains("bbbb"), "{said}");
}

#[test]
fn what_is_no_table_says_so() {
    assert_eq!(read(b"", BOUNDS), Err(TableError::NotText(NotText::Empty)));
    assert_eq!(read(b"\x89PNG\0\0\0\0", BOUNDS), Err(TableError::NotText(NotText::Binary)));
    assert_eq!(read(b"PK\x03\x04 and no more", BOUNDS), Err(TableError::BrokenWorkbook));
    assert_eq!(read(b",,\n1,2,3\n", BOUNDS), Err(TableError::NoHeader));
    let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
    packed.start_file("a.txt", SimpleFileOptions::default()).unwrap();
    let packed = packed.finish().unwrap().into_inner();
    assert_eq!(read(&packed, BOUNDS), Err(TableError::BrokenWorkbook));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn junk_is_refused_or_read(mut junk: Vec<u8>, at in 0_usize..4000, byte: u8) {
        let _ = read(&junk, BOUNDS);
        junk.splice(..0, *b"PK\x03\x04");
        let _ = read(&junk, BOUNDS);
        let mut book = workbook(&table(&[&["Name"], &["a"]]));
        let at = at % book.len();
        book[at] = byte;
        let _ = read(&book, BOUNDS);
    }
}
