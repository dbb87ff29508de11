//! The atlas as the shipped facts have it.

use std::collections::HashMap;

use super::{atlas::Atlas, codes::kind_of_code, known::DEMONSTRATION};
use crate::{
    domain::{Governance, Indicator, Place, PlaceCode, PlaceKind, Point},
    geo::{
        Pack, middle,
        shipped::{CouncilRow, LsoaRow, PartRow, Shipped},
    },
};

/// The code of England.
pub const ENGLAND: &str = "E92000001";

const DEPRIVATION: &str = "English Indices of Deprivation 2025, MHCLG";
const LONELINESS: &str = "Community Life Survey 2020–21, DCMS (modelled)";
const CENSUS: &str = "Census 2021, ONS";

/// The code of a sector or outward code as an area: `pc:WN1`.
#[must_use]
pub fn part_code(part: &str) -> PlaceCode {
    PlaceCode(format!("pc:{part}"))
}

/// Every place of the pack, and of the shipped facts what the pack does not replace.
#[must_use]
pub fn atlas(facts: &Shipped, pack: Option<&Pack>) -> Atlas {
    let mut atlas = Atlas::default();
    let imported = pack.map(Pack::places).unwrap_or_default();
    for place in imported {
        atlas.insert(place.clone());
    }
    let replaced = Replaced::by(facts, imported);
    wide_places(&mut atlas, facts, &replaced);
    if !replaced.councils {
        facts.councils.iter().for_each(|row| council(&mut atlas, row));
    }
    facts.councils.iter().for_each(|row| council_relations(&mut atlas, row));
    counties(&mut atlas, facts);
    facts.outcodes.iter().for_each(|row| part(&mut atlas, row));
    facts.sectors.iter().for_each(|row| part(&mut atlas, row));
    if !replaced.demonstration {
        demonstration(&mut atlas, facts);
    }
    for place in imported {
        for parent in &place.parents {
            if is_best_fit(place.kind, parent) {
                atlas.touch(place.code.as_str(), parent.as_str());
            } else {
                atlas.lies_in(place.code.as_str(), parent.as_str());
            }
        }
    }
    atlas.finish();
    atlas
}

/// Whether a lookup of this kind only says where most of the place lies: LSOAs and MSOAs are not
/// drawn to fit wards.
fn is_best_fit(kind: PlaceKind, parent: &PlaceCode) -> bool {
    let fitted = [PlaceKind::Ward, PlaceKind::Parish, PlaceKind::Pcn, PlaceKind::Constituency];
    kind < PlaceKind::Ward && kind_of_code(parent.as_str()).is_some_and(|of| fitted.contains(&of))
}

/// Which shipped kinds a pack replaces: where it has four fifths as many, it is another edition
/// of the whole, and what it lacks is no more.
#[derive(Debug, Default)]
struct Replaced {
    councils: bool,
    boards: bool,
    demonstration: bool,
}

impl Replaced {
    fn by(facts: &Shipped, imported: &[Place]) -> Self {
        let many = |kind: PlaceKind, shipped: usize| {
            imported.iter().filter(|place| place.kind == kind).count() * 5 >= shipped * 4
        };
        let demonstrated = |place: &Place| {
            place.kind < PlaceKind::Custom && place.parents.contains(&DEMONSTRATION.into())
        };
        Self {
            councils: many(PlaceKind::Council, facts.councils.len()),
            boards: many(PlaceKind::Icb, facts.icbs.len()),
            demonstration: imported.iter().any(demonstrated),
        }
    }
}

fn place(code: &str, kind: PlaceKind, name: &str, edition: &str) -> Place {
    Place {
        code: PlaceCode::from(code),
        kind,
        name: name.to_owned(),
        edition: edition.to_owned(),
        centre: None,
        population: None,
        indicators: Vec::new(),
        parents: Vec::new(),
        governance: Governance::default(),
    }
}

fn settled(place: Place, lat: f64, lon: f64, population: u32) -> Place {
    Place { centre: Some(Point { lat, lon }), population: Some(population), ..place }
}

fn wide_places(atlas: &mut Atlas, facts: &Shipped, replaced: &Replaced) {
    let people = facts.regions.iter().map(|row| row.population).sum();
    let middle = Point { lat: 52.56, lon: -1.47 };
    let england = place(ENGLAND, PlaceKind::Nation, "England", "2025");
    atlas.insert(settled(england, middle.lat, middle.lon, people));
    for row in &facts.regions {
        let region = place(&row.code, PlaceKind::Region, &row.name, "2025");
        atlas.insert(settled(region, row.lat, row.lon, row.population));
        atlas.lies_in(&row.code, ENGLAND);
    }
    for row in facts.icbs.iter().filter(|_| !replaced.boards) {
        let board = place(&row.code, PlaceKind::Icb, &row.name, "2024");
        atlas.insert(settled(board, row.lat, row.lon, row.population));
        atlas.lies_in(&row.code, ENGLAND);
    }
}

fn council(atlas: &mut Atlas, row: &CouncilRow) {
    let council = place(&row.code, PlaceKind::Council, &row.name, "2025");
    atlas.insert(settled(council, row.lat, row.lon, row.population));
}

/// A council lies in its board when that is the only one; otherwise they share a part.
fn council_relations(atlas: &mut Atlas, row: &CouncilRow) {
    atlas.lies_in(&row.code, &row.region_code);
    relate(atlas, &row.code, row.icbs());
}

