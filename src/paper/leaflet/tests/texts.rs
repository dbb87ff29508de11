use super::super::font::{Faces, Style, clean};
use super::super::units::Points;
use super::super::wrap::wrap;

#[test]
fn lines_fit_their_width_and_together_make_the_text() {
    let faces = Faces::load().unwrap();
    let style = Style::regular(Points(14.0));
    let word = "https://example.org/".to_owned() + &"ab/c.d-e".repeat(25);
    for text in ["some words of a sentence that is long", &word, "漢字😀 é", "W", "2AB pm am"]
    {
        let lines = wrap(text, style, Points(60.0), &faces);
        assert_eq!(lines.concat(), text);
        let fits = |line: &String| faces.width(line.trim_end(), style) <= Points(60.0);
        assert!(lines.iter().all(fits), "{lines:?}");
    }
}

#[test]
fn times_and_postcodes_stay_on_one_line() {
    let faces = Faces::load().unwrap();
    let style = Style::regular(Points(14.0));
    for text in ["from 10 am,", "road NG9 2NA."] {
        let lines = wrap(text, style, faces.width(text, style) - Points(4.0), &faces);
        assert_eq!(lines.len(), 2);
        assert!(lines.last().unwrap().contains(' '), "{lines:?}");
    }
}

#[test]
fn a_letter_wider_than_the_line_still_gets_one() {
    let faces = Faces::load().unwrap();
    let lines = wrap("WWW", Style::bold(Points(30.0)), Points(1.0), &faces);
    assert_eq!(lines, ["W", "W", "W"]);
}

#[test]
fn control_characters_are_spaces_and_invisible_characters_are_left_out() {
    assert_eq!(clean(" a\r\n\tb\u{0}c\u{2028}d "), "a b c d");
    assert_eq!(clean("a\u{200b}b\u{feff}\u{ad}c\u{202e}"), "abc");
    assert_eq!(clean("\u{200d} \u{fe0f}"), "");
    assert_eq!(clean("e\u{301}"), "é");
}

#[test]
fn a_character_that_the_font_lacks_has_a_visible_substitute() {
    let faces = Faces::load().unwrap();
    let style = Style::regular(Points(14.0));
    for character in ['😀', '漢', '\u{e000}', '\u{10ffff}'] {
        assert!(faces.char_width(character, style) > Points::ZERO);
        let glyphs = faces.face(style.weight).glyphs(&character.to_string());
        assert!(glyphs.iter().all(|glyph| glyph.glyph_id.to_u32() != 0));
    }
}
