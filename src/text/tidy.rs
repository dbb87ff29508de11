//! Spaces, capitals and the first sentence.

/// The longest summary.
const SUMMARY: usize = 160;

/// One line: runs of white space are one space.
#[must_use]
pub fn line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || is_invisible(c));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Paragraphs: lines tidied, at most one blank line between them.
#[must_use]
pub fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut tidied = String::with_capacity(text.len());
    let mut blank = 0;
    for part in text.split('\n') {
        let indent =
            if part.starts_with("  ") && part.trim_start().starts_with("- ") { "  " } else { "" };
        let part = line(part);
        if part.is_empty() {
            blank += 1;
            continue;
        }
        if !tidied.is_empty() {
            tidied.push_str(if blank > 0 { "\n\n" } else { "\n" });
        }
        tidied.push_str(indent);
        tidied.push_str(&part);
        blank = 0;
    }
    tidied
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{ad}')
        || (c.is_control() && c != '\n')
}

/// The first sentence of a description, in at most 160 characters.
#[must_use]
pub fn summary(description: &str) -> String {
    let is_heading = |part: &&str| part.chars().count() > 24 || part.ends_with(['.', '!', '?']);
    let parts = || description.split('\n').map(str::trim).filter(|part| !part.is_empty());
    let Some(first) = parts().find(is_heading).or_else(|| parts().next()) else {
        return String::new();
    };
    cut(first_sentence(first), SUMMARY)
}

fn first_sentence(text: &str) -> &str {
    let ends = text.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?'));
    for (at, _) in ends {
        let rest = &text[at + 1..];
        let next = rest.trim_start().chars().next();
        let last_word = text[..at].rsplit(' ').next().unwrap_or_default();
        let is_short = last_word.chars().count() < 3 || last_word.contains('.');
        if rest.starts_with(' ') && next.is_some_and(char::is_uppercase) && !is_short {
            return &text[..=at];
        }
    }
    text
}

/// At most so many characters, ending at a word.
#[must_use]
pub fn cut(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let room = text.char_indices().nth(most - 1).map_or(end, |(at, _)| at);
    let kept = text[..room].rfind(' ').map_or(&text[..room], |space| &text[..space]);
    format!("{}…", kept.trim_end_matches([',', ';', ':', '-', ' ']))
}

/// A name that a register keeps in capitals, as it is written elsewhere.
#[must_use]
pub fn title_case(name: &str) -> String {
    if name.chars().any(char::is_lowercase)
        || name.chars().filter(|c| c.is_alphabetic()).count() < 5
    {
        return name.to_owned();
    }
    let words: Vec<String> =
        name.split(' ').enumerate().map(|(at, word)| title_word(word, at == 0)).collect();
    words.join(" ")
}

const SMALL: [&str; 14] =
    ["A", "AN", "AND", "AT", "BY", "FOR", "FROM", "IN", "OF", "ON", "OR", "THE", "TO", "WITH"];
const LETTERS: [&str; 17] = [
    "UK", "USA", "NHS", "YMCA", "YWCA", "CIO", "CIC", "LGBT", "LGBTQ", "AIDS", "RAF", "PTA",
    "PTFA", "BME", "MENCAP", "U3A", "HIV",
];

fn title_word(word: &str, is_first: bool) -> String {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    if LETTERS.contains(&bare) || is_initials(bare) {
        return word.to_owned();
    }
    if !is_first && SMALL.contains(&bare) {
        return word.to_lowercase();
    }
    let mut title = String::with_capacity(word.len());
    let mut start = true;
    for c in word.chars() {
        if start && c.is_alphabetic() {
            title.push(c);
        } else {
            title.extend(c.to_lowercase());
        }
        start = matches!(c, '-' | '/' | '(' | '.') || (start && !c.is_alphanumeric());
    }
    title
}

/// Letters that cannot be said as a word: `RNLI`, `BMX`.
fn is_initials(word: &str) -> bool {
    let common = ["ST", "LTD", "MR", "MRS", "DR", "PLC"];
    (2..=5).contains(&word.len())
        && word.chars().all(|c| c.is_ascii_uppercase() && !"AEIOUY".contains(c))
        && !common.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_paragraphs_lose_stray_space() {
        assert_eq!(line(" a\u{a0} b\t\nc\u{200b} "), "a b c");
        assert_eq!(paragraphs("a \r\n\r\n\r\nb\nc\n\n"), "a\n\nb\nc");
    }

    #[test]
    fn a_summary_is_the_first_sentence() {
        let text = "About Us\n\nSt. Ann's Hub helps people, e.g. those alone. Call us.";
        assert_eq!(summary(text), "St. Ann's Hub helps people, e.g. those alone.");
        assert_eq!(summary("Lunch club"), "Lunch club");
        let long = summary(&"word ".repeat(60));
        assert!(long.chars().count() <= 160 && long.ends_with("word…"), "{long}");
    }

    #[test]
    fn a_name_in_capitals_is_written_as_a_name() {
        for (shouted, name) in [
            ("SOUTHERN AFRICA RESOURCES CENTRE", "Southern Africa Resources Centre"),
            ("THE FRIENDS OF ST MARY'S (BOLTON)", "The Friends of St Mary's (Bolton)"),
            ("YMCA STOKE-ON-TRENT LTD", "YMCA Stoke-On-Trent Ltd"),
            ("42ND STREET", "42nd Street"),
            ("Age UK", "Age UK"),
            ("MIND", "MIND"),
        ] {
            assert_eq!(title_case(shouted), name);
        }
    }
}
