//! What the places of a need are ordered by, and shaded by on its map.

use crate::{
    assessing::Measured,
    domain::Indicator,
    vocabulary::Need,
    web::parts::place_facts::{indicator_in_words, is_worse_low},
};

/// What the places are ordered by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    Name,
    Services,
    Inside,
    Rate,
    /// An indicator, by its name, where there is the most need first.
    Indicator(String),
}

impl Order {
    /// What an address asks for; by name where it asks for nothing.
    pub fn read(asked: Option<&str>) -> Self {
        match asked {
            None | Some("name") => Self::Name,
            Some("services") => Self::Services,
            Some("inside") => Self::Inside,
            Some("rate") => Self::Rate,
            Some(name) => Self::Indicator(name.to_owned()),
        }
    }

    /// What stands for it in an address.
    pub fn key(&self) -> &str {
        match self {
            Self::Name => "name",
            Self::Services => "services",
            Self::Inside => "inside",
            Self::Rate => "rate",
            Self::Indicator(name) => name,
        }
    }

    /// The number that a place has of it; services where the order is by name.
    pub fn worth(&self, place: &Measured, need: &Need) -> Option<f64> {
        let stock = place.supply.of(&need.id);
        let number = |count: usize| Some(f64::from(u32::try_from(count).unwrap_or(u32::MAX)));
        match self {
            Self::Name | Self::Services => number(stock.services),
            Self::Inside => number(stock.inside),
            Self::Rate => place.venue_rate(stock).map(|rate| rate.0),
            Self::Indicator(name) => value(place, name).map(|known| known.value),
        }
    }

    /// The fewest services first, since that is what is looked for; of an indicator where there is the
    /// most need. What is not known comes last.
    pub fn sort(&self, places: &mut [Measured], need: &Need) {
        let turned = match self {
            Self::Indicator(name) if !is_worse_low(name) => -1.0,
            _ => 1.0,
        };
        let worth = |place: &Measured| {
            self.worth(place, need).map_or(f64::INFINITY, |worth| worth * turned)
        };
        if *self != Self::Name {
            places.sort_by(|a, b| worth(a).total_cmp(&worth(b)));
        }
    }

    /// What the number is, and how many decimals tell it.
    pub fn in_words(&self) -> (String, usize) {
        match self {
            Self::Name | Self::Services => ("Services".to_owned(), 0),
            Self::Inside => ("Services with a venue there".to_owned(), 0),
            Self::Rate => ("With a venue there, per 10,000 people".to_owned(), 2),
            Self::Indicator(name) => (indicator_in_words(name), 1),
        }
    }
}

/// An indicator of a place, where it is known.
pub fn value<'a>(place: &'a Measured, name: &str) -> Option<&'a Indicator> {
    place.place().indicators.iter().find(|known| known.name == name)
}
