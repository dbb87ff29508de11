//! Postcodes as people type them: any case, any spacing, stray punctuation, whole or in part.

use std::{fmt, str::FromStr};

/// A full postcode in its usual form, such as `WN1 1YF`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Postcode {
    /// Outward code, padded with spaces.
    outward: [u8; 4],
    inward: [u8; 3],
}

/// What part of a postcode was given.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PostcodePart {
    Full(Postcode),
    /// An outward code and the digit after it: `WN1 1`.
    Sector(String),
    /// An outward code: `WN1`.
    Outcode(String),
}

/// Whose postcodes they are, by their area letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Territory {
    /// England, Wales or Scotland; the letters alone do not tell which.
    GreatBritain,
    NorthernIreland,
    /// Jersey, Guernsey, the Isle of Man.
    CrownDependency,
    /// Forces, banks and other addresses that stand for no place on the ground.
    NonGeographic,
}

/// Text that is no postcode, whole or in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a postcode: expected one such as WN1 1YF, or its first part such as WN1")]
pub struct NotAPostcode;

/// The two-letter and one-letter postcode areas in use.
const AREAS: &str = "AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE \
    DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW \
    KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE \
    SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV XX YO ZE";

impl Postcode {
    /// The outward code: `WN1`.
    #[must_use]
    pub fn outcode(&self) -> &str {
        str::from_utf8(&self.outward).unwrap_or_default().trim_end()
    }

    /// The three characters after the space: `1YF`.
    #[must_use]
    pub fn incode(&self) -> &str {
        str::from_utf8(&self.inward).unwrap_or_default()
    }

    /// The sector: `WN1 1`.
    #[must_use]
    pub fn sector(&self) -> String {
        format!("{} {}", self.outcode(), char::from(self.inward[0]))
    }

    /// Whose postcode it is.
    #[must_use]
    pub fn territory(&self) -> Territory {
        Territory::of(self.outcode())
    }
}

impl PostcodePart {
    /// Reads a full postcode, a sector or an outward code. Anything else than letters and
    /// digits is passed over.
    pub fn parse(text: &str) -> Result<Self, NotAPostcode> {
        let (letters, gap) = squeeze(text)?;
        if let Some(postcode) = full(&letters) {
            return Ok(Self::Full(postcode));
        }
        sector(&letters, gap).or_else(|| outcode(&letters).map(Self::Outcode)).ok_or(NotAPostcode)
    }

    /// The outward code of whatever was given.
    #[must_use]
    pub fn outcode(&self) -> &str {
        match self {
            Self::Full(postcode) => postcode.outcode(),
            Self::Sector(sector) => sector.split(' ').next().unwrap_or_default(),
            Self::Outcode(outcode) => outcode,
        }
    }
}

impl Territory {
    /// Whose an outward code is.
    #[must_use]
    pub fn of(outcode: &str) -> Self {
        match outcode.trim_end_matches(|c: char| !c.is_ascii_alphabetic()) {
            area if area.starts_with("BT") => Self::NorthernIreland,
            "JE" | "GY" | "IM" => Self::CrownDependency,
            "BF" | "BX" | "XX" | "GIR" => Self::NonGeographic,
            _ => Self::GreatBritain,
        }
    }
}

impl FromStr for Postcode {
    type Err = NotAPostcode;

    fn from_str(text: &str) -> Result<Self, NotAPostcode> {
        match PostcodePart::parse(text)? {
            PostcodePart::Full(postcode) => Ok(postcode),
            PostcodePart::Sector(_) | PostcodePart::Outcode(_) => Err(NotAPostcode),
        }
    }
}

impl fmt::Display for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.outcode(), self.incode())
    }
}

impl fmt::Debug for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A full postcode may be somebody's home, so it does not reach a log by way of Debug.
        write!(f, "Postcode({} …)", self.outcode())
    }
}

impl fmt::Display for PostcodePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full(postcode) => postcode.fmt(f),
            Self::Sector(part) | Self::Outcode(part) => f.write_str(part),
        }
    }
}

/// The letters and digits in capitals, and after how many of them the first inner gap came.
fn squeeze(text: &str) -> Result<(Vec<u8>, Option<usize>), NotAPostcode> {
    if text.len() > 40 {
        return Err(NotAPostcode);
    }
    let mut letters = Vec::with_capacity(8);
    let mut gap = None;
    for c in text.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => letters.push(c.to_ascii_uppercase() as u8),
            c if c.is_alphanumeric() => return Err(NotAPostcode),
            c if c.is_whitespace() && !letters.is_empty() => gap = gap.or(Some(letters.len())),
            _ => {}
        }
    }
    let gap = gap.filter(|at| *at < letters.len());
    if letters.len() <= 7 { Ok((letters, gap)) } else { Err(NotAPostcode) }
}

