//! American spellings brought to the British ones.
//!
//! British and not American is the target because the English stemmer of
//! Snowball cuts `organization` down to `organ`, and `organisation` to `organis`.

use std::borrow::Cow;

/// Beginnings that differ, with what replaces them.
const BEGINNINGS: &[(&str, &str)] = &[
    ("anemi", "anaemi"),
    ("anesth", "anaesth"),
    ("behavior", "behaviour"),
    ("canceled", "cancelled"),
    ("canceling", "cancelling"),
    ("color", "colour"),
    ("counselor", "counsellor"),
    ("diarrhea", "diarrhoea"),
    ("endeavor", "endeavour"),
    ("enrollment", "enrolment"),
    ("estrogen", "oestrogen"),
    ("favor", "favour"),
    ("fulfill", "fulfil"),
    ("gynecolog", "gynaecolog"),
    ("harbor", "harbour"),
    ("hemophil", "haemophil"),
    ("honor", "honour"),
    ("humor", "humour"),
    ("leukemi", "leukaemi"),
    ("neighbor", "neighbour"),
    ("orthopedic", "orthopaedic"),
    ("pediatric", "paediatric"),
    ("rumor", "rumour"),
];

/// Whole words that differ.
const WORDS: &[(&str, &str)] = &[
    ("aging", "ageing"),
    ("center", "centre"),
    ("centered", "centred"),
    ("centering", "centring"),
    ("centers", "centres"),
    ("defense", "defence"),
    ("enroll", "enrol"),
    ("fiber", "fibre"),
    ("gray", "grey"),
    ("jewelry", "jewellery"),
    ("judgment", "judgement"),
    ("labor", "labour"),
    ("license", "licence"),
    ("mold", "mould"),
    ("mom", "mum"),
    ("moms", "mums"),
    ("offense", "offence"),
    ("practise", "practice"),
    ("practised", "practiced"),
    ("practising", "practicing"),
    ("program", "programme"),
    ("programs", "programmes"),
    ("theater", "theatre"),
    ("theaters", "theatres"),
];

/// Endings of `-ize` words, with the British ones.
const ENDINGS: &[(&str, &str)] = &[
    ("izations", "isations"),
    ("ization", "isation"),
    ("izing", "ising"),
    ("izers", "isers"),
    ("izer", "iser"),
    ("izes", "ises"),
    ("ized", "ised"),
    ("ize", "ise"),
];

/// Letters that must stand before an ending; fewer and it is `size` or `prize`.
const SHORTEST_STEM: usize = 4;

/// The British spelling of a folded word.
pub(crate) fn british(word: &str) -> Cow<'_, str> {
    if let Ok(at) = WORDS.binary_search_by_key(&word, |(from, _)| from) {
        return Cow::Borrowed(WORDS[at].1);
    }
    for (from, to) in BEGINNINGS {
        if let Some(rest) = word.strip_prefix(from) {
            return Cow::Owned(format!("{to}{rest}"));
        }
    }
    for (from, to) in ENDINGS {
        if let Some(stem) = word.strip_suffix(from).filter(|s| s.len() >= SHORTEST_STEM) {
            return Cow::Owned(format!("{stem}{to}"));
        }
    }
    Cow::Borrowed(word)
}

#[cfg(test)]
mod tests {
    use super::{WORDS, british};

    #[test]
    fn the_table_is_sorted_so_that_it_can_be_searched() {
        assert!(WORDS.is_sorted_by_key(|(from, _)| from));
    }

    #[test]
    fn american_words_become_british() {
        for (american, expect) in [
            ("organization", "organisation"),
            ("socializing", "socialising"),
            ("color", "colour"),
            ("neighborhood", "neighbourhood"),
            ("center", "centre"),
            ("counselor", "counsellor"),
            ("program", "programme"),
        ] {
            assert_eq!(british(american), expect);
        }
    }

    #[test]
    fn other_words_are_left_alone() {
        for word in ["size", "prize", "centre", "laboratory", "programmer", "organ"] {
            assert_eq!(british(word), word);
        }
    }
}
