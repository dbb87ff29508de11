//! Typed texts as queries over one field, with the most that each can score.

use std::collections::BTreeMap;

use tantivy::query::{BooleanQuery, DisjunctionMaxQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, TantivyError, Term};

use crate::query::Text;
use crate::schema::Fields;
use crate::text::{Analyst, Sought, fold};

/// BM25 gives a word of weight `idf` at most `idf × (k1 + 1)`, however often it occurs
/// (S. Robertson and H. Zaragoza, *The Probabilistic Relevance Framework*, 2009, §3.5).
/// tantivy's k1 is 1.2.
const MOST_PER_IDF: f32 = 2.2;

/// Beginnings shorter than this stand for nothing but themselves.
const SHORTEST_BEGINNING: usize = 2;
/// Words of the index looked through for a beginning, in each segment.
const WORDS_LOOKED_AT: usize = 20_000;
/// Words that a beginning may stand for: the commonest.
const WORDS_MEANT: usize = 50;

type Result<T> = std::result::Result<T, TantivyError>;

/// A query over one field, and its attainable score.
pub(crate) struct Compiled {
    pub(crate) query: Box<dyn Query>,
    /// No document scores more.
    pub(crate) bound: f32,
    /// About how many documents match.
    pub(crate) matches: u64,
    /// The word, where it is one word and no more.
    pub(crate) word: Option<Term>,
}

/// Turns texts into queries.
pub(crate) struct Compiler<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    analyst: Analyst,
}

impl<'a> Compiler<'a> {
    pub(crate) fn new(searcher: &'a Searcher, fields: &'a Fields) -> Self {
        Self { searcher, fields, analyst: Analyst::default() }
    }

    /// What is sought by the words of a text, in order.
    pub(crate) fn sought(&mut self, text: &Text) -> Vec<Sought> {
        let words = text.words().iter();
        words.flat_map(|word| self.analyst.sought(word)).collect()
    }

    /// Documents with everything that the text says. `None` where no document can have it.
    pub(crate) fn all_of(&mut self, text: &Text) -> Result<Option<Compiled>> {
        let field = self.fields.all;
        let pieces = match text {
            Text::Phrase(_) => {
                let sought = self.sought(text);
                return self.phrase(field, &sought);
            }
            Text::Words(_) | Text::Prefix(_) => self.pieces(field, text)?,
        };
        Ok(pieces.into_iter().collect::<Option<Vec<_>>>().and_then(all))
    }

    /// Documents with any word of the text in their name; the bound is that of all the words.
    pub(crate) fn any_in_name(&mut self, text: &Text) -> Result<Option<Compiled>> {
        let pieces = self.pieces(self.fields.name, text)?;
        let unseen = MOST_PER_IDF * idf(0, self.documents());
        let bound = pieces.iter().map(|p| p.as_ref().map_or(unseen, |p| p.bound)).sum();
        let mut pieces: Vec<Compiled> = pieces.into_iter().flatten().collect();
        if pieces.len() < 2 {
            return Ok(pieces.pop().map(|only| Compiled { bound, ..only }));
        }
        let matches = pieces.iter().map(|piece| piece.matches).sum();
        let query = Box::new(BooleanQuery::union(queries(pieces)));
        Ok(Some(Compiled { query, bound, matches, word: None }))
    }

    /// Documents with every word of the text in `field`.
    pub(crate) fn all_in(&mut self, field: Field, text: &Text) -> Result<Option<Compiled>> {
        let pieces = self.pieces(field, text)?;
        Ok(pieces.into_iter().collect::<Option<Vec<_>>>().and_then(all))
    }

    /// Documents where all parts follow each other in `field`, compounds split or all joined.
    pub(crate) fn phrase(&self, field: Field, sought: &[Sought]) -> Result<Option<Compiled>> {
        let split: Vec<&str> = sought.iter().flat_map(|s| &s.parts).map(String::as_str).collect();
        let joined: Vec<&str> = sought
            .iter()
            .flat_map(|s| s.joined.as_ref().map_or(&s.parts[..], std::slice::from_ref))
            .map(String::as_str)
            .collect();
        let mut ways = vec![self.in_order(field, &split)?];
        if joined != split {
            ways.push(self.in_order(field, &joined)?);
        }
        Ok(best_of(ways.into_iter().flatten().collect()))
    }

    /// One piece for each word: `None` for one that is not in the index.
    fn pieces(&mut self, field: Field, text: &Text) -> Result<Vec<Option<Compiled>>> {
        let mut sought = self.sought(text);
        let last = match text {
            Text::Prefix(_) => sought.pop(),
            Text::Words(_) | Text::Phrase(_) => None,
        };
        let mut pieces = Vec::with_capacity(sought.len() + 1);
        for word in &sought {
            pieces.push(self.phrase(field, std::slice::from_ref(word))?);
        }
        if let Some(last) = last {
            let typed = text.words().last().map_or("", String::as_str);
            pieces.push(self.beginning(field, &last, typed)?);
        }
        Ok(pieces)
    }

