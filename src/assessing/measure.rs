//! The figures, what each of them counts, and rates.

use crate::{domain::Place, search::Stock};

/// Where the people of a place were counted.
pub const PEOPLE_SOURCE: &str = "usual residents, Office for National Statistics, Census 2021";

/// A figure about what there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    Services,
    TakingPeople,
    Confirmed,
    Inside,
    Rate,
}

/// Every figure with its name and what it counts, in a sentence.
pub const DEFINITIONS: [(Measure, &str, &str); 5] = [
    (
        Measure::Services,
        "Services",
        "Distinct services that serve any part of the place, or have a venue in it; each is counted once, however many needs, venues or sessions it has.",
    ),
    (
        Measure::TakingPeople,
        "Taking people",
        "Of these, those whose provider says that they take people now, in a statement that has not lapsed.",
    ),
    (
        Measure::Confirmed,
        "Confirmed",
        "Of these, those whose provider or a steward said within the last 6 months that the listing is right.",
    ),
    (
        Measure::Inside,
        "With a venue there",
        "Of these, those with a venue inside the place; the others come to people, or are run from elsewhere for people here. A venue whose address is kept secret counts for its council and wider places only.",
    ),
    (
        Measure::Rate,
        "Per 10,000 people",
        "Services for each 10,000 people who live in the place, of any age. It is given for councils and wider places: what serves smaller ones mostly serves their neighbours too, so that the rate would say how few live there.",
    ),
];

/// Services for each 10,000 people.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Rate(pub f64);

impl Rate {
    /// The rate of so many services in a place; nothing where nobody is known to live there.
    #[must_use]
    pub fn of(services: usize, place: &Place) -> Option<Self> {
        let people = f64::from(place.population.filter(|people| *people > 0)?);
        let services = f64::from(u32::try_from(services).ok()?);
        Some(Self(services * 10_000.0 / people))
    }
}

/// `4.2`, two decimals below one, and `under 0.01`.
impl std::fmt::Display for Rate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            rate if rate <= 0.0 => f.write_str("0"),
            rate if rate < 0.01 => f.write_str("under 0.01"),
            rate if rate < 1.0 => write!(f, "{rate:.2}"),
            rate => write!(f, "{rate:.1}"),
        }
    }
}

impl Rate {
    /// The rate for a spreadsheet, to a millionth.
    #[must_use]
    pub fn in_full(self) -> String {
        format!("{:.6}", self.0)
    }
}

impl Stock {
    /// Whether fewer than half of it were confirmed lately, so that little can be said of it.
    #[must_use]
    pub fn is_weak(&self) -> bool {
        self.services > 0 && self.confirmed * 2 < self.services
    }

    /// The share that was confirmed lately, in whole percent, never rounded to all or to none.
    #[must_use]
    pub fn percent_confirmed(&self) -> Option<usize> {
        let Self { services, confirmed, .. } = *self;
        let rounded = (confirmed * 200 + services).checked_div(services * 2)?;
        Some(match (confirmed, rounded) {
            (confirmed, _) if confirmed == services => 100,
            (0, _) => 0,
            (_, rounded) => rounded.clamp(1, 99),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stock(services: usize, confirmed: usize) -> Stock {
        Stock { services, confirmed, ..Stock::default() }
    }

    #[test]
    fn a_share_is_never_rounded_to_all_or_none() {
        let percent = |services, confirmed| stock(services, confirmed).percent_confirmed();
        assert_eq!(percent(0, 0), None);
        assert_eq!(
            [percent(1000, 999), percent(1000, 1), percent(3, 2), percent(7, 7), percent(7, 0)],
            [Some(99), Some(1), Some(67), Some(100), Some(0)]
        );
    }

    #[test]
    fn less_than_half_is_weak() {
        assert!(stock(3, 1).is_weak() && !stock(2, 1).is_weak() && !stock(0, 0).is_weak());
    }

    #[test]
    fn a_rate_shows_what_it_tells_apart() {
        assert_eq!(
            [Rate(0.0), Rate(0.0009), Rate(0.123), Rate(4.26)].map(|rate| rate.to_string()),
            ["0", "under 0.01", "0.12", "4.3"]
        );
    }
}
