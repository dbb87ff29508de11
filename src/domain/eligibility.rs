//! Who a service is for, in three values: yes, no, not stated.

use serde::{Deserialize, Serialize};

use super::need::CircumstanceId;

/// Yes, no, or nobody said.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    Yes,
    No,
    #[default]
    NotStated,
}

/// Who a service is for and who it is not for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Eligibility {
    /// In words, as the provider puts it.
    pub description: Option<String>,
    /// Each range stands on its own; a service for 11–18s and over-65s has two. Empty: not stated.
    pub ages: Vec<AgeRange>,
    /// Circumstances that it is for. Empty: not stated.
    pub for_people: Vec<CircumstanceId>,
    /// Whether only those in `for_people` may come. Not stated is not yes.
    pub only_for_these: Answer,
    /// Whether everybody may come, said outright.
    pub open_to_all: Answer,
    pub exclusions: Exclusions,
}

/// Who a service is not for. Saying that there is nobody is a statement too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Exclusions {
    #[default]
    NotStated,
    /// The provider says that nobody is excluded.
    Nobody,
    These {
        /// In words: "people who need personal care".
        description: String,
        #[serde(default)]
        people: Vec<CircumstanceId>,
    },
}

/// Ages in whole years, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AgeRange {
    #[serde(default)]
    pub from: u8,
    #[serde(default = "AgeRange::oldest")]
    pub to: u8,
}

impl AgeRange {
    /// The age that stands for "no upper limit".
    pub const OLDEST: u8 = 130;

    fn oldest() -> u8 {
        Self::OLDEST
    }

    /// Whether somebody of this age is inside.
    #[must_use]
    pub fn contains(self, age: u8) -> bool {
        (self.from..=self.to).contains(&age)
    }
}

impl Eligibility {
    /// Whether the stated ages take somebody of this age.
    #[must_use]
    pub fn takes_age(&self, age: u8) -> Answer {
        match self.ages.as_slice() {
            [] if self.open_to_all == Answer::Yes => Answer::Yes,
            [] => Answer::NotStated,
            ages if ages.iter().any(|range| range.contains(age)) => Answer::Yes,
            _ => Answer::No,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_between_two_groups_are_not_taken() {
        let ages = vec![AgeRange { from: 11, to: 18 }, AgeRange { from: 65, to: 130 }];
        let eligibility = Eligibility { ages, ..Eligibility::default() };
        assert_eq!(eligibility.takes_age(12), Answer::Yes);
        assert_eq!(eligibility.takes_age(40), Answer::No);
        assert_eq!(eligibility.takes_age(65), Answer::Yes);
    }

    #[test]
    fn no_stated_age_is_neither_yes_nor_no() {
        assert_eq!(Eligibility::default().takes_age(40), Answer::NotStated);
    }
}
