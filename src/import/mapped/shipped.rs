//! The mappings in the program.

use super::language::Mapping;

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        /// The name and text of each shipped mapping.
        pub(super) const TEXTS: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../../data/mappings/", $name, ".toml")))),*];
    };
}

shipped! {
    "trafford_charities",
    "trafford_food_banks",
    "trafford_libraries",
    "trafford_sports_clubs",
    "trafford_general_practices",
    "trafford_mental_health",
    "grants_360giving",
    "edinburgh_sport_and_culture",
    "edinburgh_carers",
    "edinburgh_community_centres",
    "edinburgh_lunch_clubs",
    "edinburgh_drug_and_alcohol",
    "edinburgh_housing_support",
    "edinburgh_sports_facilities",
    "edinburgh_leisure_activities",
    "edinburgh_leisure_sites",
}

/// The shipped mapping that knows the most columns of this header.
#[must_use]
pub fn for_header(header: &[String]) -> Option<Mapping> {
    let all = TEXTS.iter().filter_map(|(_, text)| Mapping::parse(text).ok());
    all.filter(|mapping| mapping.fits(header)).max_by_key(|mapping| mapping.columns.len())
}
