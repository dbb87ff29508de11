//! Who someone is or what they are living through: the terms of "who for".

use super::{
    Vocabulary,
    schema::CircumstancesFile,
    table::{Form, Table},
    words::{Speller, Token},
};
use crate::domain::CircumstanceId;

/// A circumstance that eligibility speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circumstance {
    /// The stable name.
    pub id: CircumstanceId,
    /// Plain words.
    pub label: String,
    /// What sort of fact it is: role, identity, health, life, work, age or any.
    pub kind: String,
    /// Whether it takes in so many people that what is for them need not answer one of them.
    pub is_wide: bool,
}

/// What may follow those whom it is for: "men's group".
const GATHERINGS: [&str; 4] = ["group", "club", "class", "service"];

const SEXES: [&str; 4] = ["men", "women", "boys", "girls"];

/// The circumstances and the words for them.
#[derive(Debug)]
pub(super) struct Circumstances {
    list: Vec<Circumstance>,
    phrases: Table<usize>,
}

impl Circumstances {
    pub fn new(file: &CircumstancesFile, speller: &Speller) -> Self {
        let mut phrases = Table::new(Form::Voice);
        let mut list = Vec::new();
        for (at, row) in file.circumstance.iter().enumerate() {
            let written = row.phrases.iter().chain([&row.label]);
            for spelling in written.flat_map(|phrase| speller.spellings(phrase)) {
                phrases.insert(&spelling, at);
            }
            list.push(Circumstance {
                id: CircumstanceId(row.id.clone()),
                label: row.label.clone(),
                kind: row.kind.clone(),
                is_wide: row.wide,
            });
        }
        Self { list, phrases }
    }
}

impl Vocabulary {
    /// The circumstances that a text names, each once, in the text's order. An id names itself.
    #[must_use]
    pub fn who(&self, text: &str) -> Vec<CircumstanceId> {
        if let Some(known) = self.circumstance(text.trim()) {
            return vec![known.id.clone()];
        }
        let tokens = self.speller.tokens(text);
        let mut who = Vec::new();
        let found = self.circumstances.phrases.apart(&tokens);
        let said = found.iter().filter(|found| !is_denied(&tokens, found.at.start));
        for at in said.flat_map(|found| found.values) {
            let id = &self.circumstances.list[*at].id;
            if !who.contains(id) {
                who.push(id.clone());
            }
        }
        who
    }

    /// The circumstances that a text is the name of, and nothing more; none that is wide.
    #[must_use]
    pub fn who_exactly(&self, text: &str) -> Vec<&CircumstanceId> {
        let tokens = self.speller.tokens(text);
        let whom = match tokens.split_last() {
            Some((last, whom)) if GATHERINGS.contains(&last.key.as_str()) => whom,
            _ => &tokens,
        };
        let named = [&tokens[..], whom].map(|words| self.called(words));
        let named = named.into_iter().find(|found| !found.is_empty()).unwrap_or_default();
        named.into_iter().filter(|known| !known.is_wide).map(|known| &known.id).collect()
    }

    /// Whom a text describes by nothing but age or sex: "older people", "men".
    #[must_use]
    pub fn whom_by_age_or_sex(&self, text: &str) -> Vec<&Circumstance> {
        let mut called = self.called(&self.speller.tokens(text));
        // A label may be a phrase too.
        called.dedup_by_key(|known| &known.id);
        called.retain(|known| known.kind == "age" || SEXES.contains(&known.id.as_str()));
        called
    }

    fn called(&self, words: &[Token]) -> Vec<&Circumstance> {
        let named = self.circumstances.phrases.get(words).iter();
        named.map(|at| &self.circumstances.list[*at]).collect()
    }

    /// The circumstance with this stable name.
    #[must_use]
    pub fn circumstance(&self, id: &str) -> Option<&Circumstance> {
        self.circumstances.list.iter().find(|known| known.id.as_str() == id)
    }

    /// Every circumstance, in the order they are shown.
    #[must_use]
    pub fn circumstances(&self) -> &[Circumstance] {
        &self.circumstances.list
    }
}

/// Whether the word before says that it is not so: "not religious".
fn is_denied(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| tokens[before].word.as_str());
    matches!(before, Some("not" | "non" | "isnt" | "arent"))
}
