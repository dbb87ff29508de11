//! What a commissioner should look at: where little is listed, or where it hangs by a thread.
//!
//! A concern is never a score. It is one thing that the figures say of one need, with the figures
//! and with how far they can be trusted.

use super::assessment::{Assessment, Measured};
use crate::{
    domain::{NeedId, OrganisationId},
    search::Stock,
    vocabulary::{Need, Vocabulary},
};

/// Something about what answers one need.
#[derive(Clone, Debug, PartialEq)]
pub struct Concern {
    pub need: NeedId,
    pub why: Why,
    /// What the figures are of.
    pub stock: Stock,
    pub grade: Grade,
}

/// What is the matter.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// Nothing is listed for the place.
    NoneListed,
    /// What is listed takes nobody, or does not say that it does.
    NobodyTakesPeople,
    /// One organisation runs all of it.
    OneProvider(OrganisationId),
    /// None of it was confirmed in 6 months.
    NothingConfirmed,
    /// Some of the places inside have none, though others have.
    Missing { parts: Vec<usize>, of: usize },
    /// Some of the places inside have something, but less than half as many services as the one in
    /// the middle.
    FarBelow { parts: Vec<usize>, middle: f64 },
}

/// How fresh the listings behind a concern are: by the share that was confirmed lately. It says
/// nothing of what is not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Two thirds or more, of three services at the least.
    A,
    /// One third or more.
    B,
    /// Less, or nothing is listed that could have been confirmed.
    C,
}

impl Grade {
    /// The grade of figures of so much.
    #[must_use]
    pub fn of(stock: Stock) -> Self {
        let Stock { services, confirmed, .. } = stock;
        match services {
            0 => Self::C,
            3.. if confirmed * 3 >= services * 2 => Self::A,
            _ if confirmed * 3 >= services => Self::B,
            _ => Self::C,
        }
    }
}

/// Everything that the figures of a place give reason to look at, need by need in the order of the
/// vocabulary. Of a need that nothing answers there is nothing further to say.
#[must_use]
pub fn concerns(assessment: &Assessment, vocabulary: &Vocabulary) -> Vec<Concern> {
    let needs = vocabulary.groups().iter().flat_map(|group| vocabulary.needs_in(&group.id));
    needs.flat_map(|need| of_need(assessment, need)).collect()
}

fn of_need(assessment: &Assessment, need: &Need) -> Vec<Concern> {
    let stock = assessment.whole.supply.of(&need.id);
    let mut whys = Vec::new();
    if stock.services == 0 {
        whys.push(Why::NoneListed);
    } else {
        whys.extend((stock.open == 0).then_some(Why::NobodyTakesPeople));
        whys.extend(stock.only.map(Why::OneProvider));
        whys.extend((stock.confirmed == 0).then_some(Why::NothingConfirmed));
        whys.extend(missing(assessment, &need.id));
        whys.extend(far_below(assessment, &need.id));
    }
    let grade = Grade::of(stock);
    whys.into_iter().map(|why| Concern { need: need.id.clone(), why, stock, grade }).collect()
}

/// Places where nothing is gathered are no evidence of what is missing.
fn missing(assessment: &Assessment, need: &NeedId) -> Option<Why> {
    let of = places(assessment, |_| true).len();
    let parts = places(assessment, |part| part.supply.of(need).services == 0);
    (!parts.is_empty() && parts.len() < of).then_some(Why::Missing { parts, of })
}

/// The parts are compared with each other and not with the whole, because what serves all of it
/// counts in each; and not by the people of each, because where what serves all is most of what
/// there is, the one with the most people would stand out by its people alone.
fn far_below(assessment: &Assessment, need: &NeedId) -> Option<Why> {
    let count = |part: &Measured| {
        f64::from(u32::try_from(part.supply.of(need).services).unwrap_or(u32::MAX))
    };
    let compared = assessment.parts.iter().filter(|part| part.is_gathered());
    let mut counts: Vec<f64> = compared.map(count).collect();
    counts.sort_by(f64::total_cmp);
    let middle = middle(&counts)?;
    let parts = places(assessment, |part| count(part) > 0.0 && count(part) * 2.0 < middle);
    (!parts.is_empty()).then_some(Why::FarBelow { parts, middle })
}

/// The middle one of what is in order; of two, what lies between.
fn middle(ordered: &[f64]) -> Option<f64> {
    let (low, high) =
        (ordered.get(ordered.len().checked_sub(1)? / 2)?, ordered.get(ordered.len() / 2)?);
    Some(f64::midpoint(*low, *high))
}

/// Where those parts stand of which something holds, of those where anything is gathered.
fn places(assessment: &Assessment, holds: impl Fn(&Measured) -> bool) -> Vec<usize> {
    let parts = assessment.parts.iter().enumerate().filter(|(_, part)| part.is_gathered());
    parts.filter(|(_, part)| holds(part)).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grade(services: usize, confirmed: usize) -> Grade {
        Grade::of(Stock { services, confirmed, ..Stock::default() })
    }

    #[test]
    fn grades_go_by_the_share_that_was_confirmed() {
        assert_eq!([grade(3, 2), grade(3, 3), grade(300, 200)], [Grade::A; 3]);
        assert_eq!([grade(3, 1), grade(100, 66), grade(1, 1), grade(2, 2)], [Grade::B; 4]);
        assert_eq!([grade(0, 0), grade(4, 1), grade(1, 0)], [Grade::C; 3]);
    }

    #[test]
    fn the_middle_lies_between_two() {
        assert_eq!(middle(&[]), None);
        assert_eq!(middle(&[3.0]), Some(3.0));
        assert_eq!(middle(&[1.0, 2.0, 4.0, 9.0]), Some(3.0));
    }
}
