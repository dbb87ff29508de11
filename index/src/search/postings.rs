//! Which documents of a segment have a value, and walking scorers over a set.

use tantivy::postings::SegmentPostings;
use tantivy::query::Scorer;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, SegmentReader, TERMINATED, TantivyError, Term};

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
    if let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? {
        each_doc(&mut postings, &mut each);
    }
    Ok(())
}

fn each_doc(postings: &mut SegmentPostings, each: &mut impl FnMut(u32)) {
    let mut doc = postings.doc();
    while doc != TERMINATED {
        each(doc);
        doc = postings.advance();
    }
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
