//! Bytes to text, whatever the spreadsheet that wrote them.

use std::borrow::Cow;

/// Bytes that are not text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    #[error("an empty file")]
    Empty,
    #[error("binary data")]
    Binary,
}

/// Reads UTF-8 and UTF-16 with or without a mark, and the Windows code page wherever UTF-8 fails.
pub fn decode(bytes: &[u8]) -> Result<String, NotText> {
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => from_utf8_or_windows(rest),
        [0xFF, 0xFE, rest @ ..] => Cow::Owned(from_utf16(rest, u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => Cow::Owned(from_utf16(rest, u16::from_be_bytes)),
        _ => from_utf8_or_windows(bytes),
    };
    if text.trim().is_empty() {
        return Err(NotText::Empty);
    }
    let controls = text.chars().take(4096).filter(|c| is_binary(*c)).count();
    if controls > 0 && text.contains('\0') || controls > 16 {
        return Err(NotText::Binary);
    }
    Ok(text.into_owned())
}

/// Each stretch that is UTF-8 is kept; every other byte is read as Windows-1252.
/// Files mended by hand mix the two.
fn from_utf8_or_windows(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len() + 64);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|byte| windows_1252(*byte)));
    }
    Cow::Owned(text)
}

fn from_utf16(bytes: &[u8], unit: impl Fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|read| read.unwrap_or('\u{FFFD}')).collect()
}

/// The characters of 0x80 to 0x9F; a space stands for the five that are not given out.
const WINDOWS: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/// A text as a spreadsheet writes it that knows the letters of the Windows code page only: a mark
/// stands for every letter beyond the plane that most have, a question mark for any other.
#[must_use]
pub fn in_windows(text: &str, mark: &str) -> String {
    let mut lost = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\0'..='\u{7f}' | '\u{a0}'..='\u{ff}' => lost.push(c),
            c if c != ' ' && WINDOWS.contains(c) => lost.push(c),
            '\u{10000}'.. => lost.push_str(mark),
            _ => lost.push('?'),
        }
    }
    lost
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => WINDOWS.chars().nth(usize::from(byte - 0x80)).unwrap_or(' '),
        _ => char::from(byte),
    }
}

fn is_binary(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{80}'..='\u{9f}'))
        || c == '\u{FFFD}'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_usual_encoding_gives_the_same_text() {
        let text = "Café – £2";
        let utf16 =
            |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<_>>();
        let marked = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
        assert_eq!(decode(text.as_bytes()).unwrap(), text);
        assert_eq!(decode(&marked(&[0xEF, 0xBB, 0xBF], text.as_bytes())).unwrap(), text);
        assert_eq!(decode(&marked(&[0xFF, 0xFE], &utf16(u16::to_le_bytes))).unwrap(), text);
        assert_eq!(decode(&marked(&[0xFE, 0xFF], &utf16(u16::to_be_bytes))).unwrap(), text);
        assert_eq!(decode(b"Caf\xe9 \x96 \xa32").unwrap(), text);
    }

    #[test]
    fn a_file_of_two_encodings_keeps_both() {
        assert_eq!(decode(b"\xc2\xa32 caf\xe9\x9d").unwrap(), "£2 café ");
    }

    #[test]
    fn what_is_not_text_is_refused() {
        assert_eq!(decode(b""), Err(NotText::Empty));
        assert_eq!(decode(b" \r\n"), Err(NotText::Empty));
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Err(NotText::Binary));
    }

    proptest! {
        #[test]
        fn decoding_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = decode(&bytes);
        }
    }
}
