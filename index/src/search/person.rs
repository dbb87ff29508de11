//! Whether a service is for the person described.

use tantivy::TantivyError;
use tantivy::columnar::StrColumn;

use crate::answer::Fit;
use crate::query::Person;
use crate::segment::Segment;

/// The person, in one segment's numbers for circumstances.
pub(crate) struct PersonHere<'s> {
    segment: &'s Segment,
    age: Option<u64>,
    circumstances: Vec<Circumstance>,
}

/// The numbers of one circumstance, where any entry of the segment has it.
struct Circumstance {
    fits: Option<u64>,
    fits_not: Option<u64>,
}

impl<'s> PersonHere<'s> {
    /// `None` where nothing was asked about a person.
    pub(crate) fn new(person: &Person, segment: &'s Segment) -> Result<Option<Self>, TantivyError> {
        if person.age.is_none() && person.circumstances.is_empty() {
            return Ok(None);
        }
        let mut circumstances = Vec::with_capacity(person.circumstances.len());
        for name in &person.circumstances {
            circumstances.push(Circumstance {
                fits: number(segment.fits.as_ref(), name)?,
                fits_not: number(segment.fits_not.as_ref(), name)?,
            });
        }
        let age = person.age.map(u64::from);
        Ok(Some(Self { segment, age, circumstances }))
    }

    /// Any exclusion, or an age beside all ranges: it does not. All that was asked stated as
    /// fitting: it does. Anything else was not stated.
    pub(crate) fn fit(&self, doc: u32) -> Fit {
        let mut all_stated = true;
        if let Some(age) = self.age {
            match self.age_fits(doc, age) {
                Fit::DoesNot => return Fit::DoesNot,
                fit => all_stated &= fit == Fit::Fits,
            }
        }
        for circumstance in &self.circumstances {
            if has(self.segment.fits_not.as_ref(), doc, circumstance.fits_not) {
                return Fit::DoesNot;
            }
            all_stated &= has(self.segment.fits.as_ref(), doc, circumstance.fits);
        }
        if all_stated { Fit::Fits } else { Fit::NotStated }
    }

    fn age_fits(&self, doc: u32, age: u64) -> Fit {
        let mut ranges = self.segment.ages(doc).peekable();
        if ranges.peek().is_none() {
            return Fit::NotStated;
        }
        if ranges.any(|(least, most)| (least..=most).contains(&age)) {
            return Fit::Fits;
        }
        Fit::DoesNot
    }
}

fn number(column: Option<&StrColumn>, value: &str) -> Result<Option<u64>, TantivyError> {
    match column {
        Some(column) => Ok(column.dictionary().term_ord(value)?),
        None => Ok(None),
    }
}

fn has(column: Option<&StrColumn>, doc: u32, value: Option<u64>) -> bool {
    let (Some(column), Some(value)) = (column, value) else {
        return false;
    };
    column.term_ords(doc).any(|ord| ord == value)
}
