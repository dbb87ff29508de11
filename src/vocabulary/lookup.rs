//! The needs themselves, how they stand to each other, and what other vocabularies call them.

use std::collections::HashMap;

use super::{Vocabulary, schema::NeedRow};
use crate::domain::NeedId;

/// A group of needs, as on a page of tiles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The stable name.
    pub id: String,
    /// Plain words, as a heading.
    pub label: String,
    /// What the group is about, in a sentence.
    pub summary: String,
}

/// A term of the needs vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The stable name.
    pub id: NeedId,
    /// Plain words, as on a tile.
    pub label: String,
    /// The group it stands in.
    pub group: String,
    /// What someone with this need is looking for.
    pub summary: String,
    /// The needs directly above it.
    pub broader: Vec<NeedId>,
    /// What people themselves say.
    pub phrases: Vec<String>,
    /// What names one kind of it: who says the word itself comes before who says the need.
    pub kinds: Vec<String>,
    /// What professionals write.
    pub referrer: Vec<String>,
    /// Whether it calls for the urgent panel beside its results.
    pub urgent: bool,
}

impl Need {
    pub(super) fn from_row(row: &NeedRow) -> Self {
        Self {
            id: NeedId(row.id.clone()),
            label: row.label.clone(),
            group: row.group.clone(),
            summary: row.summary.clone(),
            broader: row.broader.iter().cloned().map(NeedId).collect(),
            phrases: row.phrases.clone(),
            kinds: row.kinds.clone(),
            referrer: row.referrer.clone(),
            urgent: row.urgent,
        }
    }
}

/// Another vocabulary whose codes are mapped to needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scheme {
    /// UK-CAT, the classification of charities.
    UkCat,
    /// The `OpenActive` activity list.
    OpenActive,
    /// The Department for Education's family hubs service categories.
    Dfe,
}

impl Vocabulary {
    /// The need with this stable name.
    #[must_use]
    pub fn need(&self, id: &str) -> Option<&Need> {
        self.index_of.get(&NeedId::from(id)).map(|&at| &self.needs[at])
    }

    /// Whether a word of a name, in lower case, tells nothing of what is named.
    #[must_use]
    pub fn says_nothing_in_a_name(&self, word: &str) -> bool {
        self.in_names.contains(word)
    }

    /// Every need, in the order of the file.
    #[must_use]
    pub fn needs(&self) -> &[Need] {
        &self.needs
    }

    /// The groups, in the order they are shown.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The needs of a group, in the order they are shown.
    pub fn needs_in(&self, group: &str) -> impl Iterator<Item = &Need> {
        self.needs.iter().filter(move |need| need.group == group)
    }

    /// Every need below this one, nearest first.
    #[must_use]
    pub fn narrower(&self, id: &NeedId) -> &[NeedId] {
        self.narrower.get(id).map_or(&[], Vec::as_slice)
    }

    /// Every need above this one, nearest first.
    #[must_use]
    pub fn broader(&self, id: &NeedId) -> &[NeedId] {
        self.broader.get(id).map_or(&[], Vec::as_slice)
    }

    /// The needs that a code of another vocabulary stands for.
    #[must_use]
    pub fn crosswalk(&self, scheme: Scheme, code: &str) -> &[NeedId] {
        let code = (scheme, code.to_ascii_lowercase());
        self.crosswalk.get(&code).map_or(&[], Vec::as_slice)
    }

    /// Every distinct word of the vocabulary in alphabetical order, for correcting spelling.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// Whether the vocabulary has a word, in lower case.
    #[must_use]
    pub fn has_word(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// The words of the vocabulary with a [`sound`](super::sound).
    #[must_use]
    pub fn words_that_sound(&self, sound: &str) -> &[String] {
        self.sounding.get(sound).map_or(&[], Vec::as_slice)
    }
}

/// For each need all that can be reached by `next`, nearest first and without itself.
pub(super) fn closure(
    needs: &[Need],
    next: impl Fn(&NeedId) -> Vec<NeedId>,
) -> HashMap<NeedId, Vec<NeedId>> {
    let reach = |start: &NeedId| {
        let mut reached = next(start);
        let mut at = 0;
        while at < reached.len() {
            for further in next(&reached[at]) {
                if further != *start && !reached.contains(&further) {
                    reached.push(further);
                }
            }
            at += 1;
        }
        reached
    };
    needs.iter().map(|need| (need.id.clone(), reach(&need.id))).collect()
}

/// The codes of each need, turned round.
pub(super) fn crosswalk(rows: &[NeedRow]) -> HashMap<(Scheme, String), Vec<NeedId>> {
    let mut codes: HashMap<(Scheme, String), Vec<NeedId>> = HashMap::new();
    for row in rows {
        let ukcat = row.ukcat.iter().map(|code| (Scheme::UkCat, code.to_ascii_lowercase()));
        let active =
            row.openactive.iter().map(|code| (Scheme::OpenActive, code.to_ascii_lowercase()));
        let dfe = row.dfe.iter().map(|code| (Scheme::Dfe, code.to_string()));
        for code in ukcat.chain(active).chain(dfe) {
            codes.entry(code).or_default().push(NeedId(row.id.clone()));
        }
    }
    codes
}
