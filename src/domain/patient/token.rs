//! A text as words, numbers and marks, so that things are found however they are spaced.

use std::iter::Peekable;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    Mark,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Lower,
    /// Begins with a capital.
    Title,
    /// Capitals only, at least two.
    Upper,
}

#[derive(Debug)]
pub(super) struct Token {
    kind: Kind,
    /// In small letters and ASCII digits.
    text: String,
    pub case: Case,
    /// Whether white space stands before it.
    pub spaced: bool,
}

/// All tokens of a text; every look at one that is not there finds nothing.
pub(super) struct Scan(Vec<Token>);

/// Digits that stand in groups.
#[derive(Default)]
pub(super) struct Run {
    pub digits: String,
    pub sizes: Vec<usize>,
    pub gaps: Vec<Gap>,
    /// The token after it.
    pub end: usize,
}

/// What parts two groups of digits: a mark, or a blank for white space only.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Gap {
    pub mark: char,
    spaced: bool,
}

impl Run {
    /// Whether one thing only parts the groups.
    pub fn is_even(&self) -> bool {
        self.gaps.windows(2).all(|pair| matches!(pair, [a, b] if a == b))
    }
}

impl Scan {
    pub fn of(text: &str) -> Self {
        let mut chars = text.chars().filter_map(fold).peekable();
        let (mut tokens, mut spaced) = (Vec::new(), true);
        while let Some(first) = chars.next() {
            let blank = first.is_whitespace() || first.is_control();
            if !blank {
                tokens.push(token(first, &mut chars, spaced));
            }
            spaced = blank;
        }
        Self(tokens)
    }

    pub fn any(&self, check: impl Fn(&Self, usize) -> bool) -> bool {
        (0..self.0.len()).any(|at| check(self, at))
    }

    pub fn get(&self, at: usize) -> Option<&Token> {
        self.0.get(at)
    }

    pub fn word(&self, at: usize) -> Option<&str> {
        self.text(at, Kind::Word)
    }

    pub fn number(&self, at: usize) -> Option<&str> {
        self.text(at, Kind::Number)
    }

    pub fn mark(&self, at: usize) -> Option<char> {
        self.text(at, Kind::Mark)?.chars().next()
    }

    pub fn word_before(&self, at: usize) -> Option<&str> {
        self.word(at.checked_sub(1)?)
    }

    pub fn mark_before(&self, at: usize) -> Option<char> {
        self.mark(at.checked_sub(1)?)
    }

    pub fn is_word(&self, at: usize, among: &[&str]) -> bool {
        self.word(at).is_some_and(|word| among.contains(&word))
    }

    /// Whether it follows the token before it without white space.
    pub fn is_joined(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| !token.spaced)
    }

    /// Whether a word begins with a capital.
    pub fn is_capital(&self, at: usize) -> bool {
        self.word(at).is_some() && self.get(at).is_some_and(|token| token.case != Case::Lower)
    }

    /// The number after the one at `at`, with at most `most` of `marks` between them.
    pub fn next_number(&self, at: usize, marks: &[char], most: usize) -> Option<(usize, Gap)> {
        let mut gap = Gap { mark: ' ', spaced: false };
        for next in at + 1..=at + 1 + most {
            gap.spaced |= self.get(next)?.spaced;
            if self.number(next).is_some() {
                return Some((next, gap));
            }
            gap.mark = self.mark(next).filter(|mark| marks.contains(mark))?;
        }
        None
    }

    /// The groups of digits from `at` on that make up `length` digits.
    pub fn run(&self, at: usize, length: usize, marks: &[char], most: usize) -> Option<Run> {
        let (mut run, mut at) = (Run::default(), at);
        loop {
            let group = self.number(at)?;
            if run.digits.len() + group.len() > length {
                return None;
            }
            run.digits.push_str(group);
            run.sizes.push(group.len());
            run.end = at + 1;
            if run.digits.len() == length {
                return Some(run);
            }
            let (next, gap) = self.next_number(at, marks, most)?;
            run.gaps.push(gap);
            at = next;
        }
    }

    fn text(&self, at: usize, kind: Kind) -> Option<&str> {
        self.0.get(at).filter(|token| token.kind == kind).map(|token| token.text.as_str())
    }
}

fn token(first: char, rest: &mut Peekable<impl Iterator<Item = char>>, spaced: bool) -> Token {
    if first.is_ascii_digit() {
        let text = taken(first, rest, |c| c.is_ascii_digit());
        return Token { kind: Kind::Number, text, case: Case::Lower, spaced };
    }
    if !first.is_alphabetic() {
        return Token { kind: Kind::Mark, text: first.into(), case: Case::Lower, spaced };
    }
    let text = taken(first, rest, |c| c.is_alphabetic() || c == '\'');
    let text = text.trim_end_matches('\'');
    Token { kind: Kind::Word, text: text.to_lowercase(), case: case_of(text), spaced }
}

fn taken(
    first: char,
    rest: &mut Peekable<impl Iterator<Item = char>>,
    more: impl Fn(char) -> bool,
) -> String {
    let mut text = String::from(first);
    while let Some(c) = rest.next_if(|c| more(*c)) {
        text.push(c);
    }
    text
}

fn case_of(word: &str) -> Case {
    let mut chars = word.chars();
    if !chars.next().is_some_and(char::is_uppercase) {
        return Case::Lower;
    }
    let mut rest = chars.filter(|c| c.is_alphabetic()).peekable();
    let several = rest.peek().is_some();
    if several && rest.all(char::is_uppercase) { Case::Upper } else { Case::Title }
}

/// The plain spelling of a character; nothing for those that are not seen.
fn fold(c: char) -> Option<char> {
    Some(match c {
        '\u{ad}'
        | '\u{300}'..='\u{36f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'
        | '\u{20e3}'
        | '\u{fe0f}'
        | '\u{feff}' => return None,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '`' | '´' => '\'',
        '\u{2044}' | '\u{2215}' => '/',
        '\u{b7}' | '\u{2022}' | '\u{2024}' => '.',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0)?,
        '\u{660}'..='\u{669}' => digit(c, '\u{660}')?,
        '\u{6f0}'..='\u{6f9}' => digit(c, '\u{6f0}')?,
        '\u{966}'..='\u{96f}' => digit(c, '\u{966}')?,
        '\u{9e6}'..='\u{9ef}' => digit(c, '\u{9e6}')?,
        '\u{1d7ce}'..='\u{1d7ff}' => digit(c, '\u{1d7ce}')?,
        _ => c,
    })
}

fn digit(c: char, zero: char) -> Option<char> {
    char::from_digit((u32::from(c) - u32::from(zero)) % 10, 10)
}
