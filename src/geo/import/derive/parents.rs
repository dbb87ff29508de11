//! In which wider places each place lies.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::rank;
use crate::{
    domain::{PlaceCode, PlaceKind},
    geo::{import::kinds, pack::PackParts},
};

/// Of each code, one parent of each wider kind.
pub(super) type Parents = HashMap<PlaceCode, BTreeMap<PlaceKind, PlaceCode>>;

/// Lookups tell it best, then boundary files, then where most living postcodes are, then tables of
/// need, whose councils and ICBs may be of an older year. What is still missing comes from the
/// parents' own parents, wide places first.
pub(super) fn parents(parts: &PackParts) -> Parents {
    let mut parents = Parents::new();
    let retired: BTreeSet<&PlaceCode> = parts
        .facts
        .iter()
        .flat_map(|source| &source.facts)
        .filter(|fact| fact.successor.is_some())
        .map(|fact| &fact.code)
        .collect();
    let stated = |prefix: &'static str| {
        let sources = parts.facts.iter().filter(move |source| source.what.starts_with(prefix));
        let facts = sources.flat_map(|source| &source.facts);
        facts.flat_map(|fact| fact.parents.iter().map(|parent| (fact.code.clone(), parent.clone())))
    };
    let told =
        stated("lookup").chain(stated("boundaries")).chain(majority(parts)).chain(stated("need"));
    for (child, parent) in told {
        let Some(kind) = kinds::kind_of(parent.as_str()) else { continue };
        if rank(&child) < rank(&parent) && !retired.contains(&parent) {
            parents.entry(child).or_default().entry(kind).or_insert(parent);
        }
    }
    hand_down(&mut parents);
    parents
}

/// Each code with the code of every wider kind that most of its living postcodes carry.
fn majority(parts: &PackParts) -> Vec<(PlaceCode, PlaceCode)> {
    let codes = parts.postcodes.codes();
    let kind: Vec<Option<PlaceKind>> =
        codes.codes().iter().map(|code| kinds::kind_of(code.as_str())).collect();
    let mut together: HashMap<(u32, u32), u32> = HashMap::new();
    for (set, living) in (0u32..).zip(parts.postcodes.living_by_set()) {
        let members = codes.members_of(set);
        for narrow in members {
            for wide in members {
                let rank =
                    |code: &u32| kind.get(*code as usize).copied().flatten().map(kinds::rank);
                if rank(narrow) < rank(wide) {
                    *together.entry((*narrow, *wide)).or_default() += living.count;
                }
            }
        }
    }
    let mut best: HashMap<(u32, PlaceKind), (u32, u32)> = HashMap::new();
    for ((narrow, wide), count) in together {
        let Some(kind) = kind.get(wide as usize).copied().flatten() else { continue };
        let most = best.entry((narrow, kind)).or_insert((count, wide));
        // Of equals the first code, so that the same files give the same pack.
        if (count, std::cmp::Reverse(wide)) > (most.0, std::cmp::Reverse(most.1)) {
            *most = (count, wide);
        }
    }
    let code = |id: u32| codes.codes().get(id as usize).cloned();
    best.into_iter().filter_map(|((narrow, _), (_, wide))| code(narrow).zip(code(wide))).collect()
}

/// Gives each place the parents of its parents, of kinds that it has none of.
fn hand_down(parents: &mut Parents) {
    let mut order: Vec<PlaceCode> = parents.keys().cloned().collect();
    order.sort_by(|a, b| rank(b).cmp(&rank(a)).then_with(|| a.cmp(b)));
    for code in order {
        let own = parents.get(&code).cloned().unwrap_or_default();
        let mut all = own.clone();
        for parent in own.values() {
            for (kind, wider) in parents.get(parent).into_iter().flatten() {
                all.entry(*kind).or_insert_with(|| wider.clone());
            }
        }
        parents.insert(code, all);
    }
}
