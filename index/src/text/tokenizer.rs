//! The tokenizers that tantivy runs over the entries' text.

use std::borrow::Cow;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::british::british;
use super::chunks::chunks;

/// The form of a folded word before it is stemmed.
pub(super) fn one_word(word: &str) -> Cow<'_, str> {
    british(word)
}

/// Folded words in British spelling; compounds split, and joined at the place of their first part.
#[derive(Clone, Default)]
pub(super) struct WordTokenizer;

/// Folded words of three letters and more, as they are written: what a spelling may be corrected to.
#[derive(Clone, Default)]
pub(super) struct PlainTokenizer;

/// Shorter words are never a correction.
const SHORTEST_PLAIN: usize = 3;

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = ReadyTokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> ReadyTokens {
        let mut tokens = Vec::new();
        let mut position = 0;
        for chunk in chunks(text) {
            let joined = chunk.joined.as_deref().map(one_word);
            for (index, part) in chunk.parts.iter().enumerate() {
                tokens.push((position + index, one_word(part).into_owned()));
                if let (0, Some(joined)) = (index, &joined) {
                    tokens.push((position, joined.clone().into_owned()));
                }
            }
            position += chunk.parts.len();
        }
        ReadyTokens::new(tokens)
    }
}

impl Tokenizer for PlainTokenizer {
    type TokenStream<'a> = ReadyTokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> ReadyTokens {
        let words = chunks(text).into_iter().flat_map(|chunk| chunk.parts);
        let letters = |word: &String| {
            word.chars().count() >= SHORTEST_PLAIN && word.chars().all(char::is_alphabetic)
        };
        ReadyTokens::new(words.filter(letters).enumerate().collect())
    }
}

/// Tokens worked out beforehand.
pub(super) struct ReadyTokens {
    rest: std::vec::IntoIter<(usize, String)>,
    token: Token,
}

impl ReadyTokens {
    fn new(tokens: Vec<(usize, String)>) -> Self {
        Self { rest: tokens.into_iter(), token: Token::default() }
    }
}

impl TokenStream for ReadyTokens {
    fn advance(&mut self) -> bool {
        let Some((position, text)) = self.rest.next() else {
            return false;
        };
        self.token.position = position;
        self.token.text = text;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
