//! Numbers and texts as bytes: what the sections of a pack are made of.

/// Reads a section from its beginning; every method answers `None` where the bytes end too early.
pub(crate) struct Bytes<'a>(pub(crate) &'a [u8]);

impl<'a> Bytes<'a> {
    pub(crate) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(head)
    }

    pub(crate) fn u8(&mut self) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }

    pub(crate) fn u16(&mut self) -> Option<u16> {
        self.take(2)?.try_into().ok().map(u16::from_le_bytes)
    }

    pub(crate) fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    pub(crate) fn u64(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }

    pub(crate) fn f64(&mut self) -> Option<f64> {
        self.u64().map(f64::from_bits)
    }

    /// A count of things that take at least `least` bytes each, so that a wrong one cannot ask for memory.
    pub(crate) fn count(&mut self, least: usize) -> Option<usize> {
        let count = usize::try_from(self.u32()?).ok()?;
        (count.checked_mul(least)? <= self.0.len()).then_some(count)
    }

    /// A text of up to 255 bytes after its length.
    pub(crate) fn short_text(&mut self) -> Option<&'a str> {
        let length = self.u8()?;
        str::from_utf8(self.take(usize::from(length))?).ok()
    }

    /// A whole number in seven-bit groups, lowest first.
    pub(crate) fn varint(&mut self) -> Option<u32> {
        let mut value = 0u32;
        for shift in (0..32).step_by(7) {
            let byte = self.u8()?;
            value |= u32::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    /// A signed number, folded so that small ones of either sign are short.
    pub(crate) fn signed(&mut self) -> Option<i32> {
        let folded = self.varint()?;
        Some((folded >> 1).cast_signed() ^ -(folded & 1).cast_signed())
    }
}

/// Appends a text of up to 255 bytes; a longer one is cut at a character.
pub(crate) fn put_short_text(out: &mut Vec<u8>, text: &str) {
    let cut = text.floor_char_boundary(255);
    out.push(u8::try_from(cut).unwrap_or(u8::MAX));
    out.extend_from_slice(&text.as_bytes()[..cut]);
}

/// Appends a count as four bytes.
pub(crate) fn put_count(out: &mut Vec<u8>, count: usize) {
    out.extend_from_slice(&u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

/// Appends a whole number in seven-bit groups.
pub(crate) fn put_varint(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(u8::try_from(value & 0x7f).unwrap_or_default() | 0x80);
        value >>= 7;
    }
    out.push(u8::try_from(value).unwrap_or_default());
}

/// Appends a signed number.
pub(crate) fn put_signed(out: &mut Vec<u8>, value: i32) {
    put_varint(out, (value.cast_unsigned() << 1) ^ (value >> 31).cast_unsigned());
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_count_larger_than_what_follows_is_refused() {
        let mut out = Vec::new();
        put_count(&mut out, 1_000_000);
        assert_eq!(Bytes(&out).count(1), None);
    }

    proptest! {
        #[test]
        fn signed_numbers_come_back(value: i32, text in ".{0,80}") {
            let mut out = Vec::new();
            put_signed(&mut out, value);
            put_short_text(&mut out, &text);
            let mut bytes = Bytes(&out);
            prop_assert_eq!(bytes.signed(), Some(value));
            prop_assert!(bytes.short_text().is_some_and(|read| text.starts_with(read)));
        }

        #[test]
        fn junk_never_panics(junk: Vec<u8>) {
            let mut bytes = Bytes(&junk);
            while bytes.signed().is_some() && bytes.short_text().is_some() {}
        }
    }
}
