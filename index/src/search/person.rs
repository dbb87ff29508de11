//! Whether a service is for the person described.

use tantivy::TantivyError;

use crate::answer::Fit;
use crate::query::Person;
use crate::segment::{Segment, Values};

/// A range that ends by this age is for children and young people only.
const YOUNG: u8 = 25;

/// The person, in one segment's numbers for circumstances.
pub(crate) struct PersonHere<'s> {
    segment: &'s Segment,
    age: Option<u8>,
    young: bool,
    circumstances: Vec<Circumstance>,
    /// Numbers of what the words speak of.
    implied: Vec<u32>,
}

/// The numbers of one circumstance, where any entry of the segment has it.
struct Circumstance {
    fits: Option<u32>,
    fits_not: Option<u32>,
}

impl<'s> PersonHere<'s> {
    pub(crate) fn new(person: &Person, segment: &'s Segment) -> Result<Self, TantivyError> {
        let mut circumstances = Vec::with_capacity(person.circumstances.len());
        for name in &person.circumstances {
            circumstances.push(Circumstance {
                fits: segment.fits.number(name)?,
                fits_not: segment.fits_not.number(name)?,
            });
        }
        let mut implied = Vec::new();
        for name in &person.implied {
            implied.extend(segment.fits.number(name)?);
        }
        Ok(Self { segment, age: person.age, young: person.young, circumstances, implied })
    }

    /// Whether anything was asked about the person.
    pub(crate) fn is_asked(&self) -> bool {
        self.age.is_some() || !self.circumstances.is_empty()
    }

    /// Any exclusion, or an age beside all ranges: it does not. Only for some, of whom the person
    /// is not known to be one: it is for others. Else by how much of what was asked is stated.
    pub(crate) fn fit(&self, doc: u32, only_these: bool) -> Fit {
        let asked = self.circumstances.len() + usize::from(self.age.is_some());
        let mut stated = 0;
        let mut is_one_of_these = self.implied.iter().any(|number| self.is_for(doc, Some(*number)));
        for circumstance in &self.circumstances {
            if has(&self.segment.fits_not, doc, circumstance.fits_not) {
                return Fit::DoesNot;
            }
            let fits = self.is_for(doc, circumstance.fits);
            stated += usize::from(fits);
            is_one_of_these |= fits;
        }
        match self.age.map(|age| self.age_fits(doc, age)) {
            Some(Fit::DoesNot) => return Fit::DoesNot,
            Some(Fit::Fits) => stated += 1,
            None if !self.young && self.is_for_the_young(doc) => return Fit::ForOthers,
            _ => {}
        }
        if only_these && !is_one_of_these && !self.segment.fits.of(doc).is_empty() {
            return Fit::ForOthers;
        }
        match (asked, stated) {
            (0, _) => Fit::NotAsked,
            (_, 0) => Fit::NotStated,
            _ if stated == asked => Fit::Fits,
            _ => Fit::FitsPartly,
        }
    }

    fn is_for(&self, doc: u32, number: Option<u32>) -> bool {
        has(&self.segment.fits, doc, number)
    }

    fn is_for_the_young(&self, doc: u32) -> bool {
        let ranges = self.segment.ages.of(doc);
        !ranges.is_empty() && ranges.iter().all(|(_, most)| *most <= YOUNG)
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
