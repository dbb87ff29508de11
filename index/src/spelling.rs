//! Words that a typed one may be a slip for.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy::schema::IndexRecordOption;
use tantivy::{SegmentReader, Term};
use tantivy_fst::Automaton;

use crate::error::SearchError;
use crate::index::Inner;
use crate::text::chunks;

/// A word of the index, and how far the typed one is from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// In small letters and without accents.
    pub word: String,
    /// Letters added, left out, changed or swapped with a neighbour.
    pub distance: u8,
    /// How many services have the word.
    pub services: usize,
}

/// Below this, too many words are one letter away: `SEN` is not `men`.
const SHORTEST: usize = 5;
/// From this length on, two slips are believed.
const SHORTEST_FOR_TWO: usize = 8;
/// The automaton keeps a bit for each letter.
const LONGEST: usize = 32;

/// Damerau-Levenshtein automata (K. Schulz and S. Mihov, *Fast String Correction with
/// Levenshtein Automata*, 2002), where a swap of neighbours is one slip.
static ONE_SLIP: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));
static TWO_SLIPS: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true));

/// Whether any entry that can be found has a word, as it is typed.
pub(crate) fn knows(inner: &Inner, typed: &str) -> Result<bool, SearchError> {
    let Some(word) = one_word(typed) else { return Ok(false) };
    let term = Term::from_field_text(inner.fields.spell, &word);
    for reader in inner.reader.searcher().segment_readers() {
        let index = reader.inverted_index(inner.fields.spell)?;
        if let Some(info) = index.get_term_info(&term)? {
            let Some(alive) = reader.alive_bitset() else { return Ok(true) };
            let postings = index.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
            if postings.doc_freq_given_deletes(alive) > 0 {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The folded word, if it is one.
fn one_word(typed: &str) -> Option<String> {
    let mut chunks = chunks(typed);
    let chunk = chunks.pop().filter(|chunk| chunks.is_empty() && chunk.joined.is_none())?;
    chunk.parts.into_iter().next()
}

pub(crate) fn corrections(
    inner: &Inner,
    typed: &str,
    limit: usize,
) -> Result<Vec<Correction>, SearchError> {
    let Some(word) = correctable(typed) else {
        return Ok(Vec::new());
    };
    let slips = if word.chars().count() < SHORTEST_FOR_TWO { &ONE_SLIP } else { &TWO_SLIPS };
    let automaton = Slips(slips.build_dfa(&word));
    let mut found: BTreeMap<String, (u8, usize)> = BTreeMap::new();
    for reader in inner.reader.searcher().segment_readers() {
        find(inner, reader, &automaton, &mut found)?;
    }
    let mut corrections: Vec<Correction> = found
        .into_iter()
        .filter(|(_, (distance, services))| *distance > 0 && *services > 0)
        .map(|(word, (distance, services))| Correction { word, distance, services })
        .collect();
    corrections.sort_by(|a, b| {
        let by_distance = a.distance.cmp(&b.distance);
        by_distance.then(b.services.cmp(&a.services)).then_with(|| a.word.cmp(&b.word))
    });
    corrections.truncate(limit);
    Ok(corrections)
}

/// The folded word, if it is one that may be corrected: one word of letters, not too short, and
/// not an acronym.
fn correctable(typed: &str) -> Option<String> {
    let acronym = typed.chars().any(char::is_uppercase) && !typed.chars().any(char::is_lowercase);
    let word = one_word(typed).filter(|_| !acronym)?;
    let length = word.chars().count();
    let letters = word.chars().all(char::is_alphabetic);
    (letters && (SHORTEST..=LONGEST).contains(&length)).then_some(word)
}

fn find(
    inner: &Inner,
    reader: &SegmentReader,
    automaton: &Slips,
    found: &mut BTreeMap<String, (u8, usize)>,
) -> Result<(), SearchError> {
    let index = reader.inverted_index(inner.fields.spell)?;
    let mut stream = index.terms().search(automaton).into_stream()?;
    while stream.advance() {
        let Ok(word) = std::str::from_utf8(stream.key()) else {
            continue;
        };
        let Distance::Exact(distance) = automaton.0.eval(word) else {
            continue;
        };
        let postings =
            index.read_postings_from_terminfo(stream.value(), IndexRecordOption::Basic)?;
        let services = match reader.alive_bitset() {
            Some(alive) => postings.doc_freq_given_deletes(alive),
            None => stream.value().doc_freq,
        };
        let entry = found.entry(word.to_owned()).or_insert((distance, 0));
        entry.1 += services as usize;
    }
    Ok(())
}

struct Slips(DFA);

impl Automaton for &Slips {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}

#[cfg(test)]
mod tests {
    use super::correctable;

    #[test]
    fn short_words_acronyms_numbers_and_compounds_are_left_alone() {
        for typed in ["SEN", "sen", "CAMHS", "ME/CFS", "drop-in", "50+", "b12345", "", "two words"]
        {
            assert_eq!(correctable(typed), None, "{typed}");
        }
        assert_eq!(correctable("Depresion").as_deref(), Some("depresion"));
    }
}
