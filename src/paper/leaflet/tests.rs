#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use super::font::Faces;
use super::layout::{Layout, MARGIN, PAGE_HEIGHT, PAGE_WIDTH, lay_out};
use super::pages::Ink;
use super::units::Millimetres;
use super::{Entry, Leaflet, pdf, qr};

fn service(line: &str) -> Entry {
    let some = |text: &str| Some(text.to_owned());
    let fact = |label: &str, value: &str| (label.to_owned(), value.to_owned());
    Entry {
        name: "Harbour Community Food Pantry".to_owned(),
        by: "Harbour Trust".to_owned(),
        line: line.to_owned(),
        note: some("Ask for Samira: she knows that you are coming."),
        phone: some("0115 496 0123"),
        phone_note: some("A machine takes messages at other times."),
        facts: vec![
            fact("Next", "Wednesday 26 November, 10 am to 1 pm"),
            fact("Where", "12 Long Row, Nottingham NG1 2AB"),
            fact("To start", ""),
            fact("", "Walk in"),
        ],
        warning: some("Closed on 24 and 31 December."),
        address: "https://nearby.example.org/s/k7f2".to_owned(),
    }
}

fn shortlist(entries: Vec<Entry>, is_large: bool) -> Leaflet {
    Leaflet {
        title: "Places that could help".to_owned(),
        lead: Some("Chosen for you.".to_owned()),
        entries,
        foot: "Printed 22 November 2026. Ring before you travel.".to_owned(),
        is_large,
    }
}

/// A service of which every text is far too long.
fn endless() -> Entry {
    let word = "w".repeat(300);
    let some = |text: String| Some(text);
    Entry {
        name: format!("{word} 😀👩\u{200d}👧 עברית 漢字"),
        by: "by ".repeat(300),
        line: "lines of a ".repeat(200),
        note: some(word.clone()),
        phone: some("0115 496 0123 ".repeat(30)),
        phone_note: some("a\nb\t\u{0}c\u{feff}\u{fffe}".to_owned()),
        facts: vec![(word.clone(), word.clone()), ("L ".repeat(400), "v ".repeat(900))],
        warning: some("Beware. ".repeat(200)),
        address: format!("https://example.org/{}", "a".repeat(900)),
    }
}

fn laid_out(leaflet: &Leaflet) -> (Layout, Faces) {
    let faces = Faces::load().unwrap();
    (lay_out(leaflet, &faces), faces)
}

/// The pages on which each service stands.
fn whereabouts(layout: &Layout) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut found: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (number, page) in layout.pages.iter().enumerate() {
        let parts = page.marks.iter().filter_map(|(_, mark)| layout.parts.get(mark.part?));
        for entry in parts.filter_map(|part| part.entry) {
            found.entry(entry).or_default().insert(number);
        }
    }
    found
}

/// The left, top, right and bottom of everything on every page but the rules and bars.
fn boxes(layout: &Layout, faces: &Faces) -> Vec<Vec<[f32; 4]>> {
    let measure = |page: &super::pages::Page| {
        let read = page.marks.iter().filter(|(_, mark)| mark.part.is_some());
        let measured = read.map(|(top, mark)| {
            let y = *top + mark.drop;
            let (from, width, height) = match &mark.ink {
                Ink::Text { text, style } => {
                    let ink = faces.width(text.trim_end(), *style);
                    (y - style.size * 0.75, ink, style.size * 0.95)
                }
                Ink::Code { side, .. } => (y, *side, *side),
                Ink::Bar { width, height } => (y, *width, *height),
            };
            [mark.x.0, from.0, (mark.x + width).0, (from + height).0]
        });
        measured.collect()
    };
    layout.pages.iter().map(measure).collect()
}

#[test]
fn an_entry_is_never_split_across_pages() {
    for is_large in [false, true] {
        for length in 0..40 {
            let line = "a sentence of some length ".repeat(length % 7 * 3);
            let leaflet = shortlist(vec![service(&line); 1 + length % 10], is_large);
            let (layout, _) = laid_out(&leaflet);
            let pages = whereabouts(&layout);
            assert_eq!(pages.len(), leaflet.entries.len());
            assert!(pages.values().all(|pages| pages.len() == 1), "{pages:?}");
        }
    }
}

#[test]
fn an_entry_longer_than_a_page_flows_on_and_the_next_follows_it() {
    let leaflet = shortlist(vec![endless(), service("")], false);
    let (layout, _) = laid_out(&leaflet);
    let pages = whereabouts(&layout);
    assert!(pages[&0].len() > 1);
    assert!(pages[&1].first() >= pages[&0].last());
}

#[test]
fn no_more_than_two_services_stand_on_a_page() {
    let small = Entry { name: "Saturday Coffee".to_owned(), ..Entry::default() };
    let (layout, _) = laid_out(&shortlist(vec![small; 7], false));
    assert_eq!(layout.pages.len(), 4);
}

