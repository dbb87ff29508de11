//! Areas by the names that feeds and people give them: "Wigan MBC", "City of Salford".

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;

use super::{Gazetteer, PlaceRef, atlas::Atlas};
use crate::{
    domain::{PlaceCode, PlaceKind, Point},
    geo::{
        Metres,
        names::{NameKind, fold},
        shipped::{ReplacedRow, Shipped},
    },
};

/// Areas by folded name and by name without its words of office.
#[derive(Debug)]
pub struct AreaNames {
    by_name: HashMap<String, Vec<PlaceRef>>,
    by_key: HashMap<String, Vec<PlaceRef>>,
    /// Numbers of rows of the replaced councils.
    replaced: HashMap<String, usize>,
}

/// A council that is no more, and what took over.
#[derive(Clone, Debug, PartialEq)]
pub struct Remap {
    pub from: PlaceRef,
    pub to: Vec<PlaceRef>,
    pub since: Option<Date>,
    /// Whether the new areas cover the old one and no more. Where not, they are wider.
    pub whole: bool,
}

/// Words of office before and after a name.
const BEFORE: &str = "the city county borough metropolitan district royal nhs of across throughout \
    all whole";
const AFTER: &str = "council borough city county district metropolitan unitary authority mbc mdc \
    bc dc cc cbc lbc nhs integrated care board system partnership icb ics icp combined region of \
    the wide england";

/// Names in use that are not the official ones.
const ALIASES: &[(&str, &str)] = &[
    ("hull", "E06000010"),
    ("bcp", "E06000058"),
    ("stoke", "E06000021"),
    ("southend", "E06000033"),
    ("newcastle", "E08000021"),
    ("brighton", "E06000043"),
    ("greater london", "E12000007"),
    ("yorkshire and humber", "E12000003"),
    ("the north west", "E12000002"),
    ("the north east", "E12000001"),
    ("the south west", "E12000009"),
    ("the south east", "E12000008"),
    ("national", "E92000001"),
    ("nationwide", "E92000001"),
    ("nationally", "E92000001"),
    ("all england", "E92000001"),
    ("uk", "E92000001"),
    ("uk wide", "E92000001"),
    ("united kingdom", "E92000001"),
    ("great britain", "E92000001"),
    ("england and wales", "E92000001"),
];

/// As far from a hint as a ward or neighbourhood of a name is still the one meant.
const NEAR_HINT: Metres = Metres(25_000.0);

/// What a name is without its words of office: `bristol` of "Bristol, City of".
#[must_use]
pub fn area_key(name: &str) -> String {
    let folded = fold(name);
    // A city region is wider than the city, and not ours to guess.
    if folded.contains("city region") {
        return folded;
    }
    let mut words: Vec<&str> = folded.split(' ').collect();
    if let ["london", "borough", "of", ..] = words.as_slice() {
        words.drain(..3);
    }
    while words.len() > 1 && BEFORE.split_whitespace().any(|word| Some(&word) == words.first()) {
        words.remove(0);
    }
    while words.len() > 1 && AFTER.split_whitespace().any(|word| Some(&word) == words.last()) {
        words.pop();
    }
    words.join(" ")
}

impl AreaNames {
    pub fn new(facts: &Shipped, atlas: &Atlas) -> Self {
        let mut by_name: HashMap<String, Vec<PlaceRef>> = HashMap::new();
        let mut by_key: HashMap<String, Vec<PlaceRef>> = HashMap::new();
        for place in atlas.places().filter(|place| place.kind >= PlaceKind::Council) {
            let named = PlaceRef::from(place);
            by_name.entry(fold(&place.name)).or_default().push(named.clone());
            by_key.entry(area_key(&place.name)).or_default().push(named);
        }
        for (alias, code) in ALIASES {
            if let Some(place) = atlas.place(&PlaceCode::from(*code)) {
                by_name.entry((*alias).to_owned()).or_default().push(place.into());
            }
        }
        let replaced = facts.replaced.iter().enumerate();
        let replaced = replaced.map(|(at, row)| (area_key(&row.name), at)).collect();
        Self { by_name, by_key, replaced }
    }

    /// The areas of a name, where it leaves no doubt.
    fn find(&self, name: &str) -> Vec<PlaceRef> {
        let folded = fold(name);
        if let Some(exact) = self.by_name.get(&folded).and_then(|named| certain(named, &folded)) {
            return vec![exact];
        }
        let keyed = self.by_key.get(&area_key(name));
        keyed.and_then(|named| certain(named, &folded)).into_iter().collect()
    }
}

