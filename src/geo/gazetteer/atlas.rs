//! Which places there are and how they lie to one another.

use std::collections::{BTreeSet, HashMap};

use crate::domain::{Place, PlaceCode, PlaceKind};

/// A place's number in the atlas.
pub type Id = u32;

/// Places, which lies in which, and which share only a part of each other.
#[derive(Debug, Default)]
pub struct Atlas {
    places: Vec<Place>,
    ids: HashMap<PlaceCode, Id>,
    /// The places that each lies wholly in, stated or one step up.
    parents: Vec<Vec<Id>>,
    children: Vec<Vec<Id>>,
    touching: Vec<Vec<Id>>,
    /// Where each place comes in order of kind and code.
    ranks: Vec<u32>,
}

impl Atlas {
    /// Adds a place; one of the same code that is already there stays, and its number is told.
    pub fn insert(&mut self, place: Place) -> Id {
        if let Some(id) = self.ids.get(&place.code) {
            return *id;
        }
        let id = Id::try_from(self.places.len()).unwrap_or(Id::MAX);
        self.ids.insert(place.code.clone(), id);
        self.places.push(place);
        for links in [&mut self.parents, &mut self.children, &mut self.touching] {
            links.push(Vec::new());
        }
        id
    }

    /// States that one place lies wholly in another. Of codes not in the atlas nothing is kept.
    pub fn lies_in(&mut self, inner: &str, outer: &str) {
        if let (Some(inner), Some(outer)) = (self.id(inner), self.id(outer)) {
            // A nation has many children: whether the link is new is asked of the child.
            if link(&mut self.parents, inner, outer)
                && let Some(children) = self.children.get_mut(outer as usize)
            {
                children.push(inner);
            }
        }
    }

    /// States that two places share a part.
    pub fn touch(&mut self, one: &str, other: &str) {
        if let (Some(one), Some(other)) = (self.id(one), self.id(other)) {
            link(&mut self.touching, one, other);
            link(&mut self.touching, other, one);
        }
    }

    /// Orders the places, and writes into each the places that it lies in, nearest first.
    pub fn finish(&mut self) {
        let mut ordered: Vec<Id> = (0..).take(self.places.len()).collect();
        ordered.sort_by_key(|id| self.get(*id).map(|place| (place.kind, &place.code)));
        self.ranks = vec![0; ordered.len()];
        for (rank, id) in (0..).zip(ordered) {
            if let Some(of) = self.ranks.get_mut(id as usize) {
                *of = rank;
            }
        }
        for id in 0..Id::try_from(self.places.len()).unwrap_or(Id::MAX) {
            let above = self.above(id);
            let parents = self.codes(above.iter().copied().filter(|parent| *parent != id));
            if let Some(place) = self.places.get_mut(id as usize) {
                place.parents = parents;
            }
        }
    }

    #[must_use]
    pub fn id(&self, code: &str) -> Option<Id> {
        self.ids.get(&PlaceCode::from(code)).copied()
    }

    #[must_use]
    pub fn place(&self, code: &PlaceCode) -> Option<&Place> {
        self.places.get(*self.ids.get(code)? as usize)
    }

    #[must_use]
    pub fn get(&self, id: Id) -> Option<&Place> {
        self.places.get(id as usize)
    }

    pub fn places(&self) -> impl Iterator<Item = &Place> {
        self.places.iter()
    }

    /// The place itself and all that it lies in.
    #[must_use]
    pub fn above(&self, id: Id) -> BTreeSet<Id> {
        closure(&self.parents, [id])
    }

    /// The place itself and all that lie in it.
    #[must_use]
    pub fn below(&self, id: Id) -> Vec<Id> {
        wide_closure(&self.children, [id])
    }

    /// The place itself, all that lie in it, all that share a part with it, and all that
    /// those lie in.
    #[must_use]
    pub fn overlapping(&self, id: Id) -> Vec<Id> {
        let below = self.below(id);
        let shared = below.iter().flat_map(|inner| links(&self.touching, *inner)).copied();
        wide_closure(&self.parents, below.iter().copied().chain(shared))
    }

    /// What lies in the place, one step down: not what lies in another of these too.
    #[must_use]
    pub fn children(&self, id: Id) -> Vec<Id> {
        let children: BTreeSet<Id> = links(&self.children, id).iter().copied().collect();
        let nearest = |child: &Id| {
            links(&self.parents, *child).iter().all(|parent| !children.contains(parent))
        };
        children.iter().copied().filter(nearest).collect()
    }

    /// The codes, narrowest kind first.
    #[must_use]
    pub fn codes(&self, ids: impl IntoIterator<Item = Id>) -> Vec<PlaceCode> {
        let mut ids: Vec<Id> = ids.into_iter().collect();
        ids.sort_unstable_by_key(|id| self.ranks.get(*id as usize));
        ids.dedup();
        ids.into_iter().filter_map(|id| Some(self.get(id)?.code.clone())).collect()
    }

    /// The place of this kind that the place is or lies in.
    #[must_use]
    pub fn of_kind(&self, id: Id, kind: PlaceKind) -> Option<&Place> {
        self.above(id).into_iter().filter_map(|id| self.get(id)).find(|place| place.kind == kind)
    }
}

/// Adds a link; whether it is new.
fn link(links: &mut [Vec<Id>], from: Id, to: Id) -> bool {
    let fresh = links.get_mut(from as usize).filter(|links| !links.contains(&to));
    fresh.map(|links| links.push(to)).is_some()
}

fn links(links: &[Vec<Id>], of: Id) -> &[Id] {
    links.get(of as usize).map_or(&[], Vec::as_slice)
}

fn closure(steps: &[Vec<Id>], from: impl IntoIterator<Item = Id>) -> BTreeSet<Id> {
    let mut found = BTreeSet::new();
    let mut open: Vec<Id> = from.into_iter().collect();
    while let Some(id) = open.pop() {
        if found.insert(id) {
            open.extend(links(steps, id));
        }
    }
    found
}

/// The same for many places: a nation's are quicker marked than searched for.
fn wide_closure(steps: &[Vec<Id>], from: impl IntoIterator<Item = Id>) -> Vec<Id> {
    let mut seen = vec![false; steps.len()];
    let mut found = Vec::new();
    let mut open: Vec<Id> = from.into_iter().collect();
    while let Some(id) = open.pop() {
        if let Some(seen) = seen.get_mut(id as usize).filter(|seen| !**seen) {
            *seen = true;
            found.push(id);
            open.extend(links(steps, id));
        }
    }
    found
}