#[test]
fn nothing_overlaps_and_nothing_leaves_the_margins() {
    for is_large in [false, true] {
        let leaflet = shortlist(vec![service("A sentence."), endless(), service("")], is_large);
        let (layout, faces) = laid_out(&leaflet);
        for boxes in boxes(&layout, &faces) {
            for (at, one) in boxes.iter().enumerate() {
                let [left, top, right, bottom] = *one;
                assert!(left >= MARGIN.0 - 0.1 && right <= (PAGE_WIDTH - MARGIN).0 + 0.1);
                assert!(top >= MARGIN.0 && bottom <= layout.foot.top.0);
                let clear = boxes.iter().skip(at + 1).all(|two| {
                    two[0] >= right || two[2] <= left || two[1] >= bottom || two[3] <= top
                });
                assert!(clear, "{one:?}");
            }
        }
    }
}

#[test]
fn the_foot_stands_above_the_lower_margin_however_long_it_is() {
    let mut leaflet = shortlist(vec![service("")], true);
    leaflet.foot = "Ring before you travel. ".repeat(80);
    let (layout, _) = laid_out(&leaflet);
    assert_eq!(layout.foot.lines.len(), 4);
    assert!(layout.foot.lines.last().unwrap().ends_with('…'));
    assert!(layout.foot.top < PAGE_HEIGHT - MARGIN);
}

#[test]
fn the_same_leaflet_makes_the_same_bytes() {
    let leaflet = shortlist(vec![service("A sentence."), endless()], true);
    assert_eq!(pdf(&leaflet).unwrap(), pdf(&leaflet).unwrap());
}

#[test]
fn the_document_is_tagged_and_says_its_title_and_language() {
    let bytes = pdf(&shortlist(vec![service("")], false)).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    for claim in [
        "/Marked true",
        "/StructTreeRoot",
        "/Lang(en-GB)",
        "(QR code that opens",
        "(Places that could help)",
    ] {
        assert!(text.contains(claim), "{claim}");
    }
}

#[test]
fn blank_texts_and_no_services_make_a_leaflet_of_one_page() {
    let blank = Entry {
        note: Some(String::new()),
        phone: Some(" \n ".to_owned()),
        facts: vec![(String::new(), "\u{200b}".to_owned())],
        ..Entry::default()
    };
    for entries in [vec![], vec![Entry::default(); 10], vec![blank; 3]] {
        let leaflet = Leaflet { entries, ..Leaflet::default() };
        assert_eq!(laid_out(&leaflet).0.pages.len(), 1);
        assert!(pdf(&leaflet).unwrap().starts_with(b"%PDF-"));
    }
}

#[test]
fn ten_endless_services_are_printed_in_bounded_time() {
    let start = Instant::now();
    for is_large in [false, true] {
        pdf(&shortlist(vec![endless(); 10], is_large)).unwrap();
    }
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn an_overlong_address_is_printed_in_words_without_a_code() {
    let address = "b".repeat(3000);
    assert!(qr(&address).is_none());
    let entry = Entry { address, ..service("") };
    let (layout, _) = laid_out(&shortlist(vec![entry.clone()], false));
    let marks = layout.pages.iter().flat_map(|page| &page.marks);
    assert!(marks.into_iter().all(|(_, mark)| !matches!(mark.ink, Ink::Code { .. })));
    pdf(&shortlist(vec![entry], false)).unwrap();
}

#[test]
fn a_code_is_at_least_28_millimetres_wide_and_keeps_four_white_modules_around_it() {
    for is_large in [false, true] {
        let (layout, faces) = laid_out(&shortlist(vec![service("x "); 2], is_large));
        for (page, boxes) in layout.pages.iter().zip(boxes(&layout, &faces)) {
            for (top, mark) in &page.marks {
                let Ink::Code { code, side } = &mark.ink else {
                    continue;
                };
                assert!(*side >= Millimetres(28.0).points());
                let white = side.0 / f32::from(u16::try_from(code.size).unwrap()) * 4.0;
                let (x, y) = (mark.x.0, (*top + mark.drop).0);
                let near = boxes.iter().filter(|[left, above, right, below]| {
                    *right > x - white
                        && *left < x + side.0 + white
                        && *below > y - white
                        && *above < y + side.0 + white
                });
                assert_eq!(near.count(), 1, "only the code itself is there");
            }
        }
    }
}

#[test]
fn a_code_has_its_three_finders_and_nothing_outside() {
    let code = qr("https://nearby.example.org/s/k7f2").unwrap();
    let last = code.size - 1;
    assert!(code.is_dark(0, 0) && code.is_dark(last, 0) && code.is_dark(0, last));
    assert!(!code.is_dark(code.size, 0) && !code.is_dark(usize::MAX, usize::MAX));
    assert!(qr("").is_none());
}
