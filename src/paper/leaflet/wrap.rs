//! Texts broken into lines by the widths of their letters.

use super::font::{Faces, Style};
use super::units::Points;

/// Before these a long web address is broken sooner than elsewhere, if there is no `/` to follow.
const JOINTS: [char; 7] = ['.', '-', '_', '?', '&', '=', '@'];

/// The lines of a clean text. A line that ends between words keeps its space, so that the words
/// stay apart where they are copied.
pub(super) fn wrap(text: &str, style: Style, width: Points, faces: &Faces) -> Vec<String> {
    let mut wrapper =
        Wrapper { faces, style, width, lines: Vec::new(), line: String::new(), used: Points::ZERO };
    for words in inseparable(text) {
        wrapper.add_word(words);
    }
    wrapper.end_line();
    wrapper.lines
}

/// The words of a text, or several where the second means nothing at the start of a line.
fn inseparable(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (space, _) in text.match_indices(' ') {
        if !clings(text.get(space + 1..).unwrap_or_default()) {
            found.extend(text.get(start..space));
            start = space + 1;
        }
    }
    found.extend(text.get(start..));
    found
}

/// Whether a text begins with the half of a time or with the second half of a postcode.
fn clings(text: &str) -> bool {
    let word = text.split(' ').next().unwrap_or_default();
    let word = word.trim_end_matches(|c: char| c.is_ascii_punctuation());
    match word.as_bytes() {
        [b'a' | b'p', b'm'] => true,
        [digit, one, two] => {
            digit.is_ascii_digit() && one.is_ascii_uppercase() && two.is_ascii_uppercase()
        }
        _ => false,
    }
}

struct Wrapper<'a> {
    faces: &'a Faces,
    style: Style,
    width: Points,
    lines: Vec<String>,
    line: String,
    used: Points,
}

impl Wrapper<'_> {
    fn add_word(&mut self, word: &str) {
        if !self.line.is_empty() {
            self.line.push(' ');
            self.used += self.faces.char_width(' ', self.style);
        }
        if self.used + self.faces.width(word, self.style) > self.width {
            self.end_line();
        }
        let mut rest = word;
        while let Some((head, tail)) = self.split(rest) {
            self.line.push_str(head);
            self.end_line();
            rest = tail;
        }
        self.line.push_str(rest);
        self.used += self.faces.width(rest, self.style);
    }

    fn end_line(&mut self) {
        if !self.line.is_empty() {
            self.lines.push(std::mem::take(&mut self.line));
        }
        self.used = Points::ZERO;
    }

    /// A word that is wider than a line, in the part for this line and the rest.
    fn split<'w>(&self, word: &'w str) -> Option<(&'w str, &'w str)> {
        let limit = self.overflow(word)?;
        let (head, _) = word.split_at_checked(limit)?;
        let is_far = |at: &usize| at * 3 > limit;
        let slash = head.rfind('/').map(|at| at + 1).filter(is_far);
        let joint = slash.or_else(|| head.rfind(JOINTS).filter(is_far));
        let at = joint.unwrap_or(limit);
        word.split_at_checked(at)
    }

    /// The place of the first letter, but never the very first, that stands out of the line.
    fn overflow(&self, word: &str) -> Option<usize> {
        let mut used = Points::ZERO;
        let mut places = word.char_indices().map(|(at, character)| {
            used += self.faces.char_width(character, self.style);
            (at, used)
        });
        let past = places.find(|(at, used)| *at > 0 && *used > self.width);
        past.map(|(at, _)| at)
    }
}
