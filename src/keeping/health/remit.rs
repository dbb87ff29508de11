//! The parts of the directory that somebody is a steward of, and the places that they are shown by.

use crate::{
    domain::{Person, PlaceCode, PlaceKind, Role, Scope},
    geo::{Gazetteer, PlaceRef},
    keeping::error::KeepingError,
    store::{Reading, Store, Subject},
};

/// A part of the directory that somebody is a steward of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remit {
    pub scope: Scope,
    pub name: String,
}

impl Remit {
    /// What stands for it in an address.
    #[must_use]
    pub fn key(&self) -> String {
        match &self.scope {
            Scope::Everywhere => "everywhere".to_owned(),
            Scope::Organisation { id } => id.to_string(),
            Scope::Place { code } => code.to_string(),
            Scope::Partnership { id } => id.to_string(),
        }
    }
}

/// The parts of the directory that somebody is a steward of, each once.
pub fn parts(
    store: &Store,
    gazetteer: &Gazetteer,
    steward: &Person,
) -> Result<Vec<Remit>, KeepingError> {
    let mut scopes: Vec<&Scope> = steward.scopes_as(Role::Steward).collect();
    scopes.sort();
    scopes.dedup();
    let part = |scope: &Scope| {
        let name = match scope {
            Scope::Place { code } => gazetteer.place_ref(code).map(|place| place.name),
            Scope::Partnership { id } => store.find_partnership(*id)?.map(|found| found.name),
            Scope::Everywhere => Some("The whole directory".to_owned()),
            Scope::Organisation { .. } => None,
        };
        let part = Remit { scope: scope.clone(), name: String::new() };
        Ok(Remit { name: name.unwrap_or_else(|| part.key()), ..part })
    };
    scopes.into_iter().map(part).collect()
}

/// A place inside one of these parts.
pub(super) fn place_in(
    gazetteer: &Gazetteer,
    parts: &[Remit],
    code: &PlaceCode,
) -> Result<PlaceRef, KeepingError> {
    let mut inside = parts.iter().flat_map(|part| places_inside(gazetteer, &part.scope));
    let found = inside.find(|place| place.code == *code);
    found.ok_or_else(|| KeepingError::NotFound(Subject::Place(code.clone())))
}

/// The kinds of places that a part is shown by, the best first.
const KINDS: [PlaceKind; 6] = [
    PlaceKind::Council,
    PlaceKind::Ward,
    PlaceKind::Custom,
    PlaceKind::Msoa,
    PlaceKind::Sector,
    PlaceKind::Lsoa,
];

/// The places of the best kind inside a part: of a council its wards, of what is wider councils.
pub(super) fn places_inside(gazetteer: &Gazetteer, scope: &Scope) -> Vec<PlaceRef> {
    let Scope::Place { code } = scope else { return gazetteer.list(PlaceKind::Council) };
    let Some(area) = gazetteer.area(code) else { return Vec::new() };
    let breadth = area.place.kind.breadth();
    let mut inside: Vec<PlaceRef> =
        area.inside.iter().filter_map(|code| gazetteer.place_ref(code)).collect();
    let kind = KINDS
        .into_iter()
        .find(|kind| kind.breadth() < breadth && inside.iter().any(|place| place.kind == *kind));
    inside.retain(|place| Some(place.kind) == kind);
    inside.sort_by(|a, b| (&a.name, &a.code).cmp(&(&b.name, &b.code)));
    inside
}
