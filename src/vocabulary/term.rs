//! What a question is found to ask for.

use crate::domain::NeedId;

/// How a phrase came to stand for a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// It is the need's own label.
    Label,
    /// People say it.
    Phrase,
    /// Professionals write it.
    Referrer,
    /// It is one kind of the need.
    Kind,
}

/// A need that a term stands for, and by which phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedMatch {
    /// The need.
    pub need: NeedId,
    /// The vocabulary's phrase.
    pub phrase: String,
    /// Whose phrase it is.
    pub how: How,
}

/// A fact that a term names: any of these values of a key of the address, such as `day=sun`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The key: `day`, `time`, `cost`, `how`, `refer`, `access` or `lang`.
    pub key: String,
    /// The values of which any will do.
    pub values: Vec<String>,
    /// What people read: "on Sundays".
    pub label: String,
}

/// What a phrase stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Need(NeedMatch),
    Fact(Fact),
}

/// One thing asked for: a phrase that is known, or a plain word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// As typed.
    pub text: String,
    /// Its words in lower case, without accents or apostrophes.
    pub words: Vec<String>,
    /// What will do as well, where it was typed with "or" between: the words of each.
    pub or: Vec<Vec<String>>,
    /// The needs it stands for; none for a plain word.
    pub needs: Vec<NeedMatch>,
    /// The facts it names, of which any will do.
    pub facts: Vec<Fact>,
    /// Whether it was typed in quotation marks and is to be found word for word.
    pub exact: bool,
}

/// What a question asks for, in the order it was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Understanding {
    /// What is asked for.
    pub terms: Vec<Term>,
    /// What is turned away: "not religious", "-alcohol".
    pub excluded: Vec<Term>,
    /// Words that carry no need, as typed.
    pub dropped: Vec<String>,
    /// Whether the question was longer than is considered.
    pub truncated: bool,
}

impl Understanding {
    /// The needs asked for, each once, in the order they were asked.
    #[must_use]
    pub fn needs(&self) -> Vec<&NeedId> {
        let mut needs = Vec::new();
        for found in self.terms.iter().flat_map(|term| &term.needs) {
            if !needs.contains(&&found.need) {
                needs.push(&found.need);
            }
        }
        needs
    }
}
