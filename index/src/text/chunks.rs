//! Text cut into the chunks that people separate by spaces.

use super::fold::{fold, is_apostrophe, is_hyphen};

/// Longer parts are data, not words.
const LONGEST_PART: usize = 48;
/// Longer compounds are web addresses and the like, not worth a joined form.
const LONGEST_JOINED: usize = 40;

/// A word, or several held together: `drop-in` has the parts `drop`, `in` and the joined form `dropin`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chunk {
    pub(crate) parts: Vec<String>,
    /// The whole as one word, where it differs from the parts.
    pub(crate) joined: Option<String>,
}

/// The chunks of a text, folded: apostrophes go, `&` inside a chunk is `and` and stays in the joined form.
pub(crate) fn chunks(text: &str) -> Vec<Chunk> {
    let folded = fold(text);
    let mut cutter = Cutter::default();
    let mut rest = folded.chars().filter(|c| !is_apostrophe(*c)).peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied();
        cutter.take(c, next);
    }
    cutter.end_chunk();
    cutter.done
}

#[derive(Default)]
struct Cutter {
    done: Vec<Chunk>,
    parts: Vec<String>,
    part: String,
    joined: String,
    /// Whether the joined form holds something that the parts do not.
    marked: bool,
    /// Whether anything but full stops held parts together.
    hyphened: bool,
}

impl Cutter {
    fn take(&mut self, c: char, next: Option<char>) {
        let goes_on = next.is_some_and(char::is_alphanumeric);
        let inside = !self.part.is_empty() && goes_on;
        if c.is_alphanumeric() {
            self.part.push(c);
            self.joined.push(c);
        } else if c == '&' && inside {
            self.end_part();
            self.parts.push("and".to_owned());
            self.joined.push('&');
            self.marked = true;
        } else if c == '&' {
            self.end_chunk();
            self.part.push_str("and");
            self.joined.push_str("and");
            self.end_chunk();
        } else if c == '+' && !self.part.is_empty() && !goes_on {
            self.joined.push('+');
            self.marked = true;
            self.end_chunk();
        } else if inside && (is_hyphen(c) || c == '.' || self.between_digits(c, next)) {
            self.hyphened |= c != '.';
            self.end_part();
        } else {
            self.end_chunk();
        }
    }

    /// Whether this is the stroke of `24/7`; between words it separates.
    fn between_digits(&self, c: char, next: Option<char>) -> bool {
        c == '/'
            && next.is_some_and(|n| n.is_ascii_digit())
            && self.part.ends_with(|p: char| p.is_ascii_digit())
    }

    fn end_part(&mut self) {
        if !self.part.is_empty() {
            self.parts.push(std::mem::take(&mut self.part));
        }
    }

    fn end_chunk(&mut self) {
        self.end_part();
        let mut parts = std::mem::take(&mut self.parts);
        let joined = std::mem::take(&mut self.joined);
        let marked = std::mem::take(&mut self.marked);
        let hyphened = std::mem::take(&mut self.hyphened);
        let differs = parts.len() > 1 || marked;
        // `N.H.S.` is one word that somebody spelt out.
        if !marked && !hyphened && parts.len() > 1 && parts.iter().all(|p| p.chars().count() == 1) {
            self.done.push(Chunk { parts: vec![joined], joined: None });
            return;
        }
        parts.retain(|p| p.len() <= LONGEST_PART);
        if !parts.is_empty() {
            let joined = (differs && joined.len() <= LONGEST_JOINED).then_some(joined);
            self.done.push(Chunk { parts, joined });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::chunks;

    fn check(text: &str, expect: &[(&[&str], Option<&str>)]) {
        let found = chunks(text);
        let found: Vec<(Vec<&str>, Option<&str>)> = found
            .iter()
            .map(|c| (c.parts.iter().map(String::as_str).collect(), c.joined.as_deref()))
            .collect();
        let expect: Vec<(Vec<&str>, Option<&str>)> =
            expect.iter().map(|(p, j)| (p.to_vec(), *j)).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn hyphens_split_and_join() {
        check("Drop-in", &[(&["drop", "in"], Some("dropin"))]);
        check("0–5s", &[(&["0", "5s"], Some("05s"))]);
        check("open - late", &[(&["open"], None), (&["late"], None)]);
    }

    #[test]
    fn apostrophes_vanish() {
        check("St. John’s carers'", &[(&["st"], None), (&["johns"], None), (&["carers"], None)]);
    }

    #[test]
    fn an_ampersand_is_and() {
        check("Health & Safety", &[(&["health"], None), (&["and"], None), (&["safety"], None)]);
        check("A&E", &[(&["a", "and", "e"], Some("a&e"))]);
    }

    #[test]
    fn a_plus_stays_findable() {
        check("LGBTQ+ 50+", &[(&["lgbtq"], Some("lgbtq+")), (&["50"], Some("50+"))]);
    }

    #[test]
    fn spelt_out_letters_are_one_word() {
        check("N.H.S.", &[(&["nhs"], None)]);
        check("1-1", &[(&["1", "1"], Some("11"))]);
    }

    #[test]
    fn strokes_join_only_digits() {
        check("24/7 and/or", &[(&["24", "7"], Some("247")), (&["and"], None), (&["or"], None)]);
    }

    #[test]
    fn nothing_to_find_gives_nothing() {
        check(" --- !?", &[]);
        check(&"x".repeat(500), &[]);
    }
}
