//! What sort of thing somebody typed.

use crate::geo::PostcodePart;

/// Text as far as it can be understood without looking anything up.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// Latitude and longitude, not yet known to be anywhere in particular.
    Position(f64, f64),
    /// A name and the rough position that tells it from others: `Newton @53.166,-2.820`.
    Pinned {
        name: String,
        lat: f64,
        lon: f64,
    },
    /// A postcode or a part of one, alone or among other words.
    Postcode {
        part: PostcodePart,
        alone: bool,
    },
    Words(String),
    Nothing,
}

/// Longer than any address of one line; more is no place.
pub const LONGEST: usize = 100;

/// Reads what was typed, of which at most the first hundred characters count.
#[must_use]
pub fn read(text: &str) -> Asked {
    let text = text.trim();
    if text.is_empty() || text.chars().nth(LONGEST).is_some() {
        return Asked::Nothing;
    }
    pinned(text)
        .or_else(|| position(text).map(|(lat, lon)| Asked::Position(lat, lon)))
        .or_else(|| postcode(text))
        .unwrap_or_else(|| Asked::Words(text.to_owned()))
}

/// What may be repeated to the person who typed it.
#[must_use]
pub fn excerpt(text: &str) -> String {
    text.trim().chars().take(LONGEST).collect()
}

fn pinned(text: &str) -> Option<Asked> {
    let (name, position_text) = text.split_once('@')?;
    let (lat, lon) = position(position_text)?;
    Some(Asked::Pinned { name: name.trim().to_owned(), lat, lon })
}

/// Two decimal numbers with a comma or space between them.
fn position(text: &str) -> Option<(f64, f64)> {
    let plain = |c: char| c.is_ascii_digit() || ".,-+ °".contains(c);
    if !text.chars().all(plain) || !text.contains('.') && !text.contains(',') {
        return None;
    }
    let mut numbers = text.split([',', ' ', '°']).filter(|number| !number.is_empty());
    let (lat, lon) = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    numbers.next().is_none().then_some((lat, lon))
}

/// The whole text as a postcode, else a full one among its words, else a part of one.
fn postcode(text: &str) -> Option<Asked> {
    if let Ok(part) = PostcodePart::parse(text) {
        return Some(Asked::Postcode { part, alone: true });
    }
    let words: Vec<&str> =
        text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let full = |part: &PostcodePart| matches!(part, PostcodePart::Full(_));
    let part = runs(&words, 2)
        .chain(runs(&words, 1))
        .find(full)
        .or_else(|| runs(&words, 2).chain(runs(&words, 1)).find(|part| !full(part)))?;
    Some(Asked::Postcode { part, alone: false })
}

/// What neighbouring words read as, so many at a time. Words that only together look like an
/// outward code (`Flat M 4`) are no postcode.
fn runs<'a>(words: &'a [&str], count: usize) -> impl Iterator<Item = PostcodePart> + 'a {
    words.windows(count).filter_map(move |run| {
        let part = PostcodePart::parse(&run.join(" ")).ok()?;
        let whole_outcode = run.first().is_some_and(|word| word.len() >= part.outcode().len());
        whole_outcode.then_some(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        match read(text) {
            Asked::Position(lat, lon) => format!("position {lat} {lon}"),
            Asked::Pinned { name, lat, lon } => format!("pinned {name} {lat} {lon}"),
            Asked::Postcode { part, alone } => format!("{part} {alone}"),
            Asked::Words(words) => format!("words {words}"),
            Asked::Nothing => "nothing".to_owned(),
        }
    }

    #[test]
    fn a_postcode_is_found_alone_or_among_words() {
        for text in ["WN1 1YF", "wn11yf", " wn1  1yf. "] {
            assert_eq!(said(text), "WN1 1YF true");
        }
        for text in ["WN1 1YF Wigan", "near wn1 1yf please", "10 Market Street, Wigan, WN11YF"] {
            assert_eq!(said(text), "WN1 1YF false");
        }
        assert_eq!(said("TQ2"), "TQ2 true");
        assert_eq!(said("near TQ2 please"), "TQ2 false");
        assert_eq!(said("Wigan WN1 1"), "WN1 1 false");
        assert_eq!(said("Flat M 4, Wigan"), "words Flat M 4, Wigan");
    }

    #[test]
    fn positions_are_two_decimal_numbers() {
        assert_eq!(said("53.543, -2.637"), "position 53.543 -2.637");
        assert_eq!(said("53.543 -2.637"), "position 53.543 -2.637");
        assert_eq!(said("0,0"), "position 0 0");
        assert_eq!(said("Newton @53.166,-2.820"), "pinned Newton 53.166 -2.82");
        assert_eq!(said("1.2.3, 4"), "words 1.2.3, 4");
        assert_eq!(said("53.5"), "words 53.5");
    }

    #[test]
    fn what_is_too_long_is_nothing() {
        assert_eq!(said(&"Wigan ".repeat(2000)), "nothing");
        assert_eq!(said("  "), "nothing");
        assert_eq!(excerpt(&"é".repeat(10_000)).chars().count(), 100);
    }
}
