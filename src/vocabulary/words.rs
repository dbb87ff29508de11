//! How words are compared: case, accents, apostrophes, hyphens, plurals and spelling set aside.

use std::{collections::HashMap, ops::Range};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::schema::VariantsFile;

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
pub(super) enum Gap {
    /// Nothing, a space or a hyphen: a phrase may run across it.
    Joined,
    /// A comma, colon, bracket or quotation mark.
    Comma,
    /// The end of a sentence or a line.
    Sentence,
}

/// A word of a text, with the forms it is compared by.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Where it stands in the text.
    pub span: Range<usize>,
    /// In lower case, without accents or apostrophes.
    pub word: String,
    /// As `word`, singular and in one spelling.
    pub key: String,
    /// As `key`, whoever is spoken of: "her" as "my", "doesn't" as "don't".
    pub voice: String,
    pub gap: Gap,
    /// Whether it was typed with a minus before it, as in "-alcohol".
    pub minus: bool,
}

/// The spellings that are looked at as one.
#[derive(Debug, Default)]
pub(super) struct Speller {
    spelling: HashMap<String, String>,
    same: HashMap<String, String>,
}

impl Speller {
    pub fn new(file: &VariantsFile) -> Self {
        let mut speller = Self::default();
        for (form, others) in &file.spelling {
            let pairs = others.iter().map(|other| (singular(other), singular(form)));
            speller.spelling.extend(pairs);
        }
        for (form, others) in &file.same {
            let pairs = others.iter().map(|other| (singular(other), singular(form)));
            speller.same.extend(pairs);
        }
        speller
    }

    /// The words of `text`, in order.
    pub fn tokens(&self, text: &str) -> Vec<Token> {
        let raw = split(text);
        raw.into_iter().map(|raw| self.token(raw)).collect()
    }

    /// The ways `phrase` may be written, as keys: a hyphen also stands for none.
    pub fn spellings(&self, phrase: &str) -> Vec<Vec<Token>> {
        let mut spellings = vec![self.tokens(phrase)];
        if phrase.contains('-') {
            spellings.push(self.tokens(&phrase.replace('-', "")));
        }
        spellings
    }

    fn token(&self, raw: RawToken) -> Token {
        let singular = singular(&raw.word);
        let key = self.spelling.get(&singular).cloned().unwrap_or(singular);
        let voice = self.same.get(&key).cloned().unwrap_or_else(|| key.clone());
        Token { span: raw.span, word: raw.word, key, voice, gap: raw.gap, minus: raw.minus }
    }
}

/// `word` without a simple plural ending; only ever compared with others made the same way.
pub(super) fn singular(word: &str) -> String {
    let long = word.len() > 4;
    if let Some(stem) = word.strip_suffix("ies").filter(|_| long) {
        return format!("{stem}y");
    }
    let hisses = |stem: &&str| ["ss", "sh", "ch", "x", "z"].iter().any(|end| stem.ends_with(end));
    if let Some(stem) = word.strip_suffix("es").filter(|_| long).filter(hisses) {
        return stem.to_owned();
    }
    let kept = ["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    match word.strip_suffix('s') {
        Some(stem) if word.len() > 3 && !kept => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// A character in lower case and without its accents.
pub(super) fn fold(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase)
}

#[derive(Debug)]
struct RawToken {
    span: Range<usize>,
    word: String,
    gap: Gap,
    minus: bool,
}

/// What a character does to the word before it.
enum Step {
    Letter,
    /// An apostrophe, the plus of "LGBTQ+", the dots of "P.I.P."
    Silent,
    Break(Gap),
    And,
}

fn step(c: char, before: Option<char>, after: Option<char>) -> Step {
    let within = before.is_some_and(char::is_alphanumeric);
    match c {
        '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '+' => Step::Silent,
        '&' => Step::And,
        '.' if within && after.is_some_and(char::is_alphanumeric) => Step::Silent,
        '.' | '!' | '?' | ';' | '\n' | '\r' | '•' | '|' => Step::Break(Gap::Sentence),
        ',' | ':' | '(' | ')' | '[' | ']' | '"' | '“' | '”' | '«' | '»' => {
            Step::Break(Gap::Comma)
        }
        _ if c.is_alphanumeric() || is_combining_mark(c) => Step::Letter,
        _ => Step::Break(Gap::Joined),
    }
}

/// Splits `text` into words with what stood between them.
fn split(text: &str) -> Vec<RawToken> {
    let mut tokens: Vec<RawToken> = Vec::new();
    let mut gap = Gap::Joined;
    let mut open = false;
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        match step(c, before, chars.peek().map(|(_, c)| *c)) {
            Step::Letter if open => extend(&mut tokens, end, c),
            Step::Letter => {
                tokens.push(RawToken {
                    span: at..end,
                    word: String::new(),
                    gap,
                    minus: minus(text, at),
                });
                extend(&mut tokens, end, c);
                (open, gap) = (true, Gap::Joined);
            }
            Step::Silent => {}
            Step::Break(found) => {
                open = false;
                gap = if found > gap { found } else { gap };
            }
            Step::And => {
                tokens.push(RawToken { span: at..end, word: "and".to_owned(), gap, minus: false });
                (open, gap) = (false, Gap::Joined);
            }
        }
        before = Some(c);
    }
    tokens.retain(|token| !token.word.is_empty());
    tokens
}

fn extend(tokens: &mut [RawToken], end: usize, c: char) {
    if let Some(token) = tokens.last_mut() {
        token.span.end = end;
        token.word.extend(fold(c).filter(|c| c.is_alphanumeric()));
    }
}

/// Whether the word at `at` was typed with a minus of its own, which a hyphen within a word is not.
fn minus(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    matches!(before.next(), Some('-' | '−')) && before.next().is_none_or(char::is_whitespace)
}
