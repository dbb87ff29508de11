mod texts;

use super::*;
use texts::{FINE, REFUSED};

#[test]
fn what_tells_of_a_person_is_refused_and_named() {
    let mut wrong = Vec::new();
    for (expect, texts) in REFUSED {
        for text in *texts {
            let found = identifies_a_person(text);
            if found != Some(*expect) {
                wrong.push((text, found));
            }
        }
    }
    assert_eq!(wrong, []);
    assert!(REFUSED.iter().map(|(_, texts)| texts.len()).sum::<usize>() >= 60);
}

#[test]
fn what_tells_of_a_need_passes() {
    let wrong: Vec<_> = FINE
        .iter()
        .filter_map(|text| identifies_a_person(text).map(|found| (text, found)))
        .collect();
    assert_eq!(wrong, []);
    assert!(FINE.len() >= 60);
}

#[test]
fn it_is_found_in_the_midst_of_other_words() {
    for (expect, texts) in REFUSED {
        for text in *texts {
            let text = format!("Needs step-free access, {text}, then bus and tram.");
            assert_eq!(identifies_a_person(&text), Some(*expect), "{text}");
        }
    }
}

/// The next of a fixed row of numbers that look like chance.
fn next(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *seed >> 33
}

fn nhs_number(seed: &mut u64) -> String {
    loop {
        let text = format!("{:010}", next(seed) * 7 % 10_000_000_000);
        if listing::is_nhs_number(&text) {
            return text;
        }
    }
}

fn parted(digits: &str, sizes: &[usize], by: &str) -> String {
    let mut rest = digits;
    let groups = sizes.iter().map(|size| {
        let (group, after) = rest.split_at(*size);
        rest = after;
        group
    });
    groups.collect::<Vec<_>>().join(by)
}

fn spellings(digits: &str) -> [String; 14] {
    let usual = |by: &str| parted(digits, &[3, 3, 4], by);
    let wide = digits.chars().map(|c| char::from_u32(c as u32 + 0xfee0).unwrap()).collect();
    [
        digits.to_owned(),
        usual(" "),
        usual("-"),
        usual("."),
        usual("\u{a0}"),
        usual("  "),
        usual(" - "),
        usual("\u{2011}"),
        usual("\n"),
        usual("/"),
        parted(digits, &[1; 10], " "),
        parted(digits, &[2; 5], "-"),
        parted(digits, &[3, 7], " "),
        wide,
    ]
}

#[test]
fn an_nhs_number_is_found_however_it_is_spelled() {
    let mut seed = 7;
    for _ in 0..500 {
        let digits = nhs_number(&mut seed);
        for spelled in spellings(&digits) {
            for text in
                [spelled.clone(), format!("needs lift, {spelled} and bus"), format!("a{spelled}b")]
            {
                assert_eq!(identifies_a_person(&text), Some("an NHS number"), "{text:?}");
            }
        }
    }
}

#[test]
fn hours_and_dates_side_by_side_are_no_nhs_numbers() {
    for day in 1..=28 {
        for month in 1..=12 {
            for text in [
                format!("{day:02}.{month:02}.2026 10-12"),
                format!("2026-{month:02}-{day:02} 10-12.30"),
                format!("{day:02}-{month:02}-2026 - 28-12-2026"),
                format!("{day}/{month}/26 10.00 - 12.00"),
                format!("{month:02}.30 - {day:02}.00 14.00"),
            ] {
                assert_eq!(identifies_a_person(&text), None, "{text}");
            }
        }
    }
}

#[test]
fn long_texts_of_anything_are_read_in_time() {
    let parts = [
        "9", "a", " ", "1 ", "0 ", "-", "12 a ", "12 Mill ", "Mr ", "b.", "@", "at ", "1.",
        "nhs no ", "é", "😀", "'", "a'", "\u{301}", "1-1-", "3 May ", "WN1 ", "qq12", "(", "name ",
        "on ", "0a",
    ];
    for part in parts {
        let text = part.repeat(100_000 / part.len());
        let begun = std::time::Instant::now();
        let _ = (identifies_a_person(&text), fault_of_reference(&text));
        assert!(begun.elapsed().as_secs() < 5, "{part}: {:?}", begun.elapsed());
    }
}

#[test]
fn any_characters_at_all_are_read() {
    let mut seed = 11;
    for _ in 0..20_000 {
        let length = next(&mut seed) % 30;
        let text: String = (0..length)
            .filter_map(|_| {
                let most = if next(&mut seed).is_multiple_of(3) { 0x11_0000 } else { 0x80 };
                char::from_u32(u32::try_from(next(&mut seed) % most).unwrap())
            })
            .collect();
        let _ = (identifies_a_person(&text), fault_of_reference(&text));
    }
}

#[test]
fn a_reference_of_ones_own_is_fine() {
    for text in [
        "LW-2031",
        "A17",
        "2026/118",
        "RX4-09",
        "1",
        "REF.12",
        "CASE-0001",
        "a/b/3",
        "12345",
        "2026-118",
        "T-999999",
        "LW/26/0031",
        "B12",
        "WN1-44",
        "7",
    ] {
        assert_eq!(fault_of_reference(text), None, "{text}");
    }
}

#[test]
fn a_reference_that_may_tell_of_a_person_is_refused() {
    for text in [
        "",
        "Amina",
        "LW 2031",
        "LW_2031",
        "ABCDEFGHIJ12345678901",
        "9991234519",
        "9991234510",
        "999-123-4510",
        "X9991234510",
        "07700900123",
        "07700-900123",
        "07700/900123",
        "WN1-2AB",
        "WN12AB",
        "WN1/2AB",
        "03051950",
        "19500503",
        "030550",
        "JS030550",
        "3/5/1950",
        "2026-05-03",
        "03-05-26",
        "QQ123456C",
        "QQ-12-34-56-C",
        "amy@a1.org",
        "ref-é1",
        "١٢",
        "3-May-1950",
        "03.05.1950",
        "01942-404142",
        "JS-03051950",
        "flat.3",
        "12-12-12-12-12",
    ] {
        assert!(fault_of_reference(text).is_some(), "{text}");
    }
}

#[test]
fn what_is_wrong_with_a_reference_says_what_to_do() {
    assert_eq!(
        fault_of_reference("Amina"),
        Some("Use at least one digit, so that it cannot be a name.")
    );
    assert_eq!(
        fault_of_reference("07700900123"),
        Some("Use your own reference, not a phone number.")
    );
}

#[test]
fn years_of_birth_personal_pages_and_names_in_small_letters_are_refused() {
    for text in [
        "born 1985",
        "born in March 1985",
        "year of birth: 1985",
        "see facebook.com/amina.khan",
        "she is @aminak there",
        "her name is amina",
    ] {
        assert!(identifies_a_person(text).is_some(), "{text}");
    }
    for text in ["a group for those born and bred here", "meet @ the hall", "ask on facebook"] {
        assert_eq!(identifies_a_person(text), None, "{text}");
    }
    for text in ["AminaKhan1", "Amina.Khan.1", "12MillLane", "AKhan85"] {
        assert!(fault_of_reference(text).is_some(), "{text}");
    }
    for text in ["LW-2031", "SPLW-12", "WGN/22/7"] {
        assert_eq!(fault_of_reference(text), None, "{text}");
    }
}
