//! An assessment as a table: a row for each place and need, and what its columns mean.

use super::{
    assessment::{Assessment, Measured},
    measure::{DEFINITIONS, PEOPLE_SOURCE, Rate},
};
use crate::{
    domain::NeedId,
    geo::kind_in_words,
    search::{Stock, wording},
    table::{Row, Table},
    vocabulary::Vocabulary,
};

const HEADINGS: [&str; 14] = [
    "place code",
    "place",
    "kind of place",
    "edition",
    "need",
    "need id",
    "services",
    "taking people",
    "confirmed in 6 months",
    "with a venue there",
    "people who live there",
    "services per 10,000 people",
    "with a venue there per 10,000 people",
    "as of",
];

/// Stands for all needs together.
const ANY: &str = "any need";

/// Everything that was counted: the place first, then those inside it, each with all needs
/// together and then need by need, those that nothing answers among them.
#[must_use]
pub fn supply_table(assessment: &Assessment, vocabulary: &Vocabulary) -> Table {
    let places = std::iter::once(&assessment.whole).chain(&assessment.parts);
    let rows = places.flat_map(|place| {
        let all = row(assessment, place, ANY, None, place.supply.all);
        let needs = vocabulary.groups().iter().flat_map(|group| vocabulary.needs_in(&group.id));
        let each = needs.map(move |need| {
            row(assessment, place, &need.label, Some(&need.id), place.supply.of(&need.id))
        });
        std::iter::once(all).chain(each).collect::<Vec<_>>()
    });
    let rows = (2..).zip(rows).map(|(line, values)| Row { line, values });
    Table { header: HEADINGS.map(str::to_owned).to_vec(), rows: rows.collect() }
}

fn row(
    assessment: &Assessment,
    of: &Measured,
    need: &str,
    id: Option<&NeedId>,
    stock: Stock,
) -> Vec<String> {
    let place = of.place();
    let people = place.population.map(|people| people.to_string());
    let rate = of.rate(stock).map(Rate::in_full);
    let venue_rate = of.venue_rate(stock).map(Rate::in_full);
    vec![
        place.code.to_string(),
        place.name.clone(),
        kind_in_words(place.kind).to_owned(),
        place.edition.clone(),
        need.to_owned(),
        id.map(ToString::to_string).unwrap_or_default(),
        stock.services.to_string(),
        stock.open.to_string(),
        stock.confirmed.to_string(),
        stock.inside.to_string(),
        people.unwrap_or_default(),
        rate.unwrap_or_default(),
        venue_rate.unwrap_or_default(),
        wording::date_of(assessment.as_of).to_string(),
    ]
}

/// What the figures mean, of when they are and from where: lines of a sheet of their own.
#[must_use]
pub fn definitions_sheet(assessment: &Assessment, address: &str) -> Vec<Vec<String>> {
    let place = assessment.whole.place();
    let about = [
        ("What this is", format!("What there is in {}, by need", place.name)),
        ("As of", wording::long_date(wording::date_of(assessment.as_of))),
        ("Where it comes from", format!("{address} (which counts anew whenever it is opened)")),
    ];
    let figures = DEFINITIONS.map(|(_, name, says)| (name, says.to_owned()));
    let besides = [
        ("People who live there", PEOPLE_SOURCE.to_owned()),
        ("Needs", NEEDS.to_owned()),
        ("What it does not say", NOT_SAID.to_owned()),
    ];
    let lines = about.into_iter().chain(figures).chain(besides);
    lines.map(|(name, says)| vec![name.to_owned(), says]).collect()
}

const NEEDS: &str = "A service counts for a need that its provider named, or that its name or summary speaks of (without a summary, its description); and for each broader need.";
const NOT_SAID: &str = "That none is listed does not say that there is none. Where an organisation has its headquarters is not where it works: only areas served and venues count. A count of services is not how many people they can take.";
