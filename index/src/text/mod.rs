//! How text becomes the words that are indexed and looked for.

mod british;
mod chunks;
mod fold;
mod tokenizer;

use std::cell::RefCell;

use tantivy::tokenizer::{Language, Stemmer, TextAnalyzer, TokenizerManager};

pub(crate) use chunks::chunks;
pub(crate) use fold::fold;
use fold::is_apostrophe;
use tokenizer::{PlainTokenizer, WordTokenizer, one_word};

/// Tokenizer of the fields that are searched: stemmed, with joined forms.
pub(crate) const WORDS: &str = "hereabouts_words";
/// Tokenizer of the field that spellings are taken from: words as they are written.
pub(crate) const PLAIN: &str = "hereabouts_plain";

/// Registers both tokenizers.
pub(crate) fn register(manager: &TokenizerManager) {
    let stemmed =
        TextAnalyzer::builder(WordTokenizer).filter(Stemmer::new(Language::English)).build();
    manager.register(WORDS, stemmed);
    manager.register(PLAIN, TextAnalyzer::from(PlainTokenizer));
}

/// The form of a name for ordering and for suggesting: folded, without apostrophes or idle space.
pub(crate) fn name_key(name: &str) -> String {
    let folded = fold(name).replace(is_apostrophe, "");
    let words: Vec<&str> = folded.split_whitespace().collect();
    words.join(" ")
}

/// Words that a name may have or lack and be the same.
const IDLE: &[&str] = &[
    "a", "an", "and", "at", "by", "for", "from", "how", "in", "into", "is", "it", "its", "me",
    "my", "of", "on", "or", "our", "the", "their", "them", "this", "to", "us", "we", "who", "with",
    "you", "your",
];
/// What is longer is no name.
const LONGEST_NAME: usize = 200;

thread_local! {
    static ANALYST: RefCell<Analyst> = RefCell::new(Analyst::default());
}

/// A whole name as it can be looked up: the words that matter in their indexed form, each once,
/// in the order of the alphabet. `None` where there are none, or the text is too long for a name.
pub(crate) fn called(name: &str) -> Option<String> {
    if name.len() > LONGEST_NAME {
        return None;
    }
    let parts = chunks(name).into_iter().flat_map(|chunk| chunk.parts);
    let mut words: Vec<String> = ANALYST.with_borrow_mut(|analyst| {
        parts
            .filter(|part| !IDLE.contains(&part.as_str()))
            .map(|part| analyst.stem(&part))
            .collect()
    });
    words.sort_unstable();
    words.dedup();
    (!words.is_empty()).then(|| words.join(" "))
}

/// A typed word as the index holds it: its parts in order, and its joined form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sought {
    pub(crate) parts: Vec<String>,
    pub(crate) joined: Option<String>,
}

/// Brings typed words into the index's form, through the same steps.
pub(crate) struct Analyst {
    stemmer: TextAnalyzer,
}

impl Default for Analyst {
    fn default() -> Self {
        let stemmer = TextAnalyzer::builder(tantivy::tokenizer::RawTokenizer::default())
            .filter(Stemmer::new(Language::English))
            .build();
        Self { stemmer }
    }
}

impl Analyst {
    /// Everything to look for in `text`, in order; empty where nothing in it is a word.
    pub(crate) fn sought(&mut self, text: &str) -> Vec<Sought> {
        chunks(text)
            .into_iter()
            .map(|chunk| Sought {
                parts: chunk.parts.iter().map(|part| self.stem(part)).collect(),
                joined: chunk.joined.map(|joined| self.stem(&joined)),
            })
            .collect()
    }

    /// The indexed form of one folded word.
    pub(crate) fn stem(&mut self, word: &str) -> String {
        let word = one_word(word);
        let mut stream = self.stemmer.token_stream(&word);
        stream.next().map_or_else(|| word.to_string(), |token| token.text.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::{Analyst, Sought, WORDS, called, register};
    use tantivy::tokenizer::TokenizerManager;

    fn indexed(text: &str) -> Vec<(usize, String)> {
        let manager = TokenizerManager::new();
        register(&manager);
        let mut analyzer = manager.get(WORDS).unwrap();
        let mut stream = analyzer.token_stream(text);
        let mut tokens = Vec::new();
        while let Some(token) = stream.next() {
            tokens.push((token.position, token.text.clone()));
        }
        tokens
    }

    #[test]
    fn joined_forms_share_the_place_of_their_first_part() {
        let tokens = indexed("Drop-in café");
        let expect = [(0, "drop"), (0, "dropin"), (1, "in"), (2, "cafe")];
        assert_eq!(tokens, expect.map(|(at, word)| (at, word.to_owned())));
    }

    #[test]
    fn what_is_sought_is_what_is_indexed() {
        let mut analyst = Analyst::default();
        for text in ["Counseling", "carers'", "A&E", "LGBTQ+", "0-5s", "organizations", "N.H.S."] {
            let indexed: Vec<String> = indexed(text).into_iter().map(|(_, word)| word).collect();
            for Sought { parts, joined } in analyst.sought(text) {
                assert!(parts.iter().chain(&joined).all(|w| indexed.contains(w)), "{text}");
            }
        }
    }

    #[test]
    fn spellings_and_plurals_of_a_word_meet() {
        let mut analyst = Analyst::default();
        for (one, other) in [
            ("counselling", "counseling"),
            ("counsellors", "counselor"),
            ("organise", "organizing"),
            ("centre", "centers"),
            ("group", "groups"),
            ("carer's", "carers"),
            ("programme", "programs"),
        ] {
            assert_eq!(analyst.sought(one), analyst.sought(other), "{one} {other}");
        }
    }

    #[test]
    fn a_name_is_the_same_whatever_its_order_and_idle_words() {
        let name = called("Skin, hair and how you look: the club");
        assert_eq!(name, called("skin hair look CLUBS"));
        assert_ne!(name, called("skin hair look"));
        assert_eq!(called("  and – the "), None);
        assert_eq!(called(&"long ".repeat(100)), None);
    }

    #[test]
    fn an_organisation_is_not_an_organ() {
        let mut analyst = Analyst::default();
        assert_ne!(analyst.sought("organization"), analyst.sought("organ"));
    }
}
