//! The index of names, from the shipped names and the places of the atlas.

use std::collections::{HashMap, HashSet};

use super::{atlas::Atlas, by_name::area_key};
use crate::{
    domain::{Place, PlaceCode, PlaceKind, Point},
    geo::{
        Metres, Pack, PackName, PackNameKind,
        names::{NameIndex, NameKind, Named, fold},
        shipped::{NameRow, Shipped},
    },
};

/// A name, its kind and its council: what one place should not be listed under twice.
type Known = (String, PlaceKind, Option<PlaceCode>);

/// Every name that can be typed.
#[must_use]
pub fn index(facts: &Shipped, atlas: &Atlas, pack: Option<&Pack>) -> NameIndex {
    let mut index = NameIndex::default();
    let mut known = HashSet::new();
    for place in atlas.places() {
        if let Some(named) = area(atlas, place) {
            known.insert((fold(&place.name), place.kind, named.council.clone()));
            let aliases = area_aliases(place);
            index.insert(named, aliases.iter().map(String::as_str));
        }
    }
    for row in &facts.names {
        insert(&mut index, &known, row);
    }
    insert_imported(&mut index, facts, pack.map(Pack::names).unwrap_or_default());
    index.finish();
    index
}

/// Small areas have no names of their own, and parts of postcodes are found by their letters.
fn area(atlas: &Atlas, place: &Place) -> Option<Named> {
    if matches!(place.kind, PlaceKind::Lsoa | PlaceKind::Sector | PlaceKind::Outcode) {
        return None;
    }
    let council = atlas.of_kind(atlas.id(place.code.as_str())?, PlaceKind::Council);
    Some(Named {
        name: place.name.as_str().into(),
        kind: NameKind::Area(place.kind),
        point: place.centre?,
        population: place.population,
        council: council.map(|council| council.code.clone()),
        code: Some(place.code.clone()),
        approximate: false,
    })
}

/// Areas without a code give way to the same area with one.
fn insert(index: &mut NameIndex, known: &HashSet<Known>, row: &NameRow) {
    let kind = name_kind(&row.kind);
    let council = PlaceCode::from(row.lad.as_str());
    if let NameKind::Area(kind) = kind
        && known.contains(&(fold(&row.name), kind, Some(council.clone())))
    {
        return;
    }
    let named = Named {
        name: row.name.as_str().into(),
        kind,
        point: Point { lat: row.lat, lon: row.lon },
        population: row.population,
        council: Some(council),
        code: None,
        approximate: row.is_approximate(),
    };
    index.insert(named, row.aliases());
}

/// What a council is called besides its official name: Bristol, and not "Bristol, City of".
fn area_aliases(place: &Place) -> Vec<String> {
    match place.kind {
        PlaceKind::Council => vec![area_key(&place.name)],
        PlaceKind::Icb => vec![format!("{} icb", area_key(&place.name))],
        _ => Vec::new(),
    }
}

/// Adds the names of a pack that are not those of a shipped place near by: the shipped row has
/// its population.
fn insert_imported(index: &mut NameIndex, facts: &Shipped, names: &[PackName]) {
    let mut shipped: HashMap<String, Vec<Point>> = HashMap::new();
    for row in facts.names.iter().filter(|_| !names.is_empty()) {
        let point = Point { lat: row.lat, lon: row.lon };
        shipped.entry(fold(&row.name)).or_default().push(point);
    }
    for name in names {
        let alike = shipped.get(&fold(&name.name)).map(Vec::as_slice).unwrap_or_default();
        if alike.iter().all(|point| Metres::between(*point, name.point) > SAME_PLACE) {
            index.insert(imported(name), name.alt.as_deref());
        }
    }
}

/// Two points of one name this near are the same place, as where the shipped names were merged.
const SAME_PLACE: Metres = Metres(3_000.0);

fn imported(name: &PackName) -> Named {
    Named {
        name: name.name.as_str().into(),
        kind: match name.kind {
            PackNameKind::City => NameKind::City,
            PackNameKind::Town => NameKind::Town,
            PackNameKind::Village => NameKind::Village,
            PackNameKind::Suburb => NameKind::Suburb,
            PackNameKind::Hamlet | PackNameKind::Other => NameKind::Locality,
        },
        point: name.point,
        population: None,
        council: name.council.clone(),
        code: None,
        approximate: false,
    }
}

fn name_kind(kind: &str) -> NameKind {
    match kind {
        "city" => NameKind::City,
        "town" => NameKind::Town,
        "suburb" => NameKind::Suburb,
        "village" => NameKind::Village,
        "msoa" => NameKind::Area(PlaceKind::Msoa),
        "ward" => NameKind::Area(PlaceKind::Ward),
        _ => NameKind::Locality,
    }
}
