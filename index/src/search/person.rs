//! Whether a service is for the person described.

use tantivy::TantivyError;

use crate::answer::Fit;
use crate::query::Person;
use crate::segment::{Segment, Values};

/// The person, in one segment's numbers for circumstances.
pub(crate) struct PersonHere<'s> {
    segment: &'s Segment,
    age: Option<u8>,
    circumstances: Vec<Circumstance>,
}

/// The numbers of one circumstance, where any entry of the segment has it.
struct Circumstance {
    fits: Option<u32>,
    fits_not: Option<u32>,
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
                fits: segment.fits.number(name)?,
                fits_not: segment.fits_not.number(name)?,
            });
        }
        Ok(Some(Self { segment, age: person.age, circumstances }))
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
            if has(&self.segment.fits_not, doc, circumstance.fits_not) {
                return Fit::DoesNot;
            }
            all_stated &= has(&self.segment.fits, doc, circumstance.fits);
        }
        if all_stated { Fit::Fits } else { Fit::NotStated }
    }

    fn age_fits(&self, doc: u32, age: u8) -> Fit {
        let ranges = self.segment.ages.of(doc);
        if ranges.is_empty() {
            return Fit::NotStated;
        }
        if ranges.iter().any(|(least, most)| (*least..=*most).contains(&age)) {
            return Fit::Fits;
        }
        Fit::DoesNot
    }
}

fn has(values: &Values, doc: u32, number: Option<u32>) -> bool {
    number.is_some_and(|number| values.of(doc).contains(&number))
}