fn full(letters: &[u8]) -> Option<Postcode> {
    let (front, inward) = letters.split_at_checked(letters.len().checked_sub(3)?)?;
    let inward: [u8; 3] = inward.try_into().ok()?;
    let fits = inward[0].is_ascii_digit() && inward[1..].iter().all(|c| is_unit_letter(*c));
    if !fits || (outcode(front).is_none() && front != b"GIR") {
        return None;
    }
    let mut outward = *b"    ";
    outward[..front.len()].copy_from_slice(front);
    Some(Postcode { outward, inward })
}

/// Letters that Royal Mail uses in the last two places: no C, I, K, M, O, V.
fn is_unit_letter(c: u8) -> bool {
    c.is_ascii_uppercase() && !b"CIKMOV".contains(&c)
}

/// An outward code and one digit, which without a gap is a sector only where it is not an outward code itself.
fn sector(letters: &[u8], gap: Option<usize>) -> Option<PostcodePart> {
    let (front, digit) = letters.split_at_checked(letters.len().checked_sub(1)?)?;
    let parted = gap.map_or_else(|| outcode(letters).is_none(), |at| at == front.len());
    let digit = digit.first().filter(|c| c.is_ascii_digit())?;
    parted
        .then(|| outcode(front))?
        .map(|front| PostcodePart::Sector(format!("{front} {}", char::from(*digit))))
}

/// One or two area letters in use, then `9`, `99` or `9A`.
fn outcode(letters: &[u8]) -> Option<String> {
    let text = str::from_utf8(letters).ok()?;
    let digits_at = text.find(|c: char| c.is_ascii_digit())?;
    let (area, district) = text.split_at(digits_at);
    let known = AREAS.split_whitespace().any(|known| known == area);
    let shaped = match district.as_bytes() {
        [_] => true,
        [_, last] => last.is_ascii_alphanumeric(),
        _ => false,
    };
    (known && shaped).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expect: &str) {
        let found = PostcodePart::parse(text).map_or("-".to_owned(), |part| match part {
            PostcodePart::Full(postcode) => format!("full {postcode}"),
            PostcodePart::Sector(sector) => format!("sector {sector}"),
            PostcodePart::Outcode(outcode) => format!("outcode {outcode}"),
        });
        assert_eq!(found, expect, "{text:?}");
    }

    #[test]
    fn full_postcodes_are_read_in_any_case_spacing_and_punctuation() {
        for text in ["WN1 1YF", "wn11yf", " Wn1-1yF. ", "W N 1 1 Y F", "(wn1  1yf)", "wn1\u{a0}1yf"]
        {
            check(text, "full WN1 1YF");
        }
        check("sw1a1aa", "full SW1A 1AA");
        check("m11ae", "full M1 1AE");
        check("EC1A1BB", "full EC1A 1BB");
        check("gir 0aa", "full GIR 0AA");
    }

    #[test]
    fn parts_are_told_apart_by_their_gap_where_letters_cannot() {
        check("WN1", "outcode WN1");
        check("wn1 1", "sector WN1 1");
        check("WN11", "outcode WN11");
        check("M1 1", "sector M1 1");
        check("SW1A", "outcode SW1A");
        check("sw1a 2", "sector SW1A 2");
        check("SW1A2", "sector SW1A2".replace("A2", "A 2").as_str());
    }

    #[test]
    fn what_is_no_postcode_is_refused() {
        for text in
            ["", "Wigan", "WN", "ZZ1 1AA", "WN1 1CF", "WN1 1Y", "1234", "WN1 1YF 2", "é1 1AA"]
        {
            check(text, "-");
        }
        check(&"W".repeat(10_000), "-");
    }

    #[test]
    fn territories_are_told_by_their_letters() {
        let of = |text: &str| text.parse::<Postcode>().unwrap().territory();
        assert_eq!(of("BT1 5GS"), Territory::NorthernIreland);
        assert_eq!(of("BF1 2AT"), Territory::NonGeographic);
        assert_eq!(of("JE2 3AB"), Territory::CrownDependency);
        assert_eq!(of("BS5 0AX"), Territory::GreatBritain);
    }

    #[test]
    fn a_full_postcode_does_not_reach_a_log() {
        let postcode: Postcode = "WN1 1YF".parse().unwrap();
        assert!(!format!("{postcode:?}").contains("1YF"));
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in ".{0,60}") {
            let _ = PostcodePart::parse(&text);
        }

        #[test]
        fn what_is_printed_reads_back_the_same(
            area in "(WN|M|SW|EC|B)", district in "[1-9][0-9A-H]?", inward in "[0-9][ABD-HJLNP-UW-Z]{2}"
        ) {
            let text = format!("{area}{district} {inward}");
            let postcode: Postcode = text.parse().unwrap();
            prop_assert_eq!(postcode.to_string(), text.clone());
            let squeezed: Postcode = text.replace(' ', "").to_lowercase().parse().unwrap();
            prop_assert_eq!(squeezed, postcode);
        }
    }
}
