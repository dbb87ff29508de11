//! Figures of wider places from those of LSOAs.
//!
//! Each LSOA counts towards the places that it lies in by best fit. Population is summed. Shares,
//! scores and rates are means weighted by population, which for a share of residents is the share
//! of the whole. Ranks and deciles say nothing when averaged and are left out; in their stead
//! stands the percentage of residents who live in the most deprived tenth of England's LSOAs.
//! A place of which some LSOAs have no figures gets none: a sum that misses a part is wrong.

use std::collections::{BTreeMap, BTreeSet};

use super::parents::Parents;
use crate::{
    domain::{PlaceCode, PlaceKind},
    geo::{
        import::kinds,
        pack::{FigureColumn, Figures},
    },
};

/// The share of residents in LSOAs of the first decile.
const MOST_DEPRIVED: &str = "imd_most_deprived_tenth_pct";

/// A sum of weighted values.
#[derive(Default, Clone, Copy)]
struct Sum {
    value: f64,
    weight: f64,
}

/// Figures of all places that LSOAs lie in, and what could not be summed.
pub(super) fn sum_up(stated: &Figures, parents: &Parents) -> (Figures, Vec<String>) {
    let mut derived = Figures::default();
    if stated.is_empty() {
        return (derived, Vec::new());
    }
    let incomplete = incomplete(stated, parents);
    let columns: Vec<(usize, Rule)> = stated
        .columns()
        .iter()
        .enumerate()
        .filter_map(|(at, column)| Some((at, Rule::of(&column.name)?)))
        .collect();
    let population = stated.column("population");
    for (at, rule) in columns {
        let sums = sums(stated, parents, at, &rule, population);
        let column = stated.columns()[at].clone();
        let name =
            if matches!(rule, Rule::FirstDecile) { MOST_DEPRIVED.to_owned() } else { column.name };
        let to = derived.add_column(FigureColumn { name, ..column });
        for (code, sum) in
            sums.iter().filter(|(code, sum)| sum.weight > 0.0 && !incomplete.contains(code))
        {
            let value = if matches!(rule, Rule::Sum) { sum.value } else { sum.value / sum.weight };
            derived.set(code, to, (value * 1000.0).round() / 1000.0);
        }
    }
    let warnings = (!incomplete.is_empty()).then(|| {
        format!("{} places have no summed figures: some of their LSOAs have none", incomplete.len())
    });
    (derived, warnings.into_iter().collect())
}

/// How a column is drawn together.
enum Rule {
    Sum,
    Mean,
    FirstDecile,
}

impl Rule {
    fn of(name: &str) -> Option<Self> {
        match name {
            "population" => Some(Self::Sum),
            "imd_decile" => Some(Self::FirstDecile),
            _ if name.ends_with("_decile") || name.ends_with("_rank") => None,
            _ => Some(Self::Mean),
        }
    }
}

fn sums(
    stated: &Figures,
    parents: &Parents,
    at: usize,
    rule: &Rule,
    population: Option<usize>,
) -> BTreeMap<PlaceCode, Sum> {
    let mut sums: BTreeMap<PlaceCode, Sum> = BTreeMap::new();
    for lsoa in stated.codes() {
        let Some(value) = stated.value(lsoa, at) else { continue };
        // Without a column of population every LSOA weighs the same: they are made to be alike.
        let weight = population.map_or(Some(1.0), |at| stated.value(lsoa, at)).unwrap_or_default();
        let (value, weight) = match rule {
            Rule::Sum => (value, 1.0),
            Rule::Mean => (value * weight, weight),
            Rule::FirstDecile => (if value < 1.5 { 100.0 * weight } else { 0.0 }, weight),
        };
        for parent in parents.get(lsoa).into_iter().flat_map(BTreeMap::values) {
            match sums.get_mut(parent) {
                Some(sum) => *sum = Sum { value: sum.value + value, weight: sum.weight + weight },
                None => drop(sums.insert(parent.clone(), Sum { value, weight })),
            }
        }
    }
    sums
}

/// Places that hold an LSOA without figures.
fn incomplete(stated: &Figures, parents: &Parents) -> BTreeSet<PlaceCode> {
    let with: BTreeSet<&PlaceCode> = stated.codes().collect();
    let without = parents.iter().filter(|(code, _)| {
        kinds::kind_of(code.as_str()) == Some(PlaceKind::Lsoa) && !with.contains(code)
    });
    without.flat_map(|(_, parents)| parents.values().cloned()).collect()
}
