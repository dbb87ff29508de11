//! Which documents of a segment have a value, and walking scorers over a set.

use tantivy::query::{Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, SegmentReader, TERMINATED, TantivyError, Term};

use super::plan::Word;
use crate::bits::Bits;

/// The documents that have any of `values` in `field`.
pub(crate) fn any_of<'a>(
    reader: &SegmentReader,
    field: Field,
    values: impl IntoIterator<Item = &'a String>,
) -> Result<Bits, TantivyError> {
    let mut bits = Bits::none(reader.max_doc());
    for value in values {
        each_with(reader, &Term::from_field_text(field, value), |doc| {
            bits.insert(doc);
        })?;
    }
    Ok(bits)
}

/// Calls `each` with every document that has `term`, ascending.
pub(crate) fn each_with(
    reader: &SegmentReader,
    term: &Term,
    mut each: impl FnMut(u32),
) -> Result<(), TantivyError> {
    let index = reader.inverted_index(term.field())?;
    if let Some(mut postings) = index.read_block_postings(term, IndexRecordOption::Basic)? {
        while postings.block_len() > 0 {
            postings.docs().iter().for_each(|doc| each(*doc));
            postings.advance();
        }
    }
    Ok(())
}

/// Calls `each` with the documents of a scorer that are in `scope`, and their scores.
///
/// Scorer and scope leap over each other, so the cost is that of the smaller.
pub(crate) fn each_scored(scorer: &mut dyn Scorer, scope: &Bits, mut each: impl FnMut(u32, f32)) {
    let mut doc = scorer.doc();
    while doc != TERMINATED {
        match scope.next_from(doc) {
            Some(next) if next == doc => {
                each(doc, scorer.score());
                doc = scorer.advance();
            }
            Some(next) => doc = scorer.seek(next),
            None => break,
        }
    }
}

/// The same for one word, block by block: for sets that are not small beside what has the word.
pub(crate) fn each_scored_of_word(
    word: &Word,
    reader: &SegmentReader,
    scope: &Bits,
    mut each: impl FnMut(u32, f32),
) -> Result<(), TantivyError> {
    let field = word.term.field();
    let index = reader.inverted_index(field)?;
    let with_counts = IndexRecordOption::WithFreqs;
    let Some(mut postings) = index.read_block_postings(&word.term, with_counts)? else {
        return Ok(());
    };
    let lengths = reader.get_fieldnorms_reader(field)?;
    while postings.block_len() > 0 {
        for (doc, times) in postings.docs().iter().zip(postings.freqs()) {
            if scope.contains(*doc) {
                each(*doc, word.bm25.score(lengths.fieldnorm_id(*doc), *times));
            }
        }
        postings.advance();
    }
    Ok(())
}

/// Tells of ascending documents whether they are of a query, and looks no further than asked: for
/// queries of which each document costs much, such as phrases.
pub(crate) struct Spotter<'a> {
    weight: &'a dyn Weight,
    reader: &'a SegmentReader,
    scorer: Option<Box<dyn Scorer>>,
    /// The document that was asked about last, and whether it is of the query.
    last: Option<(u32, bool)>,
}

impl<'a> Spotter<'a> {
    pub(crate) fn new(weight: &'a dyn Weight, reader: &'a SegmentReader) -> Self {
        Self { weight, reader, scorer: None, last: None }
    }

    /// Documents must be asked for in ascending order; the same one may be asked for again.
    pub(crate) fn has(&mut self, doc: u32) -> Result<bool, TantivyError> {
        if let Some((last, found)) = self.last
            && doc <= last
        {
            return Ok(doc == last && found);
        }
        // What is answered has no name outside tantivy, so it is compared with what a set that
        // has the document answers.
        let yes = Only(doc).seek_danger(doc);
        let found = if let Some(scorer) = &mut self.scorer {
            // It may have gone past already: tantivy's own sets check this in the same way.
            scorer.doc() <= doc && scorer.seek_danger(doc) == yes
        } else {
            let (answer, scorer) = self.weight.scorer_danger(self.reader, doc, 1.0)?;
            self.scorer = Some(scorer);
            answer == yes
        };
        self.last = Some((doc, found));
        Ok(found)
    }
}

/// A set of one document.
struct Only(u32);

impl DocSet for Only {
    fn advance(&mut self) -> u32 {
        self.0 = TERMINATED;
        TERMINATED
    }

    fn doc(&self) -> u32 {
        self.0
    }

    fn size_hint(&self) -> u32 {
        1
    }
}