    /// Documents with a word that begins as the last typed one does.
    fn beginning(&mut self, field: Field, last: &Sought, typed: &str) -> Result<Option<Compiled>> {
        let mut ways = vec![self.phrase(field, std::slice::from_ref(last))?];
        if last.joined.is_none() {
            for word in self.words_beginning(&fold(typed))? {
                let stem = self.analyst.stem(&word);
                if !last.parts.contains(&stem) {
                    ways.push(self.one(field, &stem)?);
                }
            }
        }
        Ok(best_of(ways.into_iter().flatten().collect()))
    }

    /// The commonest words of the index that begin so.
    fn words_beginning(&self, beginning: &str) -> Result<Vec<String>> {
        if beginning.chars().count() < SHORTEST_BEGINNING {
            return Ok(Vec::new());
        }
        let mut words: BTreeMap<String, u64> = BTreeMap::new();
        for reader in self.searcher.segment_readers() {
            let dictionary = reader.inverted_index(self.fields.spell)?;
            let mut stream = dictionary.terms().range().ge(beginning).into_stream()?;
            let mut looked_at = 0;
            while looked_at < WORDS_LOOKED_AT && stream.advance() {
                let Ok(word) = std::str::from_utf8(stream.key()) else {
                    continue;
                };
                if !word.starts_with(beginning) {
                    break;
                }
                *words.entry(word.to_owned()).or_default() += u64::from(stream.value().doc_freq);
                looked_at += 1;
            }
        }
        let mut words: Vec<(String, u64)> = words.into_iter().collect();
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        words.truncate(WORDS_MEANT);
        Ok(words.into_iter().map(|(word, _)| word).collect())
    }

    fn in_order(&self, field: Field, words: &[&str]) -> Result<Option<Compiled>> {
        if let [word] = words {
            return self.one(field, word);
        }
        let mut terms = Vec::with_capacity(words.len());
        let (mut bound, mut matches) = (0.0, u64::MAX);
        for word in words {
            let Some(one) = self.one(field, word)? else {
                return Ok(None);
            };
            bound += one.bound;
            matches = matches.min(one.matches);
            terms.push(Term::from_field_text(field, word));
        }
        if terms.is_empty() {
            return Ok(None);
        }
        let query = Box::new(PhraseQuery::new(terms));
        Ok(Some(Compiled { query, bound, matches, word: None }))
    }

    fn one(&self, field: Field, word: &str) -> Result<Option<Compiled>> {
        let term = Term::from_field_text(field, word);
        let matches = self.searcher.doc_freq(&term)?;
        if matches == 0 {
            return Ok(None);
        }
        Ok(Some(Compiled {
            query: Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs)),
            bound: MOST_PER_IDF * idf(matches, self.documents()),
            matches,
            word: Some(term),
        }))
    }

    /// How many documents there are, with those that were replaced.
    pub(crate) fn documents(&self) -> u64 {
        let readers = self.searcher.segment_readers().iter();
        readers.map(|reader| u64::from(reader.max_doc())).sum()
    }
}

/// All of several things together.
fn all(mut pieces: Vec<Compiled>) -> Option<Compiled> {
    if pieces.len() < 2 {
        return pieces.pop();
    }
    Some(Compiled {
        bound: pieces.iter().map(|piece| piece.bound).sum(),
        matches: pieces.iter().map(|piece| piece.matches).min().unwrap_or(0),
        query: Box::new(BooleanQuery::intersection(queries(pieces))),
        word: None,
    })
}

/// The better of several ways to find the same thing.
fn best_of(mut ways: Vec<Compiled>) -> Option<Compiled> {
    if ways.len() < 2 {
        return ways.pop();
    }
    Some(Compiled {
        bound: ways.iter().map(|way| way.bound).fold(0.0, f32::max),
        matches: ways.iter().map(|way| way.matches).sum(),
        query: Box::new(DisjunctionMaxQuery::new(queries(ways))),
        word: None,
    })
}

fn queries(pieces: Vec<Compiled>) -> Vec<Box<dyn Query>> {
    pieces.into_iter().map(|piece| piece.query).collect()
}

/// The weight of a word, as tantivy reckons it: `ln(1 + (N − n + ½) / (n + ½))`.
#[expect(clippy::cast_precision_loss, reason = "counts of documents; tantivy does the same")]
fn idf(with: u64, of: u64) -> f32 {
    (1.0 + (of.saturating_sub(with) as f32 + 0.5) / (with as f32 + 0.5)).ln()
}