fn relate<'a>(atlas: &mut Atlas, code: &str, wider: impl Iterator<Item = &'a str>) {
    let wider: Vec<&str> = wider.collect();
    match wider.as_slice() {
        [only] => atlas.lies_in(code, only),
        several => several.iter().for_each(|other| atlas.touch(code, other)),
    }
}

fn counties(atlas: &mut Atlas, facts: &Shipped) {
    let councils: HashMap<&str, &CouncilRow> =
        facts.councils.iter().map(|row| (row.code.as_str(), row)).collect();
    for row in &facts.counties {
        let inside: Vec<&CouncilRow> =
            row.councils().filter_map(|code| councils.get(code).copied()).collect();
        let mut county = place(&row.code, PlaceKind::County, &row.name, "2025");
        county.population = Some(inside.iter().map(|council| council.population).sum());
        county.centre =
            middle(inside.iter().map(|council| Point { lat: council.lat, lon: council.lon }));
        atlas.insert(county);
        for council in &inside {
            atlas.lies_in(&council.code, &row.code);
        }
        if let Some(council) = inside.first() {
            atlas.lies_in(&row.code, &council.region_code);
        }
    }
}

/// The file names one board for a sector; the council tells whether there may be more.
fn part(atlas: &mut Atlas, row: &PartRow) {
    let kind = if row.is_sector() { PlaceKind::Sector } else { PlaceKind::Outcode };
    let code = part_code(&row.part);
    let mut area = place(code.as_str(), kind, &row.part, "2025");
    area.centre = Some(row.point());
    atlas.insert(area);
    if row.is_sector() {
        atlas.lies_in(code.as_str(), part_code(row.outcode()).as_str());
    }
    relate(atlas, code.as_str(), row.councils());
    atlas.lies_in(code.as_str(), ENGLAND);
    row.icbs().for_each(|board| atlas.touch(code.as_str(), board));
}

fn demonstration(atlas: &mut Atlas, facts: &Shipped) {
    for outline in &facts.outlines {
        let kind = match outline.kind.as_str() {
            "ward" => PlaceKind::Ward,
            "msoa" => PlaceKind::Msoa,
            _ => continue,
        };
        let mut area = place(&outline.code, kind, &outline.name, &outline.edition);
        let inside: Vec<&LsoaRow> = facts
            .lsoas
            .iter()
            .filter(|row| row.msoa == outline.code || row.ward == outline.code)
            .collect();
        area.population = Some(inside.iter().map(|row| row.residents).sum());
        area.indicators = averages(&inside);
        let homes = facts
            .demo_postcodes
            .iter()
            .filter(|row| row.msoa == outline.code || row.ward == outline.code);
        area.centre = middle(homes.map(|row| row.point));
        atlas.insert(area);
        atlas.lies_in(&outline.code, &outline.council);
    }
    facts.lsoas.iter().for_each(|row| lsoa(atlas, facts, row));
    for row in &facts.demo_postcodes {
        let sector = part_code(&row.postcode.sector());
        for code in [&row.lsoa, &row.msoa, &row.ward] {
            atlas.touch(sector.as_str(), code);
        }
        atlas.touch(&row.ward, &row.msoa);
        atlas.touch(&row.ward, &row.lsoa);
    }
}

fn lsoa(atlas: &mut Atlas, facts: &Shipped, row: &LsoaRow) {
    let around = atlas.place(&PlaceCode::from(row.msoa.as_str()));
    let name =
        around.map_or_else(|| row.lsoa.clone(), |msoa| format!("{} ({})", msoa.name, row.lsoa));
    let mut area = place(&row.lsoa, PlaceKind::Lsoa, &name, "LSOA21");
    area.population = Some(row.residents);
    area.indicators = figures(row);
    let homes = facts.demo_postcodes.iter().filter(|home| home.lsoa == row.lsoa);
    area.centre = middle(homes.map(|home| home.point));
    atlas.insert(area);
    atlas.lies_in(&row.lsoa, &row.msoa);
}

fn indicator(name: &str, value: f64, source: &str, year: u16) -> Indicator {
    Indicator { name: name.to_owned(), value, source: source.to_owned(), year }
}

fn figures(row: &LsoaRow) -> Vec<Indicator> {
    vec![
        indicator("imd_decile", f64::from(row.imd_decile), DEPRIVATION, 2025),
        indicator("lonely_pct", row.lonely_pct, LONELINESS, 2021),
        indicator("disabled_pct", row.disabled_pct, CENSUS, 2021),
    ]
}

/// Figures of a wider area: shares weighted by residents. A decile has no mean, so the share
/// of residents in the three most deprived tenths of England stands for it.
fn averages(rows: &[&LsoaRow]) -> Vec<Indicator> {
    let people: f64 = rows.iter().map(|row| f64::from(row.residents)).sum();
    if people == 0.0 {
        return Vec::new();
    }
    let share = |of: &dyn Fn(&LsoaRow) -> f64| {
        let total: f64 = rows.iter().map(|row| of(row) * f64::from(row.residents)).sum();
        (total / people * 10.0).round() / 10.0
    };
    let deprived = share(&|row| if row.imd_decile <= 3 { 100.0 } else { 0.0 });
    vec![
        indicator("imd_most_deprived_3_deciles_pct", deprived, DEPRIVATION, 2025),
        indicator("lonely_pct", share(&|row| row.lonely_pct), LONELINESS, 2021),
        indicator("disabled_pct", share(&|row| row.disabled_pct), CENSUS, 2021),
    ]
}
