//! What two spellings of one name share.

use unicode_normalization::UnicodeNormalization;

/// Words that link a place's name to what tells it apart: Newton-*le*-Willows.
const LINKS: [&str; 15] = [
    "le", "in", "under", "on", "upon", "by", "with", "near", "next", "cum", "super", "en", "de",
    "juxta", "sub",
];

/// Lower case without accents; `&` = and, saint = st, hyphens and full stops are spaces,
/// apostrophes vanish. The shipped names were folded for likeness in the same way.
#[must_use]
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let mut word = String::new();
    for c in name.nfkd() {
        match c {
            c if c.is_ascii_alphanumeric() => word.push(c.to_ascii_lowercase()),
            '\'' | '’' | '‘' | '`' => {}
            '&' => {
                push(&mut folded, &mut word);
                word.push_str("and");
                push(&mut folded, &mut word);
            }
            c if !c.is_ascii() && c.is_alphanumeric() => word.extend(c.to_lowercase()),
            // What nfkd parts from a letter is its accent.
            c if !c.is_ascii() && !c.is_whitespace() && !is_dash(c) => {}
            _ => push(&mut folded, &mut word),
        }
    }
    push(&mut folded, &mut word);
    folded
}

fn is_dash(c: char) -> bool {
    ('\u{2010}'..='\u{2015}').contains(&c)
}

fn push(folded: &mut String, word: &mut String) {
    if word.is_empty() {
        return;
    }
    if !folded.is_empty() {
        folded.push(' ');
    }
    folded.push_str(if word == "saint" { "st" } else { word });
    word.clear();
}

/// What a folded name is called for short: `newton` of `newton le willows`.
#[must_use]
pub fn short_of(folded: &str) -> Option<&str> {
    let mut at = 0;
    for (nth, word) in folded.split(' ').enumerate() {
        if nth > 0 && LINKS.contains(&word) {
            return folded.get(..at - 1).filter(|short| short.len() > 2);
        }
        at += word.len() + 1;
    }
    None
}

/// Where each later word of weight starts in a folded name, for finding `Makerfield`.
pub fn inner_starts(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .match_indices(' ')
        .filter_map(|(at, _)| folded.get(at + 1..))
        .filter(|rest| rest.split(' ').next().is_some_and(|word| word.len() > 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_fold_together() {
        for text in ["St Helens", "st. helens", "SAINT HELENS", "St  Helen’s", "st-helens"] {
            assert_eq!(fold(text), "st helens", "{text}");
        }
        assert_eq!(fold("Brighton & Hove"), fold("brighton and hove"));
        assert_eq!(fold("Ashton–in–Makerfield"), "ashton in makerfield");
        assert_eq!(fold("Café Ðú"), "cafe ðu");
        assert_eq!(fold(" ,;- "), "");
    }

    #[test]
    fn a_name_is_short_up_to_its_link() {
        assert_eq!(short_of("newton le willows"), Some("newton"));
        assert_eq!(short_of("kingston upon hull"), Some("kingston"));
        assert_eq!(short_of("in makerfield"), None);
        assert_eq!(short_of("wigan"), None);
    }
}