/// The one meant of several areas, by the words of office; without any, a council goes before a
/// county or region, and those before a board. A county and a region of one name stay in doubt.
fn certain(named: &[PlaceRef], folded: &str) -> Option<PlaceRef> {
    let says = |words: &[&str]| words.iter().any(|word| has_words(folded, word));
    let kinds: &[PlaceKind] = if says(&["icb", "ics", "icp", "integrated care", "nhs"]) {
        &[PlaceKind::Icb, PlaceKind::SubIcb]
    } else if says(&["combined authority", "county council", "metropolitan county"]) {
        &[PlaceKind::County, PlaceKind::Council]
    } else if says(&["region"]) {
        &[PlaceKind::Region]
    } else if says(&["council", "borough", "district", "mbc", "bc", "dc"]) {
        &[PlaceKind::Council, PlaceKind::County]
    } else {
        &[PlaceKind::Council]
    };
    for kind in kinds {
        if let Some(found) = only(named, |place| place.kind == *kind) {
            return Some(found);
        }
    }
    let marked = kinds.len() > 1 || kinds.first() != Some(&PlaceKind::Council);
    let wide = |place: &PlaceRef| !matches!(place.kind, PlaceKind::Icb | PlaceKind::SubIcb);
    if marked {
        return None;
    }
    if named.iter().any(wide) { only(named, wide) } else { only(named, |_| true) }
}

fn only(named: &[PlaceRef], of: impl Fn(&PlaceRef) -> bool) -> Option<PlaceRef> {
    let mut found = named.iter().filter(|place| of(place));
    found.next().filter(|_| found.next().is_none()).cloned()
}

fn has_words(folded: &str, words: &str) -> bool {
    format!(" {folded} ").contains(&format!(" {words} "))
}

impl Gazetteer {
    /// The places that a feed means by the name of a service area; several when it is a list.
    /// Empty where there is any doubt. `hint` is where the feed or its service is: wards and
    /// neighbourhoods are looked for only about it. A council that is no more answers with its
    /// old code, for the footprint to remap and report.
    #[must_use]
    pub fn area_by_name(&self, name: &str, hint: Option<Point>) -> Vec<PlaceRef> {
        if name.len() > 500 {
            return Vec::new();
        }
        let whole = self.one_area(name, hint);
        if !whole.is_empty() {
            return whole;
        }
        let parts =
            name.split([',', ';', '/', '|', '&', '\n']).flat_map(|part| part.split(" and "));
        let parts: Vec<&str> = parts.map(str::trim).filter(|part| !part.is_empty()).collect();
        let each: Vec<Vec<PlaceRef>> = parts.iter().map(|part| self.one_area(part, hint)).collect();
        if parts.len() < 2 || each.iter().any(Vec::is_empty) {
            return Vec::new();
        }
        let mut seen = BTreeSet::new();
        each.into_iter().flatten().filter(|place| seen.insert(place.code.clone())).collect()
    }

    fn one_area(&self, name: &str, hint: Option<Point>) -> Vec<PlaceRef> {
        if let Some(place) = self.place_ref(&PlaceCode::from(name.trim())) {
            return vec![place];
        }
        let found = self.base.area_names.find(name);
        if !found.is_empty() {
            return found;
        }
        let replaced = self.base.area_names.replaced.get(&area_key(name));
        if let Some(row) = replaced.and_then(|at| self.base.facts.replaced.get(*at)) {
            return vec![old_council(row)];
        }
        self.small_area(name, hint).into_iter().collect()
    }

    /// The operator's own area of a name, or the ward or neighbourhood near the hint.
    fn small_area(&self, name: &str, hint: Option<Point>) -> Option<PlaceRef> {
        let folded = fold(name);
        let ward = folded.strip_suffix(" ward");
        let asked = ward.unwrap_or(&folded);
        let own = self.custom.names.called(asked).filter_map(|(_, named)| named.code.as_ref());
        let own: Vec<PlaceRef> = own.filter_map(|code| self.place_ref(code)).collect();
        if ward.is_none() && !own.is_empty() {
            return only(&own, |_| true);
        }
        let hint = hint?;
        let near = self.base.names.called(asked).filter(|(_, named)| {
            let small = matches!(named.kind, NameKind::Area(kind) if kind < PlaceKind::Council
                && (ward.is_none() || kind == PlaceKind::Ward));
            small && Metres::between(named.point, hint) <= NEAR_HINT
        });
        let near: Vec<PlaceRef> =
            near.filter_map(|(_, named)| self.place_ref(named.code.as_ref()?)).collect();
        only(&near, |_| true)
    }

    /// What took over from a council that is no more; `None` of a place that is.
    #[must_use]
    pub fn successor(&self, code: &PlaceCode) -> Option<Remap> {
        if self.place_ref(code).is_some() {
            return None;
        }
        let row = self.base.facts.replaced.iter().find(|row| row.code == code.as_str())?;
        let to = row.successors().filter_map(|code| self.place_ref(&PlaceCode::from(code)));
        Some(Remap {
            from: old_council(row),
            to: to.collect(),
            since: row.since,
            whole: row.is_whole(),
        })
        .filter(|remap| !remap.to.is_empty())
    }
}

fn old_council(row: &ReplacedRow) -> PlaceRef {
    let kind = if row.code.starts_with("E10") { PlaceKind::County } else { PlaceKind::Council };
    PlaceRef { code: PlaceCode::from(row.code.as_str()), kind, name: row.name.clone() }
}
