//! What is counted of listings.

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Figure {
    Listed,
    Within3Months,
    Within6Months,
    Within12Months,
    /// Confirmed longer ago than that, or never.
    Longer,
    /// Nobody looks after it as its provider.
    Unclaimed,
    /// Not known if it takes people.
    NoDoor,
    NoWhom,
    NoAccess,
    NoContact,
    GoneFromFeed,
    Reported,
}

impl Figure {
    /// Every figure, in the order in which they are shown.
    pub const ALL: [Self; 12] = [
        Self::Listed,
        Self::Within3Months,
        Self::Within6Months,
        Self::Within12Months,
        Self::Longer,
        Self::Unclaimed,
        Self::NoDoor,
        Self::NoWhom,
        Self::NoAccess,
        Self::NoContact,
        Self::GoneFromFeed,
        Self::Reported,
    ];
}

/// How many listings count in each figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally([usize; Figure::ALL.len()]);

impl Tally {
    /// How many count in a figure.
    #[must_use]
    pub fn of(&self, figure: Figure) -> usize {
        self.0[figure as usize]
    }

    pub(super) fn add(&mut self, figures: &[Figure]) {
        for figure in figures {
            self.0[*figure as usize] += 1;
        }
    }
}
