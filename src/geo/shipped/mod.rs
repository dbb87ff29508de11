//! The small facts that come with the program: read once, when first asked for.
//!
//! They are compiled in, and a test reads every row of them, so that a row which does not
//! parse cannot be met at run time; were there one, it would be passed over.

mod demo;
mod outlines;
mod rows;

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::LazyLock,
};

pub use demo::DemoPostcode;
pub use outlines::Outline;
pub use rows::{CouncilRow, CountyRow, IcbRow, LsoaRow, NameRow, PartRow, RegionRow, ReplacedRow};
use serde::de::DeserializeOwned;

/// Every shipped fact, as its file has it.
#[derive(Debug)]
pub struct Shipped {
    pub councils: Vec<CouncilRow>,
    pub counties: Vec<CountyRow>,
    pub icbs: Vec<IcbRow>,
    pub regions: Vec<RegionRow>,
    /// In alphabetical order of their parts, as are the outcodes.
    pub sectors: Vec<PartRow>,
    pub outcodes: Vec<PartRow>,
    pub names: Vec<NameRow>,
    pub lsoas: Vec<LsoaRow>,
    /// Councils that are no more.
    pub replaced: Vec<ReplacedRow>,
    /// Sorted by postcode.
    pub demo_postcodes: Vec<DemoPostcode>,
    pub outlines: Vec<Outline>,
    /// The invented neighbourhoods of the demonstration.
    pub neighbourhoods: Vec<Outline>,
}

static SHIPPED: LazyLock<Shipped> = LazyLock::new(|| Shipped {
    councils: table(COUNCILS),
    counties: table(COUNTIES),
    icbs: table(ICBS),
    regions: table(REGIONS),
    sectors: rows::sorted_parts(table(SECTORS)),
    outcodes: rows::sorted_parts(table(OUTCODES)),
    names: table(NAMES),
    lsoas: table(LSOAS),
    replaced: table(REPLACED),
    demo_postcodes: demo::sorted(table(DEMO_POSTCODES)),
    outlines: outlines::read(BOUNDARIES),
    neighbourhoods: outlines::read(NEIGHBOURHOODS),
});

const COUNCILS: &str = include_str!("../../../data/places/councils.csv");
const COUNTIES: &str = include_str!("../../../data/places/counties.csv");
const ICBS: &str = include_str!("../../../data/places/icbs.csv");
const REGIONS: &str = include_str!("../../../data/places/regions.csv");
const SECTORS: &str = include_str!("../../../data/places/sectors.csv");
const OUTCODES: &str = include_str!("../../../data/places/outcodes.csv");
const NAMES: &str = include_str!("../../../data/places/names.csv");
const LSOAS: &str = include_str!("../../../data/places/lsoa_wigan.csv");
const REPLACED: &str = include_str!("../../../data/places/replaced_councils.csv");
const DEMO_POSTCODES: &str = include_str!("../../../data/places/demo_postcodes.csv");
const BOUNDARIES: &str = include_str!("../../../data/places/demo_boundaries.geojson");
const NEIGHBOURHOODS: &str = include_str!("../../../data/places/demo_neighbourhoods.geojson");

impl Shipped {
    /// A number that changes when any of the files that answers are made with does.
    #[must_use]
    pub fn basis() -> u64 {
        let mut hasher = DefaultHasher::new();
        [COUNCILS, COUNTIES, ICBS, REGIONS, SECTORS, OUTCODES, NAMES, LSOAS, REPLACED]
            .hash(&mut hasher);
        [DEMO_POSTCODES, BOUNDARIES, NEIGHBOURHOODS].hash(&mut hasher);
        hasher.finish()
    }

    /// The facts. The first call reads them, in some tens of milliseconds.
    #[must_use]
    pub fn facts() -> &'static Self {
        &SHIPPED
    }

    /// The facts of a sector such as `WN1 1`.
    #[must_use]
    pub fn sector(&self, sector: &str) -> Option<&PartRow> {
        rows::find_part(&self.sectors, sector)
    }

    /// The facts of an outward code such as `WN1`.
    #[must_use]
    pub fn outcode(&self, outcode: &str) -> Option<&PartRow> {
        rows::find_part(&self.outcodes, outcode)
    }
}

fn table<Row: DeserializeOwned>(text: &str) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    reader.deserialize().filter_map(Result::ok).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows_in(text: &str) -> usize {
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
        reader.records().count()
    }

    #[test]
    fn every_shipped_row_is_read() {
        let facts = Shipped::facts();
        for (read, text) in [
            (facts.councils.len(), COUNCILS),
            (facts.counties.len(), COUNTIES),
            (facts.icbs.len(), ICBS),
            (facts.regions.len(), REGIONS),
            (facts.sectors.len(), SECTORS),
            (facts.outcodes.len(), OUTCODES),
            (facts.names.len(), NAMES),
            (facts.lsoas.len(), LSOAS),
            (facts.replaced.len(), REPLACED),
            (facts.demo_postcodes.len(), DEMO_POSTCODES),
        ] {
            assert_eq!(read, rows_in(text), "{}", text.lines().next().unwrap_or_default());
        }
        assert_eq!((facts.sectors.len(), facts.names.len()), (9131, 26_254));
        assert_eq!((facts.outlines.len(), facts.neighbourhoods.len()), (75, 8));
    }

    #[test]
    fn codes_in_one_file_are_known_to_the_others() {
        let facts = Shipped::facts();
        let council = |code: &str| facts.councils.iter().any(|row| row.code == code);
        for county in &facts.counties {
            assert!(county.councils().all(council), "{}", county.name);
        }
        for row in &facts.replaced {
            assert!(row.successors().all(council) && !council(&row.code), "{}", row.name);
        }
        assert!(facts.sectors.iter().flat_map(PartRow::councils).all(council));
    }

    #[test]
    fn a_sector_and_its_outcode_are_found() {
        let facts = Shipped::facts();
        assert_eq!(facts.sector("WN1 1").unwrap().lad, "E08000010");
        assert_eq!(facts.outcode("WN1").unwrap().lad, "E08000010");
        assert!(facts.sector("WN1 8").is_none());
    }
}
