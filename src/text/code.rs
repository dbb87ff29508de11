//! Letters and digits that are read off paper: Crockford's base 32, in small letters, in fours.
//!
//! The alphabet leaves out `i`, `l`, `o` and `u`, and reads the first three as the digits that they
//! look like (Douglas Crockford, "Base 32").

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// How many stand together.
const TOGETHER: usize = 4;

/// The code of bytes, five bits a sign; what is left over of the last byte is left out.
#[must_use]
pub fn code_of(bytes: &[u8]) -> String {
    let signs: Vec<char> = (0..bytes.len() * 8 / 5).map(|nth| sign(bytes, nth * 5)).collect();
    let groups = signs.chunks(TOGETHER).map(|group| group.iter().collect::<String>());
    groups.collect::<Vec<_>>().join("-")
}

/// The bytes of a code as it was typed: in any case, with or without hyphens and spaces. Nothing
/// where it has a sign that no code has. Bits that fill no byte are left out.
#[must_use]
pub fn read_code(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0_u32, 0);
    for sign in text.chars().filter(|sign| !matches!(sign, '-' | ' ')) {
        held = (held << 5) | value(sign)?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((held >> bits) & 0xff).ok()?);
            held &= (1 << bits) - 1;
        }
    }
    Some(bytes)
}

fn sign(bytes: &[u8], from: usize) -> char {
    let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| (byte >> (7 - at % 8)) & 1);
    let value = (from..from + 5).fold(0, |value, at| (value << 1) | bit(at));
    ALPHABET.get(usize::from(value)).map_or('0', |sign| char::from(*sign))
}

fn value(sign: char) -> Option<u32> {
    let sign = match sign.to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        sign => sign,
    };
    let at = ALPHABET.iter().position(|known| char::from(*known) == sign)?;
    u32::try_from(at).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_however_it_is_typed() {
        let bytes = [0x00, 0x44, 0x32, 0x14, 0xff, 0x12, 0x34, 0x56, 0x78, 0x9a];
        let code = code_of(&bytes);
        assert_eq!(code, "0123-457z-28t5-cy4t");
        assert_eq!(read_code(&code).as_deref(), Some(&bytes[..]));
        assert_eq!(read_code("OI23 457Z28T5 cy4t").as_deref(), Some(&bytes[..]));
        assert_eq!(read_code("u"), None);
        assert_eq!(read_code("é/../"), None);
        assert_eq!((code_of(&[]), read_code("")), (String::new(), Some(vec![])));
    }
}
