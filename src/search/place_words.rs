//! A place that was written among the words: "food bank in Leigh", "cricket club Altrincham",
//! "a band near Sale that takes beginners".

use crate::{
    domain::Point,
    geo::{Gazetteer, Precision, Resolution},
    vocabulary::Vocabulary,
};

/// Words that stand before a place.
const BEFORE: [&str; 5] = ["in", "near", "around", "at", "nr"];
/// What may follow a name and says no more.
const TOWN: &str = "town centre";
/// The most words that a place's name has here.
const LONGEST: usize = 4;

/// The words without the place, and the place as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceInWords {
    pub words: String,
    /// With the word before it, as typed.
    pub said: String,
    pub near: String,
}

/// Finds a place at the end of the words, or else one with "in" before it and a capital among them.
/// At the end one without "in" before it has to be written with
/// capitals, as "reading group" is not in Berkshire; and nothing that a need is called is a place.
pub fn find(
    words: &str,
    gazetteer: &Gazetteer,
    vocabulary: &Vocabulary,
    home: Option<Point>,
) -> Option<PlaceInWords> {
    let text = words.trim().trim_end_matches(['?', '.', '!', ',']);
    let starts = starts_of_words(text);
    for count in (1..=LONGEST.min(starts.len().saturating_sub(1))).rev() {
        let at = starts[starts.len() - count];
        let name = text[at..].trim();
        let before = starts.len() - count - 1;
        let word_before = text[starts[before]..at].trim().to_lowercase();
        let is_said = BEFORE.contains(&word_before.as_str()) && before > 0;
        let rest = if is_said { &text[..starts[before]] } else { &text[..at] };
        if rest.split_whitespace().all(|word| BEFORE.contains(&word.to_lowercase().as_str())) {
            continue;
        }
        let is_named = is_said || (is_capitalised(name) && !is_capitalised(rest));
        if is_named && is_place(name, gazetteer, vocabulary, home) {
            let words = rest.trim().trim_end_matches(',').trim_end().to_owned();
            let said = text[rest.len()..].trim().to_owned();
            return Some(PlaceInWords { words, said, near: name.to_owned() });
        }
    }
    amid(text, &starts, |name| is_place(name, gazetteer, vocabulary, home))
}

/// Finds a place that other words follow.
fn amid(text: &str, starts: &[usize], is_place: impl Fn(&str) -> bool) -> Option<PlaceInWords> {
    let word_at = |at: usize| {
        let end = starts.get(at + 1).copied().unwrap_or(text.len());
        text[starts[at]..end].trim()
    };
    for before in 1..starts.len() {
        if !BEFORE.contains(&word_at(before).to_lowercase().as_str()) {
            continue;
        }
        let last = starts.len().saturating_sub(2).min(before + LONGEST);
        for end in (before + 1..=last).rev() {
            let name = text[starts[before + 1]..starts[end + 1]].trim().trim_end_matches(',');
            if is_capitalised(name) && is_place(name) {
                let after = text[starts[end + 1]..].trim_start_matches(TOWN).trim_start();
                return Some(PlaceInWords {
                    words: format!("{} {after}", text[..starts[before]].trim()),
                    said: format!("{} {name}", word_at(before)),
                    near: name.to_owned(),
                });
            }
        }
    }
    None
}

fn starts_of_words(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut in_word = false;
    for (at, c) in text.char_indices() {
        if !c.is_whitespace() && !in_word {
            starts.push(at);
        }
        in_word = !c.is_whitespace();
    }
    starts
}

/// Whether every word begins with a capital and none is an acronym.
fn is_capitalised(text: &str) -> bool {
    let mut words = text.split_whitespace().peekable();
    words.peek().is_some()
        && words.all(|word| {
            let mut letters = word.chars();
            letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase)
        })
}

fn is_place(
    name: &str,
    gazetteer: &Gazetteer,
    vocabulary: &Vocabulary,
    home: Option<Point>,
) -> bool {
    let meant = vocabulary.understand(name);
    let is_topic = meant.terms.iter().chain(&meant.excluded).any(|term| !term.needs.is_empty());
    if is_topic || meant.terms.is_empty() {
        return false;
    }
    match gazetteer.resolve(name, home) {
        Resolution::Found(spot) => matches!(
            spot.precision,
            Precision::Name
                | Precision::Area
                | Precision::Outcode
                | Precision::Sector
                | Precision::Postcode
        ),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIGAN: Point = Point { lat: 53.5448, lon: -2.6318 };

    fn found(words: &str) -> Option<(String, String)> {
        let found = find(words, &Gazetteer::shipped(), Vocabulary::shipped(), Some(WIGAN))?;
        Some((found.words, found.near))
    }

    fn is(words: &str, near: &str) -> Option<(String, String)> {
        Some((words.to_owned(), near.to_owned()))
    }

    #[test]
    fn a_place_at_the_end_is_the_place() {
        assert_eq!(found("food bank in Leigh"), is("food bank", "Leigh"));
        assert_eq!(found("food bank in leigh?"), is("food bank", "leigh"));
        assert_eq!(
            found("woodwork near Ashton-in-Makerfield"),
            is("woodwork", "Ashton-in-Makerfield")
        );
        assert_eq!(found("debt advice Atherton"), is("debt advice", "Atherton"));
        assert_eq!(found("lunch club, WN7"), None, "an outcode has no lower case");
        assert_eq!(found("lunch club in WN7"), is("lunch club", "WN7"));
    }

    #[test]
    fn a_place_amid_the_words_has_in_before_it_and_a_capital() {
        let band = found("is there a band near Altrincham that takes amateurs?");
        assert_eq!(band, is("is there a band that takes amateurs", "Altrincham"));
        let crisis = found("somewhere in Wigan town centre to go in a crisis");
        assert_eq!(crisis, is("somewhere to go in a crisis", "Wigan"));
        assert_eq!(found("help in reading for adults"), None);
        assert_eq!(found("groups at Home for carers"), None);
    }

    #[test]
    fn what_is_no_place_stays_among_the_words() {
        for words in [
            "reading group",
            "in debt",
            "someone in recovery",
            "care at home",
            "Leigh",
            "in Leigh",
            "stuck at home",
            "interested in history",
            "jumble sale",
            "",
            "in",
            "in in in",
        ] {
            assert_eq!(found(words), None, "{words}");
        }
    }
}
