//! Need indicators by LSOA: deprivation, loneliness, disability, population.

use csv::ByteRecord;

use super::{
    attribution,
    batch::{Batch, parents},
    columns::{Columns, fits, text},
    edition,
    fault::{Fault, quoted},
    kinds, lookup,
    postcodes::number,
    source::Source,
    table::{self, Rows},
};
use crate::{
    domain::{PlaceCode, PlaceKind},
    geo::pack::{Fact, FigureColumn},
};

/// A column's pattern, the indicator's name, its source and year.
type Known = (&'static str, &'static str, &'static str, u16);

const DEPRIVATION: &str = "MHCLG English Indices of Deprivation 2025";
const CENSUS: &str = "ONS Census 2021";

/// Columns by the names in our own table first, then by those of IMD 2025 File 7.
const KNOWN: [Known; 26] = [
    ("imd2025_rank", "imd_rank", DEPRIVATION, 2025),
    ("imd2025_decile", "imd_decile", DEPRIVATION, 2025),
    ("imd2025_score", "imd_score", DEPRIVATION, 2025),
    ("income_score", "income_score", DEPRIVATION, 2025),
    ("health_decile", "health_decile", DEPRIVATION, 2025),
    ("barriers_decile", "barriers_decile", DEPRIVATION, 2025),
    ("mental_health_indicator", "mental_health_indicator", DEPRIVATION, 2025),
    ("acute_morbidity", "acute_morbidity", DEPRIVATION, 2025),
    ("patient_to_gp_ratio", "patient_to_gp_ratio", DEPRIVATION, 2025),
    ("connectivity_score", "connectivity_score", DEPRIVATION, 2025),
    (
        "lonely_often_or_some_pct_cls2020",
        "lonely_pct",
        "DCMS Community Life Survey 2020-21 (modelled)",
        2020,
    ),
    ("residents_census2021", "population", CENSUS, 2021),
    ("disabled_pct_census2021", "disabled_pct", CENSUS, 2021),
    ("residents", "population", CENSUS, 2021),
    ("index of multiple deprivation (imd) score*", "imd_score", DEPRIVATION, 2025),
    ("index of multiple deprivation (imd) rank*", "imd_rank", DEPRIVATION, 2025),
    ("index of multiple deprivation (imd) decile*", "imd_decile", DEPRIVATION, 2025),
    ("income score*", "income_score", DEPRIVATION, 2025),
    ("employment score*", "employment_score", DEPRIVATION, 2025),
    ("health deprivation and disability score*", "health_score", DEPRIVATION, 2025),
    ("health deprivation and disability decile*", "health_decile", DEPRIVATION, 2025),
    ("barriers to housing and services decile*", "barriers_decile", DEPRIVATION, 2025),
    (
        "income deprivation affecting children index (idaci) score*",
        "children_income_score",
        DEPRIVATION,
        2025,
    ),
    (
        "income deprivation affecting older people (idaopi) score*",
        "older_income_score",
        DEPRIVATION,
        2025,
    ),
    ("total population*", "population", "ONS mid-year estimates", 2022),
    ("disabled_pct", "disabled_pct", CENSUS, 2021),
];
const CODE: &[&str] = &["lsoa##cd", "lsoa code*", "lsoa"];

/// Whether a header has LSOA codes and an indicator that is known.
pub(super) fn is_need(columns: &Columns) -> bool {
    columns.find(CODE).is_some() && columns.names().iter().any(|name| known(name).is_some())
}

/// Reads all rows into the batch.
pub(super) fn read(rows: &Rows, source: Source<'_>, batch: &mut Batch<'_>) -> Result<(), Fault> {
    let columns = &rows.columns;
    let code = columns.get(&source.label, CODE)?;
    let name = columns.find(&["lsoa##nm", "lsoa name*"]);
    let wider: Vec<usize> =
        ["msoa##cd", "lad##cd", "icb##cd"].iter().filter_map(|p| columns.find(&[p])).collect();
    let wanted: Vec<(usize, usize)> = columns
        .names()
        .iter()
        .enumerate()
        .filter_map(|(at, name)| Some((at, batch.figures.add_column(known(name)?))))
        .collect();
    let year =
        wanted.iter().filter_map(|(_, to)| batch.figures.columns().get(*to)).map(|c| c.year).max();
    let edition = edition::of(&source.label, year);
    let (label, own) = (source.label.clone(), source.name.clone());
    let mut facts = Vec::new();
    let read = table::each(rows, source, batch, |row, _, batch| {
        let field = |at: usize| text(row.get(at).unwrap_or_default().trim_ascii()).into_owned();
        let lsoa = field(code);
        if kinds::kind_of(&lsoa) != Some(PlaceKind::Lsoa) {
            let fault = Fault::of("", "the code of an LSOA such as E01006306", quoted(&lsoa));
            return Err(fault.in_column(columns.name(code)));
        }
        if batch.wants(&lsoa) {
            let place = PlaceCode::from(lsoa.as_str());
            figures(row, &wanted, &place, columns, batch)?;
            let others: Vec<String> = wider.iter().map(|at| field(*at)).collect();
            facts.push(Fact {
                code: place,
                kind: PlaceKind::Lsoa,
                name: name.map(field).unwrap_or_default(),
                edition: "2021".to_owned(),
                centre: None,
                parents: parents(&lsoa, &others),
                successor: None,
            });
        }
        Ok(())
    })?;
    let what = format!("need: {}", sources(&wanted, batch));
    let tally = batch.tallies.entry(what.clone()).or_default();
    tally.files.insert(label);
    tally.edition = edition;
    tally.attribution = attribution::NEED;
    tally.rows += read;
    tally.add("lsoa", facts.len() as u64);
    tally.counts.insert("indicators".to_owned(), wanted.len() as u64);
    lookup::complete(PlaceKind::Lsoa, facts.len(), &own, tally);
    batch.facts.entry(what).or_default().extend(facts);
    Ok(())
}

fn figures(
    row: &ByteRecord,
    wanted: &[(usize, usize)],
    place: &PlaceCode,
    columns: &Columns,
    batch: &mut Batch<'_>,
) -> Result<(), Fault> {
    for (from, to) in wanted {
        let field = row.get(*from).unwrap_or_default().trim_ascii();
        if field.is_empty() {
            continue;
        }
        // File 7 writes thousands with commas.
        let plain: Vec<u8> = field.iter().copied().filter(|byte| *byte != b',').collect();
        let value = number(&plain).ok_or_else(|| {
            Fault::of("", "a number", quoted(&text(field))).in_column(columns.name(*from))
        })?;
        batch.figures.set(place, *to, value);
    }
    Ok(())
}

fn known(column: &str) -> Option<FigureColumn> {
    let (_, name, source, year) = KNOWN.iter().find(|(pattern, ..)| fits(pattern, column))?;
    Some(FigureColumn { name: (*name).to_owned(), source: (*source).to_owned(), year: *year })
}

/// The makers of the figures, first words only: `Census 2021, …`.
fn sources(wanted: &[(usize, usize)], batch: &Batch<'_>) -> String {
    let mut names: Vec<&str> = wanted
        .iter()
        .filter_map(|(_, to)| batch.figures.columns().get(*to))
        .map(|column| column.source.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}
